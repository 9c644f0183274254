//! What extraction asks of a model.

use std::ops::Range;

use crate::marks::{Label, ScoredSpan, SpanKind, SpanLink, SpanVector, Standing};

/// Layers of statements: 0 in the article's own text, 1 inside another statement's content.
pub const N_LAYERS: usize = 2;

/// Tags a word can have in a layer: O, B-source, I-source, B-cue, I-cue, B-content, I-content.
pub const N_TAGS: usize = 7;

/// A trained model: one pass over a window, and light heads on the words' vectors.
///
/// Same input, same output: independent of other windows, threads and calls before.
pub trait Encoder: Sync {
    /// Cuts a paragraph into words and appends them, with their pieces, to `out`.
    ///
    /// Word ranges are bytes of `paragraph`, in order and without overlap; no character that the
    /// model reads lies outside them, and none is cut.
    fn split(&self, paragraph: &str, out: &mut Words);

    /// Reads one window: a vector for `[CLS]` and one for each word, in order.
    fn encode(&self, input: &Input<'_>) -> Vectors;

    /// Scores of the tags of each word in a layer, `[CLS]` left out.
    fn tags(&self, layer: usize, vectors: &Vectors) -> Vec<[f32; N_TAGS]>;

    /// Score of a step from one tag to the next, `[from][to]`; what BIO forbids is not marked here.
    fn transitions(&self, layer: usize) -> &[[f32; N_TAGS]; N_TAGS];

    /// Scores of pointing from row `from` of the vectors to nothing, then to each row of `to`.
    fn point(&self, pointer: Pointer, vectors: &Vectors, from: usize, to: &[usize]) -> Vec<f32>;

    /// Spans of the words from `from` on whose log-odds of being of a kind are above `floor`, in order.
    fn spans(&self, kind: SpanKind, vectors: &Vectors, from: usize, floor: f32) -> Vec<ScoredSpan>;

    /// What labels and links see of spans of a kind: of words of a window whose first word is the text's word `offset`.
    fn span_vectors(
        &self,
        kind: SpanKind,
        vectors: &Vectors,
        spans: &[Range<usize>],
        offset: usize,
    ) -> Vec<SpanVector>;

    /// Scores of a label's values for a span.
    fn label(&self, label: Label, span: &SpanVector) -> Vec<f32>;

    /// Scores from each span of `from` to nothing, then to each of `to`; `standing` says how they stand to each other.
    fn link(
        &self,
        link: SpanLink,
        from: &[SpanVector],
        to: &[SpanVector],
        standing: impl Fn(usize, usize) -> Standing,
    ) -> Vec<Vec<f32>>;
}

/// The links that the model knows, each within a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// From a content span's first word to the head of its statement: the first word of the cue,
    /// else of the source, else of the statement's first content.
    Head(usize),
    /// From a cue's first word to the first word of its source.
    Source(usize),
}

/// The words of a text and the pieces they are made of.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// In order.
    pub words: Vec<Word>,
    /// Vocabulary ids of all pieces, in order.
    pub ids: Vec<u32>,
}

/// A word or a punctuation mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Bytes.
    pub span: Range<usize>,
    /// Its pieces, a range of [`Words::ids`]; never empty.
    pub pieces: Range<usize>,
}

/// A window as the model takes it; the first four run over pieces, `[CLS]` and `[SEP]` included.
///
/// `train/onrecord_train/pieces.py` has the meaning of the numbers.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// Vocabulary ids.
    pub ids: &'a [u32],
    /// What lower-casing took away, 0 to 5.
    pub shape: &'a [u8],
    /// Outside or inside quotation marks, 0 to 2.
    pub quote: &'a [u8],
    /// 1 on the first piece of a paragraph, else 0.
    pub start: &'a [u8],
    /// Rows wanted: `[CLS]` and the first piece of each word.
    pub rows: &'a [u32],
}

/// Vectors of `[CLS]` and of words, row by row.
#[derive(Clone, Debug, Default)]
pub struct Vectors {
    /// Numbers a row.
    pub width: usize,
    /// Rows one after the other.
    pub values: Vec<f32>,
}

impl Vectors {
    /// The vector of a row: 0 is `[CLS]`, `i + 1` the window's word `i`.
    pub fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.width..(row + 1) * self.width]
    }

    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }
}
