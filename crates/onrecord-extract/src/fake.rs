//! An encoder whose output is written by hand, so that decoding is tested without weights.
//!
//! In a marked-up text `[q1 “Yes,”] [s1 he] [c1 said]` are content, source and cue of statement 1;
//! marks inside content are of the next layer. Content and cue point as the numbers say.
//! `[n1 Ann Lee] [m1 the minister] [p1 she]` are a name, a nominal and a pronoun of actor 1, a person;
//! `[n2s Peru]` is a state, and so on by the first letter of a kind. A role is `[r1 minister]`, a trigger `[e1 met]`.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::encoder::{Encoder, Input, N_TAGS, Pointer, Vectors, Word, Words};
use crate::marks::{Label, ScoredSpan, SpanKind, SpanLink, SpanVector, Standing};

/// Favours the tags and links it was given; a word's vector is its number.
#[derive(Default)]
pub(crate) struct Fake {
    n_words: AtomicUsize,
    spans: Vec<Marked>,
    mentions: Vec<Mention>,
}

struct Mention {
    form: SpanKind,
    actor: u32,
    kind: usize,
    words: Range<usize>,
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
        let (mut text, mut spans, mut mentions) = (String::new(), Vec::new(), Vec::new());
        let mut open: Vec<(usize, usize, u32, usize)> = Vec::new();
        let mut rest = marked;
        while let Some(c) = rest.chars().next() {
            if c == '[' {
                let (mark, after) = rest[1..].split_once(' ').expect("a mark ends with a space");
                let role = "scqnmpre".find(&mark[..1]).expect("one of s c q n m p r e");
                let layer = open.iter().filter(|(role, ..)| *role == 2).count();
                let number = mark[1..].trim_end_matches(char::is_alphabetic);
                let kind = mark[1 + number.len()..].chars().next().unwrap_or('p');
                let kind = "psogld".find(kind).expect("the first letter of a kind");
                let of = if role < 3 { layer } else { kind };
                open.push((role, of, number.parse().expect("a number"), text.len()));
                rest = after;
            } else {
                if c == ']' {
                    let (role, layer, statement, start) = open.pop().expect("an open mark");
                    let words = n_words(&text[..start])..n_words(&text);
                    let kinds = [
                        SpanKind::Name,
                        SpanKind::Nominal,
                        SpanKind::Pronoun,
                        SpanKind::Role,
                        SpanKind::Trigger,
                    ];
                    match role.checked_sub(3) {
                        None => spans.push(Marked { layer, role, statement, words }),
                        Some(form) => mentions.push(Mention {
                            form: kinds[form],
                            actor: statement,
                            kind: layer,
                            words,
                        }),
                    }
                } else {
                    text.push(c);
                }
                rest = &rest[c.len_utf8()..];
            }
        }
        spans.sort_by_key(|span| span.words.start);
        (text, Fake { n_words: AtomicUsize::new(0), spans, mentions })
    }

    fn mention(&self, span: &SpanVector) -> Option<&Mention> {
        let words = span.values[0] as usize..span.values[1] as usize + 1;
        self.mentions.iter().find(|mention| mention.words == words)
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

    fn spans(
        &self,
        kind: SpanKind,
        vectors: &Vectors,
        from: usize,
        _floor: f32,
    ) -> Vec<ScoredSpan> {
        let Some(&offset) = vectors.values.get(1) else { return Vec::new() };
        let (first, n_words) = (offset as usize, vectors.n_rows() - 1);
        let inside = self.mentions.iter().filter(|mention| {
            let Range { start, end } = mention.words;
            mention.form == kind && first + from <= start && end <= first + n_words
        });
        let mut spans: Vec<ScoredSpan> = inside
            .map(|m| ScoredSpan { words: m.words.start - first..m.words.end - first, score: 9.0 })
            .collect();
        spans.sort_by_key(|span| (span.words.start, span.words.end));
        spans
    }

    fn span_vectors(
        &self,
        _kind: SpanKind,
        vectors: &Vectors,
        spans: &[Range<usize>],
        offset: usize,
    ) -> Vec<SpanVector> {
        let vector = |words: &Range<usize>| SpanVector {
            word: offset + words.start,
            values: vec![vectors.values[1 + words.start], vectors.values[words.end]],
        };
        spans.iter().map(vector).collect()
    }

    fn label(&self, label: Label, span: &SpanVector) -> Vec<f32> {
        let mut scores = vec![0.0; 32];
        if let (Label::Kind, Some(mention)) = (label, self.mention(span)) {
            scores.truncate(6);
            scores[mention.kind] = 9.0;
        }
        scores
    }

    fn link(
        &self,
        _link: SpanLink,
        from: &[SpanVector],
        to: &[SpanVector],
        _standing: impl Fn(usize, usize) -> Standing,
    ) -> Vec<Vec<f32>> {
        let row = |from: &SpanVector| {
            let actor = self.mention(from).map(|mention| mention.actor);
            let same = |to: &SpanVector| self.mention(to).map(|m| m.actor) == actor;
            let scores = to.iter().map(|to| if same(to) { 9.0 } else { 0.0 });
            std::iter::once(6.0).chain(scores).collect()
        };
        from.iter().map(row).collect()
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
