//! How mentions look, and how the words of two compare.

use std::collections::HashMap;
use std::ops::Range;

use crate::marks::{Looks, Match, Standing};
use crate::page::Page;

/// What of a mention's words is compared; the same as `looks` and `folded` in `train/onrecord_train/marks.py`.
pub(crate) struct Face {
    pub(crate) looks: Looks,
    /// In lower case, without a determiner before and a possessive after.
    pub(crate) words: Vec<String>,
}

const PRONOUNS: &[&str] = &[
    "i",
    "me",
    "my",
    "mine",
    "myself",
    "we",
    "us",
    "our",
    "ours",
    "ourselves",
    "you",
    "your",
    "yours",
    "yourself",
    "yourselves",
    "he",
    "him",
    "his",
    "himself",
    "she",
    "her",
    "hers",
    "herself",
    "it",
    "its",
    "itself",
    "they",
    "them",
    "their",
    "theirs",
    "themselves",
    "who",
    "whom",
    "whose",
    "which",
    "that",
    "this",
    "these",
    "those",
];

const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my",
    "your", "whose",
];

impl Face {
    pub(crate) fn new(page: &Page, text: &str, range: &Range<usize>) -> Face {
        let tokens = &page.tokens[range.clone()];
        let mut words: Vec<String> =
            tokens.iter().map(|token| text[token.span.clone()].to_lowercase()).collect();
        let determined = DETERMINERS.contains(&words[0].as_str());
        let capital = tokens.iter().map(|token| matches!(token.shape, 2..=4));
        let looks = if words.len() == 1 && PRONOUNS.contains(&words[0].as_str()) {
            Looks::Pronoun
        } else if capital.skip(usize::from(determined)).any(|capital| capital) {
            Looks::Name
        } else {
            Looks::Other
        };
        if words.len() > 1 && determined {
            words.remove(0);
        }
        if let [.., apostrophe, s] = &words[..]
            && words.len() > 2
            && s == "s"
            && ["'", "’"].contains(&apostrophe.as_str())
        {
            words.truncate(words.len() - 2);
        }
        Face { looks, words }
    }
}

/// Faces with their words as numbers, so that all pairs of spans are compared quickly.
pub(crate) struct Faces {
    sides: Vec<Side>,
}

struct Side {
    looks: Looks,
    words: Vec<u32>,
    range: Range<usize>,
    paragraph: usize,
}

/// Numbers of words.
#[derive(Default)]
pub(crate) struct Numbers(HashMap<String, u32>);

impl Faces {
    /// Of ranges of the page's words; faces that are compared take their numbers from one table.
    pub(crate) fn new<'a>(
        page: &Page,
        text: &str,
        ranges: impl Iterator<Item = &'a Range<usize>>,
        numbers: &mut Numbers,
    ) -> Faces {
        let side = |range: &Range<usize>| {
            let Face { looks, words } = Face::new(page, text, range);
            let words = words.into_iter().map(|word| {
                let next = numbers.0.len() as u32;
                *numbers.0.entry(word).or_insert(next)
            });
            let words = words.collect();
            Side {
                looks,
                words,
                range: range.clone(),
                paragraph: page.tokens[range.start].paragraph,
            }
        };
        Faces { sides: ranges.map(side).collect() }
    }

    /// How span `i` stands to span `j` of the others; the same as `cells` in `train/onrecord_train/spans.py`.
    pub(crate) fn standing(&self, i: usize, others: &Faces, j: usize) -> Standing {
        let (a, b) = (&self.sides[i], &others.sides[j]);
        let has = |a: &Side, b: &Side| b.words.last().is_some_and(|last| a.words.contains(last));
        let words = if a.words == b.words {
            Match::All
        } else if a.words.last() == b.words.last() {
            Match::Last
        } else if has(a, b) || has(b, a) {
            Match::Some
        } else {
            Match::None
        };
        Standing {
            from: a.looks,
            to: b.looks,
            words,
            overlap: a.range.start < b.range.end && b.range.start < a.range.end,
            same_paragraph: a.paragraph == b.paragraph,
        }
    }
}
