//! A text and the spans into it.

use std::ops::{Deref, Index};

/// Every this many bytes the number of code points before is noted down.
const STRIDE: usize = 256;

/// The text of an article, unchanged, with a table that turns byte offsets into code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    text: String,
    /// `before[i]`: code points that begin before byte `i * STRIDE`.
    before: Vec<u32>,
}

/// A half-open range of bytes of a [`Text`], on character boundaries and not empty.
///
/// Only [`Text::span`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Whether all of `other` lies inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl Text {
    /// The longest text, in bytes: offsets are kept in 32 bits.
    pub const MAX_LEN: usize = u32::MAX as usize;

    /// Takes the text as it is.
    ///
    /// # Panics
    /// If it is longer than [`Text::MAX_LEN`]; intake refuses such files.
    pub fn new(text: impl Into<String>) -> Text {
        let text = text.into();
        assert!(text.len() <= Text::MAX_LEN, "a text of {} bytes", text.len());
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut n_points = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            before.push(n_points);
            n_points += count_points(chunk);
        }
        before.push(n_points);
        Text { text, before }
    }

    /// The span of bytes `start..end`; `None` if it is empty, out of range or cuts a character.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        let inside = self.text.is_char_boundary(start) && self.text.is_char_boundary(end);
        (start < end && inside).then_some(Span { start: start as u32, end: end as u32 })
    }

    /// `[start, end)` of a span in Unicode code points.
    pub fn code_points(&self, span: Span) -> [u32; 2] {
        [self.points_before(span.start()), self.points_before(span.end())]
    }

    /// The span of code points `start..end`, the inverse of [`Text::code_points`]; `None` if it is
    /// empty or out of range.
    pub fn span_of_points(&self, [start, end]: [u32; 2]) -> Option<Span> {
        self.span(self.byte_of_point(start)?, self.byte_of_point(end)?)
    }

    /// All of it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where a code point begins; the text's length for the one past its last.
    fn byte_of_point(&self, point: u32) -> Option<usize> {
        let block = self.before.partition_point(|&before| before <= point).saturating_sub(1);
        // A block may begin inside a character, which belongs to the block before.
        let from = self.text.ceil_char_boundary(block * STRIDE);
        let n_ahead = (point - self.before[block]) as usize;
        let mut starts = self.text[from..].char_indices().map(|(byte, _)| from + byte);
        starts.by_ref().chain([self.text.len()]).nth(n_ahead)
    }

    fn points_before(&self, byte: usize) -> u32 {
        let n_points = *self.before.last().expect("there is always one");
        if n_points as usize == self.text.len() {
            // ASCII throughout.
            return byte as u32;
        }
        let block = byte / STRIDE;
        self.before[block] + count_points(&self.text.as_bytes()[block * STRIDE..byte])
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Index<Span> for Text {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self.text[span.start()..span.end()]
    }
}

/// Bytes that begin a code point.
fn count_points(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting_characters() {
        let mixed = "aé漢🙂 \u{301}“שלום” 🏴\u{e0067}x".repeat(200);
        let text = Text::new(mixed.clone());
        let bounds: Vec<usize> =
            mixed.char_indices().map(|(i, _)| i).chain([mixed.len()]).collect();
        for (n_start, &start) in bounds.iter().enumerate() {
            let n_end = (n_start + 7).min(bounds.len() - 1);
            let Some(span) = text.span(start, bounds[n_end]) else { continue };
            let points = [n_start as u32, n_end as u32];
            assert_eq!(text.code_points(span), points);
            assert_eq!(text.span_of_points(points), Some(span));
        }
        let n_points = bounds.len() as u32 - 1;
        for points in [[0, n_points + 1], [n_points, n_points], [5, 4], [u32::MAX, u32::MAX]] {
            assert_eq!(text.span_of_points(points), None, "{points:?}");
        }
    }

    #[test]
    fn a_span_is_never_empty_outside_or_inside_a_character() {
        let text = Text::new("é.");
        for (start, end) in [(0, 0), (0, 1), (1, 2), (2, 4), (3, 2), (3, 9)] {
            assert_eq!(text.span(start, end), None, "{start}..{end}");
        }
        assert_eq!(&text[text.span(0, 3).unwrap()], "é.");
    }
}
