//! A month, a season, a year and what is counted in them: "March", "spring 2025", "Q3 2026", "the 1990s", "last week".
//!
//! **Finds.** Months and years by name, quarters, halves, seasons, decades, centuries, fiscal, school and calendar
//! years; a unit with "last", "this", "next"; the nth unit of a longer one.
//!
//! **Why believed.** Units are dates only with a word that places them. "May", "March" and "August" are months where
//! a year, a day or a preposition of time stands beside them. A year alone has four digits and no unit, mark of
//! currency or plural noun after it.
//!
//! **Example.** Written on 2026-02-10, "the second half of the year" is 2026-07/2026-12, "last October" 2025-10.
//!
//! **Known misses.** A season that is meant of another year than its nearest. Fiscal years count as calendar years,
//! since they differ by country; a school year runs from September through June.

use jiff::civil::Date;

use super::cursor::{Cursor, Found};
use super::day::short_year;
use super::token::{Key, Relative, Season, Unit, Word};
use super::value::{self, Days, Reading, Shape, monday, shift, units};

/// The longest period that begins here.
pub(super) fn find(c: &Cursor, at: usize) -> Found {
    let found = match c.word(at) {
        Word::Month(month) => named_month(c, at, month),
        Word::Number { .. } => number(c, at),
        Word::Small(_) => spoken(c, at),
        Word::Season(season) => named_season(c, at, season, None),
        Word::Relative(relative) => placed(c, at, relative),
        Word::Key(Key::Q | Key::H) => short_quarter(c, at, None),
        Word::Key(Key::Fiscal | Key::School | Key::Calendar) => kept_year(c, at, 0),
        Word::Key(Key::A) => match c.word(at + 1) {
            Word::Season(season) => named_season(c, at + 1, season, None),
            _ => None,
        },
        Word::Unit(unit) => unit_first(c, at, unit),
        Word::Key(Key::The) => the_unit(c, at),
        _ => None,
    };
    nth(c, at).into_iter().chain(found).max_by_key(|(end, _)| *end)
}

/// How many units away.
pub(super) fn step(relative: Relative) -> i32 {
    match relative {
        Relative::Last | Relative::Past => -1,
        Relative::This | Relative::That => 0,
        Relative::Next | Relative::Coming | Relative::Following => 1,
    }
}

fn period(days: Option<Days>) -> Reading {
    Reading::of(days, Shape::Period)
}

fn month_of(year: i16, month: i8) -> Option<Days> {
    let first = Date::new(year, month, 1).ok()?;
    Some(Days::months(first, first))
}

/// "March 2026", "Dec/2018", "april of 87", "April last year", "March".
fn named_month(c: &Cursor, at: usize, month: i8) -> Found {
    let dot = c.skip_mark(at + 1, &['.']);
    let link = c.skip_mark(dot, &[',', '/', '-']);
    let of = match c.word(link) {
        Word::Key(Key::Of | Key::In) => link + 1,
        _ => link,
    };
    if let Some((year, end)) = c.year(of) {
        return Some((end, period(month_of(year, month))));
    }
    if c.is(link, Key::Of)
        && let Some((year, end)) = short_year(c, link + 1)
    {
        return Some((end, period(month_of(year, month))));
    }
    if let (Word::Relative(relative), Word::Unit(Unit::Year)) = (c.word(of), c.word(of + 1)) {
        let year = c.today.year() + step(relative) as i16;
        return Some((of + 2, period(month_of(year, month)).relative()));
    }
    month_stands(c, at).then(|| (at + 1, bare_month(c.today, month)))
}

/// The last one up to this month, and the next after it.
pub(super) fn bare_month(today: Date, month: i8) -> Reading {
    let passed = month <= today.month();
    let year = today.year() - i16::from(!passed);
    Reading { past: month_of(year, month), future: month_of(year + 1, month), ..period(None) }
        .relative()
}

