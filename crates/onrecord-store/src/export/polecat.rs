//! Events in the columns of POLECAT (Halterman et al., 2023), a line for each report, actor and recipient.
//!
//! Columns that the record does not know (coordinates, codes of the Correlates of War) are empty. Two
//! columns of our own come last: on whose word, and which occurrence the report is of.

use std::io::Write;

use onrecord_record::EventType;
use onrecord_record::polecat::{COLUMNS, quad};
use rusqlite::Connection;

use crate::error::Result;
use crate::store::Store;
use crate::words::{Part, cut, mentions, part, points_of};

/// The columns of one article's events, with the occurrence in the place of the trigger.
fn headings() -> [&'static str; COLUMNS.len()] {
    let mut headings = COLUMNS;
    headings[COLUMNS.len() - 1] = "Occurrence";
    headings
}

pub(super) fn write(store: &Store, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}", headings().join("\t"))?;
    let mut statement = store.db.prepare(
        "SELECT event.id, event.type, event.status, ifnull(event.start, article.published), contexts, \
         place.name, place.country, article.outlet, article.published, article.language, \
         actor.name, said.source_start, article.text, occurrence_id, article.hash, event.number, \
         said.source_end, said.more \
         FROM event JOIN article ON article.id = event.article_id \
         LEFT JOIN appearance AS there ON there.id = place_id LEFT JOIN capacity AS place ON place.id = there.capacity_id \
         LEFT JOIN statement AS said ON said.id = said_id \
         LEFT JOIN appearance ON appearance.id = said.speaker_id \
         LEFT JOIN capacity ON capacity.id = appearance.capacity_id \
         LEFT JOIN actor ON actor.id = capacity.actor_id ORDER BY event.id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text = |idx: usize| {
            Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(idx)?.unwrap_or_default())
        };
        let kind = text(1)?;
        let code = EventType::from_code(&kind);
        let source = points_of(row, [11, 16, 17], Part::Source)?;
        let word = match (row.get::<_, Option<String>>(10)?, source) {
            (Some(speaker), _) => speaker,
            (None, source) => cut(row.get_ref(12)?.as_str().unwrap_or(""), &source),
        };
        let event: i64 = row.get(0)?;
        let number: i64 = row.get(15)?;
        let id = format!("{}-e{number}", &text(14)?.get(..12).unwrap_or(""));
        let before = [
            id,
            text(3)?,
            kind.clone(),
            String::new(),
            code.map_or(0, EventType::weight).to_string(),
            code.map_or("", quad).to_owned(),
            text(4)?.replace(' ', ";"),
        ];
        let place = [text(5)?, String::new(), String::new(), String::new(), text(6)?];
        let after = [
            text(7)?,
            text(8)?,
            String::new(),
            String::new(),
            String::new(),
            text(9)?,
            "onrecord/1".to_owned(),
            text(2)?,
            word,
            row.get::<_, i64>(13)?.to_string(),
        ];
        let (actors, recipients) =
            parties(&store.db, event, row.get_ref(12)?.as_str().unwrap_or(""))?;
        // Where neither does it to the other, each of the parties is an actor and the next is a recipient.
        let pairs: Vec<(&Columns, &Columns)> = match recipients.is_empty() {
            false => actors.iter().flat_map(|a| recipients.iter().map(move |b| (a, b))).collect(),
            true => (0..actors.len())
                .flat_map(|i| (i + 1..actors.len()).map(move |j| (i, j)))
                .map(|(i, j)| (&actors[i], &actors[j]))
                .collect(),
        };
        let nobody = Default::default();
        let pairs = match (pairs.is_empty(), actors.first(), recipients.first()) {
            (true, actor, recipient) => {
                vec![(actor.unwrap_or(&nobody), recipient.unwrap_or(&nobody))]
            }
            _ => pairs,
        };
        for (actor, recipient) in pairs {
            let blank = [const { String::new() }; 5];
            let cells = before
                .iter()
                .chain(actor)
                .chain(recipient)
                .chain(&place)
                .chain(&blank)
                .chain(&after);
            let cells: Vec<String> =
                cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
            debug_assert_eq!(cells.len(), COLUMNS.len());
            writeln!(out, "{}", cells.join("\t"))?;
        }
    }
    Ok(())
}

/// The eight columns of an actor or a recipient.
type Columns = [String; 8];

/// The columns of each actor and of each recipient of an event.
fn parties(db: &Connection, event: i64, text: &str) -> Result<(Vec<Columns>, Vec<Columns>)> {
    let mut statement = db.prepare_cached(
        "SELECT event_actor.part, actor.name, actor.country, capacity.sector, capacity.role, capacity.link, \
         appearance.mentions FROM event_actor \
         JOIN appearance ON appearance.id = event_actor.appearance_id \
         JOIN capacity ON capacity.id = appearance.capacity_id JOIN actor ON actor.id = capacity.actor_id \
         WHERE event_id = ? ORDER BY part, event_actor.number",
    )?;
    let mut rows = statement.query([event])?;
    let (mut actors, mut recipients) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let cell = |idx: usize| {
            Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(idx)?.unwrap_or_default())
        };
        let sectors = cell(3)?;
        let mentions = mentions(row.get_ref(6)?.as_str_or_null().unwrap_or(None));
        let first = mentions.unwrap_or_default().first().map(|(span, _)| part(text, *span));
        let raw = first.unwrap_or("").to_owned();
        let first = sectors.split(' ').next().unwrap_or("").to_owned();
        let columns = [
            cell(1)?,
            cell(2)?,
            String::new(),
            first,
            sectors.replace(' ', ";"),
            cell(4)?,
            raw,
            cell(5)?,
        ];
        if row.get::<_, i64>(0)? == 1 { actors.push(columns) } else { recipients.push(columns) }
    }
    Ok((actors, recipients))
}
