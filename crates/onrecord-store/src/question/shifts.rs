//! Speakers whose stance toward an actor changed.

use std::collections::BTreeMap;

use rusqlite::params_from_iter;

use super::SaidRow;
use super::filter::{Conditions, Filter};
use crate::error::Result;
use crate::names::Names;
use crate::store::Store;

/// A stance of at least this much is one: what lies between is neutral, and no shift begins or ends there.
pub const CLEAR_STANCE: f64 = 0.25;

/// A change of stance: two statements, one before and one after.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ShiftRow {
    /// The speaker.
    pub speaker: String,
    /// Its number.
    pub speaker_id: i64,
    /// Toward whom.
    pub toward: String,
    /// Its number.
    pub toward_id: i64,
    /// The stance before.
    pub from: f64,
    /// The stance after.
    pub to: f64,
    /// The last statement before the change.
    pub before: SaidRow,
    /// The first after it.
    pub after: SaidRow,
}

impl Store {
    /// Changes from favourable to critical or back, the latest first. What the filter leaves out is
    /// not looked at, so that its days bound both statements.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn shifts(&self, filter: &Filter, names: &dyn Names) -> Result<Vec<ShiftRow>> {
        let _snapshot = self.snapshot()?;
        let mut conditions = Conditions::default();
        conditions.add("abs(about.stance) >= ?", CLEAR_STANCE);
        if let Some(by) = &filter.by {
            conditions.add("speaker.actor_id = ?", self.somebody(by, names)?.id);
        }
        if let Some(about) = &filter.about {
            conditions.add("target.actor_id = ?", self.somebody(about, names)?.id);
        }
        filter.of_articles(&mut conditions);
        // Begins at whichever actor is given: left to itself, SQLite may begin at all articles.
        let from = match (&filter.by, &filter.about) {
            (None, Some(_)) => {
                "capacity AS target CROSS JOIN appearance AS targeted ON targeted.capacity_id = target.id \
                 CROSS JOIN about ON about.appearance_id = targeted.id \
                 CROSS JOIN statement ON statement.id = about.statement_id \
                 CROSS JOIN appearance AS speaking ON speaking.id = statement.speaker_id \
                 CROSS JOIN capacity AS speaker ON speaker.id = speaking.capacity_id"
            }
            _ => {
                "capacity AS speaker CROSS JOIN appearance AS speaking ON speaking.capacity_id = speaker.id \
                 CROSS JOIN statement ON statement.speaker_id = speaking.id \
                 CROSS JOIN about ON about.statement_id = statement.id \
                 CROSS JOIN appearance AS targeted ON targeted.id = about.appearance_id \
                 CROSS JOIN capacity AS target ON target.id = targeted.capacity_id"
            }
        };
        let sql = format!(
            "SELECT speaker.actor_id, target.actor_id, statement.id, about.stance FROM {from} \
             CROSS JOIN article ON article.id = statement.article_id{} \
             ORDER BY article.published, statement.id",
            conditions.sql()
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&conditions.values))?;
        let mut last: BTreeMap<(i64, i64), (i64, f64)> = BTreeMap::new();
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            let pair: (i64, i64) = (row.get(0)?, row.get(1)?);
            let now: (i64, f64) = (row.get(2)?, row.get(3)?);
            match last.insert(pair, now) {
                Some(before) if before.1 * now.1 < 0.0 => changes.push((pair, before, now)),
                _ => {}
            }
        }
        changes.reverse();
        changes.truncate(filter.limit.map_or(usize::MAX, |limit| limit as usize));
        let mut shifts = Vec::new();
        for ((speaker_id, toward_id), before, after) in changes {
            let name = |id: i64| -> Result<String> {
                let sql = "SELECT name FROM actor WHERE id = ?";
                Ok(self.db.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
            };
            shifts.push(ShiftRow {
                speaker: name(speaker_id)?,
                speaker_id,
                toward: name(toward_id)?,
                toward_id,
                from: before.1,
                to: after.1,
                before: self.statement(before.0)?,
                after: self.statement(after.0)?,
            });
        }
        Ok(shifts)
    }
}
