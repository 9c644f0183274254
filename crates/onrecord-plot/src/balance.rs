//! Cooperation against conflict, month by month.

use onrecord_store::{BetweenAnswer, Month};

use crate::axis::Axis;
use crate::canvas::{Anchor, Canvas};
use crate::day::{day, month, next_month, plus};
use crate::part::{Links, Part};
use crate::plot::{Plot, WIDTH};
use crate::words::{count, number};

const LEFT: f64 = 96.0;
const RIGHT: f64 = WIDTH - 36.0;
const TOP: f64 = 10.0;
const BARS: f64 = 160.0;

/// On each side of the line.
const LEAST: f64 = 30.0;

/// Events of cooperation upward and of conflict downward from a line, a bar a month; each leads to the
/// days of its month.
pub fn balance(answer: &BetweenAnswer, links: Links<'_>) -> Plot {
    let title = format!("{} and {}: cooperation and conflict", answer.one.name, answer.other.name);
    let months: Vec<_> = answer
        .months
        .iter()
        .filter_map(|row| Some((day(&row.month)?, row)))
        .filter(|(_, row)| row.cooperation + row.conflict > 0)
        .collect();
    let Some(axis) = Axis::over_months(months.iter().map(|(day, _)| *day), (LEFT, RIGHT)) else {
        return Plot::empty(title, "No event with a day has occurred between them.");
    };
    let most = |n: fn(&Month) -> u32| months.iter().map(|(_, row)| n(row)).max().unwrap_or(0);
    let (up, down) = (most(|row| row.cooperation), most(|row| row.conflict));
    // One scale for both, and room for a word on either side of the line.
    let unit = (BARS / (f64::from(up) + f64::from(down))).min(24.0);
    let zero = TOP + (unit * f64::from(up)).max(LEAST).round();
    let bottom = zero + (unit * f64::from(down)).max(LEAST).round();

    let mut canvas = Canvas::default();
    for (n, sign, words, class) in
        [(up, -1.0, "cooperation", "cooperation"), (down, 1.0, "conflict", "conflict")]
    {
        let edge = if sign < 0.0 { TOP } else { bottom };
        let middle = (zero + edge) / 2.0;
        canvas.text(class, (LEFT - 10.0, middle + 4.0), Anchor::End, words);
        let y = zero + sign * unit * f64::from(n);
        if n > 0 {
            canvas.line("rule", (LEFT, y), (RIGHT, y));
            canvas.text("faint", (RIGHT + 8.0, y + 4.0), Anchor::Start, &number(n.into()));
        }
    }
    for (first, row) in &months {
        let (x, end) = (axis.x(*first), axis.x(next_month(*first)));
        let gap = ((end - x) * 0.2).min(2.0);
        let width = (end - x - gap).clamp(0.7, 40.0);
        let x = (x + end - width) / 2.0;
        let until = plus(next_month(*first), -1).to_string();
        let href = links(Part::Days { since: &first.to_string(), until: &until });
        let about = format!(
            "{} {}: {} of cooperation, {} of conflict, balance {:+.1}",
            month(*first),
            first.year(),
            count(row.cooperation as usize, "event"),
            row.conflict,
            row.balance
        );
        canvas.mark(href, &about, |canvas| {
            let (up, down) = (unit * f64::from(row.cooperation), unit * f64::from(row.conflict));
            if up > 0.0 {
                canvas.rectangle("full cooperation", (x, zero - up), width, up);
            }
            if down > 0.0 {
                canvas.rectangle("full conflict", (x, zero), width, down);
            }
        });
    }
    canvas.line("axis", (LEFT, zero), (RIGHT, zero));
    axis.draw(&mut canvas, bottom + 12.0);
    Plot::new(title, describe(&months), bottom + 12.0 + Axis::HEIGHT, canvas)
}

fn describe(months: &[(jiff::civil::Date, &Month)]) -> String {
    let sum = |n: fn(&Month) -> u32| months.iter().map(|(_, row)| n(row) as usize).sum::<usize>();
    let (up, down) = (sum(|row| row.cooperation), sum(|row| row.conflict));
    let name = |(day, _): &(jiff::civil::Date, &Month)| format!("{} {}", month(*day), day.year());
    let (first, last) = (name(&months[0]), name(&months[months.len() - 1]));
    let when = if first == last { format!("In {first}") } else { format!("{first} to {last}") };
    format!("{when}: {} of cooperation, {} of conflict.", count(up, "event"), number(down as u64))
}
