//! Events outside of their articles.

use maud::{Markup, html};
use onrecord_store::{EventRow, Voice};

use super::codes::{status_name, type_name};
use super::{article_path, counted, period};
use crate::answer::Table;

/// Events with every report of them, and on whose word each rests.
pub(crate) fn events(rows: &[EventRow]) -> Markup {
    html! {
        ol class="events" {
            @for event in rows { li id={ "event-" (event.occurrence) } { (self::event(event)) } }
        }
    }
}

fn event(event: &EventRow) -> Markup {
    let statuses: Vec<&str> = event.statuses.iter().map(|status| status_name(status)).collect();
    html! {
        article class="event" {
            p class="happened" { (happened(event)) }
            p class="where" {
                @if let Some(when) = period(event.start.as_deref(), event.end.as_deref()) { span { (when) } }
                span { (statuses.join(", ")) }
                span {
                    (counted(event.reports as u64, "report"))
                    @if event.independent < event.reports { ", " (event.independent) " independent" }
                }
            }
            details {
                summary { "On whose word" }
                ul class="voices" {
                    @for voice in &event.voices { li { (self::voice(event.occurrence, voice)) } }
                }
            }
        }
    }
}

/// Who did what to whom.
pub(crate) fn happened(event: &EventRow) -> Markup {
    html! {
        (parties(&event.actors, "Somebody"))
        " " span class="type" { (type_name(&event.r#type, event.actors.len(), event.recipients.len())) } " "
        (parties(&event.recipients, ""))
    }
}

fn voice(occurrence: i64, voice: &Voice) -> Markup {
    html! {
        span class="name" { (voice.name()) } " · " (status_name(&voice.status))
        @if let Some(words) = &voice.words { blockquote { p { (words) } } }
        p class="where" {
            a href=(format!("{}#o{occurrence}", article_path(&voice.article))) {
                "“" (voice.trigger) "” in "
                cite { (voice.title.as_deref().unwrap_or("the article")) }
            }
            @if let Some(outlet) = &voice.outlet { span { (outlet) } }
            @if let Some(published) = &voice.published { span { (super::day(published)) } }
        }
    }
}

fn parties(names: &[String], nobody: &str) -> Markup {
    html! {
        @if names.is_empty() { (nobody) }
        @for (idx, name) in names.iter().enumerate() {
            @if idx > 0 { @if idx + 1 == names.len() { " and " } @else { ", " } }
            span class="name" { (name) }
        }
    }
}

/// The cells with which a row about an event begins: its number, type, parties and days.
pub(crate) fn event_cells(event: &EventRow) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        event.occurrence.to_string(),
        event.r#type.clone(),
        event.actors.join("; "),
        event.recipients.join("; "),
        text(&event.start),
        text(&event.end),
    ]
}

/// Events for a spreadsheet.
pub(crate) fn event_table<'a>(rows: impl Iterator<Item = &'a EventRow>) -> Table {
    let columns = &[
        "occurrence",
        "type",
        "actors",
        "recipients",
        "start",
        "end",
        "statuses",
        "reports",
        "independent",
    ];
    let row = |event: &EventRow| {
        let mut row = event_cells(event);
        row.extend([
            event.statuses.join("; "),
            event.reports.to_string(),
            event.independent.to_string(),
        ]);
        row
    };
    Table { columns, rows: rows.map(row).collect() }
}
