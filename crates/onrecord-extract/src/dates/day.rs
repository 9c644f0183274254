//! A day by its number: "January 21", "4th of July 1995", "2026-01-21", "22/04", "the 18th".
//!
//! **Finds.** Day and month in either order, in words or figures, with or without a year; ISO dates; the day of
//! the month alone where it is an ordinal after "the" or "on".
//!
//! **Why believed.** A month's name beside a number below 32 is hardly ever anything else. All in figures it is
//! month before day, as most of the English-language web has it, unless the first is above 12.
//!
//! **Example.** Written on 2026-01-23: "Jan. 21" is 2026-01-21, and 2027-01-21 where something is planned for it.
//!
//! **Known misses.** "7.6" is a number unless a weekday comes before. Scores ("3/4") look like dates where `on`
//! is before them.

use jiff::civil::Date;

use super::cursor::{Cursor, Found};
use super::token::{Key, Relative, Unit, Word};
use super::value::{Days, Reading, Shape, shift};

/// The longest day written out at this token.
pub(super) fn find(c: &Cursor, at: usize) -> Found {
    match c.word(at) {
        Word::Month(month) => month_first(c, at, month),
        Word::Number { value: day @ 1..=31, ordinal: true, .. }
            if c.before(at) == Word::Key(Key::On) =>
        {
            day_first(c, at).or_else(|| Some((at + 1, of_month(c.today, day as i8))))
        }
        Word::Number { .. } => day_first(c, at).or_else(|| figures(c, at)),
        Word::Ordinal(_) | Word::Small(_) => day_first(c, at),
        Word::Key(Key::The) => the_day(c, at),
        Word::Relative(Relative::This | Relative::Next) => this_or_next(c, at),
        _ => None,
    }
}

/// "January 21, 2026", "Oct/2", "april the ninth".
fn month_first(c: &Cursor, at: usize, month: i8) -> Found {
    let day_at = c.skip_mark(c.skip_mark(at + 1, &['.']), &[',', '/', '-']);
    let (day, mut end) = c.month_day(c.skip(day_at, Key::The))?;
    if c.touches(end) && c.is_mark(end, &[':']) {
        return None;
    }
    if matches!(c.word(end), Word::Key(Key::Am | Key::Pm)) {
        return None;
    }
    let with_year = year_after(c, end).or_else(|| {
        // "January first 12"
        let short = matches!(c.before(end), Word::Ordinal(_)) && !c.is_mark(end, &[',']);
        short.then(|| short_year(c, end)).flatten()
    });
    let year = with_year.map(|(year, after)| {
        end = after;
        year
    });
    Some((end, day_of(c.today, year, month, day)))
}

/// "21 January 2026", "the twenty-first of January", "third day of June".
fn day_first(c: &Cursor, at: usize) -> Found {
    let (day, mut end) = c.month_day(at)?;
    if c.word(end) == Word::Unit(Unit::Day) && c.is(end + 1, Key::Of) {
        end += 1;
        if let Some((month, after)) = relative_month(c, end + 1) {
            let date = Date::new(month.year(), month.month(), day).ok();
            return Some((after, Reading::day(date).relative()));
        }
    }
    let month_at = c.skip_mark(c.skip(end, Key::Of), &['/', '-']);
    let Word::Month(month) = c.word(month_at) else { return None };
    let bare = c.skip_mark(month_at + 1, &['.']);
    end = month_at + 1;
    let year = year_after(c, bare).or_else(|| {
        let of = c.is(bare, Key::Of);
        of.then(|| short_year(c, bare + 1)).flatten()
    });
    let year = year.map(|(year, after)| {
        end = after;
        year
    });
    Some((end, day_of(c.today, year, month, day)))
}

/// ", 2026", "of 2026", "in 2026", "/2026", "last year".
fn year_after(c: &Cursor, at: usize) -> Option<(i16, usize)> {
    let start = c.skip_mark(at, &[',', '/', '-', '.']);
    let start = match c.word(start) {
        Word::Key(Key::Of | Key::In) => start + 1,
        _ => start,
    };
    if let Some((year, end)) = c.year(start) {
        // "June 3, 2000 soldiers": not with a comma and a word in the plural after it.
        return Some((year, end));
    }
    match (c.word(at), c.word(at + 1)) {
        (Word::Relative(Relative::Last), Word::Unit(Unit::Year)) => {
            Some((c.today.year() - 1, at + 2))
        }
        (Word::Relative(Relative::Next), Word::Unit(Unit::Year)) => {
            Some((c.today.year() + 1, at + 2))
        }
        (Word::Relative(Relative::This), Word::Unit(Unit::Year)) => Some((c.today.year(), at + 2)),
        _ => None,
    }
}

