//! An article's text as words with their surface features.

use std::ops::Range;

use onrecord_record::Span;

use crate::encoder::{Encoder, Words};
use crate::surface::{self, Quotation, Quoted};

/// The words of a text, what they are made of and where they stand.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// In order.
    pub tokens: Vec<Token>,
    /// Vocabulary ids of all pieces, in order.
    pub ids: Vec<u32>,
    /// In order.
    pub quotations: Vec<Quotation>,
}

/// A word or a punctuation mark.
#[derive(Clone, Debug)]
pub struct Token {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Its pieces, a range of [`Page::ids`].
    pub pieces: Range<usize>,
    /// Number of its paragraph.
    pub paragraph: usize,
    /// Whether it is its paragraph's first.
    pub first: bool,
    /// 1 lower, 2 Capitalised, 3 ALL CAPITALS, 4 mIxed, 5 without letters.
    pub shape: u8,
    /// Whether it stands between quotation marks.
    pub quoted: Quoted,
}

impl Page {
    /// Cuts a text into words.
    pub fn new(encoder: &impl Encoder, text: &str) -> Page {
        let paragraphs = surface::paragraphs(text);
        let quotations = surface::quotations(text, &paragraphs);
        let mut page = Page { quotations, ..Page::default() };
        let mut words = Words::default();
        let mut quotation = 0;
        for (number, paragraph) in paragraphs.iter().enumerate() {
            words.words.clear();
            words.ids.clear();
            encoder.split(&text[paragraph.clone()], &mut words);
            let n_ids = page.ids.len();
            for (i, word) in words.words.iter().enumerate() {
                let span = paragraph.start + word.span.start..paragraph.start + word.span.end;
                while page.quotations.get(quotation).is_some_and(|q| q.range.end <= span.start) {
                    quotation += 1;
                }
                let quoted = match page.quotations.get(quotation) {
                    Some(q) if q.range.start <= span.start => q.state,
                    _ => Quoted::No,
                };
                page.tokens.push(Token {
                    shape: surface::shape(&text[span.clone()]),
                    span,
                    pieces: n_ids + word.pieces.start..n_ids + word.pieces.end,
                    paragraph: number,
                    first: i == 0,
                    quoted,
                });
            }
            page.ids.extend_from_slice(&words.ids);
        }
        page
    }

    /// Words that a span of the text touches.
    pub fn words(&self, span: Span) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.span.end <= span.start());
        first..self.tokens.partition_point(|token| token.span.start < span.end())
    }

    /// Bytes of the text that a range of words covers. The range is not empty.
    pub fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        self.tokens[words.start].span.start..self.tokens[words.end - 1].span.end
    }
}
