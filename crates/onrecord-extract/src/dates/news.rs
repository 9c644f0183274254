//! Which reading news means, and how far an expression reaches there.

use super::cursor::Cursor;
use super::token::{Key, Relative, Season, Unit, Word};
use super::value::{Days, Reading, Shape};

/// How many words back the sentence is asked whether it looks ahead.
///
/// Tuned on the Desk corpus' training part.
const REACH: usize = 12;

/// The days that are meant.
pub(super) fn choose(c: &Cursor, at: usize, reading: &Reading) -> Option<Days> {
    if reading.news.is_some() {
        return reading.news;
    }
    let (past, future) = (reading.past, reading.future);
    if past == future {
        return past;
    }
    let today = |d: &Days| d.start.first_day() == c.today && reading.shape != Shape::Period;
    if let Some(days) = future.filter(today) {
        return Some(days);
    }
    if looks_ahead(c, at) { future.or(past) } else { past.or(future) }
}

/// Whether something is still to come: "will", "due", "until" before the expression.
fn looks_ahead(c: &Cursor, at: usize) -> bool {
    for back in 1..=REACH.min(at) {
        let token = at - back;
        match c.word(token) {
            Word::Key(Key::Future | Key::Due) => return true,
            Word::Key(Key::By | Key::Until) if back <= 2 => return true,
            // "is to meet", "still to come"
            Word::Key(Key::To)
                if matches!(c.str(token.wrapping_sub(1)), "is" | "are" | "still" | "set") =>
            {
                return true;
            }
            Word::Key(Key::Before) if back <= 2 => return true,
            Word::Other(false)
                if matches!(c.str(token), "could" | "can" | "might" | "pencilled") =>
            {
                return true;
            }
            Word::Key(Key::Tenses) => return false,
            Word::Mark('.' | '!' | '?' | ';') => return false,
            Word::Other(false) if c.str(token).ends_with("ed") => return false,
            Word::Other(false) if c.str(token) == "said" => return false,
            _ => {}
        }
    }
    false
}

/// "the" belongs to a period that needs it: "the 1990s", "the end of the year", "the spring".
pub(super) fn start(c: &Cursor, at: usize) -> usize {
    let the = at > 0 && c.is(at - 1, Key::The);
    let needs = match c.word(at) {
        Word::Season(Season::Spring | Season::Summer | Season::Autumn | Season::Winter) => true,
        Word::Relative(
            Relative::Past
            | Relative::Coming
            | Relative::Last
            | Relative::Next
            | Relative::That
            | Relative::Following,
        ) => true,
        Word::Key(Key::End | Key::Start | Key::Early) => true,
        Word::Unit(Unit::Weekend) => true,
        Word::Number { .. } => c.is(at + 1, Key::S),
        _ => false,
    };
    at - usize::from(the && needs)
}