/// Whether the word is the month and not the verb, the name or the adjective.
fn month_stands(c: &Cursor, at: usize) -> bool {
    let word = c.str(at);
    let placed = places(c.before(at)) || matches!(c.before(at), Word::Relative(_));
    let listed = matches!(c.before(at), Word::Key(Key::And | Key::Or))
        && matches!(c.word(at.wrapping_sub(2)), Word::Month(_));
    let placed = placed
        || listed
        || c.is_mark(at.wrapping_sub(1), &['-', '–'])
            && matches!(c.word(at.wrapping_sub(2)), Word::Month(_) | Word::Key(Key::Middle));
    let sure = c.is_capital(at) && word.len() > 5 && !word.eq_ignore_ascii_case("august");
    // "in March Street", "by April Jones"
    let name = c.is_capital(at + 1)
        && matches!(c.word(at + 1), Word::Other(_))
        && c.is_capital(at)
        && word.len() <= 6;
    let day_first = matches!(
        c.word(at + 1),
        Word::Key(Key::To | Key::Through | Key::Until) | Word::Mark('-' | '–')
    ) && matches!(c.word(at + 2), Word::Month(_));
    if word.len() <= 4 && word != "June" && word != "July" && !c.is_capital(at) && !placed {
        return day_first;
    }
    (placed && !name)
        || sure
        || day_first
        || c.is(at.wrapping_sub(1), Key::The) && !matches!(c.word(at + 1), Word::Other(_))
        || (c.is_capital(at)
            && word.len() > 3
            && !matches!(word, "May" | "March" | "Sept")
            && !name)
}

/// "2026", "2017 april", "2015-3", "12-2015", "1990s", "2017-q1", "21st century", "10 previous weeks".
fn number(c: &Cursor, at: usize) -> Found {
    let Word::Number { value, n_digits, ordinal } = c.word(at) else { return None };
    if ordinal {
        return century(c, at);
    }
    let mark = c.is_mark(at + 1, &['-', '/']) && c.touches(at + 1);
    if let Some((year, end)) = c.year(at) {
        if value % 10 == 0 && c.is(end, Key::S) && c.skip_mark(end, &['\'']) == end {
            return Some((end + 1, period(Days::years(year, year + 9))));
        }
        let next = end + usize::from(mark);
        match c.word(next) {
            Word::Month(month) => return Some((next + 1, period(month_of(year, month)))),
            Word::Key(Key::Q | Key::H) => return short_quarter(c, next, Some(year)),
            Word::Number { value: month @ 1..=12, n_digits: 1..=2, ordinal: false }
                if mark && c.is_mark(at + 1, &['-']) =>
            {
                let more = c.is_mark(next + 1, &['-', '/']) && c.touches(next + 1);
                if !more {
                    return Some((next + 1, period(month_of(year, month as i8))));
                }
            }
            _ => {}
        }
        return year_stands(c, at).then(|| (end, period(Days::years(year, year))));
    }
    if n_digits == 2 && value % 10 == 0 && c.is(at + 1, Key::S) {
        let year = 1900 + value as i16;
        let future = Days::years(year + 100, year + 109);
        return Some((at + 2, Reading { future, ..period(Days::years(year, year + 9)) }));
    }
    if mark
        && (1..=12).contains(&value)
        && c.is_mark(at + 1, &['-'])
        && c.touches(at + 2)
        && let Some((year, end)) = c.year(at + 2)
    {
        return Some((end, period(month_of(year, value as i8))));
    }
    counted(c, at)
}

fn spoken(c: &Cursor, at: usize) -> Found {
    let year = c.year(at).filter(|_| c.before(at) == Word::Key(Key::In));
    let year = year.map(|(year, end)| (end, period(Days::years(year, year))));
    year.or_else(|| century(c, at)).or_else(|| counted(c, at))
}

fn century(c: &Cursor, at: usize) -> Found {
    let (n, end) = c.ordinal(at)?;
    let first = (i16::from(n) - 1) * 100;
    (c.word(end) == Word::Unit(Unit::Century) && n > 0)
        .then(|| (end + 1, period(Days::years(first, first + 99))))
}

/// Whether a word is one that stands before a month or a year.
fn places(word: Word) -> bool {
    matches!(
        word,
        Word::Key(
            Key::In
                | Key::Since
                | Key::Until
                | Key::From
                | Key::By
                | Key::Of
                | Key::To
                | Key::Through
                | Key::Before
                | Key::After
                | Key::Between
                | Key::Early
                | Key::Late
                | Key::Middle
        )
    )
}

