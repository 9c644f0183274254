//! What ties actors to each other: events and statements, with their days.

use rusqlite::Connection;

use crate::error::Result;

/// An actor as exports need it.
pub(super) struct Node {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) country: Option<String>,
    pub(super) role: Option<String>,
    pub(super) link: Option<String>,
}

/// All actors, by number.
pub(super) fn nodes(db: &Connection, mut each: impl FnMut(Node) -> Result<()>) -> Result<()> {
    let mut statement = db.prepare(
        "SELECT actor.id, actor.name, actor.kind, actor.country, \
         (SELECT role FROM capacity WHERE actor_id = actor.id AND role IS NOT NULL ORDER BY id LIMIT 1), \
         (SELECT link FROM capacity WHERE actor_id = actor.id AND link IS NOT NULL ORDER BY id LIMIT 1) \
         FROM actor ORDER BY actor.id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(Node {
            id: row.get(0)?,
            name: row.get(1)?,
            kind: row.get(2)?,
            country: row.get(3)?,
            role: row.get(4)?,
            link: row.get(5)?,
        })?;
    }
    Ok(())
}

/// Something that one actor did to or said of another.
pub(super) struct Edge {
    pub(super) from: i64,
    pub(super) to: i64,
    /// PLOVER type, or SAID.
    pub(super) kind: String,
    pub(super) status: Option<String>,
    pub(super) start: Option<String>,
    pub(super) end: Option<String>,
    /// Stance of a statement.
    pub(super) stance: Option<f64>,
    /// Reports of an event; 1 for a statement.
    pub(super) n: i64,
}

/// Events between two actors, one edge an occurrence and pair; then statements about an actor.
pub(super) fn edges(db: &Connection, mut each: impl FnMut(Edge) -> Result<()>) -> Result<()> {
    let mut statement = db.prepare(
        "SELECT DISTINCT doing.actor_id, done.actor_id, event.type, \
         CASE WHEN n_claimed > 0 AND n_denied > 0 THEN 'disputed' ELSE event.status END, \
         occurrence.start, occurrence.end, n_reports, occurrence.id \
         FROM occurrence JOIN event ON event.id = (SELECT min(id) FROM event WHERE occurrence_id = occurrence.id) \
         JOIN event_actor AS one ON one.event_id = event.id AND one.part = 1 \
         JOIN event_actor AS other ON other.event_id = event.id \
             AND (other.part = 2 OR (other.number > one.number AND NOT EXISTS \
                 (SELECT 1 FROM event_actor WHERE event_id = event.id AND part = 2))) \
         JOIN appearance AS a ON a.id = one.appearance_id JOIN capacity AS doing ON doing.id = a.capacity_id \
         JOIN appearance AS b ON b.id = other.appearance_id JOIN capacity AS done ON done.id = b.capacity_id \
         ORDER BY occurrence.id, 1, 2",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(Edge {
            from: row.get(0)?,
            to: row.get(1)?,
            kind: row.get(2)?,
            status: row.get(3)?,
            start: row.get(4)?,
            end: row.get(5)?,
            stance: None,
            n: row.get(6)?,
        })?;
    }
    let mut statement = db.prepare(
        "SELECT speaker.actor_id, target.actor_id, article.published, about.stance FROM statement \
         JOIN article ON article.id = statement.article_id \
         JOIN appearance AS a ON a.id = statement.speaker_id JOIN capacity AS speaker ON speaker.id = a.capacity_id \
         JOIN about ON about.statement_id = statement.id \
         JOIN appearance AS b ON b.id = about.appearance_id JOIN capacity AS target ON target.id = b.capacity_id \
         ORDER BY statement.id, about.number",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let published: Option<String> = row.get(2)?;
        each(Edge {
            from: row.get(0)?,
            to: row.get(1)?,
            kind: "SAID".to_owned(),
            status: None,
            start: published.clone(),
            end: published,
            stance: row.get(3)?,
            n: 1,
        })?;
    }
    Ok(())
}
