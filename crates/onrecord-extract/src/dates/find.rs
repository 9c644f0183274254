//! From a text to its expressions of time, from left to right, the longest first.

use std::ops::Range;

use jiff::civil::{Date, date};
use onrecord_record::{PartialDate, Span, Text};

use super::cursor::{Cursor, Found};
use super::token::{Key, Token, Word, cut};
use super::value::{Days, Reading};
use super::{clock, day, holiday, modifier, news, part, period, range, relative, weekday};

/// An expression of time in news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Its words, without "in", "on", "since".
    pub span: Span,
    /// First and last day, month or year, both included; `None` where the text alone does not tell.
    pub value: Option<(PartialDate, PartialDate)>,
    /// The weekday of the same name on the other side of the day of writing, which is meant where the words around mislead.
    pub other: Option<(PartialDate, PartialDate)>,
}

/// An expression with all it may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expression {
    /// Its words, with "since", "before", "from" where they make a bound or a range of it.
    pub span: Span,
    /// What it means.
    pub reading: Reading,
}

/// Finds the expressions of time in bytes `within` of an article, in order.
///
/// `written` is the publication date; without one, only what does not depend on it has a value.
/// What stays open ("on Friday", "in May") is the last such day up to then, unless the sentence looks ahead.
///
/// ```
/// use onrecord_extract::dates;
/// use onrecord_record::Text;
///
/// let text = Text::new("They met on January 21–22.");
/// let found = dates::find(&text, 0..text.len(), Some("2026-01-23".parse().unwrap()));
/// assert_eq!(&text[found[0].span], "January 21–22");
/// let (start, end) = found[0].value.unwrap();
/// assert_eq!(format!("{start}/{end}"), "2026-01-21/2026-01-22");
/// ```
///
/// # Panics
/// If `within` is not a range of whole characters of the text.
pub fn find(text: &Text, within: Range<usize>, written: Option<Date>) -> Vec<Dated> {
    let tokens = cut(text, within);
    let cursor = Cursor { text, tokens: &tokens, today: written.unwrap_or(NO_DAY) };
    let mut dated = Vec::new();
    for (tokens, reading) in in_news(&cursor) {
        let first = news::start(&cursor, tokens.start);
        let Some(span) = span(text, cursor.tokens, first..tokens.end) else { continue };
        let known = written.is_some() || !reading.relative;
        let days = known.then(|| news::choose(&cursor, tokens.start, &reading)).flatten();
        let is_open = (days == reading.past) != (days == reading.future) && is_weekday(&reading);
        let other = if days == reading.past { reading.future } else { reading.past };
        let pair = |Days { start, end }| (start, end);
        dated.push(Dated {
            span,
            value: days.map(pair),
            other: other.filter(|_| is_open).map(pair),
        });
    }
    dated
}

/// Whether the two readings are a week apart.
fn is_weekday(reading: &Reading) -> bool {
    let day = |days: Option<Days>| days.map(|days| days.start.first_day());
    let (Some(past), Some(future)) = (day(reading.past), day(reading.future)) else { return false };
    past.until(future).is_ok_and(|span| span.get_days() <= 14)
}

/// Finds the expressions in bytes `within` of a text written on that day, in order, with both readings.
///
/// # Panics
/// If `within` is not a range of whole characters of the text.
pub fn expressions(text: &Text, within: Range<usize>, written: Date) -> Vec<Expression> {
    let tokens = cut(text, within);
    let cursor = Cursor { text, tokens: &tokens, today: written };
    let found = all(&cursor).collect::<Vec<_>>();
    let expression =
        |(tokens, reading)| Some(Expression { span: span(text, cursor.tokens, tokens)?, reading });
    found.into_iter().filter_map(expression).collect()
}

/// Stands in where the day of writing is unknown; no value that depends on it gets out.
const NO_DAY: Date = date(2000, 1, 1);

fn span(text: &Text, tokens: &[Token], of: Range<usize>) -> Option<Span> {
    text.span(tokens[of.start].start as usize, tokens[of.end - 1].end as usize)
}

/// All expressions, bounds and vague ones included.
fn all<'a>(c: &'a Cursor<'a>) -> impl Iterator<Item = (Range<usize>, Reading)> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < c.tokens.len() {
            let start = at;
            if let Some((end, reading)) = bounded(c, start) {
                at = end;
                return Some((start..end, reading));
            }
            at += 1;
        }
        None
    })
}

/// Expressions as news has them: the bounds left out.
fn in_news<'a>(c: &'a Cursor<'a>) -> impl Iterator<Item = (Range<usize>, Reading)> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < c.tokens.len() {
            let start = at;
            if let Some((end, reading)) = unbounded(c, start).filter(|(_, r)| !r.vague) {
                at = end;
                return Some((start..end, reading));
            }
            at += 1;
        }
        None
    })
}

