//! Answers as rows: cells for a person, objects for a program.

use onrecord_store::*;
use serde_json::{Value, json};

/// An answer: parts with a heading each, in order.
pub(super) struct Part {
    pub(super) title: String,
    pub(super) headings: &'static [&'static str],
    pub(super) cells: Vec<Vec<String>>,
    pub(super) objects: Vec<Value>,
}

impl Part {
    /// A part with an object a row; `kind` tells the rows of several parts apart.
    fn new<T: serde::Serialize>(
        title: &str,
        kind: Option<&str>,
        headings: &'static [&'static str],
        rows: &[T],
        cells: impl Fn(&T) -> Vec<String>,
    ) -> Part {
        let object = |row: &T| {
            let mut value = serde_json::to_value(row).expect("rows are plain");
            if let (Some(kind), Some(object)) = (kind, value.as_object_mut()) {
                object.shift_insert(0, "row".to_owned(), json!(kind));
            }
            value
        };
        Part {
            title: title.to_owned(),
            headings,
            cells: rows.iter().map(cells).collect(),
            objects: rows.iter().map(object).collect(),
        }
    }
}

const SAID: &[&str] = &["published", "outlet", "speaker", "form", "about", "words"];

fn said_cells(row: &SaidRow) -> Vec<String> {
    let about = |about: &AboutRow| match about.stance {
        Some(stance) => format!("{} {stance:+.1}", about.name),
        None => about.name.clone(),
    };
    vec![
        text(&row.published),
        text(&row.outlet),
        text(&row.speaker),
        row.form.clone(),
        row.about.iter().map(about).collect::<Vec<_>>().join(", "),
        row.words.clone(),
    ]
}

const EVENT: &[&str] = &["from", "to", "type", "status", "reports", "who and whom"];

fn event_cells(row: &EventRow) -> Vec<String> {
    let mut whom = row.actors.join(", ");
    if !row.recipients.is_empty() {
        whom += &format!(" → {}", row.recipients.join(", "));
    }
    let voices: Vec<&str> = row.voices.iter().map(Voice::name).collect();
    let mut unique: Vec<&str> = Vec::new();
    voices.into_iter().for_each(|name| {
        if !unique.contains(&name) {
            unique.push(name)
        }
    });
    vec![
        text(&row.start),
        text(&row.end),
        row.r#type.clone(),
        row.statuses.join(", "),
        format!("{} of {}", row.independent, row.reports),
        format!("{whom} (on the word of {})", unique.join("; ")),
    ]
}

pub(super) fn said(rows: &[SaidRow]) -> Vec<Part> {
    vec![Part::new("", None, SAID, rows, said_cells)]
}

pub(super) fn actor(answer: &ActorAnswer) -> Vec<Part> {
    let who = &answer.actor;
    let country = who.country.as_ref().map(|country| format!(", {country}")).unwrap_or_default();
    let title = format!(
        "#{} {} ({}{country}), {} statements",
        who.id, who.name, who.kind, answer.statements
    );
    vec![
        Part::new(
            &title,
            Some("capacity"),
            &["first", "last", "articles", "name", "capacity", "because"],
            &answer.capacities,
            |row| {
                let capacity =
                    [&row.role, &row.office, &row.organization, &row.country, &row.sector];
                let capacity: Vec<&str> =
                    capacity.into_iter().flatten().map(String::as_str).collect();
                vec![
                    text(&row.first),
                    text(&row.last),
                    row.articles.to_string(),
                    row.name.clone(),
                    capacity.join(", "),
                    row.reason.clone(),
                ]
            },
        ),
        Part::new("Said", Some("statement"), SAID, &answer.said, said_cells),
        Part::new("Done", Some("event"), EVENT, &answer.events, event_cells),
    ]
}

pub(super) fn between(answer: &BetweenAnswer) -> Vec<Part> {
    let title =
        format!("{} and {}  {}", answer.one.name, answer.other.name, sparkline(&answer.months));
    vec![
        Part::new(
            title.trim_end(),
            Some("month"),
            &["month", "cooperation", "conflict", "balance"],
            &answer.months,
            |row| {
                vec![
                    row.month.clone(),
                    row.cooperation.to_string(),
                    row.conflict.to_string(),
                    format!("{:+.1}", row.balance),
                ]
            },
        ),
        Part::new("Events", Some("event"), EVENT, &answer.events, event_cells),
        Part::new("Statements", Some("statement"), SAID, &answer.statements, said_cells),
    ]
}