/// Whether a number of four digits is a year.
fn year_stands(c: &Cursor, at: usize) -> bool {
    let Word::Number { value, .. } = c.word(at) else { return false };
    let prev = at.wrapping_sub(1);
    let glued_before =
        c.touches(at) && c.is_mark(prev, &['$', '€', '£', '¥', '#', '.', ',', '/', ':', '+']);
    let glued_after = c.touches(at + 1)
        && (matches!(
            c.word(at + 1),
            Word::Number { .. } | Word::Other(_) | Word::Unit(_) | Word::Key(_)
        ) || c.is_mark(at + 1, &['%', '/', '.', ',', ':', '°'])
            && c.touches(at + 2)
            && matches!(c.word(at + 2), Word::Number { .. })
            || c.is_mark(at + 1, &['%', '°']));
    if glued_before || glued_after {
        return false;
    }
    let placed =
        places(c.before(at)) || matches!(c.before(at), Word::Unit(Unit::Year) | Word::Season(_));
    // "2000 soldiers", "2020 tonnes"; "the 2020 elections" has "the" before.
    let next = c.str(at + 1);
    let noun = matches!(c.word(at + 1), Word::Other(false) | Word::Unit(_))
        && next.ends_with('s')
        && !matches!(next, "was" | "is" | "has" | "as" | "does");
    let the = c.is(prev, Key::The);
    let plausible = (1900..2100).contains(&value);
    (plausible && (placed || the || !noun)) || placed && !noun && (1000..2200).contains(&value)
}

/// "q3 of 2018", "Q3"; the year may stand before.
fn short_quarter(c: &Cursor, at: usize, year: Option<i16>) -> Found {
    let Word::Number { value, n_digits: 1, ordinal: false } = c.word(at + 1) else { return None };
    if !c.touches(at + 1) {
        return None;
    }
    let half = c.is(at, Key::H);
    let (n, months) = (value as i8, if half { 6 } else { 3 });
    if !(1..=12 / months).contains(&n) {
        return None;
    }
    let of = |year| {
        let first = Date::new(year, (n - 1) * months + 1, 1).ok()?;
        Some(Days::months(first, shift(first, Unit::Month, i32::from(months) - 1)?))
    };
    let link = c.skip(c.skip_mark(at + 2, &['-']), Key::Of);
    if let Some(year) = year {
        return Some((at + 2, period(of(year))));
    }
    if let Some((year, end)) = c.year(link) {
        return Some((end, period(of(year))));
    }
    let this = c.today.year();
    (!half).then(|| {
        let reading = Reading { past: of(this), future: of(this + 1), ..period(None) };
        (at + 2, reading.relative())
    })
}

/// "spring", "summer 2025", "spring of 2025".
fn named_season(c: &Cursor, at: usize, season: Season, relative: Option<Relative>) -> Found {
    let of = c.skip(at + 1, Key::Of);
    if let Some((year, end)) = c.year(of) {
        return Some((end, period(value::season(season, year))));
    }
    if let (Word::Relative(relative), Word::Unit(Unit::Year)) = (c.word(of), c.word(of + 1)) {
        let year = c.today.year() + step(relative) as i16;
        return Some((of + 2, period(value::season(season, year)).relative()));
    }
    let year = c.today.year();
    let seasons = |year| value::season(season, year);
    let begun = |days: &Days| days.start.first_day() <= c.today;
    let over = |days: &Days| days.end.last_day() < c.today;
    let years = [year + 1, year, year - 1, year - 2];
    let past = years.iter().filter_map(|y| seasons(*y)).find(begun);
    let ended = years.iter().filter_map(|y| seasons(*y)).find(over);
    let future = years.iter().rev().filter_map(|y| seasons(*y)).find(|days| !begun(days));
    let now = past.filter(|days| !over(days));
    let (past, future) = match relative {
        None => (past, future),
        Some(Relative::Last | Relative::Past) => (ended, ended),
        Some(Relative::This | Relative::That) => {
            let this = now.or(seasons(year));
            (this, this)
        }
        Some(_) => (future, future),
    };
    let spring_or_fall = matches!(season, Season::Spring | Season::Autumn) && relative.is_none();
    // "spring" and "fall" are verbs and "a spring" gives water: a season only after these.
    let placed = matches!(
        c.before(at),
        Word::Key(
            Key::In
                | Key::The
                | Key::By
                | Key::Until
                | Key::Since
                | Key::Before
                | Key::After
                | Key::Early
                | Key::Late
                | Key::A
        )
    );
    let noun = matches!(c.word(at + 1), Word::Other(_)) && c.str(at) == "fall";
    if spring_or_fall && (!placed || noun) {
        return None;
    }
    Some((at + 1, Reading { past, future, ..period(None) }.relative()))
}

