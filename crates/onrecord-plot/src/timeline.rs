//! A relation over time: what happened, and what was said of one another.

use jiff::civil::Date;
use onrecord_record::EventType;
use onrecord_store::{BetweenAnswer, EventRow, SaidRow, Somebody};

use crate::axis::Axis;
use crate::canvas::{Anchor, Canvas};
use crate::day::{day, written, written_or};
use crate::group::{Group, columns};
use crate::legend::Legend;
use crate::part::{Links, Part};
use crate::plot::{Plot, WIDTH};
use crate::said::{class_of, quoted, stance_toward};
use crate::words::{count, cut, number};

const LEFT: f64 = 168.0;
const RIGHT: f64 = WIDTH - 12.0;

/// Events and statements within so much of the axis are drawn as one, so that a plot of many years stays
/// small and its marks apart.
const EVENT_COLUMN: f64 = 13.0;
const STATEMENT_COLUMN: f64 = 6.0;

/// The radius of a mark of one report, and of the largest.
const ONE: f64 = 3.2;
const LARGEST: f64 = 6.4;

/// The rows of events, by [`EventType::weight`].
const ROWS: [(i32, &str, &str); 4] = [
    (2, "material cooperation", "cooperation"),
    (1, "verbal cooperation", "cooperation"),
    (-1, "verbal conflict", "conflict"),
    (-2, "material conflict", "conflict"),
];
const EVENT_ROW: f64 = 30.0;
const STATEMENT_ROW: f64 = 52.0;

/// The events between two actors in a row a quad class, and below them what each said of the other: a stem
/// goes up as far as it is favourable, and down as far as it is critical.
pub fn timeline(answer: &BetweenAnswer, links: Links<'_>) -> Plot {
    let title =
        format!("{} and {}: what happened and what was said", answer.one.name, answer.other.name);
    let events: Vec<(Date, &EventRow)> = answer
        .events
        .iter()
        .filter_map(|event| Some((day(event.start.as_deref()?)?, event)))
        .collect();
    let statements: Vec<(Date, &SaidRow)> = answer
        .statements
        .iter()
        .filter_map(|said| Some((day(said.published.as_deref()?)?, said)))
        .collect();
    let all = events.iter().map(|(day, _)| *day).chain(statements.iter().map(|(day, _)| *day));
    let Some(axis) = Axis::over(all, (LEFT, RIGHT)) else {
        return Plot::empty(title, "Nothing with a day is on record between them.");
    };
    let mut canvas = Canvas::default();
    let mut y = 0.0;
    let mut keys = Keys::default();
    if !events.is_empty() {
        draw_events(&mut canvas, &axis, &events, links, &mut keys);
        y += EVENT_ROW * ROWS.len() as f64;
    }
    for (speaker, about) in [(&answer.one, &answer.other), (&answer.other, &answer.one)] {
        let said: Vec<_> =
            statements.iter().filter(|(_, said)| is_of(said, speaker, about)).copied().collect();
        if !said.is_empty() {
            draw_statements(&mut canvas, &axis, y, (speaker, about), &said, links);
            keys.is_said = true;
            y += STATEMENT_ROW;
        }
    }
    axis.draw(&mut canvas, y + 4.0);
    let height = keys.draw(&mut canvas, y + 4.0 + Axis::HEIGHT);
    let n_undated = answer.events.len() - events.len();
    Plot::new(title, describe(&events, &statements, n_undated), height, canvas)
}

/// Whether a statement is of the one, or of somebody who speaks for it, about the other.
fn is_of(said: &SaidRow, speaker: &Somebody, about: &Somebody) -> bool {
    let names = |actor: &Somebody| said.about.iter().any(|about| about.actor == actor.id);
    names(about)
        && (said.speaker_id == Some(speaker.id)
            || said.speaker_id != Some(about.id) && !names(speaker))
}

/// The marks that occur, and so have to be explained.
#[derive(Default)]
struct Keys {
    has_claimed: bool,
    has_open: bool,
    has_disputed: bool,
    has_several: bool,
    is_said: bool,
}

impl Keys {
    fn draw(&self, canvas: &mut Canvas, y: f64) -> f64 {
        let mut legend = Legend::below(y);
        if self.has_claimed {
            legend.add(canvas, "occurred", |canvas, at| canvas.circle("full", at, 4.0));
        }
        if self.has_open {
            let words = "planned, called for, possible or denied";
            legend.add(canvas, words, |canvas, at| canvas.circle("hollow", at, 4.0));
        }
        if self.has_disputed {
            legend.add(canvas, "disputed", |canvas, at| {
                canvas.circle("full", at, 3.0);
                canvas.circle("ring", at, 6.0);
            });
        }
        if self.has_several {
            legend.add(canvas, "larger: more independent reports", |canvas, (x, y)| {
                canvas.circle("full", (x - 6.0, y), 3.0);
                canvas.circle("full", (x + 4.0, y), 5.5);
            });
        }
        if self.is_said {
            legend.add(canvas, "said: up favourable, down critical", |canvas, (x, y)| {
                stem(canvas, "", (x - 4.0, y + 4.0), 0.5, "full");
                stem(canvas, "", (x + 4.0, y - 4.0), -0.5, "full");
            });
        }
        legend.bottom()
    }
}

