//! A word before a date that turns it into a bound: "since 2014", "before Feb 2018", "by the end of the month".
//!
//! **Finds.** "Since", "after", "before", "by", "until", "starting", "no later than" and the like before an expression.
//!
//! **Why believed.** They stand right before it.
//!
//! **Example.** "after Feb 2018": from 2018-03-01 on. News keeps the date alone, as the Desk corpus marks it.
//!
//! **Known misses.** "Before" and "after" that mean an event in the year ("after the 2018 vote").

use super::cursor::{Cursor, Found};
use super::token::{Key, Unit, Word};
use super::value::{Days, Modifier, Reading, Shape};
use super::{clock, range, simple};

/// The bounded expression that begins here.
pub(super) fn find(c: &Cursor, at: usize) -> Found {
    let (modifier, start) = match c.word(at) {
        Word::Key(Key::Since) => (Modifier::Since, at + 1),
        Word::Key(Key::Starting) => (Modifier::Since, c.skip(at + 1, Key::On)),
        Word::Key(Key::Start) if c.str(at) == "beginning" => {
            (Modifier::Since, c.skip(at + 1, Key::On))
        }
        Word::Key(Key::After) => (Modifier::After, at + 1),
        Word::Key(Key::Later) if c.is(at + 1, Key::Than) => (Modifier::After, at + 2),
        Word::Key(Key::Before) => (Modifier::Before, at + 1),
        Word::Key(Key::By | Key::Until) => (Modifier::Before, at + 1),
        Word::Key(Key::To) if c.is(at + 1, Key::Date) => {
            return Some((
                at + 2,
                Reading {
                    modifier: Some(Modifier::Before),
                    vague: true,
                    ..Reading::day(Some(c.today))
                }
                .relative(),
            ));
        }
        Word::Key(Key::No) if c.is(at + 1, Key::Later) && c.is(at + 2, Key::Than) => {
            (Modifier::Before, at + 3)
        }
        _ => return None,
    };
    if modifier == Modifier::Before && c.is(start, Key::Date) {
        return Some((
            start + 1,
            Reading { modifier: Some(modifier), vague: true, ..Reading::day(Some(c.today)) }
                .relative(),
        ));
    }
    let found = |start| {
        [simple(c, start), clock::find(c, start), range::find(c, start)]
            .into_iter()
            .flatten()
            .max_by_key(|(end, _)| *end)
    };
    let (end, reading) = found(start).or_else(|| found(c.skip(start, Key::The)))?;
    (reading.modifier.is_none() && !reading.vague)
        .then_some((end, Reading { modifier: Some(modifier), ..reading }))
}

/// "2012 or later", "1/1/2016 and after": a bound that stands after.
pub(super) fn after(c: &Cursor, end: usize, reading: Reading) -> (usize, Reading) {
    let joined = matches!(c.word(end), Word::Key(Key::Or | Key::And));
    let later = matches!(c.word(end + 1), Word::Key(Key::Later | Key::After))
        || c.str(end + 1) == "greater";
    let stops =
        !matches!(c.word(end + 2), Word::Other(_) | Word::Number { .. } | Word::Key(Key::Than))
            || end + 2 >= c.tokens.len();
    if joined && later && stops && reading.modifier.is_none() {
        return (end + 2, Reading { modifier: Some(Modifier::Since), ..reading });
    }
    (end, reading)
}

/// "for 3 days from today".
pub(super) fn duration(c: &Cursor, at: usize) -> Found {
    let (n, unit_at) = c.count(at + 1).filter(|_| c.is(at, Key::For))?;
    let Word::Unit(unit) = c.word(unit_at) else { return None };
    if unit == Unit::Moment {
        return None;
    }
    let comma = c.skip_mark(unit_at + 1, &[',']);
    if !c.is(comma, Key::From) {
        return None;
    }
    let (end, reading) = simple(c, comma + 1)?;
    let run = |d: Days| {
        let first = d.start.first_day();
        let last = super::value::shift(super::value::shift(first, unit, n)?, Unit::Day, -1)?;
        Some(Days::between(first, last))
    };
    let reading = Reading { shape: Shape::Period, ..reading }.map(run);
    Some((end, Reading { past: reading.future, ..reading }))
}