/// "last week", "this summer", "next quarter", "last October", "the last two decades".
fn placed(c: &Cursor, at: usize, relative: Relative) -> Found {
    let n = step(relative);
    let next = at + 1;
    let next = if relative == Relative::This && c.str(next) == "working" { next + 1 } else { next };
    match c.word(next) {
        Word::Unit(Unit::Week) if next > at + 1 => {
            Some((next + 1, period(units(c.today, Unit::WorkWeek, 1)).relative()))
        }
        Word::Unit(unit) => {
            if c.str(next).ends_with('s') && unit != Unit::Weekend {
                return vague_number(c, next, relative);
            }
            unit_placed(c, next, unit, relative)
        }
        Word::Season(season) => named_season(c, next, season, Some(relative)),
        Word::Month(month) => {
            if named_month(c, next, month).is_some_and(|(end, _)| end > next + 1) {
                return None;
            }
            let reading = bare_month(c.today, month);
            let this = month_of(c.today.year(), month);
            let current = month == c.today.month();
            let days = match relative {
                Relative::Last | Relative::Past if current => month_of(c.today.year() - 1, month),
                Relative::Last | Relative::Past => reading.past,
                Relative::This | Relative::That => this,
                _ => reading.future,
            };
            Some((next + 1, Reading { past: days, future: days, ..reading }))
        }
        Word::Key(Key::Fiscal | Key::School | Key::Calendar) => kept_year(c, next, n),
        Word::Key(Key::Few | Key::Couple) | Word::Number { .. } | Word::Small(_) => {
            let (count, unit_at) =
                if c.is(next, Key::Few) { (3, next + 1) } else { c.count(next)? };
            let Word::Unit(unit) = c.word(unit_at) else { return None };
            let reading = run(c.today, relative, count, unit)?;
            more_units(c, unit_at + 1, relative, reading)
        }
        _ => None,
    }
}

/// "… and 2 weeks and 2 days" after "last 3 months".
fn more_units(c: &Cursor, mut end: usize, relative: Relative, mut reading: Reading) -> Found {
    while c.is(end, Key::And) && step(relative) < 0 {
        let Some((n, unit_at)) = c.count(end + 1) else { break };
        let Word::Unit(unit) = c.word(unit_at) else { break };
        if c.is(unit_at + 1, Key::Ago) || c.is(unit_at + 1, Key::And) && c.is(unit_at + 4, Key::Ago)
        {
            break;
        }
        reading = reading.map(|days| {
            Some(Days { start: Days::day(shift(days.start.first_day(), unit, -n)?).start, ..days })
        });
        end = unit_at + 1;
    }
    Some((end, reading))
}

fn unit_placed(c: &Cursor, at: usize, unit: Unit, relative: Relative) -> Found {
    let end = at + 1;
    let date = shift(c.today, unit, step(relative))?;
    let (unit, date) = match unit {
        // The day before the weekend is over is still in its week.
        Unit::Weekend => (unit, shift(monday(c.today)?, Unit::Week, step(relative))?),
        Unit::Moment if relative != Relative::Past => {
            return Some((end, range(Days::day(c.today))));
        }
        Unit::Moment => return None,
        Unit::Day if matches!(relative, Relative::Last | Relative::Past | Relative::This) => {
            return None;
        }
        // "the last century" is the hundred years before; "the past decade" the ten up to now.
        Unit::Decade | Unit::Century if matches!(relative, Relative::Past | Relative::Last) => {
            let years = if unit == Unit::Decade { 10 } else { 100 };
            let news = Days::years(c.today.year() - years, c.today.year());
            return Some((end, Reading { news, ..period(units(date, unit, 1)) }.relative()));
        }
        _ => (unit, date),
    };
    let reading = period(units(date, unit, 1)).relative();
    let reading =
        if unit == Unit::Day { Reading { shape: Shape::Day, ..reading } } else { reading };
    let vague = relative == Relative::That;
    Some((end, Reading { vague, ..reading }))
}

fn range(days: Days) -> Reading {
    Reading::of(Some(days), Shape::Range).relative()
}

