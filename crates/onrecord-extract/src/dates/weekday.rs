//! A day of the week: "Thursday", "last Monday", "Tuesday last week", "Friday, Jan. 23".
//!
//! **Finds.** Weekdays alone, with "last", "next", "this", with a week, and beside a date that says which one.
//!
//! **Why believed.** News dates its own week by weekdays: without more it is the last one up to the day of
//! writing, or the next one where the sentence looks ahead. "Last" and "next" count by weeks from Monday:
//! "last Wednesday" is the Wednesday of the week before, as writers of the Desk corpus mean it.
//!
//! **Example.** Written on Thursday 2024-06-20, "Last Wednesday" is 2024-06-12, "on Wednesday" 2024-06-19.
//!
//! **Known misses.** "Sun" and "Sat" alone are the sun and the verb; British "Monday week".

use jiff::civil::Date;

use super::cursor::{Cursor, Found};
use super::token::{Key, Relative, Unit, Word};
use super::value::{Days, Reading, monday, shift};
use super::{day, period};

/// The longest expression that begins with a weekday or with "last", "next" before one.
pub(super) fn find(c: &Cursor, at: usize) -> Found {
    match c.word(at) {
        Word::Weekday(weekday) if stands(c, at) => alone(c, at, weekday),
        Word::Relative(relative) => {
            let mut end = at + 1;
            let past = Word::Relative(Relative::Past);
            let coming = Word::Relative(Relative::Coming);
            let this = relative == Relative::This;
            let twice = this && (c.word(end) == past || c.word(end) == coming);
            end += usize::from(twice);
            if let Word::Weekday(weekday) = c.word(end) {
                if let Some(found) = dated(c, end, weekday) {
                    return Some(match (relative, found) {
                        (Relative::This | Relative::Next, (end, reading)) => {
                            (end, sure(reading, this, c.today))
                        }
                        (_, found) => found,
                    });
                }
                let week = match relative {
                    Relative::This if twice && c.word(at + 1) == past => {
                        return Some((end + 1, near(c, weekday)));
                    }
                    Relative::Past => return Some((end + 1, near(c, weekday))),
                    Relative::This => 0,
                    Relative::Last => -1,
                    Relative::Next | Relative::Following | Relative::Coming => 1,
                    Relative::That => return None,
                };
                return Some((end + 1, of_week(c.today, week, weekday)));
            }
            week_and_day(c, at)
        }
        _ => None,
    }
}

/// The year that makes "this friday 5/12" sure.
fn sure(reading: Reading, this: bool, today: Date) -> Reading {
    let days = match (reading.past, reading.future) {
        (Some(past), _) if this && past.start.first_day() >= today => Some(past),
        (past, future) => {
            let near = |d: &Days| d.start.first_day().year() == today.year();
            past.filter(near).or(future)
        }
    };
    Reading { past: days, future: days, ..reading }
}

fn near(c: &Cursor, weekday: i8) -> Reading {
    let reading = both(c.today, weekday);
    Reading { future: reading.past, ..reading }
}

/// "Mon", "Sat" and the like need more than themselves.
fn stands(c: &Cursor, at: usize) -> bool {
    if c.str(at).len() > 5 {
        return c.is_capital(at) || c.str(at).len() > 5;
    }
    let before = matches!(
        c.before(at),
        Word::Relative(_)
            | Word::Key(Key::On | Key::Or | Key::From | Key::To)
            | Word::Unit(Unit::Week)
            | Word::Weekday(_)
    );
    let after = c.skip_mark(at + 1, &[',', '.']);
    let dated = matches!(c.word(after), Word::Number { .. } | Word::Month(_));
    let verb = matches!(c.str(at), "Sun" | "Sat" | "sun" | "sat" | "wed");
    c.is_capital(at) && (dated || before && !verb) || before && dated
}

