//! What an expression stands for: days on the calendar, in one or two readings.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use onrecord_record::PartialDate;

use super::token::{Season, Unit};

/// From `start` through `end`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// First day, month or year.
    pub start: PartialDate,
    /// Last.
    pub end: PartialDate,
}

/// How an expression spans time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One day.
    Day,
    /// A period with a name: a week, a month, the 1990s.
    Period,
    /// From one point or period to another.
    Range,
}

/// What a word before the expression makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modifier {
    /// "since", "from … on".
    Since,
    /// "after".
    After,
    /// "before", "by", "until".
    Before,
}

/// An expression as it reads without its surroundings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The last time before the day of writing; `None` where the calendar has no such day.
    pub past: Option<Days>,
    /// The first time after it; equal to `past` where there is no doubt.
    pub future: Option<Days>,
    /// What news means by it, where that is neither of the two.
    pub news: Option<Days>,
    /// How it spans time.
    pub shape: Shape,
    /// Whether it depends on the day of writing.
    pub relative: bool,
    /// Whether it names only a part of the period ("early", "the end of"): `news` says which.
    pub part: bool,
    /// What the word before makes of it.
    pub modifier: Option<Modifier>,
    /// Whether news rarely means a date by it ("the year", "the day").
    pub vague: bool,
}

impl Reading {
    pub(super) fn of(days: Option<Days>, shape: Shape) -> Reading {
        Reading {
            past: days,
            future: days,
            news: None,
            shape,
            relative: false,
            part: false,
            modifier: None,
            vague: false,
        }
    }

    pub(super) fn day(date: Option<Date>) -> Reading {
        Reading::of(date.map(Days::day), Shape::Day)
    }

    pub(super) fn relative(self) -> Reading {
        Reading { relative: true, ..self }
    }

    pub(super) fn map(self, f: impl Fn(Days) -> Option<Days>) -> Reading {
        Reading { past: self.past.and_then(&f), future: self.future.and_then(&f), ..self }
    }
}

impl Days {
    pub(super) fn day(date: Date) -> Days {
        let day = PartialDate::day(date);
        Days { start: day, end: day }
    }

    pub(super) fn between(start: Date, end: Date) -> Days {
        Days { start: PartialDate::day(start), end: PartialDate::day(end) }
    }

    pub(super) fn months(start: Date, end: Date) -> Days {
        Days { start: PartialDate::month(start), end: PartialDate::month(end) }
    }

    pub(super) fn years(first: i16, last: i16) -> Option<Days> {
        let year = |y| Date::new(y, 1, 1).ok().map(PartialDate::year);
        Some(Days { start: year(first)?, end: year(last)? })
    }
}

/// `n` units later; earlier where `n` is negative.
pub(super) fn shift(date: Date, unit: Unit, n: i32) -> Option<Date> {
    let years = |n: i32| Span::new().try_years(n).ok();
    let span = match unit {
        Unit::Moment => 0.days(),
        Unit::Day => Span::new().try_days(n).ok()?,
        Unit::Week | Unit::WorkWeek | Unit::Weekend => Span::new().try_weeks(n).ok()?,
        Unit::Fortnight => Span::new().try_weeks(n.checked_mul(2)?).ok()?,
        Unit::Month => Span::new().try_months(n).ok()?,
        Unit::Quarter => Span::new().try_months(n.checked_mul(3)?).ok()?,
        Unit::Year => years(n)?,
        Unit::Decade => years(n.checked_mul(10)?)?,
        Unit::Century => years(n.checked_mul(100)?)?,
    };
    date.checked_add(span).ok()
}

/// The Monday of a day's week.
pub(super) fn monday(date: Date) -> Option<Date> {
    shift(date, Unit::Day, -i32::from(date.weekday().to_monday_zero_offset()))
}

/// The `n` units that begin with the one a day lies in.
pub(super) fn units(date: Date, unit: Unit, n: i32) -> Option<Days> {
    let last = |date| shift(date, unit, n - 1);
    let year = date.year();
    Some(match unit {
        Unit::Moment => Days::day(date),
        Unit::Day => Days::between(date, last(date)?),
        Unit::Week => Days::between(monday(date)?, shift(last(monday(date)?)?, Unit::Day, 6)?),
        Unit::WorkWeek => Days::between(monday(date)?, shift(last(monday(date)?)?, Unit::Day, 4)?),
        Unit::Fortnight => {
            Days::between(monday(date)?, shift(last(monday(date)?)?, Unit::Day, 13)?)
        }
        Unit::Weekend => {
            let saturday = shift(monday(date)?, Unit::Day, 5)?;
            Days::between(saturday, shift(last(saturday)?, Unit::Day, 1)?)
        }
        Unit::Month => Days::months(date, last(date.first_of_month())?),
        Unit::Quarter => {
            let first = date.first_of_month();
            let first = shift(first, Unit::Month, -i32::from((first.month() - 1) % 3))?;
            Days::months(first, shift(last(first)?, Unit::Month, 2)?)
        }
        Unit::Year => Days::years(year, last(date)?.year())?,
        Unit::Decade => Days::years(year - year % 10, last(date)?.year() / 10 * 10 + 9)?,
        Unit::Century => Days::years(year - year % 100, last(date)?.year() / 100 * 100 + 99)?,
    })
}

/// The season that begins in this year.
pub(super) fn season(season: Season, year: i16) -> Option<Days> {
    let month = match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    };
    let first = Date::new(year, month, 1).ok()?;
    Some(Days::months(first, shift(first, Unit::Month, 2)?))
}
