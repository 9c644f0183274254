//! Where in a text the words are that were looked for, so that a screen can mark them.
//!
//! The full-text index says which texts have the words; this marks them again in what is shown, word
//! by word, by the same folding of case and diacritics.

use super::filter::{Term, terms};
use super::phrase::{Phrase, Word, words};
use crate::error::Result;

/// Words of a snippet, at most.
const N_WORDS: usize = 36;

/// Words before the first one that was found.
const N_BEFORE: usize = 8;

/// A run of text that was looked for, or one that was not; the pieces of a text, joined, are the text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Piece {
    /// The text, verbatim.
    pub words: String,
    /// Whether it was looked for.
    pub found: bool,
}

/// What is looked for, to be marked in texts that have it.
pub(super) struct Sought(Vec<Phrase>);

impl Sought {
    /// The words of a search; none for no search.
    pub(super) fn new(search: Option<&str>) -> Result<Sought> {
        let Some(search) = search else { return Ok(Sought(Vec::new())) };
        let mut phrases = Vec::new();
        let mut is_unwanted = false;
        for term in terms(search)? {
            match term {
                Term::Operator(operator) => is_unwanted = operator == "NOT",
                Term::Words { words, is_beginning } if !is_unwanted => {
                    phrases.push(Phrase::new(words, is_beginning));
                }
                Term::Words { .. } => {}
            }
        }
        Ok(Sought(phrases))
    }

    /// The whole text in pieces.
    pub(super) fn mark(&self, text: &str) -> Vec<Piece> {
        let words = words(text);
        pieces(text, &words, &self.found(text, &words))
    }

    /// Some words around the first place where most of what is looked for stands; the beginning, if
    /// nothing is looked for.
    pub(super) fn snippet(&self, text: &str) -> Vec<Piece> {
        let words = words(text);
        let found = self.found(text, &words);
        let places: Vec<usize> = (0..words.len()).filter(|&idx| found[idx]).collect();
        let most = |&&place: &&usize| {
            let n = places
                .iter()
                .filter(|&&p| (place..place + N_WORDS - N_BEFORE).contains(&p))
                .count();
            (n, std::cmp::Reverse(place))
        };
        let first = places
            .iter()
            .take(N_PLACES)
            .max_by_key(most)
            .map_or(0, |&place| place.saturating_sub(N_BEFORE));
        let last = (first + N_WORDS).min(words.len());
        let (Some(begin), Some(end)) = (words.get(first), words[..last].last()) else {
            return Vec::new();
        };
        let shown = &text[begin.start..end.end];
        let moved = words[first..last].iter();
        let moved: Vec<Word> = moved
            .map(|word| Word { start: word.start - begin.start, end: word.end - begin.start })
            .collect();
        let mut pieces = pieces(shown, &moved, &found[first..last]);
        let cut = || Piece { words: "…".to_owned(), found: false };
        if first > 0 {
            pieces.insert(0, cut());
        }
        if last < words.len() {
            pieces.push(cut());
        }
        pieces
    }

    /// Of each word, whether it is looked for.
    fn found(&self, text: &str, words: &[Word]) -> Vec<bool> {
        let mut found = vec![false; words.len()];
        for phrase in &self.0 {
            phrase.places(text, words, |first| {
                found[first..first + phrase.n_words()].fill(true);
                true
            });
        }
        found
    }
}

/// Places that are looked at for the best snippet: a word may stand in a text hundreds of times.
const N_PLACES: usize = 50;

/// Runs of words of one kind; what stands between two that were found is found too.
fn pieces(text: &str, words: &[Word], found: &[bool]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut idx = 0;
    let mut push = |from: usize, to: usize, found: bool| {
        if from < to {
            pieces.push(Piece { words: text[from..to].to_owned(), found });
        }
    };
    while idx < words.len() {
        if !found[idx] {
            idx += 1;
            continue;
        }
        let n_run = found[idx..].iter().take_while(|&&found| found).count();
        let (start, end) = (words[idx].start, words[idx + n_run - 1].end);
        push(done, start, false);
        push(start, end, true);
        done = end;
        idx += n_run;
    }
    push(done, text.len(), false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in `[]`.
    fn shown(pieces: &[Piece]) -> String {
        let piece = |piece: &Piece| match piece.found {
            true => format!("[{}]", piece.words),
            false => piece.words.clone(),
        };
        pieces.iter().map(piece).collect()
    }

    #[test]
    fn words_are_marked_as_they_are_found() {
        let cases = [
            ("water", "The Water, the waters.", "The [Water], the waters."),
            ("water*", "The Water, the waters.", "The [Water], the [waters]."),
            ("\"the water\"", "The Water, the waters, water.", "[The Water], the waters, water."),
            ("türkiye", "TURKIYE and Türkiye", "[TURKIYE] and [Türkiye]"),
            ("war NOT peace", "war and peace", "[war] and peace"),
            ("don't", "I don't.", "I [don't]."),
            ("x", "", ""),
        ];
        let mut failures = String::new();
        for (search, text, expected) in cases {
            let found = shown(&Sought::new(Some(search)).unwrap().mark(text));
            if found != expected {
                failures += &format!("{search}: {found}\n");
            }
        }
        assert!(failures.is_empty(), "{failures}");
    }

    #[test]
    fn a_snippet_is_where_most_is_found() {
        let filler = |n: usize| (0..n).map(|n| format!("w{n} ")).collect::<String>();
        let text = format!("gate. {}a gate of the dam. {}", filler(60), filler(60));
        let snippet = Sought::new(Some("gate dam")).unwrap().snippet(&text);
        let shown = shown(&snippet);
        assert!(shown.starts_with("…w53 w54") && shown.ends_with("…"), "{shown}");
        assert!(shown.contains("a [gate] of the [dam]. w0"), "{shown}");
        let beginning = Sought::new(None).unwrap().snippet("They met.");
        assert_eq!(self::shown(&beginning), "They met");
        assert!(Sought::new(None).unwrap().snippet("…").is_empty());
    }
}