/// Two digits: 00 to 49 are of this century, the others of the last.
pub(super) fn short_year(c: &Cursor, at: usize) -> Option<(i16, usize)> {
    match c.word(at) {
        Word::Number { value, n_digits: 2, ordinal: false } => {
            Some((if value < 50 { 2000 } else { 1900 } + value as i16, at + 1))
        }
        _ => None,
    }
}

/// "the 18th", "the 21st this month", "the 15th day of next month".
fn the_day(c: &Cursor, at: usize) -> Found {
    if let Some((end, reading)) = day_first(c, at + 1) {
        let figures = matches!(c.word(at + 1), Word::Number { .. });
        return figures.then_some((end, reading));
    }
    let Word::Number { value, ordinal, n_digits: 1..=2 } = c.word(at + 1) else { return None };
    let day = i8::try_from(value).ok()?;
    if !ordinal || !(1..=31).contains(&day) {
        return None;
    }
    let rest =
        if c.word(at + 2) == Word::Unit(Unit::Day) { c.skip(at + 3, Key::Of) } else { at + 2 };
    if let Some((month, end)) = relative_month(c, rest) {
        return Some((
            end,
            Reading::day(Date::new(month.year(), month.month(), day).ok()).relative(),
        ));
    }
    // "the 20th century", "the 5th round": a noun goes on.
    let noun = matches!(c.word(at + 2), Word::Other(_) | Word::Unit(_));
    let noun = noun && at + 2 < c.tokens.len();
    (!noun).then(|| (at + 2, of_month(c.today, day)))
}

/// The day of this month, or of the month before or after.
pub(super) fn of_month(today: Date, day: i8) -> Reading {
    let dates = |from: i32, step: i32| {
        (0..4).find_map(|n| {
            let month = shift(today.first_of_month(), Unit::Month, from + n * step)?;
            Date::new(month.year(), month.month(), day).ok()
        })
    };
    let passed = today.day() >= day;
    let past = if passed { dates(0, -1) } else { dates(-1, -1) };
    let future = if passed && today.day() > day { dates(1, 1) } else { dates(0, 1) };
    Reading { past: past.map(Days::day), future: future.map(Days::day), ..Reading::day(None) }
        .relative()
}

/// "of next month", "this month", "of the month".
fn relative_month(c: &Cursor, at: usize) -> Option<(Date, usize)> {
    let at = c.skip(at, Key::Of);
    let n = match c.word(at) {
        Word::Relative(Relative::This) | Word::Key(Key::The) => 0,
        Word::Relative(Relative::Last) => -1,
        Word::Relative(Relative::Next) => 1,
        _ => return None,
    };
    (c.word(at + 1) == Word::Unit(Unit::Month))
        .then(|| Some((shift(c.today.first_of_month(), Unit::Month, n)?, at + 2)))
        .flatten()
}

/// "this 5/12", "next 6th of April".
fn this_or_next(c: &Cursor, at: usize) -> Found {
    let (end, reading) = match c.word(at + 1) {
        Word::Number { .. } => day_first(c, at + 1).or_else(|| pair(c, at + 1, &['/', '.']))?,
        _ => return None,
    };
    let this_year = reading.past.filter(|d| d.start.first_day().year() == c.today.year());
    let this_year = this_year.or(reading.future)?;
    let days = if c.word(at) == Word::Relative(Relative::Next) {
        Days::day(shift(this_year.start.first_day(), Unit::Year, 1)?)
    } else {
        this_year
    };
    Some((end, Reading { past: Some(days), future: Some(days), ..reading }))
}