/// "the coming months", "recent years": how many is left open.
fn vague_number(c: &Cursor, at: usize, relative: Relative) -> Found {
    let Word::Unit(unit) = c.word(at) else { return None };
    if !matches!(relative, Relative::Coming | Relative::Next | Relative::Past | Relative::Last)
        || unit == Unit::Moment
    {
        return None;
    }
    let other = shift(c.today, unit, 3 * step(relative))?;
    let (from, to) = if step(relative) < 0 { (other, c.today) } else { (c.today, other) };
    let days = match unit {
        Unit::Year | Unit::Decade => Days::years(from.year(), to.year())?,
        Unit::Day => Days::between(from, to),
        // "in the coming weeks" is this month and the next.
        _ => Days::months(from, to),
    };
    Some((at + 1, range(days)))
}

/// "last 3 months", "next two quarters", "next 4 days".
fn run(today: Date, relative: Relative, n: i32, unit: Unit) -> Option<Reading> {
    let ahead = step(relative) > 0;
    if step(relative) == 0 {
        return None;
    }
    if unit == Unit::Moment {
        return Some(range(Days::day(today)));
    }
    let whole =
        matches!(unit, Unit::Quarter) || matches!(unit, Unit::Decade | Unit::Century) && ahead;
    if whole {
        let first = shift(today, unit, if ahead { 1 } else { -n })?;
        return Some(period(units(first, unit, n)).relative());
    }
    let other = shift(today, unit, if ahead { n } else { -n })?;
    let tomorrow = shift(today, Unit::Day, 1)?;
    let yesterday = shift(today, Unit::Day, -1)?;
    let days = if ahead { Days::between(tomorrow, other) } else { Days::between(other, yesterday) };
    let news = match unit {
        Unit::Year | Unit::Decade if ahead => Days::years(today.year(), other.year()),
        Unit::Year | Unit::Decade => Days::years(other.year(), today.year()),
        Unit::Month if ahead => Some(Days::months(today, other)),
        Unit::Month => Some(Days::months(other, today)),
        _ if ahead => Some(Days::between(today, other)),
        _ => Some(Days::between(other, today)),
    };
    Some(Reading { news, ..period(Some(days)) }.relative())
}

/// "5 upcoming years", "10 previous weeks".
fn counted(c: &Cursor, at: usize) -> Found {
    let (n, relative_at) = c.count(at)?;
    let Word::Relative(relative) = c.word(relative_at) else { return None };
    let Word::Unit(unit) = c.word(relative_at + 1) else { return None };
    if n != 1 && !c.str(relative_at + 1).ends_with('s') {
        return None;
    }
    Some((relative_at + 2, run(c.today, relative, n, unit)?))
}

/// "fiscal year 2008", "this school year", "cy18".
fn kept_year(c: &Cursor, at: usize, n: i32) -> Found {
    let short = c.str(at).len() == 2;
    let has_unit = c.word(at + 1) == Word::Unit(Unit::Year);
    if !short && !has_unit {
        return None;
    }
    let after = at + 1 + usize::from(has_unit);
    let number = c.year(after).or_else(|| short.then(|| short_year(c, after)).flatten());
    if short && number.is_none() {
        return None;
    }
    let school = c.is(at, Key::School);
    let begun = i16::from(school && c.today.month() < 8);
    let (year, end) = number.unwrap_or((c.today.year() - begun + n as i16, after));
    let days = if school {
        Date::new(year, 9, 1)
            .ok()
            .and_then(|first| Some(Days::months(first, shift(first, Unit::Month, 9)?)))
    } else {
        Days::years(year, year)
    };
    let reading = period(days);
    Some((end, if number.is_some() { reading } else { reading.relative() }))
}

