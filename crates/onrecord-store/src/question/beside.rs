//! Who is quoted beside somebody.

use std::collections::BTreeMap;

use rusqlite::params_from_iter;

use super::filter::{APPEARANCES, Conditions, Filter};
use crate::error::Result;
use crate::names::{Names, Somebody, somebody};
use crate::store::Store;

/// Articles that are looked at, those published last.
const N_ARTICLES: u32 = 200;

/// Who is quoted beside an actor.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct BesideAnswer {
    /// Speakers in the same articles, those in most of them first.
    pub speakers: Vec<BesideRow>,
    /// How many articles that quote the actor were looked at: all, or the 200 published last.
    pub n_articles: u64,
}

/// A speaker beside another.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct BesideRow {
    /// Who.
    #[serde(flatten)]
    pub speaker: Somebody,
    /// How many articles quote both.
    pub articles: u64,
}

impl Store {
    /// Whom articles quote beside an actor; of several with as many articles, the one with the smaller number
    /// first. `filter.limit` is one of speakers; nothing else of the filter but its days and outlet is looked at.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn beside(&self, name: &str, filter: &Filter, names: &dyn Names) -> Result<BesideAnswer> {
        let _snapshot = self.snapshot()?;
        let id = self.somebody(name, names)?.id;
        let mut conditions = Conditions::default();
        conditions.add(&format!("statement.speaker_id IN {APPEARANCES}"), id);
        filter.of_articles(&mut conditions);
        let sql = format!(
            "SELECT DISTINCT article.id, first_statement, n_statements FROM {}{} \
             ORDER BY article.published DESC, article.id DESC LIMIT {N_ARTICLES}",
            conditions.from(),
            conditions.sql()
        );
        let mut articles = self.db.prepare_cached(&sql)?;
        let mut speakers = self.db.prepare_cached(
            "SELECT DISTINCT actor_id FROM statement JOIN appearance ON appearance.id = speaker_id \
             JOIN capacity ON capacity.id = capacity_id WHERE statement.id BETWEEN ?1 AND ?1 + ?2 - 1",
        )?;
        let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
        let mut n_articles = 0;
        let mut rows = articles.query(params_from_iter(&conditions.values))?;
        while let Some(row) = rows.next()? {
            n_articles += 1;
            let of_article: [i64; 2] = [row.get(1)?, row.get(2)?];
            let mut others = speakers.query(of_article)?;
            while let Some(row) = others.next()? {
                let other: i64 = row.get(0)?;
                if other != id {
                    *counts.entry(other).or_default() += 1;
                }
            }
        }
        let mut counts: Vec<(i64, u64)> = counts.into_iter().collect();
        counts.sort_by_key(|&(other, n)| (std::cmp::Reverse(n), other));
        counts.truncate(filter.limit.map_or(usize::MAX, |limit| limit as usize));
        let mut speakers = Vec::new();
        for (other, articles) in counts {
            let speaker = somebody(&self.db, other)?;
            speakers.extend(speaker.map(|speaker| BesideRow { speaker, articles }));
        }
        Ok(BesideAnswer { speakers, n_articles })
    }
}
