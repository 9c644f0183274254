//! The rows of capacities and of the keys under which they are brought together.

use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;
use crate::merge::Capacity;

pub(super) fn name_key(db: &Connection, key: &str) -> Result<(i64, bool)> {
    let sql = "SELECT id FROM name_key WHERE key = ?";
    let id = db.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?;
    match id {
        Some(id) => Ok((id, false)),
        None => {
            let sql = "INSERT INTO name_key(key) VALUES (?)";
            Ok((db.prepare_cached(sql)?.insert([key])?, true))
        }
    }
}

/// The columns of a capacity that hold its facts, in the order of [`facts`].
const FACTS: [&str; 8] =
    ["name", "kind", "country", "sector", "organization", "office", "role", "links"];

/// The facts of a capacity as its columns have them.
fn facts(capacity: &Capacity) -> [Option<&str>; 8] {
    [
        Some(&capacity.name),
        Some(capacity.kind.as_str()),
        capacity.country.as_deref(),
        capacity.sector.as_deref(),
        capacity.organization.as_deref(),
        capacity.office.as_deref(),
        capacity.role.as_deref(),
        capacity.links.as_deref(),
    ]
}

/// The row of a capacity with these facts and its actor. One that a ruling split off is another.
pub(super) fn stored_capacity(
    db: &Connection,
    capacity: &Capacity,
    key: i64,
) -> Result<Option<(i64, i64)>> {
    let same = FACTS.map(|fact| format!("{fact} IS ?")).join(" AND ");
    let sql = format!(
        "SELECT id, actor_id FROM capacity WHERE {same} AND name_key_id = ? AND ruling_id IS NULL"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let n_facts = bind_facts(&mut statement, capacity)?;
    statement.raw_bind_parameter(n_facts + 1, key)?;
    let mut rows = statement.raw_query();
    let row = rows.next()?;
    Ok(row.map(|row| Ok::<_, rusqlite::Error>((row.get(0)?, row.get(1)?))).transpose()?)
}

pub(super) fn insert_capacity(
    db: &Connection,
    capacity: &Capacity,
    actor: i64,
    key: Option<i64>,
) -> Result<i64> {
    let sql = format!(
        "INSERT INTO capacity({}, link, actor_id, name_key_id) VALUES ({}?, ?, ?)",
        FACTS.join(", "),
        "?, ".repeat(FACTS.len())
    );
    let mut statement = db.prepare_cached(&sql)?;
    let n_facts = bind_facts(&mut statement, capacity)?;
    statement.raw_bind_parameter(n_facts + 1, &capacity.link)?;
    statement.raw_bind_parameter(n_facts + 2, actor)?;
    statement.raw_bind_parameter(n_facts + 3, key)?;
    statement.raw_execute()?;
    Ok(db.last_insert_rowid())
}

/// Binds the facts to the first parameters, and gives their number.
fn bind_facts(statement: &mut rusqlite::Statement<'_>, capacity: &Capacity) -> Result<usize> {
    for (idx, fact) in facts(capacity).into_iter().enumerate() {
        statement.raw_bind_parameter(idx + 1, fact)?;
    }
    Ok(FACTS.len())
}