/// "week 31", "year 2008", "weekend", "year to date", "week of April 10th".
fn unit_first(c: &Cursor, at: usize, unit: Unit) -> Found {
    match (unit, c.word(at + 1)) {
        (Unit::Year, Word::Key(Key::To)) if c.is(at + 2, Key::Date) => {
            let start = c.today.first_of_year();
            Some((at + 3, range(Days::between(start, c.today))))
        }
        (Unit::Year, _) => {
            let (year, end) = c.year(c.skip(at + 1, Key::Of))?;
            (!c.is(at + 1, Key::Of)).then(|| (end, period(Days::years(year, year))))
        }
        (Unit::Week, Word::Number { value: n @ 1..=53, n_digits: 1..=2, ordinal: false }) => {
            let (year, end) =
                year_of(c, c.skip(at + 2, Key::Of)).unwrap_or((c.today.year(), at + 2));
            let fourth = Date::new(year, 1, 4).ok()?;
            let week = units(shift(fourth, Unit::Week, n as i32 - 1)?, Unit::Week, 1);
            Some((end, period(week).relative()))
        }
        (Unit::Weekend, _) if c.str(at).len() == 7 => {
            Some((at + 1, period(units(c.today, unit, 1)).relative()))
        }
        _ => None,
    }
}

/// "the week of April 10th", "the week after next", "the weekend", "the year".
fn the_unit(c: &Cursor, at: usize) -> Found {
    let Word::Unit(unit) = c.word(at + 1) else { return None };
    let after = at + 2;
    if c.str(at + 1).ends_with('s') {
        return None;
    }
    if unit == Unit::Week {
        let link = match c.word(after) {
            Word::Key(Key::Of | Key::Commencing) => Some(after + 1),
            Word::Key(Key::Start | Key::Starting) => Some(c.skip(after + 1, Key::On)),
            _ => None,
        };
        if let Some(link) = link
            && let Some((end, reading)) = super::day::find(c, link)
        {
            let reading = Reading { shape: Shape::Period, ..reading };
            return Some((end, reading.map(|d| units(d.start.first_day(), Unit::Week, 1))));
        }
        if c.is(after, Key::After) && c.word(after + 1) == Word::Relative(Relative::Next) {
            let date = shift(c.today, Unit::Week, 2)?;
            return Some((after + 2, period(units(date, Unit::Week, 1)).relative()));
        }
        if matches!(c.word(after), Word::Number { .. }) {
            return None;
        }
    }
    if unit == Unit::Day && matches!(c.word(after), Word::Key(Key::Before | Key::After)) {
        let n = if c.is(after, Key::Before) { -1 } else { 1 };
        let reading = Reading { vague: true, ..Reading::day(shift(c.today, Unit::Day, n)) };
        return Some((after + 1, reading.relative()));
    }
    if unit == Unit::Year && matches!(c.word(c.skip(after, Key::Of)), Word::Number { .. }) {
        return None;
    }
    if matches!(unit, Unit::Decade | Unit::Century | Unit::Moment) {
        return None;
    }
    let reading = period(units(c.today, unit, 1)).relative();
    let shape = if unit == Unit::Day { Shape::Day } else { Shape::Period };
    Some((after, Reading { vague: unit != Unit::Weekend, shape, ..reading }))
}

fn year_of(c: &Cursor, at: usize) -> Option<(i16, usize)> {
    match (c.word(at), c.word(at + 1)) {
        (Word::Relative(relative), Word::Unit(Unit::Year)) => {
            Some((c.today.year() + step(relative) as i16, at + 2))
        }
        _ => c.year(at),
    }
}

