//! The parts of a source's words: who speaks, and what is only said of who speaks.
//!
//! "a spokesman for the ministry who asked not to be named": the head is "a spokesman".
//! "the party's chairwoman, J. Odgerel": the head is "the party's chairwoman", in apposition a name.

use std::ops::Range;

use crate::marks::SpanKind;
use crate::page::Page;

/// What ends the head of a noun phrase.
const AFTER_HEAD: &[&str] = &[
    ",",
    "(",
    "–",
    "—",
    ":",
    ";",
    "who",
    "whose",
    "which",
    "that",
    "of",
    "for",
    "in",
    "at",
    "from",
    "with",
    "by",
    "on",
    "to",
    "near",
    "about",
    "after",
    "under",
    "familiar",
    "speaking",
    "close",
    "published",
    "posted",
    "held",
    "released",
];

/// Words after which a name is not that of who speaks: "a spokesman for Ann Lee".
const BEFORE_OTHERS: &[&str] = &[
    "of", "for", "in", "at", "from", "with", "by", "on", "to", "near", "about", "after", "under",
    "and", "or", "who", "which", "that", "than",
];

/// The words from the beginning of a source through its head.
pub(crate) fn head(page: &Page, text: &str, source: &Range<usize>) -> Range<usize> {
    until(page, text, source, AFTER_HEAD)
}

/// The words from the beginning of a source up to a clause or an apposition.
pub(crate) fn phrase(page: &Page, text: &str, source: &Range<usize>) -> Range<usize> {
    const CLAUSE: &[&str] = &[",", "(", "–", "—", ":", ";", "who", "whose", "which", "that"];
    until(page, text, source, CLAUSE)
}

/// Whether a name that begins at a word of the source is that of who speaks: at its beginning, or with nothing before it
/// since the last comma that makes it another's.
pub(crate) fn is_apposed(page: &Page, text: &str, source: &Range<usize>, name: usize) -> bool {
    let since_comma = (source.start..name).rev().take_while(|&i| word(page, text, i) != ",");
    !since_comma.into_iter().any(|i| BEFORE_OTHERS.contains(&word(page, text, i).as_str()))
}

/// How the head of a source refers: a name if its last word is written with a capital and no article comes before.
pub(crate) fn form(page: &Page, text: &str, head: &Range<usize>) -> SpanKind {
    let first = word(page, text, head.start);
    let capital = matches!(page.tokens[head.end - 1].shape, 2..=4);
    match first.as_str() {
        "he" | "she" | "it" | "they" | "we" | "i" | "who" | "you" if head.len() == 1 => {
            SpanKind::Pronoun
        }
        "the" | "a" | "an" => SpanKind::Nominal,
        _ if capital => SpanKind::Name,
        _ => SpanKind::Nominal,
    }
}

/// The words of a source before the first of some, or all.
fn until(page: &Page, text: &str, source: &Range<usize>, stops: &[&str]) -> Range<usize> {
    let stops = |&i: &usize| stops.contains(&word(page, text, i).as_str());
    source.start..(source.start + 1..source.end).find(stops).unwrap_or(source.end)
}

fn word(page: &Page, text: &str, i: usize) -> String {
    text[page.tokens[i].span.clone()].to_lowercase()
}
