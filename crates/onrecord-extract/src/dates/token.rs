//! Words, numbers and marks of a text, each with what it may mean for a date.
//!
//! Hand-written and in one pass: most words of an article mean nothing here and are dismissed by one binary search.

use std::ops::Range;

/// A word, a run of digits or one other character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) word: Word,
}

/// What a token may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A word that has no part in any date; `true` where it begins with a capital.
    Other(bool),
    /// Digits, with the suffix of "1st" taken in.
    Number {
        value: u32,
        n_digits: u8,
        ordinal: bool,
    },
    /// Anything that is neither letter, digit nor space.
    Mark(char),
    Month(i8),
    Weekday(i8),
    Unit(Unit),
    Season(Season),
    /// Number words: 1 to 19 and the tens.
    Small(u8),
    Ordinal(u8),
    Relative(Relative),
    DayPart(DayPart),
    Key(Key),
}

/// Calendar units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Moment,
    Day,
    Week,
    WorkWeek,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// Seasons of the northern half, as the Desk corpus has them: three whole months each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Where a unit lies as seen from the day of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relative {
    Last,
    Past,
    This,
    Next,
    Coming,
    Following,
    That,
}

/// Parts of a day; the value is the day they belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayPart {
    Morning,
    Evening,
    Night,
    Noon,
}

/// Words of the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    A,
    About,
    After,
    Ago,
    Am,
    And,
    At,
    Before,
    Between,
    By,
    Calendar,
    Commencing,
    Couple,
    Date,
    Due,
    Early,
    Earlier,
    End,
    Few,
    Fiscal,
    For,
    From,
    Future,
    H,
    Half,
    Hundred,
    In,
    Late,
    Later,
    Middle,
    No,
    Now,
    Of,
    On,
    Or,
    Overnight,
    Pm,
    Q,
    School,
    Since,
    Start,
    Starting,
    S,
    Tenses,
    Than,
    The,
    Then,
    Thousand,
    Through,
    To,
    Today,
    Tomorrow,
    Tonight,
    Until,
    Within,
    Yesterday,
}

/// Cuts the text.
pub(super) fn cut(text: &str, range: Range<usize>) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::with_capacity(range.len() / 5);
    let mut at = range.start;
    while at < range.end {
        let byte = bytes[at];
        let start = at;
        let word = if byte.is_ascii_alphabetic() || byte >= 0x80 && is_letter(text, at) {
            at = end_of_word(text, at, range.end);
            meaning(&bytes[start..at])
        } else if byte.is_ascii_digit() {
            while at < range.end && bytes[at].is_ascii_digit() {
                at += 1;
            }
            let n_digits = (at - start).min(255) as u8;
            let value = text[start..at].parse().unwrap_or(u32::MAX);
            let ordinal = is_suffix(&bytes[at..range.end]);
            at += if ordinal { 2 } else { 0 };
            Word::Number { value, n_digits, ordinal }
        } else if byte.is_ascii_whitespace() {
            at += 1;
            continue;
        } else {
            let mark = text[at..].chars().next().expect("a character starts here");
            at += mark.len_utf8();
            if mark == '\u{a0}' {
                continue;
            }
            Word::Mark(mark)
        };
        tokens.push(Token { start: start as u32, end: at as u32, word });
    }
    tokens
}

fn is_letter(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(char::is_alphabetic)
}

fn end_of_word(text: &str, mut at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    while at < end {
        if bytes[at].is_ascii_alphabetic() {
            at += 1;
        } else if bytes[at] >= 0x80 && is_letter(text, at) {
            at += text[at..].chars().next().expect("a letter starts here").len_utf8();
        } else {
            break;
        }
    }
    at
}

/// Whether "st", "nd", "rd" or "th" and no further letter come here.
fn is_suffix(bytes: &[u8]) -> bool {
    let Some(two) = bytes.get(..2) else { return false };
    let suffix = [b"st", b"nd", b"rd", b"th"].iter().any(|s| two.eq_ignore_ascii_case(*s));
    suffix && !bytes.get(2).is_some_and(u8::is_ascii_alphanumeric)
}

fn meaning(word: &[u8]) -> Word {
    let capital = !word[0].is_ascii_lowercase();
    if word.len() > LONGEST {
        return Word::Other(capital);
    }
    let mut lower = [0; LONGEST];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    match WORDS.binary_search_by(|(known, _)| known.as_bytes().cmp(lower)) {
        Ok(i) => WORDS[i].1,
        Err(_) => Word::Other(capital),
    }
}

const LONGEST: usize = 11;