/// "the first quarter of next year", "the third week of June", "last week of 2016", "the first 2 weeks of 2021".
fn nth(c: &Cursor, at: usize) -> Found {
    let start = c.skip(at, Key::The);
    let (n, after) = match c.word(start) {
        Word::Relative(Relative::Last) => (-1, start + 1),
        Word::Ordinal(_) | Word::Number { ordinal: true, .. } | Word::Small(20..) => {
            let (n, end) = c.ordinal(start)?;
            (i32::from(n), end)
        }
        _ => return None,
    };
    let (count, unit_at) = match c.word(after) {
        Word::Number { .. } | Word::Small(_) => c.cardinal(after)?,
        _ => (1, after),
    };
    let half = c.is(unit_at, Key::Half);
    let unit = match c.word(unit_at) {
        Word::Unit(
            unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Quarter | Unit::Weekend),
        ) => unit,
        Word::Key(Key::Half) => Unit::Quarter,
        Word::Weekday(weekday) => return nth_weekday(c, unit_at, n, weekday),
        _ => return None,
    };
    if !c.is(unit_at + 1, Key::Of) {
        return None;
    }
    let (end, whole) = container(c, unit_at + 2)?;
    let reading = whole.map(|days| {
        let (first, last) = (days.start.first_day(), days.end.last_day());
        if half {
            let first = shift(first, Unit::Month, if n == 1 { 0 } else { 6 })?;
            return Some(Days::months(first, shift(first, Unit::Month, 5)?));
        }
        let from = match (unit, n) {
            (Unit::Week, -1) => week_within(last, -(count - 1))?,
            (Unit::Week, n) => shift(week_within(first, 0)?, Unit::Week, n - 1)?,
            (unit, -1) => shift(last, unit, 1 - count)?,
            (unit, n) => shift(first, unit, n - 1)?,
        };
        let from =
            if unit == Unit::Month || unit == Unit::Quarter { from.first_of_month() } else { from };
        if unit == Unit::Quarter && n == -1 {
            return units(shift(last, Unit::Quarter, 1 - count)?, unit, count);
        }
        if unit == Unit::Day && count == 1 {
            return Some(Days::day(from));
        }
        units(from, unit, count)
    });
    let shape = if unit == Unit::Day && count == 1 { Shape::Day } else { Shape::Period };
    // "the second half of the year" is this year's.
    let news = if c.is(unit_at + 2, Key::The) { reading.past } else { None };
    let reading = Reading { shape, part: false, news, vague: false, ..reading };
    // "the first week of October on Friday"
    if unit == Unit::Week
        && c.is(end, Key::On)
        && let Word::Weekday(weekday) = c.word(end + 1)
    {
        let day =
            |d: Days| shift(d.start.first_day(), Unit::Day, i32::from(weekday) - 1).map(Days::day);
        return Some((end + 2, Reading { shape: Shape::Day, ..reading.map(day) }));
    }
    if unit == Unit::Week
        && c.is_mark(end, &['.'])
        && c.is(end + 1, Key::On)
        && let Word::Weekday(weekday) = c.word(end + 2)
    {
        let day =
            |d: Days| shift(d.start.first_day(), Unit::Day, i32::from(weekday) - 1).map(Days::day);
        return Some((end + 3, Reading { shape: Shape::Day, ..reading.map(day) }));
    }
    Some((end, reading))
}

/// The Monday of the week that has most of its days on the side of `date` that counts: ISO 8601's rule.
fn week_within(date: Date, n: i32) -> Option<Date> {
    let start = monday(date)?;
    let thursday = shift(start, Unit::Day, 3)?;
    let first = date.day() == 1;
    let inside = if first { thursday >= date } else { thursday <= date };
    let start = if inside { start } else { shift(start, Unit::Week, if first { 1 } else { -1 })? };
    shift(start, Unit::Week, n)
}

/// "first monday of next month".
fn nth_weekday(c: &Cursor, at: usize, n: i32, weekday: i8) -> Found {
    let of = at + 1;
    let of = if matches!(c.word(of), Word::DayPart(_)) { of + 1 } else { of };
    if !c.is(of, Key::Of) {
        return None;
    }
    let (end, whole) = container(c, of + 1)?;
    let reading = whole.map(|days| {
        let first = days.start.first_day();
        let skip = i32::from((weekday - first.weekday().to_monday_one_offset()).rem_euclid(7));
        if n > 0 {
            return Some(Days::day(shift(first, Unit::Day, skip + 7 * (n - 1))?));
        }
        let last = days.end.last_day();
        let back = i32::from((last.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
        Some(Days::day(shift(last, Unit::Day, -back)?))
    });
    Some((end, Reading { shape: Shape::Day, ..reading }))
}

/// The longer period that something is a part of: a month, a year, "next year", "the year".
pub(super) fn container(c: &Cursor, at: usize) -> Found {
    if c.is(at, Key::The)
        && matches!(c.word(at + 1), Word::Unit(Unit::Year))
        && let Some((year, end)) = c.year(at + 2)
    {
        return Some((end, period(Days::years(year, year))));
    }
    let start =
        if c.is(at, Key::The) && !matches!(c.word(at + 1), Word::Unit(_)) { at + 1 } else { at };
    if c.is(at, Key::The) && c.word(at + 1) == Word::Unit(Unit::Year) {
        let this = c.today.year();
        let reading = Reading {
            past: Days::years(this, this),
            future: Days::years(this + 1, this + 1),
            ..period(None)
        };
        return Some((at + 2, Reading { news: None, ..reading }.relative()));
    }
    find(c, start).filter(|(_, reading)| reading.shape == Shape::Period)
}