fn bounded(c: &Cursor, at: usize) -> Found {
    if is_idle(c, at) {
        return None;
    }
    let found = [unbounded(c, at), modifier::find(c, at), modifier::duration(c, at)];
    let (end, reading) = longest(found)?;
    Some(modifier::after(c, end, reading))
}

fn unbounded(c: &Cursor, at: usize) -> Found {
    if is_idle(c, at) {
        return None;
    }
    longest([simple(c, at), clock::find(c, at), range::find(c, at)])
}

/// One day or period.
pub(super) fn simple(c: &Cursor, at: usize) -> Found {
    if is_idle(c, at) {
        return None;
    }
    longest([
        relative::find(c, at),
        day::find(c, at),
        weekday::find(c, at),
        period::find(c, at),
        part::find(c, at),
        holiday::find(c, at),
    ])
}

/// The longest; the first of equals.
fn longest<const N: usize>(found: [Found; N]) -> Found {
    found.into_iter().flatten().rev().max_by_key(|(end, _)| *end)
}

/// Whether nothing begins here: most words.
fn is_idle(c: &Cursor, at: usize) -> bool {
    match c.word(at) {
        Word::Other(capital) => !capital && !holiday::may_begin(c.str(at)),
        Word::Mark(_) => true,
        Word::Key(key) => matches!(
            key,
            Key::Of
                | Key::And
                | Key::Or
                | Key::At
                | Key::On
                | Key::Ago
                | Key::Am
                | Key::Pm
                | Key::S
                | Key::Future
                | Key::Tenses
                | Key::Than
                | Key::Then
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Day of writing, text, what is found. Values follow the Desk corpus.
    const CASES: &[(&str, &str, &str)] = &[
        ("2026-01-23", "They met on January 21–22.", "January 21–22=2026-01-21/2026-01-22"),
        ("2026-01-23", "On Jan. 21 it began.", "Jan. 21=2026-01-21/2026-01-21"),
        ("2024-06-20", "Last Wednesday it rained.", "Last Wednesday=2024-06-12/2024-06-12"),
        ("2024-06-20", "He left on Wednesday.", "Wednesday=2024-06-19/2024-06-19"),
        ("2024-06-20", "She will leave on Wednesday.", "Wednesday=2024-06-26/2024-06-26"),
        ("2026-02-06", "It began a decade ago.", "a decade ago=2016/2016"),
        ("2026-02-06", "It began two weeks ago.", "two weeks ago=2026-01-23/2026-01-23"),
        ("2026-02-10", "In the 1990s they fought.", "the 1990s=1990/1999"),
        ("2026-02-10", "Allies since 2014.", "2014=2014/2014"),
        (
            "2026-02-10",
            "From 3 to 5 May 2025 they met.",
            "From 3 to 5 May 2025=2025-05-03/2025-05-05",
        ),
        ("2026-02-10", "between 2014 and 2018", "between 2014 and 2018=2014/2018"),
        ("2026-02-10", "Profits rose in Q3 2025.", "Q3 2025=2025-07/2025-09"),
        (
            "2026-02-10",
            "the first quarter of next year",
            "the first quarter of next year=2027-01/2027-03",
        ),
        ("2026-02-10", "Signed on 2025-11-03.", "2025-11-03=2025-11-03/2025-11-03"),
        ("2026-02-10", "It happened last October.", "last October=2025-10/2025-10"),
        ("2026-02-10", "by the end of 2027", "the end of 2027=2027-12-31/2027-12-31"),
        ("2026-02-10", "He may march, the sun sat a second.", ""),
        ("2026-02-10", "They sent 2000 soldiers and $2020.", ""),
        ("2026-02-10", "on 30 February", "30 February=none"),
    ];

    #[test]
    fn every_family_has_the_days_that_the_desk_gives_it() {
        let mut wrong = Vec::new();
        for (written, words, expected) in CASES {
            let text = Text::new(*words);
            let found = find(&text, 0..text.len(), Some(written.parse().unwrap()));
            let shown: Vec<String> = found
                .iter()
                .map(|dated| match dated.value {
                    Some((start, end)) => format!("{}={start}/{end}", &text[dated.span]),
                    None => format!("{}=none", &text[dated.span]),
                })
                .collect();
            if shown.join(", ") != *expected {
                wrong.push(format!(
                    "{words}\n  expected {expected}\n  found    {}",
                    shown.join(", ")
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn without_a_day_of_writing_only_full_dates_have_a_value() {
        let text = Text::new("Yesterday, on Friday and on 3 May 2025.");
        let found = find(&text, 0..text.len(), None);
        let known: Vec<bool> = found.iter().map(|dated| dated.value.is_some()).collect();
        assert_eq!(known, [false, false, true]);
    }
}
