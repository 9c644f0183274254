//! From one day or period to another: "January 21–22", "from 3 to 5 May", "between 2014 and 2018", "Jan-Feb 2017".
//!
//! **Finds.** Two expressions of any family with "to", "and" after "between", "through", "until" or a dash between
//! them; two days of one month; a month or year that only the last of the two has.
//!
//! **Why believed.** Both ends are dates, and the word between them is the one that ranges are written with.
//!
//! **Example.** "January 21–22" written on 2026-01-23 is 2026-01-21/2026-01-22. Both ends are included.
//!
//! **Known misses.** "From Monday" to a place ("from March to Paris") is cut at the month.

use jiff::civil::Date;

use super::clock::days_between;
use super::cursor::{Cursor, Found};
use super::day;
use super::simple;
use super::token::{Key, Relative, Unit, Word};
use super::value::{Days, Reading, Shape, shift};

/// The range that begins here.
pub(super) fn find(c: &Cursor, at: usize) -> Found {
    let open = c.word(at);
    let opened = matches!(open, Word::Key(Key::From | Key::Between));
    // "on November 18-19", "in 2014 through 2018" keep the word before; see `find` for why.
    let start = at + usize::from(opened);
    let between = open == Word::Key(Key::Between);
    days_of_month(c, start, opened, between)
        .into_iter()
        .chain(general(c, start, opened, between))
        .max_by_key(|(end, _)| *end)
}

/// Whether a range goes on here; "and" only after "between".
fn link(c: &Cursor, at: usize, opened: bool, between: bool) -> Option<usize> {
    match c.word(at) {
        Word::Key(Key::To | Key::Through | Key::Until) => Some(at + 1),
        Word::Key(Key::And) if between => Some(at + 1),
        Word::Mark('-' | '–' | '—' | '~') if opened || !matches!(c.word(at), Word::Mark('—')) => {
            Some(at + 1)
        }
        _ => None,
    }
}

/// "January 21–22", "3 to 5 May", "4-23 in next month", "april the ninth till the seventeenth".
fn days_of_month(c: &Cursor, at: usize, opened: bool, between: bool) -> Found {
    if let Word::Month(month) = c.word(at) {
        let first_at = c.skip(c.skip_mark(at + 1, &['.']), Key::The);
        let (first, end) = c.month_day(first_at)?;
        let last_at = c.skip(link(c, end, opened, between)?, Key::The);
        let (last, mut end) = c.month_day(last_at)?;
        let next = c.word(end);
        if matches!(next, Word::Month(_) | Word::Key(Key::Am | Key::Pm))
            || c.is(end, Key::Of) && matches!(c.word(end + 1), Word::Month(_))
        {
            return None;
        }
        if c.is_mark(end, &['/', ':']) && c.touches(end) {
            return None;
        }
        let year = year_after(c, end);
        if let Some((_, after)) = year {
            end = after;
        }
        let first = day::day_of(c.today, year.map(|(y, _)| y), month, first);
        return Some((end, until_day(first, last)));
    }
    let first_at = c.skip(at, Key::The);
    let (first, end) = c.month_day(first_at)?;
    let last_at = c.skip(link(c, end, opened, between)?, Key::The);
    let (last, end) = c.month_day(last_at)?;
    let month_at = c.skip(end, Key::Of);
    if let Word::Month(month) = c.word(month_at) {
        let dot = month_at + 1;
        let year = year_after(c, dot);
        let end = year.map_or(dot, |(_, end)| end);
        if first > last {
            // "from the twenty-seventh to the third of April"
            let to = day::day_of(c.today, year.map(|(y, _)| y), month, last);
            let from = day::of_month(c.today, first);
            let join = |a: Option<Days>, b: Option<Days>| days_between(a?, b?);
            let past = join(from.past, to.future);
            let future = join(from.future, to.future);
            return Some((end, Reading { past, future, shape: Shape::Range, ..from }));
        }
        let first = day::day_of(c.today, year.map(|(y, _)| y), month, first);
        return Some((end, until_day(first, last)));
    }
    // "4-23 in next month"
    let in_month = if c.is(end, Key::In) { end + 1 } else { end };
    if let (Word::Relative(relative), Word::Unit(Unit::Month)) =
        (c.word(in_month), c.word(in_month + 1))
    {
        let n = super::period::step(relative);
        let month = shift(c.today.first_of_month(), Unit::Month, n)?;
        let date = |day| Date::new(month.year(), month.month(), day).ok();
        let days = Days::between(date(first)?, date(last)?);
        return Some((in_month + 2, Reading::of(Some(days), Shape::Range).relative()));
    }
    None
}

/// From a day through another of its month, or of the next where that one is smaller.
fn until_day(first: Reading, last: i8) -> Reading {
    let extend = |days: Days| {
        let start = days.start.first_day();
        let month = if last >= start.day() {
            start
        } else {
            shift(start.first_of_month(), Unit::Month, 1)?
        };
        Some(Days::between(start, Date::new(month.year(), month.month(), last).ok()?))
    };
    Reading { shape: Shape::Range, ..first }.map(extend)
}

fn year_after(c: &Cursor, at: usize) -> Option<(i16, usize)> {
    let start = c.skip_mark(at, &[',']);
    let start = match c.word(start) {
        Word::Key(Key::Of | Key::In) => start + 1,
        _ => start,
    };
    c.year(start)
}

