//! A part of a period: "mid-March", "early next year", "the end of 2027", "earlier this month", "later this week".
//!
//! **Finds.** "Early", "mid", "late", "the beginning, middle, end of" before a month, year, decade, week or season.
//!
//! **Why believed.** The words around it are a period of their own, and these say which part is meant.
//!
//! **Example.** Written on 2024-11-20, "early next year" is 2025-01/2025-03 and "the end of next year" 2025-12-31.
//!
//! **Known misses.** How long "early" is, nobody says: a quarter of a year, and all of a month, as the Desk corpus has it.

use jiff::civil::Date;

use super::cursor::{Cursor, Found};
use super::period;
use super::token::{Key, Relative, Unit, Word};
use super::value::{Days, Reading, Shape, shift};

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Start,
    Middle,
    Late,
    End,
}

/// The part that begins here.
pub(super) fn find(c: &Cursor, at: usize) -> Found {
    let (part, of) = match c.word(at) {
        Word::Key(Key::Early) => (Part::Start, c.skip(c.skip_mark(at + 1, &['-']), Key::In)),
        Word::Key(Key::Late) => (Part::Late, c.skip(c.skip_mark(at + 1, &['-']), Key::In)),
        Word::Key(Key::Earlier) => (Part::Start, c.skip(at + 1, Key::In)),
        Word::Key(Key::Later) => (Part::Late, c.skip(at + 1, Key::In)),
        Word::Key(Key::Middle) if c.str(at).len() == 3 => {
            (Part::Middle, c.skip_mark(at + 1, &['-']))
        }
        Word::Key(Key::Middle) if c.is(at + 1, Key::Of) => (Part::Middle, at + 2),
        Word::Key(Key::Start) if c.is(at + 1, Key::Of) => (Part::Start, at + 2),
        Word::Key(Key::End) if c.is(at + 1, Key::Of) => (Part::End, at + 2),
        _ => return None,
    };
    let bare = part == Part::End && matches!(c.word(of), Word::Unit(Unit::Month | Unit::Year));
    let (end, whole) = if bare {
        let Word::Unit(unit) = c.word(of) else { return None };
        let days = super::value::units(c.today, unit, 1);
        c.year(of + 1).map_or((of + 1, Reading::of(days, Shape::Period).relative()), |(y, end)| {
            (end, Reading::of(Days::years(y, y), Shape::Period))
        })
    } else {
        of_period(c, of)?
    };
    // "earlier this month" is all of what has passed of it.
    let so_far = matches!(c.word(at), Word::Key(Key::Earlier | Key::Later));
    let choose = if c.is(of, Key::The) && !bare { whole.past } else { whole.future };
    let only = whole.past.is_some() && whole.past == whole.future || c.is(of, Key::The);
    let news = if so_far { whole.past } else { choose.and_then(|days| cut(days, part)) };
    let reading = Reading { part: true, vague: false, news: news.filter(|_| only), ..whole };
    if only {
        return Some((end, reading));
    }
    // Which year is still open: both readings are cut.
    Some((end, Reading { news: None, ..reading.map(|days| cut(days, part)) }))
}

fn of_period(c: &Cursor, at: usize) -> Found {
    if let Some(found) = period::container(c, at) {
        return Some(found);
    }
    let week =
        matches!(c.word(at), Word::Relative(Relative::This | Relative::Next | Relative::Last));
    week.then(|| period::find(c, at)).flatten()
}

fn cut(days: Days, part: Part) -> Option<Days> {
    let (first, last) = (days.start.first_day(), days.end.last_day());
    let length = (last - first).get_days();
    let months = |from: i8, to: i8| {
        let of = |month| Date::new(first.year(), month, 1).ok();
        Some(Days::months(of(from)?, of(to)?))
    };
    let one_year = length > 360 && length < 370;
    match part {
        Part::End => Some(Days::day(last)),
        Part::Start if one_year => months(1, 3),
        Part::Middle if one_year => months(5, 8),
        Part::Late if one_year => months(10, 12),
        // A decade: its first four years, and so on.
        Part::Start if length > 3000 => {
            Days::years(first.year(), shift(first, Unit::Year, 3)?.year())
        }
        Part::Middle if length > 3000 => Days::years(first.year() + 4, first.year() + 6),
        Part::Late if length > 3000 => Days::years(last.year() - 3, last.year()),
        _ => Some(days),
    }
}
