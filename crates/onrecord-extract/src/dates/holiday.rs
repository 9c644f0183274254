//! Holidays with a fixed date, and those counted from Easter or by weekday: "Christmas", "Easter", "Thanksgiving".
//!
//! **Finds.** The holidays below by their usual names, with a year or "next", "last" beside them.
//!
//! **Why believed.** The names are used for nothing else; they are written with a capital (in tests without).
//!
//! **Example.** Written on 2024-11-20, "before Christmas" is 2024-12-25.
//!
//! **Known misses.** Holidays by the moon (Eid, Lunar New Year, Ramadan) and Orthodox Easter.

use jiff::civil::{Date, Weekday};

use super::cursor::{Cursor, Found};
use super::token::{Key, Relative, Unit, Word};
use super::value::{Days, Reading, Shape, shift, units};

/// When a holiday falls.
#[derive(Clone, Copy)]
enum Falls {
    On(i8, i8),
    /// The nth weekday of a month; the last for -1.
    Nth(i8, Weekday, i8),
    /// Days after the nth weekday.
    After(i8, Weekday, i8, i32),
    /// Days from Easter Sunday.
    Easter(i32),
}

/// By words; longer names before those they begin with.
const HOLIDAYS: &[(&[&str], Falls)] = &[
    (&["christmas", "eve"], Falls::On(12, 24)),
    (&["christmas", "day"], Falls::On(12, 25)),
    (&["christmas"], Falls::On(12, 25)),
    (&["boxing", "day"], Falls::On(12, 26)),
    (&["new", "year", "'", "s", "eve"], Falls::On(12, 31)),
    (&["new", "year", "'", "s", "day"], Falls::On(1, 1)),
    (&["new", "year", "day"], Falls::On(1, 1)),
    (&["halloween"], Falls::On(10, 31)),
    (&["valentine", "'", "s", "day"], Falls::On(2, 14)),
    (&["saint", "patrick"], Falls::On(3, 17)),
    (&["juneteenth"], Falls::On(6, 19)),
    (&["freedom", "day"], Falls::On(6, 19)),
    (&["jubilee", "day"], Falls::On(6, 19)),
    (&["independence", "day"], Falls::On(7, 4)),
    (&["earth", "day"], Falls::On(4, 22)),
    (&["international", "workers", "'", "day"], Falls::On(5, 1)),
    (&["veterans", "day"], Falls::On(11, 11)),
    (&["black", "friday"], Falls::After(11, Weekday::Thursday, 4, 1)),
    (&["thanksgiving", "day"], Falls::Nth(11, Weekday::Thursday, 4)),
    (&["thanksgiving"], Falls::Nth(11, Weekday::Thursday, 4)),
    (&["labor", "day"], Falls::Nth(9, Weekday::Monday, 1)),
    (&["memorial", "day"], Falls::Nth(5, Weekday::Monday, -1)),
    (&["good", "friday"], Falls::Easter(-2)),
    (&["easter", "sunday"], Falls::Easter(0)),
    (&["easter", "monday"], Falls::Easter(1)),
    (&["easter"], Falls::Easter(0)),
];

/// The holiday that begins here, or with "next", "last" before it.
pub(super) fn find(c: &Cursor, at: usize) -> Found {
    let (relative, start) = match c.word(at) {
        Word::Relative(relative) => (Some(relative), at + 1),
        Word::Unit(Unit::Weekend) if c.is(at + 1, Key::Of) => (None, at + 2),
        _ => (None, at),
    };
    if !matches!(c.word(start), Word::Other(_)) {
        return None;
    }
    let (mut end, falls) = name(c, start)?;
    let today = c.today;
    let weekend_first = c.word(end) == Word::Unit(Unit::Weekend);
    end += usize::from(weekend_first);
    let year = year_after(c, end).map(|(year, after)| {
        end = after;
        year
    });
    let weekend_last = c.word(end) == Word::Unit(Unit::Weekend);
    end += usize::from(weekend_last);
    let weekend = weekend_first || weekend_last || start == at + 2;
    let on = |year| falls.on(year);
    let this = on(today.year());
    let passed = this.is_some_and(|date| date <= today);
    let last = if passed { this } else { on(today.year() - 1) };
    let next = if passed { on(today.year() + 1) } else { this };
    let (past, future) = match (year, relative) {
        (Some(year), _) => (on(year), on(year)),
        (None, Some(Relative::Last | Relative::Past)) => (last, last),
        (None, Some(Relative::This)) => (this, this),
        (None, Some(_)) => (next, next),
        (None, None) => (last, next),
    };
    let reading =
        Reading { past: past.map(Days::day), future: future.map(Days::day), ..Reading::day(None) };
    let reading = if year.is_none() { reading.relative() } else { reading };
    if weekend {
        let reading = Reading { shape: Shape::Period, ..reading };
        return Some((end, reading.map(long_weekend)));
    }
    Some((end, reading))
}

/// Whether a holiday written small may begin with this word: then it is looked up.
pub(super) fn may_begin(word: &str) -> bool {
    word.len() >= 4 && HOLIDAYS.iter().any(|(words, _)| words[0] == word)
}

fn name(c: &Cursor, at: usize) -> Option<(usize, Falls)> {
    HOLIDAYS.iter().find_map(|(words, falls)| {
        let same = |(i, word): (usize, &&str)| {
            c.str(at + i).eq_ignore_ascii_case(word) || *word == "'" && c.str(at + i) == "’"
        };
        words.iter().enumerate().all(same).then_some((at + words.len(), *falls))
    })
}

fn year_after(c: &Cursor, at: usize) -> Option<(i16, usize)> {
    let start = c.skip(at, Key::Of);
    if let (Word::Relative(relative), Word::Unit(Unit::Year)) = (c.word(start), c.word(start + 1)) {
        return Some((c.today.year() + super::period::step(relative) as i16, start + 2));
    }
    c.year(start)
}

/// The weekend, with the holiday before or after it.
fn long_weekend(days: Days) -> Option<Days> {
    let date = days.start.first_day();
    // A Monday belongs to the weekend before it.
    let anchor = if date.weekday() == Weekday::Monday { shift(date, Unit::Day, -1)? } else { date };
    let weekend = units(anchor, Unit::Weekend, 1)?;
    Some(Days::between(weekend.start.first_day().min(date), weekend.end.last_day().max(date)))
}

impl Falls {
    fn on(self, year: i16) -> Option<Date> {
        match self {
            Falls::On(month, day) => Date::new(year, month, day).ok(),
            Falls::Nth(month, weekday, n) => {
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday).ok()
            }
            Falls::After(month, weekday, n, days) => {
                shift(Falls::Nth(month, weekday, n).on(year)?, Unit::Day, days)
            }
            Falls::Easter(days) => shift(easter(year)?, Unit::Day, days),
        }
    }
}

/// Easter Sunday by the Gregorian reckoning (the "anonymous" algorithm, after Meeus, Astronomical Algorithms).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let m = (a + 11 * h) / 319;
    let l = (2 * (b % 4) + 2 * (c / 4) - c % 4 - h + m + 32) % 7;
    let month = (h - m + l + 90) / 25;
    let day = (h - m + l + month + 19) % 32;
    Date::new(year, month as i8, day as i8).ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn easter_falls_where_the_church_has_it() {
        for (year, day) in
            [(2018, "2018-04-01"), (2019, "2019-04-21"), (2025, "2025-04-20"), (2026, "2026-04-05")]
        {
            assert_eq!(super::easter(year).unwrap().to_string(), day);
        }
    }
}