fn draw_events(
    canvas: &mut Canvas,
    axis: &Axis,
    events: &[(Date, &EventRow)],
    links: Links<'_>,
    keys: &mut Keys,
) {
    let rows = ROWS.map(|(row_weight, ..)| {
        let of_row = events.iter().copied().filter(|(_, event)| {
            EventType::from_code(&event.r#type).is_some_and(|kind| kind.weight() == row_weight)
        });
        columns(axis, EVENT_COLUMN, of_row)
    });
    // Areas grow with the number of reports.
    let most = rows.iter().flatten().map(n_reports).max().unwrap_or(1);
    let unit = ONE.min(LARGEST / (most as f64).sqrt());
    for (row, (groups, (_, label, class))) in rows.iter().zip(ROWS).enumerate() {
        let y = EVENT_ROW * (row as f64 + 0.5);
        canvas.text(class, (LEFT - 14.0, y + 4.0), Anchor::End, label);
        canvas.line("rule", (LEFT, y), (RIGHT, y));
        for group in groups {
            let is_claimed = |event: &EventRow| has_status(event, &["occurred", "ongoing"]);
            let is_disputed =
                |event: &EventRow| is_claimed(event) && has_status(event, &["denied"]);
            let has_claimed = group.items.iter().any(|(_, event)| is_claimed(event));
            let has_disputed = group.items.iter().any(|(_, event)| is_disputed(event));
            let n = n_reports(group);
            let radius = (unit * (n as f64).sqrt()).max(1.8);
            keys.has_several |= n > 1;
            keys.has_disputed |= has_disputed;
            *(if has_claimed { &mut keys.has_claimed } else { &mut keys.has_open }) = true;
            let about = group.about(|(_, event)| told(event));
            canvas.mark(group.href(links, |(_, event)| Part::Event(event)), &about, |canvas| {
                canvas.circle("reach", (group.x, y), radius + 4.0);
                let fill = if has_claimed { "full" } else { "hollow" };
                canvas.circle(&format!("{fill} {class}"), (group.x, y), radius);
                if has_disputed {
                    canvas.circle(&format!("ring {class}"), (group.x, y), radius + 3.0);
                }
            });
        }
    }
}

/// Independent reports of all that stands at one place.
fn n_reports(group: &Group<&EventRow>) -> usize {
    let each = group.items.iter().map(|(_, event)| event.independent.max(1));
    each.fold(0, usize::saturating_add)
}

fn has_status(event: &EventRow, statuses: &[&str]) -> bool {
    event.statuses.iter().any(|status| statuses.contains(&status.as_str()))
}

/// An event in a line: `20 January 2026: CONSULT, Ostra, Belin (occurred, 2 independent reports)`.
fn told(event: &EventRow) -> String {
    let mut line = event.start.as_deref().map(written_or).unwrap_or_default();
    line += &format!(": {}, {}", event.r#type, event.actors.join(", "));
    if !event.recipients.is_empty() {
        line += &format!(" → {}", event.recipients.join(", "));
    }
    line + &format!(
        " ({}; {})",
        event.statuses.join(", "),
        count(event.independent, "independent report")
    )
}

fn draw_statements(
    canvas: &mut Canvas,
    axis: &Axis,
    top: f64,
    (speaker, about): (&Somebody, &Somebody),
    said: &[(Date, &SaidRow)],
    links: Links<'_>,
) {
    let y = top + STATEMENT_ROW / 2.0;
    let room = LEFT - 14.0;
    canvas.text("", (LEFT - 14.0, y - 3.0), Anchor::End, &cut(&speaker.name, room));
    let of = cut(&format!("on {}", about.name), room);
    canvas.text("", (LEFT - 14.0, y + 12.0), Anchor::End, &of);
    canvas.line("rule", (LEFT, y), (RIGHT, y));
    for group in columns(axis, STATEMENT_COLUMN, said.iter().copied()) {
        let stances: Vec<f64> =
            group.items.iter().filter_map(|(_, said)| stance_toward(said, about.id)).collect();
        let mean = stances.iter().sum::<f64>() / stances.len().max(1) as f64;
        let class = class_of(mean);
        let is_direct = group.items.iter().any(|(_, said)| said.form == "direct");
        let tip = group.about(|(_, said)| quoted(said, about.id));
        canvas.mark(group.href(links, |(_, said)| Part::Statement(said)), &tip, |canvas| {
            canvas.rectangle("reach", (group.x - 4.0, y - 22.0), 8.0, 44.0);
            let fill = if is_direct { "full" } else { "hollow" };
            stem(canvas, class, (group.x, y), mean, fill);
        });
    }
}

/// A stem from a line, up or down as far as the stance goes, and its head.
fn stem(canvas: &mut Canvas, class: &str, (x, y): (f64, f64), stance: f64, fill: &str) {
    let end = y - 20.0 * stance.clamp(-1.0, 1.0);
    if (end - y).abs() > 1.0 {
        canvas.line(&format!("stem {class}"), (x, y), (x, end));
    }
    canvas.circle(&format!("{fill} {class}"), (x, end), 2.6);
}

fn describe(
    events: &[(Date, &EventRow)],
    statements: &[(Date, &SaidRow)],
    n_undated: usize,
) -> String {
    let all = || events.iter().map(|(day, _)| *day).chain(statements.iter().map(|(day, _)| *day));
    let (first, last) = (all().min(), all().max());
    let when = match (first, last) {
        (Some(first), Some(last)) if first == last => written(first),
        (Some(first), Some(last)) => format!("{} to {}", written(first), written(last)),
        _ => String::new(),
    };
    let kinds = events.iter().filter_map(|(_, event)| EventType::from_code(&event.r#type));
    let n_cooperation = kinds.clone().filter(|kind| kind.weight() > 0).count();
    let n_conflict = kinds.count() - n_cooperation;
    let mut line = format!(
        "{when}: {} of cooperation, {} of conflict, {}.",
        count(n_cooperation, "event"),
        number(n_conflict as u64),
        count(statements.len(), "statement")
    );
    if n_undated > 0 {
        line += &format!(" Not drawn: {} without a day.", count(n_undated, "event"));
    }
    line
}
