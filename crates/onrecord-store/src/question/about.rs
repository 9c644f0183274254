//! Whom a statement is about.

use rusqlite::Connection;

use crate::error::Result;

/// An actor that a statement is about.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct AboutRow {
    /// Number of the actor.
    pub actor: i64,
    /// Its name.
    pub name: String,
    /// The speaker's stance toward it.
    pub stance: Option<f64>,
}

/// Whom a statement is about, in the order of the record.
pub(super) fn about(db: &Connection, statement: i64) -> Result<Vec<AboutRow>> {
    let mut rows = db.prepare_cached(
        "SELECT actor.id, actor.name, about.stance FROM about \
         JOIN appearance ON appearance.id = about.appearance_id \
         JOIN capacity ON capacity.id = appearance.capacity_id \
         JOIN actor ON actor.id = capacity.actor_id WHERE about.statement_id = ? ORDER BY about.number",
    )?;
    let rows = rows.query_map([statement], |row| {
        Ok(AboutRow { actor: row.get(0)?, name: row.get(1)?, stance: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
