//! A time of day with the day it belongs to: "Thursday evening", "2pm tomorrow", "from 5 to 6pm on April 22".
//!
//! **Finds.** A part of the day, a clock time or a stretch between two, before or after a day.
//!
//! **Why believed.** The day beside it. A time of day alone is not found: records know days, not hours.
//!
//! **Example.** Written on 2022-10-07, "Thursday evening" is 2022-10-06.
//!
//! **Known misses.** A stretch past midnight ends on the day it began.

use super::cursor::{Cursor, Found};
use super::simple;
use super::token::{DayPart, Key, Relative, Unit, Word};
use super::value::{Days, Reading, Shape, shift};

/// The longest expression of day and time that begins here.
pub(super) fn find(c: &Cursor, at: usize) -> Found {
    let first = day_part(c, at).or_else(|| day_then_time(c, at));
    let second = time_then_day(c, at);
    first.into_iter().chain(second).max_by_key(|(end, _)| *end)
}

/// "this morning", "last night", "late this morning", and a stretch after it.
fn day_part(c: &Cursor, at: usize) -> Found {
    let start = match c.word(at) {
        Word::Key(Key::Early | Key::Late | Key::Later) => at + 1,
        _ => at,
    };
    let n = match (c.word(start), c.word(start + 1)) {
        (Word::Relative(Relative::This), Word::DayPart(_)) => 0,
        (Word::Relative(Relative::Last), Word::DayPart(_)) => -1,
        (Word::Relative(Relative::Next), Word::DayPart(_)) => 1,
        _ => return None,
    };
    let end = start + 2;
    let end = stretch(c, end).or_else(|| timed(c, end)).unwrap_or(end);
    Some((
        end,
        Reading { shape: Shape::Range, ..Reading::day(shift(c.today, Unit::Day, n)) }.relative(),
    ))
}

fn day_then_time(c: &Cursor, at: usize) -> Found {
    let early = c.is(at, Key::Early) && c.is(at + 1, Key::In) && c.is(at + 2, Key::The);
    if early && c.word(at + 3) == Word::Unit(Unit::Day) {
        return simple(c, at + 4).filter(|(_, reading)| reading.shape == Shape::Day);
    }
    let start = match c.word(at) {
        Word::Key(Key::Middle) => at + 1,
        Word::Key(Key::Later) => c.skip(at + 1, Key::In),
        _ => at,
    };
    let (end, reading) = simple(c, start)?;
    if reading.shape != Shape::Day || reading.vague {
        return None;
    }
    if start > at {
        return c.is(start, Key::Today).then_some((end, reading));
    }
    let part = part_after(c, end);
    let end_of_part = part.unwrap_or(end);
    let comma = c.skip_mark(end_of_part, &[',']);
    let last = stretch(c, comma).or_else(|| timed(c, comma)).or(part)?;
    Some((last, Reading { shape: Shape::Range, ..reading }))
}

/// "evening", "in the morning", "night".
fn part_after(c: &Cursor, at: usize) -> Option<usize> {
    let start = if c.is(at, Key::In) && c.is(at + 1, Key::The) { at + 2 } else { at };
    match c.word(start) {
        Word::DayPart(_) => Some(start + 1),
        Word::Key(Key::Am | Key::Pm) => Some(start + 1),
        _ => None,
    }
}

/// "before 5pm", "later than 10 in the morning", "at midnight", "for 7 hours from 9:30am".
fn timed(c: &Cursor, at: usize) -> Option<usize> {
    let start = match c.word(at) {
        Word::Key(Key::Before | Key::After | Key::By | Key::At) => c.skip(at + 1, Key::About),
        Word::Key(Key::Later) if c.is(at + 1, Key::Than) => at + 2,
        Word::Key(Key::No) if c.is(at + 1, Key::Later) && c.is(at + 2, Key::Than) => at + 3,
        Word::Key(Key::From) => {
            let end = time(c, at + 1)?.0;
            return hours(c, end);
        }
        Word::Key(Key::For) => {
            let end = hours(c, at)?;
            return (c.is(end, Key::From)).then(|| time(c, end + 1).map(|(end, _)| end)).flatten();
        }
        _ => return None,
    };
    let (end, _) = time(c, start)?;
    let end = if c.is(end, Key::In) { part_after(c, end).unwrap_or(end) } else { end };
    Some(end)
}

