//! Speakers side by side on one topic or actor.

use std::collections::BTreeMap;

use onrecord_record::Form;
use rusqlite::params_from_iter;

use super::SaidRow;
use super::filter::{Conditions, Filter, form_code};
use crate::error::Result;
use crate::names::Names;
use crate::store::Store;

/// What a speaker says on what is compared.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct CompareRow {
    /// The speaker.
    pub speaker: String,
    /// Its number.
    pub speaker_id: i64,
    /// How many statements.
    pub statements: u64,
    /// Mean stance toward the actor compared; `None` on a topic, or where no stance was read.
    pub stance: Option<f64>,
    /// First day of publication.
    pub first: Option<String>,
    /// Last.
    pub last: Option<String>,
    /// The latest statement, one in the speaker's own words if there is one.
    pub latest: SaidRow,
}

impl Store {
    /// Speakers on an actor, or on words where nobody is called so; those who say most first.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn compare(
        &self,
        subject: &str,
        filter: &Filter,
        names: &dyn Names,
    ) -> Result<Vec<CompareRow>> {
        let _snapshot = self.snapshot()?;
        let mut filter = filter.clone();
        let somebody = match self.somebody(subject, names) {
            Ok(somebody) => Some(somebody),
            Err(error) if error.is_unknown_name() => None,
            Err(error) => return Err(error),
        };
        match &somebody {
            Some(somebody) => filter.about = Some(somebody.number()),
            None => filter.words = Some(subject.to_owned()),
        }
        let conditions = filter.of_statements(self, names)?;
        // The stance toward the actor, where there is one.
        let actor = somebody.map_or(0, |somebody| somebody.id);
        let sql = format!(
            "SELECT actor.id, actor.name, statement.id, statement.form, article.published, \
             (SELECT avg(stance) FROM about JOIN appearance AS target ON target.id = about.appearance_id \
              JOIN capacity AS its ON its.id = target.capacity_id \
              WHERE about.statement_id = statement.id AND its.actor_id = {actor}) \
             FROM {} CROSS JOIN appearance ON appearance.id = statement.speaker_id \
             CROSS JOIN capacity ON capacity.id = appearance.capacity_id \
             CROSS JOIN actor ON actor.id = capacity.actor_id{} ORDER BY article.published, statement.id",
            conditions.from(),
            conditions.sql()
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&conditions.values))?;
        let mut speakers: BTreeMap<i64, Tally> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let form: i64 = row.get(3)?;
            let published: Option<String> = row.get(4)?;
            let stance: Option<f64> = row.get(5)?;
            let name: String = row.get(1)?;
            let tally =
                speakers.entry(row.get(0)?).or_insert_with(|| Tally { name, ..Tally::default() });
            tally.n += 1;
            if let Some(stance) = stance {
                tally.n_stances += 1;
                tally.stance += stance;
            }
            if tally.first.is_none() {
                tally.first.clone_from(&published);
            }
            tally.last = published;
            let is_quoted = form != form_code(Form::Indirect);
            if is_quoted >= tally.is_quoted {
                (tally.statement, tally.is_quoted) = (row.get(2)?, is_quoted);
            }
        }
        let mut order: Vec<(i64, Tally)> = speakers.into_iter().collect();
        order.sort_by_key(|(id, tally)| (std::cmp::Reverse(tally.n), *id));
        order.truncate(filter.limit.map_or(usize::MAX, |limit| limit as usize));
        let row = |(speaker_id, tally): (i64, Tally)| {
            Ok(CompareRow {
                speaker: tally.name,
                speaker_id,
                statements: tally.n,
                stance: (tally.n_stances > 0).then(|| tally.stance / f64::from(tally.n_stances)),
                first: tally.first,
                last: tally.last,
                latest: self.statement(tally.statement)?,
            })
        };
        order.into_iter().map(row).collect()
    }

    /// The statement with this number.
    pub(super) fn statement(&self, id: i64) -> Result<SaidRow> {
        let mut conditions = Conditions::default();
        conditions.add("statement.id = ?", id);
        let mut rows = self.said_where(&conditions, "statement.id", 1)?;
        Ok(rows.pop().expect("the number is of a row that was just read"))
    }
}

#[derive(Default)]
struct Tally {
    name: String,
    n: u64,
    n_stances: u32,
    stance: f64,
    first: Option<String>,
    last: Option<String>,
    statement: i64,
    is_quoted: bool,
}
