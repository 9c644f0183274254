//! Who is quoted how often.

use std::collections::HashMap;

use rusqlite::{Connection, Rows, params_from_iter};

use super::filter::{CAPACITY, Conditions, Filter};
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
    /// How often speakers are quoted, the most quoted first, of several the one with the smaller number or
    /// the name that comes first. Statements whose speaker is not named are left out.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn sources(&self, by: By, filter: &Filter, names: &dyn Names) -> Result<Vec<SourceRow>> {
        let _snapshot = self.snapshot()?;
        let counts = match filter.is_all() {
            true => counted(&self.db, by)?,
            false => {
                let conditions = filter.of_statements(self, names)?;
                count(&self.db, by, &conditions)?
            }
        };
        let n_all: u64 = counts.iter().map(|(_, n)| n).sum();
        let mut counts: Vec<(Value, u64)> = counts;
        counts.sort_unstable_by(|(value, n), (other, n_other)| {
            n_other.cmp(n).then_with(|| value.cmp(other))
        });
        counts.truncate(filter.limit.map_or(usize::MAX, |limit| limit as usize));
        let row = |(value, statements): (Value, u64)| {
            let (value, speaker_id) = match value {
                Value::Speaker(id) => {
                    let sql = "SELECT name FROM actor WHERE id = ?";
                    let name = self.db.prepare_cached(sql)?.query_row([id], |row| row.get(0))?;
                    (Some(name), Some(id))
                }
                Value::Text(value) => (value, None),
            };
            Ok(SourceRow { value, speaker_id, statements, share: statements as f64 / n_all as f64 })
        };
        counts.into_iter().map(row).collect()
    }
}

/// By what a count is.
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Value {
    Speaker(i64),
    Text(Option<String>),
}

type Counts = Vec<(Value, u64)>;

/// The column of a capacity that is counted by.
fn column(by: By) -> &'static str {
    match by {
        By::Speaker => "capacity.actor_id",
        By::Capacity => CAPACITY,
        By::Outlet => "article.outlet",
        By::Country => "capacity.country",
    }
}

/// What was counted as articles came in; each capacity is looked up once.
fn counted(db: &Connection, by: By) -> Result<Counts> {
    let sql = match by {
        By::Outlet => "SELECT nullif(outlet, ''), n FROM quoted".to_owned(),
        _ => format!(
            "SELECT {}, n FROM (SELECT capacity_id, sum(n) AS n FROM quoted GROUP BY capacity_id) AS counted \
             CROSS JOIN capacity ON capacity.id = counted.capacity_id",
            column(by)
        ),
    };
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    sum(&mut rows, by)
}

/// Statements under conditions, counted.
fn count(db: &Connection, by: By, conditions: &Conditions) -> Result<Counts> {
    let sql = format!(
        "SELECT {}, 1 FROM {} CROSS JOIN appearance ON appearance.id = statement.speaker_id \
         CROSS JOIN capacity ON capacity.id = appearance.capacity_id{}",
        column(by),
        conditions.from(),
        conditions.sql()
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&conditions.values))?;
    sum(&mut rows, by)
}

/// Adds up rows of a value and a number, in no order.
fn sum(rows: &mut Rows<'_>, by: By) -> Result<Counts> {
    if by == By::Speaker {
        let mut counts: HashMap<i64, u64> = HashMap::new();
        while let Some(row) = rows.next()? {
            *counts.entry(row.get(0)?).or_default() += row.get::<_, u64>(1)?;
        }
        return Ok(counts.into_iter().map(|(id, n)| (Value::Speaker(id), n)).collect());
    }
    let mut counts: HashMap<String, u64> = HashMap::new();
    let mut n_unknown = 0;
    while let Some(row) = rows.next()? {
        let n: u64 = row.get(1)?;
        match row.get_ref(0)?.as_str_or_null().unwrap_or(None) {
            None => n_unknown += n,
            Some(value) => match counts.get_mut(value) {
                Some(sum) => *sum += n,
                None => {
                    counts.insert(value.to_owned(), n);
                }
            },
        }
    }
    let known = counts.into_iter().map(|(value, n)| (Value::Text(Some(value)), n));
    let unknown = (n_unknown > 0).then_some((Value::Text(None), n_unknown));
    Ok(known.chain(unknown).collect())
}
