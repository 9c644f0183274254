//! Names in running text: the longest at each place, on word boundaries.
//!
//! A name begins with a capital letter or a letter of a script without capitals, except after a
//! particle (al-Shabaab, von der Leyen). It is folded as it is read, so that `ERDOĞAN` and
//! `Erdogan` are found alike. A paragraph's end, and all punctuation but hyphens, apostrophes and
//! the full stops of abbreviations, ends a name.

use std::ops::Range;

use crate::Knowledge;
use crate::builder::InText;
use crate::entry::{EntryId, Relation};
use crate::fold::{Class, class, fold_char};
use crate::layer::Layer;

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Its bytes in the text, always whole characters.
    pub range: Range<usize>,
    /// All that bear the name, and how it relates to them.
    pub entries: Vec<(EntryId, Relation)>,
}

/// Words in lower case that names begin with.
const PARTICLES: &[&str] =
    &["al", "el", "as", "ash", "an", "ad", "ar", "at", "az", "von", "van", "de", "bin", "ibn"];

/// The names in a text, in order, none within another.
pub struct Matches<'k, 't> {
    knowledge: &'k Knowledge,
    text: &'t str,
    at: usize,
}

impl Knowledge {
    /// The names in `text`: at each word the longest that is known.
    ///
    /// Surnames, first names and names that are ordinary words are not among them.
    pub fn find<'k, 't>(&'k self, text: &'t str) -> Matches<'k, 't> {
        Matches { knowledge: self, text, at: 0 }
    }
}

impl Iterator for Matches<'_, '_> {
    type Item = Match;

    fn next(&mut self) -> Option<Match> {
        while let Some(start) = self.next_word() {
            if self.may_begin(start)
                && let Some(found) = self.longest(start)
            {
                self.at = found.range.end;
                return Some(found);
            }
            self.skip_word(start);
        }
        None
    }
}

impl Matches<'_, '_> {
    /// Where the next word begins.
    fn next_word(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if byte.is_ascii_alphanumeric() {
                return Some(self.at);
            }
            if byte.is_ascii() {
                self.at += 1;
                continue;
            }
            let c = self.text[self.at..].chars().next().expect("more bytes");
            if class(c) == Class::Letter {
                return Some(self.at);
            }
            self.at += c.len_utf8();
        }
        None
    }

    fn skip_word(&mut self, start: usize) {
        let bytes = self.text.as_bytes();
        self.at = start;
        while let Some(&byte) = bytes.get(self.at) {
            if byte.is_ascii_alphanumeric() {
                self.at += 1;
            } else if byte.is_ascii() {
                return;
            } else {
                let c = self.text[self.at..].chars().next().expect("more bytes");
                if class(c) != Class::Letter {
                    return;
                }
                self.at += c.len_utf8();
            }
        }
    }

    fn may_begin(&self, start: usize) -> bool {
        let rest = &self.text[start..];
        let first = rest.as_bytes()[0];
        if first.is_ascii_uppercase() {
            return true;
        }
        if first.is_ascii_lowercase() {
            return matches!(first, b'a' | b'e' | b'v' | b'd' | b'b' | b'i')
                && PARTICLES.iter().any(|particle| {
                    rest.strip_prefix(particle).is_some_and(|rest| rest.starts_with([' ', '-']))
                });
        }
        !first.is_ascii() && !rest.starts_with(char::is_lowercase)
    }

    /// The longest name that begins here, of the uppermost layer that has one so long.
    fn longest(&self, start: usize) -> Option<Match> {
        let mut longest: Option<Match> = None;
        for (layer, no) in self.knowledge.layers().iter().zip(0u8..) {
            if let Some((end, entries)) = longest_in(layer, no, self.text, start)
                && longest.as_ref().is_none_or(|known| known.range.end <= end)
            {
                longest = Some(Match { range: start..end, entries });
            }
        }
        longest
    }
}

type Ending = (usize, Vec<(EntryId, Relation)>);

fn longest_in(layer: &Layer, no: u8, text: &str, start: usize) -> Option<Ending> {
    let fst = layer.names.as_fst();
    let mut node = fst.root();
    let mut output = 0;
    let mut at = start;
    // Letters of the word so far, to tell `St.` from the end of a sentence.
    let mut n_letters = 0;
    let mut ends: Vec<(usize, u64)> = Vec::new();
    while let Some(c) = text[at..].chars().next() {
        match class(c) {
            Class::Letter => {
                let mut alive = true;
                if c.is_ascii() {
                    alive = step(fst, &[c.to_ascii_lowercase() as u8], &mut node, &mut output);
                } else {
                    fold_char(c, &mut |piece| {
                        alive = alive && step(fst, piece.as_bytes(), &mut node, &mut output);
                    });
                }
                if !alive {
                    break;
                }
                at += c.len_utf8();
                n_letters += 1;
                let word_ends =
                    text[at..].chars().next().is_none_or(|next| class(next) != Class::Letter);
                if word_ends && node.is_final() {
                    ends.push((at, output + node.final_output().value()));
                }
            }
            Class::Silent if c != '.' || n_letters <= 2 => at += c.len_utf8(),
            Class::Silent => break,
            Class::Break => {
                let Some(len) = gap(&text[at..]) else { break };
                if !step(fst, b" ", &mut node, &mut output) {
                    break;
                }
                at += len;
                n_letters = 0;
            }
        }
    }
    ends.into_iter().rev().find_map(|(end, value)| {
        let is_capitals = !text[start..end].chars().any(char::is_lowercase);
        let fits = |in_text| match in_text {
            InText::Found => true,
            InText::Capitals => is_capitals,
            InText::Skipped => false,
        };
        let entries: Vec<_> = layer
            .postings(value)
            .filter(|posting| fits(posting.in_text))
            .map(|posting| (EntryId { layer: no, idx: posting.idx }, posting.relation))
            .collect();
        (!entries.is_empty()).then_some((end, entries))
    })
}

type Fst = fst::raw::Fst<std::borrow::Cow<'static, [u8]>>;

/// Follows the bytes; whether there is such a way.
fn step<'f>(fst: &'f Fst, bytes: &[u8], node: &mut fst::raw::Node<'f>, output: &mut u64) -> bool {
    bytes.iter().all(|&byte| {
        let Some(idx) = node.find_input(byte) else { return false };
        let transition = node.transition(idx);
        *output += transition.out.value();
        *node = fst.node(transition.addr);
        true
    })
}

/// The length of what parts two words of a name: spaces within a paragraph, or a hyphen.
fn gap(text: &str) -> Option<usize> {
    let mut len = 0;
    let mut n_lines = 0;
    for c in text.chars() {
        match c {
            '\n' => n_lines += 1,
            _ if c.is_whitespace() => {}
            '-' | '‐' | '‑' | '–' if len == 0 => return Some(c.len_utf8()),
            _ => break,
        }
        len += c.len_utf8();
    }
    (len > 0 && n_lines < 2).then_some(len)
}