fn hours(c: &Cursor, at: usize) -> Option<usize> {
    let (_, unit_at) = c.count(at + 1).filter(|_| c.is(at, Key::For))?;
    (c.word(unit_at) == Word::Unit(Unit::Moment)).then_some(unit_at + 1)
}

/// "3pm to 5pm", "from 10 to 11:30", "between 2 and 4:30pm", "8-9am".
fn stretch(c: &Cursor, at: usize) -> Option<usize> {
    let opened = matches!(c.word(at), Word::Key(Key::From | Key::Between));
    let (mid, clear_first) = time(c, at + usize::from(opened))?;
    let link = matches!(
        c.word(mid),
        Word::Key(Key::To | Key::Until | Key::And) | Word::Mark('-' | '–' | '~')
    );
    let (end, clear_last) = link.then(|| time(c, mid + 1)).flatten()?;
    let dash = matches!(c.word(mid), Word::Mark(_));
    // "Monday 3-8" and "five to seven today": only with a dash or a word before is it sure.
    (opened || clear_first || clear_last || dash || c.is(mid, Key::To)).then_some(end)
}

/// A clock time; whether it can be nothing else.
fn time(c: &Cursor, at: usize) -> Option<(usize, bool)> {
    if let Word::DayPart(DayPart::Noon | DayPart::Night) = c.word(at) {
        return matches!(c.str(at), "noon" | "midnight").then_some((at + 1, true));
    }
    let (hour, mut end) = c.cardinal(at)?;
    if !(0..=24).contains(&hour) {
        return None;
    }
    let mut clear = false;
    let minutes = c.is_mark(end, &[':', '.']) && c.touches(end) && c.touches(end + 1);
    if minutes && matches!(c.word(end + 1), Word::Number { value: 0..=59, n_digits: 2, .. }) {
        end += 2;
        clear = true;
    }
    if matches!(c.word(end), Word::Key(Key::Am | Key::Pm)) {
        return Some((end + 1, true));
    }
    // "p.m."
    let dotted = c.is_mark(end + 1, &['.']) && c.str(end + 2) == "m" && c.is_mark(end + 3, &['.']);
    if dotted && matches!(c.str(end), "a" | "p") {
        return Some((end + 4, true));
    }
    Some((end, clear))
}

/// "5 to 6pm of April 22", "from 3-8pm yesterday afternoon", "3 pm or later on Monday", "the early hours of Friday".
fn time_then_day(c: &Cursor, at: usize) -> Found {
    let after = stretch(c, at).or_else(|| {
        let (end, clear) = time(c, at)?;
        let later = c.is(end, Key::Or) && c.is(end + 1, Key::Later);
        (clear && later).then_some(end + 2)
    });
    if let Some(after) = after {
        let link = match c.word(after) {
            Word::Key(Key::On | Key::Of) => after + 1,
            _ => after,
        };
        let (end, reading) = day_part(c, link)
            .or_else(|| simple(c, link).filter(|(_, r)| r.shape == Shape::Day && !r.vague))?;
        let end = part_after(c, end).unwrap_or(end);
        return Some((end, Reading { shape: Shape::Range, ..reading }));
    }
    // "midnight on Monday", "the early hours of Friday", "2:40 a.m. on Monday"
    let hours = match c.word(c.skip(at, Key::The)) {
        Word::Key(Key::Early) if c.word(c.skip(at, Key::The) + 1) == Word::Unit(Unit::Moment) => {
            Some(c.skip(at, Key::The) + 2)
        }
        Word::DayPart(_) => Some(at + 1).filter(|_| !c.is(at, Key::The)),
        _ => None,
    };
    let after = hours.or_else(|| time(c, at).filter(|(_, clear)| *clear).map(|(end, _)| end))?;
    let link = matches!(c.word(after), Word::Key(Key::On | Key::Of));
    let (end, reading) = link.then(|| simple(c, after + 1)).flatten()?;
    (reading.shape == Shape::Day && !reading.vague).then_some((end, reading))
}

/// Keeps the days of both.
pub(super) fn days_between(first: Days, last: Days) -> Option<Days> {
    (first.start.first_day() <= last.end.last_day())
        .then_some(Days { start: first.start, end: last.end })
}