/// Any two expressions.
fn general(c: &Cursor, at: usize, opened: bool, between: bool) -> Found {
    if let Some((end, reading)) = two_numbers(c, at, opened, between) {
        return Some((end, reading));
    }
    let (end, first) = edge(c, at)?;
    let after = link(c, end, opened, between)?;
    let (end, mut last) = edge(c, c.skip(after, Key::The)).or_else(|| edge(c, after))?;
    // "Monday - this week", "2015 - talks": a dash with spaces is only taken after "from".
    let mut first = first;
    // A weekday after a date, a day after a day: the first one after it.
    if let Word::Weekday(weekday) = c.word(after) {
        let next = |days: Option<Days>| super::weekday::both(days?.end.last_day(), weekday).future;
        if end == after + 1 {
            last = Reading { past: next(first.past), future: next(first.future), ..last };
        }
    }
    // A day without its month: "from april twenty-seventh to the third" is in `days_of_month`.
    let open_first = first.past != first.future;
    let open_last = last.past != last.future;
    if !open_last && open_first {
        // The year of the last is the first's, or the one before it.
        let to = last.past?;
        let fit = |days: Option<Days>| {
            let year = to.end.last_day().year();
            let moved = move_to_year(days?, year)?;
            let moved = if moved.start.first_day() > to.end.last_day() {
                move_to_year(days?, year - 1)?
            } else {
                moved
            };
            Some(moved)
        };
        let fixed = !last.relative;
        let days = if fixed {
            fit(first.past)
        } else {
            [first.future, first.past]
                .into_iter()
                .flatten()
                .find(|d| d.start.first_day() <= to.end.last_day())
        };
        first = Reading { past: days, future: days, ..first };
    }
    let join = |a: Option<Days>, b: &Reading| {
        let a = a?;
        let candidates = [b.past, b.future];
        let after = |d: &Days| d.start.first_day() >= a.start.first_day();
        let in_order = candidates.into_iter().flatten().find(after);
        days_between(a, in_order?)
    };
    let (past, future) = if open_first && open_last {
        let (past, future) = (
            join(first.past, &last),
            join(first.future, &last).or_else(|| carry(first.future?, &last)),
        );
        // A range that the day of writing lies in is the only one meant.
        let around = past.filter(|d| d.start.first_day() <= c.today && c.today <= d.end.last_day());
        match around {
            Some(days) => (Some(days), Some(days)),
            None => (past, future),
        }
    } else if open_last {
        let days = join(first.past, &last);
        (days, days)
    } else {
        (join(first.past, &last), join(first.future, &last))
    };
    let reading = Reading {
        shape: Shape::Range,
        part: first.part || last.part,
        past,
        future,
        news: None,
        vague: false,
        ..first
    };
    Some((end, Reading { relative: first.relative || last.relative, ..reading }))
}

/// Into the year after where neither reading lies behind the first.
fn carry(first: Days, last: &Reading) -> Option<Days> {
    let later = shift(last.future?.end.first_day(), Unit::Year, 1)?;
    let end = if last.future?.end.last_day() == last.future?.end.first_day() {
        Days::day(later)
    } else {
        Days::months(later, later)
    };
    days_between(first, end)
}

fn move_to_year(days: Days, year: i16) -> Option<Days> {
    let by = i32::from(year - days.start.first_day().year());
    let date = |d: onrecord_record::PartialDate| {
        let moved = shift(d.first_day(), Unit::Year, by)?;
        let text = d.to_string();
        Some(match text.len() {
            4 => onrecord_record::PartialDate::year(moved),
            7 => onrecord_record::PartialDate::month(moved),
            _ => onrecord_record::PartialDate::day(moved),
        })
    };
    Some(Days { start: date(days.start)?, end: date(days.end)? })
}

/// One end: an expression, or "now", "date" (after "to").
fn edge(c: &Cursor, at: usize) -> Found {
    let here = |end| Some((end, Reading::day(Some(c.today)).relative()));
    match c.word(at) {
        Word::Key(Key::Now | Key::Date) => return here(at + 1),
        Word::Relative(Relative::This) if c.is(at + 1, Key::Date) => return here(at + 2),
        _ => {}
    }
    simple(c, at)
        .or_else(|| day::pair(c, at, &['/']))
        .or_else(|| simple(c, c.skip(at, Key::The)))
        .map(|(end, reading)| (end, bounded(reading)))
}

/// A part of a period ends a range with its own days.
fn bounded(reading: Reading) -> Reading {
    match reading.news {
        Some(days) if reading.part => Reading { past: Some(days), future: Some(days), ..reading },
        _ => reading,
    }
}

/// "2014–2018", "10/1-11/2/2017", "1914-18".
fn two_numbers(c: &Cursor, at: usize, opened: bool, between: bool) -> Found {
    let (first, end) = c.year(at)?;
    let after = link(c, end, opened, between)?;
    if let Some((last, end)) = c.year(after) {
        let more = c.is_mark(end, &['-', '/'])
            && c.touches(end)
            && matches!(c.word(end + 1), Word::Number { .. });
        if last > first && !more && !matches!(c.word(end), Word::Month(_)) {
            return Some((end, Reading::of(Days::years(first, last), Shape::Range)));
        }
    }
    let dash = c.is_mark(end, &['–', '-']);
    if let (true, Word::Number { value, n_digits: 2, ordinal: false }) = (dash, c.word(after)) {
        let last = first / 100 * 100 + value as i16;
        let more = c.is_mark(after + 1, &['-', '/', '.'])
            && c.touches(after + 1)
            && matches!(c.word(after + 2), Word::Number { .. });
        if last > first && value > 12 && !more {
            return Some((after + 1, Reading::of(Days::years(first, last), Shape::Range)));
        }
    }
    None
}
