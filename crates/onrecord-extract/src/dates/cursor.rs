//! The tokens of a text and the day it was written: what every family reads from.

use jiff::civil::Date;

use super::token::{Key, Token, Word};
use super::value::Reading;

/// Where an expression ends (the token after its last), and how it reads.
pub(super) type Found = Option<(usize, Reading)>;

/// Tokens by number; past the end all are [`Word::Other`].
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    /// The day of writing.
    pub(super) today: Date,
}

impl Cursor<'_> {
    pub(super) fn word(&self, at: usize) -> Word {
        self.tokens.get(at).map_or(Word::Other(false), |token| token.word)
    }

    /// The word before; none before the first.
    pub(super) fn before(&self, at: usize) -> Word {
        at.checked_sub(1).map_or(Word::Other(false), |at| self.word(at))
    }

    pub(super) fn is(&self, at: usize, key: Key) -> bool {
        self.word(at) == Word::Key(key)
    }

    pub(super) fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        matches!(self.word(at), Word::Mark(mark) if marks.contains(&mark))
    }

    /// The token after, if this one is the key.
    pub(super) fn skip(&self, at: usize, key: Key) -> usize {
        at + usize::from(self.is(at, key))
    }

    pub(super) fn skip_mark(&self, at: usize, marks: &[char]) -> usize {
        at + usize::from(self.is_mark(at, marks))
    }

    pub(super) fn str(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| &self.text[t.start as usize..t.end as usize])
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.str(at).starts_with(|c: char| c.is_uppercase())
    }

    /// Whether nothing stands between this token and the one before.
    pub(super) fn touches(&self, at: usize) -> bool {
        at > 0 && at < self.tokens.len() && self.tokens[at - 1].end == self.tokens[at].start
    }

    /// A cardinal below 10,000: digits or words.
    pub(super) fn cardinal(&self, at: usize) -> Option<(i32, usize)> {
        match self.word(at) {
            Word::Number { value, n_digits: 1..=4, ordinal: false } => Some((value as i32, at + 1)),
            Word::Small(tens @ 20..) => match self.word(self.skip_mark(at + 1, &['-'])) {
                Word::Small(ones @ 1..10) => {
                    Some((i32::from(tens + ones), self.skip_mark(at + 1, &['-']) + 1))
                }
                _ => Some((i32::from(tens), at + 1)),
            },
            Word::Small(n) => Some((i32::from(n), at + 1)),
            _ => None,
        }
    }

    /// How many units: a cardinal, "a", "a couple of".
    pub(super) fn count(&self, at: usize) -> Option<(i32, usize)> {
        let couple = self.skip(at, Key::A);
        if self.is(couple, Key::Couple) {
            return Some((2, self.skip(couple + 1, Key::Of)));
        }
        if self.is(at, Key::A) { Some((1, at + 1)) } else { self.cardinal(at) }
    }

    /// An ordinal: "21st", "twenty-first".
    pub(super) fn ordinal(&self, at: usize) -> Option<(i8, usize)> {
        match self.word(at) {
            Word::Number { value, ordinal: true, .. } => Some((i8::try_from(value).ok()?, at + 1)),
            Word::Small(tens @ 20..40) => {
                let ones = self.skip_mark(at + 1, &['-']);
                match self.word(ones) {
                    Word::Ordinal(n @ 1..10) => Some(((tens + n) as i8, ones + 1)),
                    _ => None,
                }
            }
            Word::Ordinal(n) => Some((n as i8, at + 1)),
            _ => None,
        }
    }

    /// The day of a month beside the month's name: "21", "21st", "twenty-first".
    pub(super) fn month_day(&self, at: usize) -> Option<(i8, usize)> {
        let found = self.ordinal(at).or_else(|| match self.word(at) {
            Word::Number { value, n_digits: 1..=2, ordinal: false } => Some((value as i8, at + 1)),
            Word::Small(_) => self.cardinal(at).map(|(n, end)| (n as i8, end)),
            _ => None,
        });
        found.filter(|(day, _)| (1..=31).contains(day))
    }

    /// A year of four digits, or in words.
    pub(super) fn year(&self, at: usize) -> Option<(i16, usize)> {
        match self.word(at) {
            Word::Number { value: year @ 1000..2200, n_digits: 4, ordinal: false } => {
                Some((year as i16, at + 1))
            }
            Word::Small(_) => self.spoken_year(at),
            _ => None,
        }
    }

    /// "nineteen eighty-six", "two thousand and five".
    fn spoken_year(&self, at: usize) -> Option<(i16, usize)> {
        let Word::Small(hundreds) = self.word(at) else { return None };
        if self.is(at + 1, Key::Thousand) && hundreds == 2 {
            let rest = self.skip(at + 2, Key::And);
            return Some(match (self.word(rest), self.cardinal(rest)) {
                (Word::Small(_), Some((n, end))) => (2000 + n as i16, end),
                _ => (2000, at + 2),
            });
        }
        if !(15..=20).contains(&hundreds) {
            return None;
        }
        let rest = self.skip(self.skip(at + 1, Key::Hundred), Key::And);
        let Word::Small(10..) = self.word(rest) else { return None };
        let (n, end) = self.cardinal(rest)?;
        Some((i16::from(hundreds) * 100 + n as i16, end))
    }
}
