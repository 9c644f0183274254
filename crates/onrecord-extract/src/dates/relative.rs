//! So long ago or ahead: "yesterday", "two years ago", "in three weeks", "two days after Christmas", "within nine months".
//!
//! **Finds.** Today and its neighbours, "now", tonight, overnight; a number of units with "ago", "in", "from",
//! "after", "before", "later", "within".
//!
//! **Why believed.** A length of time with one of these words is counted from the day of writing, or from the day
//! that is named.
//!
//! **Example.** Written on 2026-02-06, "two weeks ago" is 2026-01-23; "a year ago" is 2025-02, "a decade ago" 2016:
//! how sharp the value is goes with the unit, as in the Desk corpus.
//!
//! **Known misses.** "Two days later" counts from a day told before: in news it has no value.

use super::cursor::{Cursor, Found};
use super::token::{Key, Relative, Unit, Word};
use super::value::{Days, Reading, Shape, shift};
use super::{day, holiday, period, weekday};

/// The longest expression that begins here.
pub(super) fn find(c: &Cursor, at: usize) -> Found {
    let near = |n| Some((at + 1, Reading::day(shift(c.today, Unit::Day, n)).relative()));
    match c.word(at) {
        Word::Key(Key::Today | Key::Tonight | Key::Overnight) => near(0),
        Word::Key(Key::Tomorrow) => near(1),
        Word::Key(Key::Yesterday) => near(-1),
        Word::Key(Key::In) => ahead(c, at),
        Word::Key(Key::Within) => within(c, at),
        Word::Number { .. } | Word::Small(_) | Word::Key(Key::A) => counted(c, at),
        _ => None,
    }
}

/// "in two weeks", "in 3 days on Friday", "in two years since 2011".
fn ahead(c: &Cursor, at: usize) -> Found {
    let (n, unit_at) = c.count(at + 1)?;
    let Word::Unit(unit) = c.word(unit_at) else { return None };
    if unit == Unit::Moment {
        return None;
    }
    let end = unit_at + 1;
    if c.is(end, Key::Since) {
        let (end, reading) = anchor(c, c.skip(end + 1, Key::The))?;
        let later = |d: Days| shift(d.start.first_day(), unit, n).map(Days::day);
        return Some((end, Reading { shape: Shape::Day, ..reading }.map(later)));
    }
    // "in two days from today" is the expression without "in"; "in a week of talks" is a duration.
    if matches!(
        c.word(end),
        Word::Key(Key::From | Key::After | Key::Before | Key::Of | Key::Later | Key::Ago)
    ) {
        return None;
    }
    let reading = sharp(shift(c.today, unit, n)?, unit, n);
    Some(on_weekday(c, end, reading))
}

/// "within nine months", "within next 10 months", "within 2 hours".
fn within(c: &Cursor, at: usize) -> Found {
    let number = c.skip(at + 1, Key::The);
    let number = number + usize::from(matches!(c.word(number), Word::Relative(_)));
    let (n, unit_at) = c.count(number).or_else(|| match c.word(number) {
        Word::Unit(_) => Some((1, number)),
        _ => None,
    })?;
    let unit = match c.word(unit_at) {
        Word::Unit(unit) => unit,
        Word::Key(Key::H) => Unit::Moment,
        _ => return None,
    };
    let other = shift(c.today, unit, n)?;
    let reading = Reading::of(Some(Days::between(c.today, other)), Shape::Range);
    Some((unit_at + 1, reading.relative()))
}

/// "2 weeks and 2 days ago", "three weeks from tomorrow", "two days after", "3 days starting from Monday".
fn counted(c: &Cursor, at: usize) -> Found {
    let mut lengths = Vec::new();
    let mut end = at;
    while lengths.len() < 4
        && let Some((n, unit_at)) = c.count(end)
        && let Word::Unit(unit) = c.word(unit_at)
    {
        if unit == Unit::Moment {
            return None;
        }
        lengths.push((n, unit));
        end = unit_at + 1;
        if c.is(end, Key::And) && c.count(end + 1).is_some() {
            end += 1;
        }
    }
    let &(n, unit) = lengths.last()?;
    if c.is(end - 1, Key::And) {
        end -= 1;
    }
    let from = |date, sign: i32| {
        lengths.iter().try_fold(date, |date, (n, unit)| shift(date, *unit, sign * n))
    };
    let anchored = |end: usize, sign: i32| {
        let (end, reading) = anchor(c, end)?;
        let count = |d: Days| from(d.start.first_day(), sign).map(Days::day);
        let reading = Reading { shape: Shape::Day, news: None, ..reading }.map(count);
        Some((end, Reading { past: reading.future, ..reading }))
    };
    let found = match c.word(end) {
        Word::Key(Key::Ago) => Some((end + 1, sharp(from(c.today, -1)?, unit, n))),
        Word::Key(Key::From) if c.is(end + 1, Key::Now) => {
            Some((end + 2, sharp(from(c.today, 1)?, unit, n)))
        }
        Word::Key(Key::From | Key::After) => anchored(end + 1, 1),
        Word::Key(Key::Before) => anchored(end + 1, -1),
        Word::Key(Key::Later) => {
            let reading = Reading { vague: true, ..Reading::day(Some(from(c.today, 1)?)) };
            Some((end + 1, reading.relative()))
        }
        Word::Key(Key::Earlier) => None,
        Word::Key(Key::Starting) => {
            let (end, reading) = anchor(c, c.skip(c.skip(end + 1, Key::From), Key::On))?;
            let run = |d: Days| {
                let first = d.start.first_day();
                Some(Days::between(first, shift(from(first, 1)?, Unit::Day, -1)?))
            };
            Some((end, Reading { shape: Shape::Period, ..reading }.map(run)))
        }
        _ => None,
    }?;
    Some(on_weekday(c, found.0, found.1))
}

/// How sharp a value is that was counted in this unit.
fn sharp(date: jiff::civil::Date, unit: Unit, n: i32) -> Reading {
    let news = match unit {
        Unit::Year if n == 1 => Some(Days::months(date, date)),
        Unit::Year | Unit::Decade | Unit::Century => Days::years(date.year(), date.year()),
        Unit::Month | Unit::Quarter => Some(Days::months(date, date)),
        _ => None,
    };
    Reading { news, ..Reading::day(Some(date)) }.relative()
}

/// "… on Friday": the first such day from there.
fn on_weekday(c: &Cursor, end: usize, reading: Reading) -> (usize, Reading) {
    let day_at = c.skip(end, Key::On);
    match c.word(day_at) {
        Word::Weekday(weekday) if day_at > end && c.str(day_at).len() > 5 => {
            let next = |d: Days| weekday::both(d.start.first_day(), weekday).future;
            (day_at + 1, Reading { news: None, ..reading }.map(next))
        }
        _ => (end, reading),
    }
}

/// The day that is counted from.
fn anchor(c: &Cursor, at: usize) -> Found {
    let found = [find, day::find, weekday::find, holiday::find, period::find];
    let found = found.iter().filter_map(|family| family(c, at)).max_by_key(|(end, _)| *end);
    let relative = matches!(c.word(at), Word::Relative(Relative::That));
    found.filter(|(_, reading)| !relative && !reading.vague)
}
