//! Events below the statements: when, what, between whom, whether, and on whose word.

use std::fmt::Write;

use anstyle::Style;
use onrecord::{ActorId, Event, EventDate, Record, StatementId};

use super::who::with_side;
use super::{CONTENT, CUE, DIM, MARGIN};
use crate::column::Column;

const PARTY: Style = Style::new().bold();

/// Columns of a time and of a type: `2026-01-21..22` and `COOPERATE`.
const TIME: usize = 15;
const TYPE: usize = 10;

/// A paragraph an event.
pub(super) fn show(out: &mut String, record: &Record, width: usize) {
    for event in &record.events {
        let time = event.date.map(|date| time(&date)).unwrap_or_default();
        write!(out, "{:MARGIN$}{DIM}{time:TIME$}{DIM:#}", "").expect("a string takes everything");
        write!(out, "{CUE}{:TYPE$}{CUE:#}", event.kind).expect("a string takes everything");
        let indent = (MARGIN + TIME + TYPE).min(width / 2);
        let mut line = Column::new(out, indent, width);
        line.words(&parties(record, event), PARTY);
        line.words(event.status.as_str(), DIM);
        if let Some(said) = event.said {
            line.words(&format!("says: {}", word(record, said)), DIM);
        }
        let text = &record.article.text;
        let triggers: Vec<&str> = event.trigger.iter().map(|&span| &text[span]).collect();
        line.words(&format!("[{}]", triggers.join(" … ")), CONTENT);
        line.end();
    }
}

/// Who did it, and after a dash the other party or to whom.
fn parties(record: &Record, event: &Event) -> String {
    let names =
        |ids: &[ActorId]| -> Vec<String> { ids.iter().map(|&id| with_side(record, id)).collect() };
    let (actors, recipients) = (names(&event.actors), names(&event.recipients));
    match (&actors[..], &recipients[..]) {
        ([], []) => "nobody named".to_owned(),
        ([first, others @ ..], []) if event.kind.is_reciprocal() && !others.is_empty() => {
            format!("{first} — {}", others.join(", "))
        }
        (actors, []) => actors.join(", "),
        ([], recipients) => format!("? — {}", recipients.join(", ")),
        (actors, recipients) => format!("{} — {}", actors.join(", "), recipients.join(", ")),
    }
}

/// Whose statement it is.
fn word(record: &Record, said: StatementId) -> String {
    let statement = record.statement(said);
    match statement.speaker {
        Some(speaker) => record.actor(speaker.actor).name.clone(),
        None => said.to_string(),
    }
}

/// `2026-01-21`, or `2026-01-21..22` with what the end has in common with the start left out.
fn time(date: &EventDate) -> String {
    let (start, end) = (date.start.to_string(), date.end.to_string());
    if start == end {
        return start;
    }
    let common = |n: usize| start.get(..n).is_some() && start.get(..n) == end.get(..n);
    let rest = [8, 5].into_iter().find(|&n| start.len() == end.len() && common(n)).unwrap_or(0);
    format!("{start}..{}", &end[rest..])
}