use DayPart::*;
use Key::*;
use Word::{
    Month as M, Ordinal as O, Relative as R, Season as Se, Small as N, Unit as U, Weekday as D,
};

/// Sorted by bytes.
const WORDS: &[(&str, Word)] = &[
    ("a", Word::Key(A)),
    ("about", Word::Key(About)),
    ("after", Word::Key(After)),
    ("afternoon", Word::DayPart(Noon)),
    ("ago", Word::Key(Ago)),
    ("am", Word::Key(Am)),
    ("an", Word::Key(A)),
    ("and", Word::Key(And)),
    ("apr", M(4)),
    ("april", M(4)),
    ("around", Word::Key(About)),
    ("at", Word::Key(At)),
    ("aug", M(8)),
    ("august", M(8)),
    ("autumn", Se(Season::Autumn)),
    ("before", Word::Key(Before)),
    ("beginning", Word::Key(Start)),
    ("between", Word::Key(Between)),
    ("by", Word::Key(By)),
    ("calendar", Word::Key(Calendar)),
    ("centuries", U(Unit::Century)),
    ("century", U(Unit::Century)),
    ("coming", R(Relative::Coming)),
    ("commencing", Word::Key(Commencing)),
    ("couple", Word::Key(Couple)),
    ("current", R(Relative::This)),
    ("cy", Word::Key(Calendar)),
    ("date", Word::Key(Date)),
    ("dawn", Word::DayPart(Morning)),
    ("day", U(Unit::Day)),
    ("days", U(Unit::Day)),
    ("dec", M(12)),
    ("decade", U(Unit::Decade)),
    ("decades", U(Unit::Decade)),
    ("december", M(12)),
    ("due", Word::Key(Due)),
    ("during", Word::Key(In)),
    ("earlier", Word::Key(Earlier)),
    ("early", Word::Key(Early)),
    ("eight", N(8)),
    ("eighteen", N(18)),
    ("eighteenth", O(18)),
    ("eighth", O(8)),
    ("eighty", N(80)),
    ("eleven", N(11)),
    ("eleventh", O(11)),
    ("end", Word::Key(End)),
    ("evening", Word::DayPart(Evening)),
    ("expected", Word::Key(Future)),
    ("expire", Word::Key(Future)),
    ("expires", Word::Key(Future)),
    ("fall", Se(Season::Autumn)),
    ("feb", M(2)),
    ("february", M(2)),
    ("few", Word::Key(Few)),
    ("fifteen", N(15)),
    ("fifteenth", O(15)),
    ("fifth", O(5)),
    ("fifty", N(50)),
    ("financial", Word::Key(Fiscal)),
    ("first", O(1)),
    ("fiscal", Word::Key(Fiscal)),
    ("five", N(5)),
    ("following", R(Relative::Following)),
    ("for", Word::Key(For)),
    ("fortnight", U(Unit::Fortnight)),
    ("fortnights", U(Unit::Fortnight)),
    ("forty", N(40)),
    ("four", N(4)),
    ("fourteen", N(14)),
    ("fourteenth", O(14)),
    ("fourth", O(4)),
    ("fri", D(5)),
    ("friday", D(5)),
    ("from", Word::Key(From)),
    ("fy", Word::Key(Fiscal)),
    ("h", Word::Key(H)),
    ("half", Word::Key(Half)),
    ("hour", U(Unit::Moment)),
    ("hours", U(Unit::Moment)),
    ("hundred", Word::Key(Hundred)),
    ("in", Word::Key(In)),
    ("jan", M(1)),
    ("january", M(1)),
    ("jul", M(7)),
    ("july", M(7)),
    ("jun", M(6)),
    ("june", M(6)),
    ("last", R(Relative::Last)),
    ("late", Word::Key(Late)),
    ("later", Word::Key(Later)),
    ("mar", M(3)),
    ("march", M(3)),
    ("may", M(5)),
    ("mid", Word::Key(Middle)),
    ("middle", Word::Key(Middle)),
    ("midnight", Word::DayPart(Night)),
    ("minute", U(Unit::Moment)),
    ("minutes", U(Unit::Moment)),
    ("mon", D(1)),
    ("monday", D(1)),
    ("month", U(Unit::Month)),
    ("months", U(Unit::Month)),
    ("morning", Word::DayPart(Morning)),
    ("next", R(Relative::Next)),
    ("night", Word::DayPart(Night)),
    ("nine", N(9)),
    ("nineteen", N(19)),
    ("nineteenth", O(19)),
    ("ninety", N(90)),
    ("ninth", O(9)),
    ("no", Word::Key(No)),
    ("noon", Word::DayPart(Noon)),
    ("nov", M(11)),
    ("november", M(11)),
    ("now", Word::Key(Now)),
    ("oct", M(10)),
    ("october", M(10)),
    ("of", Word::Key(Of)),
    ("on", Word::Key(On)),
    ("one", N(1)),
    ("or", Word::Key(Or)),
    ("over", Word::Key(In)),
    ("overnight", Word::Key(Overnight)),
    ("past", R(Relative::Past)),
    ("planned", Word::Key(Future)),
    ("plans", Word::Key(Future)),
    ("pm", Word::Key(Pm)),
    ("previous", R(Relative::Last)),
    ("q", Word::Key(Q)),
    ("quarter", U(Unit::Quarter)),
    ("quarters", U(Unit::Quarter)),
    ("resume", Word::Key(Future)),
    ("resumes", Word::Key(Future)),
    ("s", Word::Key(S)),
    ("same", R(Relative::That)),
    ("sat", D(6)),
    ("saturday", D(6)),
    ("scheduled", Word::Key(Future)),
    ("school", Word::Key(School)),
    ("second", O(2)),
    ("sep", M(9)),
    ("sept", M(9)),
    ("september", M(9)),
    ("seven", N(7)),
    ("seventeen", N(17)),
    ("seventeenth", O(17)),
    ("seventh", O(7)),
    ("seventy", N(70)),
    ("several", Word::Key(Few)),
    ("shall", Word::Key(Future)),
    ("since", Word::Key(Since)),
    ("six", N(6)),
    ("sixteen", N(16)),
    ("sixteenth", O(16)),
    ("sixth", O(6)),
    ("sixty", N(60)),
    ("spring", Se(Season::Spring)),
    ("start", Word::Key(Start)),
    ("starting", Word::Key(Starting)),
    ("summer", Se(Season::Summer)),
    ("sun", D(7)),
    ("sunday", D(7)),
    ("sy", Word::Key(School)),
    ("ten", N(10)),
    ("tenth", O(10)),
    ("than", Word::Key(Than)),
    ("that", R(Relative::That)),
    ("the", Word::Key(The)),
    ("then", Word::Key(Then)),
    ("third", O(3)),
    ("thirteen", N(13)),
    ("thirteenth", O(13)),
    ("thirtieth", O(30)),
    ("thirty", N(30)),
    ("this", R(Relative::This)),
    ("thousand", Word::Key(Thousand)),
    ("three", N(3)),
    ("through", Word::Key(Through)),
    ("thu", D(4)),
    ("thur", D(4)),
    ("thurs", D(4)),
    ("thursday", D(4)),
    ("till", Word::Key(Until)),
    ("tmrw", Word::Key(Tomorrow)),
    ("to", Word::Key(To)),
    ("today", Word::Key(Today)),
    ("tomorrow", Word::Key(Tomorrow)),
    ("tonight", Word::Key(Tonight)),
    ("tonite", Word::Key(Tonight)),
    ("tue", D(2)),
    ("tues", D(2)),
    ("tuesday", D(2)),
    ("twelfth", O(12)),
    ("twelve", N(12)),
    ("twentieth", O(20)),
    ("twenty", N(20)),
    ("two", N(2)),
    ("until", Word::Key(Until)),
    ("upcoming", R(Relative::Coming)),
    ("was", Word::Key(Tenses)),
    ("wed", D(3)),
    ("wednesday", D(3)),
    ("week", U(Unit::Week)),
    ("weekend", U(Unit::Weekend)),
    ("weeks", U(Unit::Week)),
    ("were", Word::Key(Tenses)),
    ("will", Word::Key(Future)),
    ("winter", Se(Season::Winter)),
    ("within", Word::Key(Within)),
    ("workweek", U(Unit::WorkWeek)),
    ("would", Word::Key(Future)),
    ("year", U(Unit::Year)),
    ("years", U(Unit::Year)),
    ("yesterday", Word::Key(Yesterday)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_fits() {
        for pair in WORDS.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} before {}", pair[0].0, pair[1].0);
        }
        for (word, _) in WORDS {
            assert!(word.len() <= LONGEST, "{word}");
        }
    }

    #[test]
    fn tokens_cover_words_numbers_and_marks() {
        let text = "Née Dec31, “1st” 5pm 漢";
        let tokens = cut(text, 0..text.len());
        let words: Vec<&str> =
            tokens.iter().map(|t| &text[t.start as usize..t.end as usize]).collect();
        assert_eq!(words, ["Née", "Dec", "31", ",", "“", "1st", "”", "5", "pm", "漢"]);
    }
}