pub(super) fn compare(rows: &[CompareRow]) -> Vec<Part> {
    let headings = &["speaker", "statements", "stance", "last", "latest words"];
    vec![Part::new("", None, headings, rows, |row| {
        vec![
            row.speaker.clone(),
            row.statements.to_string(),
            row.stance.map_or(String::new(), |stance| format!("{stance:+.1}")),
            text(&row.last),
            row.latest.words.clone(),
        ]
    })]
}

pub(super) fn shifts(rows: &[ShiftRow]) -> Vec<Part> {
    let headings = &["speaker", "toward", "from", "to", "before and after"];
    vec![Part::new("", None, headings, rows, |row| {
        let side = |said: &SaidRow| {
            format!("{} {}: {}", text(&said.published), text(&said.outlet), said.words)
        };
        vec![
            row.speaker.clone(),
            row.toward.clone(),
            format!("{:+.1}", row.from),
            format!("{:+.1}", row.to),
            format!("{} → {}", side(&row.before), side(&row.after)),
        ]
    })]
}

pub(super) fn disputed(rows: &[DisputedRow]) -> Vec<Part> {
    let headings = &["from", "to", "type", "claimed by", "denied by", "who and whom"];
    vec![Part::new("", None, headings, rows, |row| {
        let event = event_cells(&row.event);
        let whom = event[5].split(" (on the word of ").next().unwrap_or_default().to_owned();
        let (claimed, denied) = (row.claimed_by.join("; "), row.denied_by.join("; "));
        vec![event[0].clone(), event[1].clone(), event[2].clone(), claimed, denied, whom]
    })]
}

pub(super) fn sources(rows: &[SourceRow]) -> Vec<Part> {
    vec![Part::new("", None, &["statements", "share", "source"], rows, |row| {
        let value = row.value.clone().unwrap_or_else(|| "(unknown)".to_owned());
        vec![row.statements.to_string(), format!("{:.1}%", row.share * 100.0), value]
    })]
}

pub(super) fn variants(groups: &[VariantGroup]) -> Vec<Part> {
    let headings = &["published", "outlet", "speaker", "words; [left out] {put in}"];
    let part = |group: &VariantGroup| {
        let mut part = Part::new("", None, headings, &group.variants, |row| {
            vec![
                text(&row.said.published),
                text(&row.said.outlet),
                text(&row.said.speaker),
                row.difference.clone(),
            ]
        });
        part.objects = vec![serde_json::to_value(group).expect("groups are plain")];
        part
    };
    groups.iter().map(part).collect()
}

/// A bar a month, from the first through the last; months without events are spaces.
fn sparkline(months: &[Month]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let number = |month: &str| -> Option<i64> {
        let (year, month) = month.split_once('-')?;
        Some(year.parse::<i64>().ok()? * 12 + month.parse::<i64>().ok()?)
    };
    let mut line = String::new();
    let mut last = None;
    // A relation of decades: the last five years.
    for month in &months[months.len().saturating_sub(60)..] {
        let Some(at) = number(&month.month) else { continue };
        let n_empty = last.map_or(0, |last: i64| (at - last - 1).clamp(0, 60));
        line.extend((0..n_empty).map(|_| ' '));
        let height = ((month.balance + 2.0) / 4.0 * 7.0).round().clamp(0.0, 7.0);
        line.push(BARS[height as usize]);
        last = Some(at);
    }
    line
}

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sparkline_has_a_bar_a_month() {
        let month = |month: &str, balance| Month {
            month: month.into(),
            cooperation: 1,
            conflict: 0,
            balance,
        };
        let months = [month("2025-11", -2.0), month("2025-12", 2.0), month("2026-03", 0.0)];
        assert_eq!(sparkline(&months), "▁█  ▅");
    }
}
