//! Words and phrases in a text, by the folding of case and diacritics that the full-text index has too.
//!
//! The index of articles knows which have a word, but not where: that would take half of the space of
//! all texts. So a phrase is looked for in the articles that have its words.

use unicode_normalization::char::is_combining_mark;

use super::filter::{Term, terms};
use crate::error::{Error, Result};
use crate::fold::fold;

/// A word of a text, in bytes.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The words of a text: letters and digits, as the index takes them.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_part = match c.is_ascii() {
            true => c.is_ascii_alphanumeric(),
            false => c.is_alphanumeric() || is_combining_mark(c),
        };
        match (start, is_part) {
            (None, true) => start = Some(at),
            (Some(begin), false) => {
                words.push(Word { start: begin, end: at });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// A word or several in a row that are looked for.
pub(super) struct Phrase {
    /// As typed, and folded.
    words: Vec<(String, String)>,
    /// Whether the last word may go on.
    is_beginning: bool,
}

impl Phrase {
    pub(super) fn new(typed: &str, is_beginning: bool) -> Phrase {
        let word = |word: Word| {
            let word = &typed[word.start..word.end];
            (word.to_owned(), fold(word))
        };
        Phrase { words: words(typed).into_iter().map(word).collect(), is_beginning }
    }

    pub(super) fn n_words(&self) -> usize {
        self.words.len()
    }

    /// Calls `each` with the number of the word at which it begins, wherever it stands, until that
    /// gives false.
    pub(super) fn places(&self, text: &str, words: &[Word], mut each: impl FnMut(usize) -> bool) {
        if self.words.is_empty() {
            return;
        }
        let last = self.words.len() - 1;
        for (first, window) in words.windows(self.words.len()).enumerate() {
            let mut pairs = window.iter().zip(&self.words).enumerate();
            let is_it = pairs.all(|(idx, (word, (_, sought)))| {
                is_same(&text[word.start..word.end], sought, self.is_beginning && idx == last)
            });
            if is_it && !each(first) {
                return;
            }
        }
    }

    fn is_in(&self, text: &str, words: &[Word]) -> bool {
        // Marks without a word ask for nothing.
        let mut is_in = self.words.is_empty();
        self.places(text, words, |_| {
            is_in = true;
            false
        });
        is_in
    }

    /// As a part of a `MATCH` that asks for all of its words.
    fn words_matched(&self) -> String {
        let n_words = self.words.len();
        let word = |(idx, (word, _)): (usize, &(String, String))| {
            let star = if self.is_beginning && idx + 1 == n_words { "*" } else { "" };
            format!("\"{word}\"{star}")
        };
        self.words.iter().enumerate().map(word).collect::<Vec<_>>().join(" AND ")
    }
}

fn is_same(word: &str, sought: &str, is_beginning: bool) -> bool {
    if !word.is_ascii() {
        let word = fold(word);
        return if is_beginning { word.starts_with(sought) } else { word == sought };
    }
    match is_beginning {
        true => word.get(..sought.len()).is_some_and(|word| word.eq_ignore_ascii_case(sought)),
        false => word.eq_ignore_ascii_case(sought),
    }
}

/// A search of articles: alternatives, of each all parts, of each part the words that have to be there
/// and those that may not. FTS5 binds words in a row closest, then NOT, AND and OR.
pub(super) struct Search(Vec<Vec<Part>>);

#[derive(Default)]
struct Part {
    wanted: Vec<Phrase>,
    unwanted: Vec<Vec<Phrase>>,
}

impl Search {
    pub(super) fn new(search: &str) -> Result<Search> {
        let mut alternatives = vec![vec![Part::default()]];
        for term in terms(search)? {
            let parts = alternatives.last_mut().expect("one at least");
            let part = parts.last_mut().expect("one at least");
            match term {
                Term::Operator("OR") => alternatives.push(vec![Part::default()]),
                Term::Operator("AND") => parts.push(Part::default()),
                Term::Operator(_) => part.unwanted.push(Vec::new()),
                Term::Words { words, is_beginning } => {
                    let phrases = part.unwanted.last_mut().unwrap_or(&mut part.wanted);
                    phrases.push(Phrase::new(words, is_beginning));
                }
            }
        }
        let mut parts = alternatives.iter().flatten();
        let is_whole = |part: &Part| {
            !part.wanted.is_empty() && part.unwanted.iter().all(|phrases| !phrases.is_empty())
        };
        match parts.all(is_whole) {
            true => Ok(Search(alternatives)),
            false => Err(Error::query("AND, OR and NOT stand between words")),
        }
    }

    /// As a `MATCH` of words. Where phrases are looked for, it finds more than that.
    pub(super) fn matched(&self) -> String {
        let all = |phrases: &[Phrase]| {
            let words = phrases.iter().filter(|phrase| phrase.n_words() > 0);
            let words: Vec<String> = words.map(Phrase::words_matched).collect();
            if words.is_empty() { "\"\"".to_owned() } else { format!("({})", words.join(" AND ")) }
        };
        let part = |part: &Part| {
            let mut out = all(&part.wanted);
            // Without a phrase's words in a row, an article is still wanted.
            let words = part.unwanted.iter().filter(|phrases| !has_phrases(phrases));
            words.for_each(|phrases| out = format!("({out} NOT {})", all(phrases)));
            out
        };
        let parts = |parts: &Vec<Part>| parts.iter().map(part).collect::<Vec<_>>().join(" AND ");
        self.0.iter().map(parts).collect::<Vec<_>>().join(" OR ")
    }

    /// Whether what [`Search::matched`] finds has to be looked through.
    pub(super) fn has_phrases(&self) -> bool {
        let mut parts = self.0.iter().flatten();
        parts.any(|part| {
            has_phrases(&part.wanted) || part.unwanted.iter().any(|phrases| has_phrases(phrases))
        })
    }

    /// Whether an article is looked for.
    pub(super) fn finds(&self, title: &str, text: &str) -> bool {
        let (title_words, text_words) = (words(title), words(text));
        let is_in =
            |phrase: &Phrase| phrase.is_in(title, &title_words) || phrase.is_in(text, &text_words);
        let has = |phrases: &[Phrase]| phrases.iter().all(is_in);
        let is_part = |part: &Part| has(&part.wanted) && !part.unwanted.iter().any(|p| has(p));
        self.0.iter().any(|parts| parts.iter().all(is_part))
    }
}

fn has_phrases(phrases: &[Phrase]) -> bool {
    phrases.iter().any(|phrase| phrase.n_words() > 1)
}

#[cfg(test)]
mod tests {
    use super::Search;

    #[test]
    fn phrases_are_looked_for_in_articles_that_have_their_words() {
        let text = "The Foreign Minister spoke of a U-turn on water.";
        let cases = [
            ("water", "(\"water\")", true),
            ("\"foreign minister\"", "(\"foreign\" AND \"minister\")", true),
            ("\"minister foreign\"", "(\"minister\" AND \"foreign\")", false),
            ("u-turn wat*", "(\"u\" AND \"turn\" AND \"wat\"*)", true),
            ("water NOT \"minister foreign\"", "(\"water\")", true),
            ("water NOT \"foreign minister\"", "(\"water\")", false),
            ("water NOT fire", "((\"water\") NOT (\"fire\"))", true),
            (
                "fire OR water AND \"spoke of\"",
                "(\"fire\") OR (\"water\") AND (\"spoke\" AND \"of\")",
                true,
            ),
            ("\"spoke water\" OR fire", "(\"spoke\" AND \"water\") OR (\"fire\")", false),
            ("…", "\"\"", true),
        ];
        let mut failures = String::new();
        for (search, matched, finds) in cases {
            let search = Search::new(search).unwrap();
            if (search.matched().as_str(), search.finds("", text)) != (matched, finds) {
                failures += &format!("{}: {}\n", search.matched(), search.finds("", text));
            }
        }
        assert!(failures.is_empty(), "{failures}");
        for bad in ["OR", "a AND", "NOT a", "a NOT OR b"] {
            assert!(Search::new(bad).is_err(), "{bad}");
        }
    }
}