fn alone(c: &Cursor, at: usize, weekday: i8) -> Found {
    let end = c.skip_mark(at + 1, &['.']);
    let end = if c.str(at).len() > 5 { at + 1 } else { end };
    if let Some(found) = dated(c, at, weekday) {
        return Some(found);
    }
    // "Tuesday last week", "Monday of next week"
    let week_at = c.skip(c.skip(end, Key::Of), Key::The);
    if let Some((end, week)) = relative_week(c, week_at) {
        return Some((end, of_week(c.today, week, weekday)));
    }
    Some((at + 1, both(c.today, weekday)))
}

/// A date after the weekday says which one it is.
fn dated(c: &Cursor, at: usize, weekday: i8) -> Found {
    let next = c.skip_mark(at + 1, &[',', '.', '-', '(']);
    let paren = c.is_mark(at + 1, &['(']);
    let number = matches!(c.word(next), Word::Number { .. });
    if let Some((end, reading)) = number
        .then(|| day::pair(c, next, &['/', '.', '-']))
        .flatten()
        .or_else(|| day::find(c, next).filter(|_| !c.is(next, Key::The)))
        .or_else(|| day::find(c, c.skip(next, Key::The)))
    {
        return Some((c.skip_mark(end, if paren { &[')'] } else { &[] }), reading));
    }
    if next != at + 1 {
        return None;
    }
    // "Monday 21", "Tuesday the eleventh": a month in which that day is that weekday.
    let day_at = c.skip(at + 1, Key::The);
    let (day, end) = match c.word(day_at) {
        Word::Number { n_digits: 1..=2, .. } => c.month_day(day_at)?,
        _ => c.ordinal(day_at)?,
    };
    let clock = c.is_mark(end, &[':', '-', '–', '.'])
        && c.touches(end)
        && matches!(c.word(end + 1), Word::Number { .. });
    if clock || matches!(c.word(end), Word::Key(Key::Am | Key::Pm | Key::To)) {
        return None;
    }
    let month = |n: i32| {
        let first = shift(c.today.first_of_month(), Unit::Month, n)?;
        let date = Date::new(first.year(), first.month(), day).ok()?;
        (date.weekday().to_monday_one_offset() == weekday).then_some(date)
    };
    let future = (0..24).filter_map(month).find(|date| *date >= c.today);
    let past = (-24..=0).rev().filter_map(month).find(|date| *date < c.today);
    let the = day_at > at + 1;
    let (past, future) = if the || future == Some(c.today) {
        (future.or(past), future.or(past))
    } else {
        (past, future)
    };
    let reading =
        Reading { past: past.map(Days::day), future: future.map(Days::day), ..Reading::day(None) };
    Some((end, reading.relative()))
}

/// "next week Wednesday", "previous week - Monday", "next week on Tuesday".
fn week_and_day(c: &Cursor, at: usize) -> Found {
    let (end, week) = relative_week(c, at)?;
    let day_at = c.skip_mark(c.skip(end, Key::On), &['-', '–']);
    let Word::Weekday(weekday) = c.word(day_at) else { return None };
    (stands(c, day_at)).then(|| (day_at + 1, of_week(c.today, week, weekday)))
}

fn relative_week(c: &Cursor, at: usize) -> Option<(usize, i32)> {
    let Word::Relative(relative) = c.word(at) else { return None };
    (c.word(at + 1) == Word::Unit(Unit::Week)).then(|| (at + 2, period::step(relative)))
}

fn of_week(today: Date, week: i32, weekday: i8) -> Reading {
    let date = monday(today).and_then(|m| shift(m, Unit::Day, week * 7 + i32::from(weekday) - 1));
    Reading::day(date).relative()
}

/// The last one before the day of writing, and the next from it on.
pub(super) fn both(today: Date, weekday: i8) -> Reading {
    let ahead = i32::from((weekday - today.weekday().to_monday_one_offset()).rem_euclid(7));
    let day = |n| shift(today, Unit::Day, n).map(Days::day);
    Reading { past: day(ahead - 7), future: day(ahead), ..Reading::day(None) }.relative()
}