/// Dates all in figures, and those with the year first.
fn figures(c: &Cursor, at: usize) -> Found {
    let Word::Number { value, n_digits, ordinal: false } = c.word(at) else { return None };
    match n_digits {
        8 => {
            let (year, rest) = (value / 10_000, value % 10_000);
            let date = Date::new(year as i16, (rest / 100) as i8, (rest % 100) as i8).ok();
            (1900..2100).contains(&year).then_some(date)?.map(|d| (at + 1, Reading::day(Some(d))))
        }
        4 => year_first(c, at, value as i16),
        1 | 2 => triple(c, at).or_else(|| {
            let sure = matches!(
                c.before(at),
                Word::Key(
                    Key::On | Key::From | Key::Between | Key::Until | Key::To | Key::By | Key::For
                )
            );
            let marks: &[char] =
                if c.is(at.wrapping_sub(1), Key::On) { &['/', '.'] } else { &['/'] };
            let listed =
                c.is_mark(at.wrapping_sub(1), &[',', '?']) || c.before(at) == Word::Key(Key::Or);
            (sure || listed).then(|| pair(c, at, marks)).flatten()
        }),
        _ => None,
    }
}

/// "2026-01-21", "2019/aug/01", "2016 10 16".
fn year_first(c: &Cursor, at: usize, year: i16) -> Found {
    let marked = c.is_mark(at + 1, &['-', '/', '.']);
    let month_at = at + 1 + usize::from(marked);
    let month = match c.word(month_at) {
        Word::Month(month) => month,
        Word::Number { value: month @ 1..=12, n_digits: 1..=2, ordinal: false } => month as i8,
        _ => return None,
    };
    let day_at = month_at + 1 + usize::from(marked);
    let same = !marked || c.str(at + 1) == c.str(month_at + 1);
    let Word::Number { value: day @ 1..=31, n_digits: 1..=2, .. } = c.word(day_at) else {
        return None;
    };
    let tight = marked || matches!(c.word(day_at), Word::Number { n_digits: 2, .. });
    let date = Date::new(year, month, day as i8).ok();
    (same && tight).then(|| (day_at + 1, Reading::day(date)))
}

/// "10/1/2018", "02-02-2020".
fn triple(c: &Cursor, at: usize) -> Found {
    let mark = c.str(at + 1);
    if !c.is_mark(at + 1, &['/', '-', '.']) || c.str(at + 3) != mark || !c.touches(at + 2) {
        return None;
    }
    let (month, day) = month_and_day(c, at, at + 2)?;
    let (year, end) = c.year(at + 4).or_else(|| short_year(c, at + 4).filter(|_| mark != "-"))?;
    Some((end, Reading::day(Date::new(year, month, day).ok())))
}

/// "22/04", "5.12": two numbers with one of these marks between.
pub(super) fn pair(c: &Cursor, at: usize, marks: &[char]) -> Found {
    if !c.is_mark(at + 1, marks) || !c.touches(at + 1) || !c.touches(at + 2) {
        return None;
    }
    let (month, day) = month_and_day(c, at, at + 2)?;
    if c.is_mark(at + 3, &['/', '%']) && c.touches(at + 3) {
        return None;
    }
    Some((at + 3, day_of(c.today, None, month, day)))
}

fn month_and_day(c: &Cursor, first: usize, second: usize) -> Option<(i8, i8)> {
    let number = |at| match c.word(at) {
        Word::Number { value: n @ 1..=31, n_digits: 1..=2, ordinal: false } => Some(n as i8),
        _ => None,
    };
    match (number(first)?, number(second)?) {
        (month @ 1..=12, day) => Some((month, day)),
        (day, month @ 1..=12) => Some((month, day)),
        _ => None,
    }
}

/// The day of that year; without a year the last one and the next.
pub(super) fn day_of(today: Date, year: Option<i16>, month: i8, day: i8) -> Reading {
    if let Some(year) = year {
        return Reading::day(Date::new(year, month, day).ok());
    }
    // Eight years reach the next 29 February, over a century that has none.
    let date = |year| Date::new(year, month, day).ok();
    let passed = (month, day) <= (today.month(), today.day());
    let year = today.year() - i16::from(!passed);
    let past = (0..8).find_map(|n| date(year - n));
    let future = (1..9).find_map(|n| date(year + n));
    let reading = Reading { shape: Shape::Day, ..Reading::day(None) };
    Reading { past: past.map(Days::day), future: future.map(Days::day), ..reading }.relative()
}
