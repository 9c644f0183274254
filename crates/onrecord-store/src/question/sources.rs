//! Who is quoted how often.

use rusqlite::params_from_iter;

use super::filter::{CAPACITY, Filter};
use crate::error::Result;
use crate::names::Names;
use crate::store::Store;

/// By what statements are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By speaker.
    Speaker,
    /// By what the speaker does, as PLOVER's first sector; else by what it is.
    Capacity,
    /// By the outlet that quotes.
    Outlet,
    /// By the speaker's country.
    Country,
}

/// A count of statements.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct SourceRow {
    /// The speaker's name, the sector, the outlet or the country; `None`: unknown.
    pub value: Option<String>,
    /// The speaker's number, if counted by speaker.
    pub speaker_id: Option<i64>,
    /// How many statements.
    pub statements: u64,
    /// Share of all that were counted.
    pub share: f64,
}

impl Store {
    /// How often speakers are quoted, the most quoted first. Statements whose speaker is not named are
    /// left out.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn sources(&self, by: By, filter: &Filter, names: &dyn Names) -> Result<Vec<SourceRow>> {
        let outlet = |all: bool| if all { "nullif(counted.outlet, '')" } else { "article.outlet" };
        let is_all = filter.is_all();
        let conditions = filter.of_statements(self, names)?;
        let (value, id) = match by {
            By::Speaker => ("actor.name", "actor.id"),
            By::Capacity => (CAPACITY, "NULL"),
            By::Outlet => (outlet(is_all), "NULL"),
            By::Country => ("capacity.country", "NULL"),
        };
        let (n, from) = match is_all {
            // What is counted as articles come in need not be counted again.
            true => (
                "sum(n)",
                "quoted AS counted JOIN capacity ON capacity.id = counted.capacity_id".to_owned(),
            ),
            false => (
                "count(*)",
                format!(
                    "{} CROSS JOIN appearance ON appearance.id = statement.speaker_id \
                     CROSS JOIN capacity ON capacity.id = appearance.capacity_id",
                    conditions.from()
                ),
            ),
        };
        let actor = if by == By::Speaker {
            " CROSS JOIN actor ON actor.id = capacity.actor_id"
        } else {
            ""
        };
        let sql = format!(
            "SELECT {value} AS value, {id} AS id, {n} AS n, 0 FROM {from}{actor}{} GROUP BY 2, 1 ORDER BY 3 DESC, 1",
            conditions.sql()
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&conditions.values), |row| {
            Ok(SourceRow {
                value: row.get(0)?,
                speaker_id: row.get(1)?,
                statements: row.get(2)?,
                share: 0.0,
            })
        })?;
        let mut rows: Vec<SourceRow> = rows.collect::<rusqlite::Result<_>>()?;
        let n_all: u64 = rows.iter().map(|row| row.statements).sum();
        rows.truncate(filter.limit.map_or(usize::MAX, |limit| limit as usize));
        rows.iter_mut().for_each(|row| row.share = row.statements as f64 / n_all as f64);
        Ok(rows)
    }
}
