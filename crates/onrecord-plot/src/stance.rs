//! What a speaker thinks of somebody, over time.

use std::collections::BTreeMap;

use jiff::civil::Date;
use onrecord_store::{SaidRow, Somebody};

use crate::axis::Axis;
use crate::canvas::{Anchor, Canvas};
use crate::day::{day, written};
use crate::group::{Group, columns};
use crate::legend::Legend;
use crate::part::{Links, Part};
use crate::plot::{Plot, WIDTH};
use crate::said::{class_of, quoted, stance_toward};
use crate::words::count;

const LEFT: f64 = 96.0;
const RIGHT: f64 = WIDTH - 12.0;
const TOP: f64 = 12.0;
const FIELD: f64 = 170.0;

/// Statements within so much of the axis stand at one place.
const COLUMN: f64 = 8.0;

/// Where statements stand of which no stance was read.
const RUG: f64 = TOP + FIELD + 18.0;

/// Statements of a speaker about an actor, as high as they are favourable. Those that are not about it or
/// have no day are left out; those without a stance stand below.
pub fn stance(speaker: &Somebody, toward: &Somebody, said: &[SaidRow], links: Links<'_>) -> Plot {
    let title = format!("{} on {}", speaker.name, toward.name);
    let said: Vec<(Date, &SaidRow)> = said
        .iter()
        .filter(|said| said.about.iter().any(|about| about.actor == toward.id))
        .filter_map(|said| Some((day(said.published.as_deref()?)?, said)))
        .collect();
    let Some(axis) = Axis::over(said.iter().map(|(day, _)| *day), (LEFT, RIGHT)) else {
        return Plot::empty(title, "No statement with a day is on record.");
    };
    let mut canvas = Canvas::default();
    for (stance, words) in [(1.0, "favourable"), (0.0, "neutral"), (-1.0, "critical")] {
        canvas.text(class_of(stance), (LEFT - 10.0, height(stance) + 4.0), Anchor::End, words);
        canvas.line(
            if stance == 0.0 { "axis" } else { "rule" },
            (LEFT, height(stance)),
            (RIGHT, height(stance)),
        );
    }
    let stances =
        said.iter().filter_map(|&(day, said)| Some((day, (stance_toward(said, toward.id)?, said))));
    let groups = columns(&axis, COLUMN, stances);
    let course: Vec<(f64, f64)> =
        groups.iter().map(|group| (group.x, height(mean(group)))).collect();
    if course.len() > 1 {
        canvas.path("course", &course);
    }
    let mut has_reported = false;
    let mut has_quoted = false;
    for group in groups.into_iter().flat_map(levels) {
        let at = (group.x, height(mean(&group)));
        let is_direct = group.items.iter().any(|(_, (_, said))| said.form == "direct");
        *(if is_direct { &mut has_quoted } else { &mut has_reported }) = true;
        let radius = (3.6 * (group.items.len() as f64).sqrt()).min(9.0);
        let class = class_of(mean(&group));
        let fill = if is_direct { "full" } else { "hollow" };
        let about = group.about(|(_, (_, said))| quoted(said, toward.id));
        canvas.mark(group.href(links, |(_, (_, said))| Part::Statement(said)), &about, |canvas| {
            canvas.circle("reach", at, radius + 4.0);
            canvas.circle(&format!("{fill} {class}"), at, radius);
        });
    }
    let unread = said.iter().copied().filter(|(_, said)| stance_toward(said, toward.id).is_none());
    let unread = columns(&axis, COLUMN, unread);
    let mut y = TOP + FIELD + 8.0;
    if !unread.is_empty() {
        canvas.text("faint", (LEFT - 10.0, RUG + 4.0), Anchor::End, "not read");
        y = RUG + 14.0;
    }
    for group in unread {
        let about = group.about(|(_, said)| quoted(said, toward.id));
        canvas.mark(group.href(links, |(_, said)| Part::Statement(said)), &about, |canvas| {
            canvas.rectangle("reach", (group.x - 4.0, RUG - 8.0), 8.0, 16.0);
            canvas.line("stem", (group.x, RUG - 5.0), (group.x, RUG + 5.0));
        });
    }
    axis.draw(&mut canvas, y);
    let mut legend = Legend::below(y + Axis::HEIGHT);
    if has_quoted {
        legend.add(&mut canvas, "quoted", |canvas, at| canvas.circle("full", at, 3.6));
    }
    if has_reported {
        legend.add(&mut canvas, "in the outlet’s words", |canvas, at| {
            canvas.circle("hollow", at, 3.6);
        });
    }
    Plot::new(title, describe(&said, toward.id), legend.bottom(), canvas)
}

fn height(stance: f64) -> f64 {
    TOP + FIELD * (1.0 - stance.clamp(-1.0, 1.0)) / 2.0
}

type Points<'a> = Group<(f64, &'a SaidRow)>;

fn mean(group: &Points<'_>) -> f64 {
    group.items.iter().map(|(_, (stance, _))| stance).sum::<f64>() / group.items.len() as f64
}

/// What stands at one place, taken apart by height, so that praise and blame of one day do not make neutrality.
fn levels(group: Points<'_>) -> Vec<Points<'_>> {
    let mut levels: BTreeMap<i64, Points<'_>> = BTreeMap::new();
    for (day, (stance, said)) in group.items {
        let level = (stance.clamp(-1.0, 1.0) * 5.0).round() as i64;
        let empty = || Group { x: group.x, items: Vec::new() };
        levels.entry(level).or_insert_with(empty).items.push((day, (stance, said)));
    }
    levels.into_values().collect()
}

fn describe(said: &[(Date, &SaidRow)], toward: i64) -> String {
    let days = || said.iter().map(|(day, _)| *day);
    let when = match (days().min(), days().max()) {
        (Some(first), Some(last)) if first < last => {
            format!("{} to {}", written(first), written(last))
        }
        (Some(first), _) => written(first),
        _ => String::new(),
    };
    let stances: Vec<f64> =
        said.iter().filter_map(|(_, said)| stance_toward(said, toward)).collect();
    let mut line = format!("{when}: {}", count(said.len(), "statement"));
    if !stances.is_empty() {
        let of = |class: &str| stances.iter().filter(|stance| class_of(**stance) == class).count();
        line += &format!(
            ", {} favourable, {} critical, {} neutral",
            of("cooperation"),
            of("conflict"),
            of("")
        );
    }
    let n_unread = said.len() - stances.len();
    if n_unread > 0 {
        line += &format!(", {n_unread} whose stance was not read");
    }
    line + "."
}
