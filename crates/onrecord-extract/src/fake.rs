//! An encoder whose output is written by hand, so that decoding is tested without weights.
//!
//! In a marked-up text `[q1 “Yes,”] [s1 he] [c1 said]` are content, source and cue of statement 1;
//! marks inside content are of the next layer. Content and cue point as the numbers say.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::encoder::{Encoder, Input, N_TAGS, Pointer, Vectors, Word, Words};

/// Favours the tags and links it was given; a word's vector is its number.
#[derive(Default)]
pub(crate) struct Fake {
    n_words: AtomicUsize,
    spans: Vec<Marked>,
}

struct Marked {
    layer: usize,
    role: usize,
    statement: u32,
    words: Range<usize>,
}

impl Fake {
    /// The text of a marked-up text, and an encoder that finds what is marked.
    pub(crate) fn of(marked: &str) -> (String, Fake) {
        let (mut text, mut spans) = (String::new(), Vec::new());
        let mut open: Vec<(usize, usize, u32, usize)> = Vec::new();
        let mut rest = marked;
        while let Some(c) = rest.chars().next() {
            if c == '[' {
                let (mark, after) = rest[1..].split_once(' ').expect("a mark ends with a space");
                let role = "scq".find(&mark[..1]).expect("s, c or q");
                let layer = open.iter().filter(|(role, ..)| *role == 2).count();
                open.push((role, layer, mark[1..].parse().expect("a number"), text.len()));
                rest = after;
            } else {
                if c == ']' {
                    let (role, layer, statement, start) = open.pop().expect("an open mark");
                    let words = n_words(&text[..start])..n_words(&text);
                    spans.push(Marked { layer, role, statement, words });
                } else {
                    text.push(c);
                }
                rest = &rest[c.len_utf8()..];
            }
        }
        spans.sort_by_key(|span| span.words.start);
        (text, Fake { n_words: AtomicUsize::new(0), spans })
    }

    fn target(&self, pointer: Pointer, from: usize) -> Option<usize> {
        let (layer, role, wanted): (usize, usize, &[usize]) = match pointer {
            Pointer::Head(layer) => (layer, 2, &[1, 0, 2]),
            Pointer::Source(layer) => (layer, 1, &[0]),
        };
        let here = |s: &&Marked| s.layer == layer && s.role == role && s.words.start == from;
        let statement = self.spans.iter().find(here)?.statement;
        wanted.iter().find_map(|&role| {
            let one = |s: &&Marked| s.layer == layer && s.role == role && s.statement == statement;
            self.spans.iter().find(one).map(|s| s.words.start)
        })
    }
}

impl Encoder for Fake {
    fn split(&self, paragraph: &str, out: &mut Words) {
        for span in words(paragraph) {
            let n_ids = out.ids.len();
            out.ids.push(self.n_words.fetch_add(1, Ordering::Relaxed) as u32);
            out.words.push(Word { span, pieces: n_ids..n_ids + 1 });
        }
    }

    fn encode(&self, input: &Input<'_>) -> Vectors {
        let values = input.rows.iter().map(|&row| input.ids[row as usize] as f32).collect();
        Vectors { width: 1, values }
    }

    fn tags(&self, layer: usize, vectors: &Vectors) -> Vec<[f32; N_TAGS]> {
        let tag = |word: usize| {
            let around = |s: &&Marked| s.layer == layer && s.words.contains(&word);
            self.spans
                .iter()
                .find(around)
                .map_or(0, |s| 1 + 2 * s.role + usize::from(s.words.start != word))
        };
        let scores = |word: usize| std::array::from_fn(|i| if i == tag(word) { 9.0 } else { 0.0 });
        vectors.values[1..].iter().map(|&word| scores(word as usize)).collect()
    }

    fn transitions(&self, _layer: usize) -> &[[f32; N_TAGS]; N_TAGS] {
        &[[0.0; N_TAGS]; N_TAGS]
    }

    fn point(&self, pointer: Pointer, vectors: &Vectors, from: usize, to: &[usize]) -> Vec<f32> {
        let word = |row: usize| vectors.values[row] as usize;
        let target = self.target(pointer, word(from));
        let found = target.is_some_and(|target| to.iter().any(|&row| word(row) == target));
        let nothing = if found { 0.0 } else { 9.0 };
        let score = |&row: &usize| if Some(word(row)) == target { 9.0 } else { 0.0 };
        std::iter::once(nothing).chain(to.iter().map(score)).collect()
    }
}

fn n_words(text: &str) -> usize {
    words(text).len()
}

/// Runs of letters and digits, and every other character that is not white space.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut in_word = false;
    for (i, c) in text.char_indices() {
        let end = i + c.len_utf8();
        match out.last_mut() {
            Some(last) if in_word && c.is_alphanumeric() => last.end = end,
            _ if !c.is_whitespace() => out.push(i..end),
            _ => {}
        }
        in_word = c.is_alphanumeric();
    }
    out
}
