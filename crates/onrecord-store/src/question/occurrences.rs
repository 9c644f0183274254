//! What happened, with every report of it and on whose word each rests.

use std::collections::BTreeSet;

use rusqlite::params;

use crate::error::Result;
use crate::store::Store;
use crate::words::{Part, cut, points, points_of};

/// An event with all its reports.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct EventRow {
    /// Number of the event in the file.
    pub occurrence: i64,
    /// PLOVER type.
    pub r#type: String,
    /// Who did it.
    pub actors: Vec<String>,
    /// To whom.
    pub recipients: Vec<String>,
    /// First day of its window.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// The statuses that its reports give it, each once, in alphabetical order.
    pub statuses: Vec<String>,
    /// How many reports there are.
    pub reports: usize,
    /// How many there are when copies of one text, several articles of one outlet, and all that rests
    /// on one speaker's word count once.
    pub independent: usize,
    /// The reports, in order of publication.
    pub voices: Vec<Voice>,
}

/// A report of an event.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Voice {
    /// Number of the report in the file.
    pub event: i64,
    /// Whether it happened, by this report.
    pub status: String,
    /// On whose word; `None`: the outlet's own voice, or a source without a name.
    pub speaker: Option<String>,
    /// The words that name the source of the statement it rests on.
    pub source: Option<String>,
    /// The words of that statement.
    pub words: Option<String>,
    /// The words that name the event.
    pub trigger: String,
    /// Day of publication.
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// SHA-256 of the article's text.
    pub article: String,
    /// Its headline.
    pub title: Option<String>,
    /// On what the report rests, the same for reports that are not independent.
    #[serde(skip)]
    pub(crate) rests_on: String,
}

impl Store {
    /// An event with its reports.
    pub(super) fn occurrence(&self, id: i64) -> Result<EventRow> {
        let mut statement = self.db.prepare_cached(
            "SELECT event.id, event.status, actor.name, event.trigger, \
             article.published, article.outlet, article.hash, article.title, article.text, event.type, \
             actor.id, ifnull(article.copy_of, article.id), ifnull(root.outlet, article.outlet), \
             said.source_start, said.source_end, said.content_start, said.content_end, said.more \
             FROM event JOIN article ON article.id = event.article_id \
             LEFT JOIN article AS root ON root.id = article.copy_of \
             LEFT JOIN statement AS said ON said.id = event.said_id \
             LEFT JOIN appearance ON appearance.id = said.speaker_id \
             LEFT JOIN capacity ON capacity.id = appearance.capacity_id \
             LEFT JOIN actor ON actor.id = capacity.actor_id \
             WHERE event.occurrence_id = ? ORDER BY article.published, event.id",
        )?;
        let mut rows = statement.query([id])?;
        let mut voices = Vec::new();
        let mut kind = String::new();
        while let Some(row) = rows.next()? {
            let text = row.get_ref(8)?.as_str().unwrap_or("");
            let trigger = points(row.get_ref(3)?.as_str_or_null().unwrap_or_default());
            kind = row.get(9)?;
            let (speaker_id, root): (Option<i64>, i64) = (row.get(10)?, row.get(11)?);
            let outlet: Option<String> = row.get(12)?;
            let of_said = |start: usize, part: Part| -> Result<Option<String>> {
                let points = points_of(row, [start, start + 1, 17], part)?;
                Ok((!points.is_empty()).then(|| cut(text, &points)))
            };
            let source = of_said(13, Part::Source)?;
            let rests_on = match (speaker_id, &source, outlet) {
                (Some(speaker), _, _) => format!("speaker {speaker}"),
                (None, Some(source), _) => format!("source {root} {source}"),
                (None, None, Some(outlet)) => format!("outlet {outlet}"),
                (None, None, None) => format!("article {root}"),
            };
            voices.push(Voice {
                event: row.get(0)?,
                status: row.get(1)?,
                speaker: row.get(2)?,
                source,
                words: of_said(15, Part::Content)?,
                trigger: cut(text, &trigger),
                published: row.get(4)?,
                outlet: row.get(5)?,
                article: row.get(6)?,
                title: row.get(7)?,
                rests_on,
            });
        }
        let first = voices.first().map_or(0, |voice| voice.event);
        let (start, end) = self
            .db
            .prepare_cached("SELECT start, end FROM occurrence WHERE id = ?")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let statuses: BTreeSet<&str> = voices.iter().map(|voice| voice.status.as_str()).collect();
        let bases: BTreeSet<&str> = voices.iter().map(|voice| voice.rests_on.as_str()).collect();
        Ok(EventRow {
            occurrence: id,
            r#type: kind,
            actors: self.parties(first, 1)?,
            recipients: self.parties(first, 2)?,
            start,
            end,
            statuses: statuses.into_iter().map(str::to_owned).collect(),
            reports: voices.len(),
            independent: bases.len(),
            voices,
        })
    }

    /// Names of who did an event (1), or had it done to them (2).
    fn parties(&self, event: i64, part: i64) -> Result<Vec<String>> {
        let mut statement = self.db.prepare_cached(
            "SELECT actor.name FROM event_actor \
             JOIN appearance ON appearance.id = event_actor.appearance_id \
             JOIN capacity ON capacity.id = appearance.capacity_id \
             JOIN actor ON actor.id = capacity.actor_id \
             WHERE event_id = ? AND part = ? ORDER BY event_actor.number",
        )?;
        let names = statement.query_map(params![event, part], |row| row.get(0))?;
        Ok(names.collect::<rusqlite::Result<_>>()?)
    }
}
