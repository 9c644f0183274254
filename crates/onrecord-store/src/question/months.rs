//! How much there is, month by month.

use rusqlite::params_from_iter;

use super::filter::{Conditions, Filter};
use crate::error::Result;
use crate::names::Names;
use crate::store::Store;

/// A month of publication.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct MonthRow {
    /// `2026-01`.
    pub month: String,
    /// Articles that were published in it; of a filter of statements, those that have one of them.
    pub articles: u64,
    /// Statements in them.
    pub statements: u64,
    /// Reports of events in them; 0 under a filter of statements.
    pub events: u64,
}

impl Store {
    /// Articles, statements and events by month of publication, in order of time; months with none and
    /// articles without a day are left out. A filter's limit is not looked at.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn months(&self, filter: &Filter, names: &dyn Names) -> Result<Vec<MonthRow>> {
        let _snapshot = self.snapshot()?;
        if filter.is_wide() && filter.form.is_none() {
            return self.months_of_all(filter);
        }
        let conditions = filter.of_statements(self, names)?;
        let sql = format!(
            "SELECT substr(article.published, 1, 7), count(DISTINCT article.id), count(*), 0 \
             FROM {}{} GROUP BY 1 ORDER BY 1",
            conditions.from(),
            conditions.sql()
        );
        self.rows(&sql, &conditions)
    }

    fn months_of_all(&self, filter: &Filter) -> Result<Vec<MonthRow>> {
        let mut conditions = Conditions::default();
        filter.of_articles(&mut conditions);
        let sql = format!(
            "SELECT substr(published, 1, 7), count(*), sum(n_statements), sum(n_events) \
             FROM article{} GROUP BY 1 ORDER BY 1",
            conditions.sql()
        );
        self.rows(&sql, &conditions)
    }

    fn rows(&self, sql: &str, conditions: &Conditions) -> Result<Vec<MonthRow>> {
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params_from_iter(&conditions.values))?;
        let mut months = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(month) = row.get(0)? else { continue };
            let (articles, statements, events) = (row.get(1)?, row.get(2)?, row.get(3)?);
            months.push(MonthRow { month, articles, statements, events });
        }
        Ok(months)
    }
}
