//! Windows: whole consecutive paragraphs, with the words before the cut as context.
//!
//! The same is done by `train/onrecord_train/windows.py`.

use crate::encoder::Input;
use crate::page::Page;

/// Pieces of a window's own text, at most (a paragraph that is longer is cut at a word).
const BUDGET: usize = 256;

/// Pieces of context before it, at most.
const CONTEXT: usize = 64;

/// Vocabulary ids of `[CLS]` and `[SEP]`.
const CLS: u32 = 101;
const SEP: u32 = 102;

/// Words `context..end` are read; the window answers for `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) context: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Windows that cover all words in order.
pub(crate) fn cut(page: &Page) -> Vec<Window> {
    let tokens = &page.tokens;
    let mut out = Vec::new();
    let mut start = 0;
    while start < tokens.len() {
        let first_piece = tokens[start].pieces.start;
        let mut end = start + 1;
        while end < tokens.len() && tokens[end].pieces.end <= first_piece + BUDGET {
            end += 1;
        }
        if end < tokens.len() {
            let back = (start + 1..=end).rev().find(|&i| tokens[i].first);
            end = back.unwrap_or(end);
        }
        let mut context = start;
        while context > 0 && first_piece - tokens[context - 1].pieces.start <= CONTEXT {
            context -= 1;
        }
        out.push(Window { context, start, end });
        start = end;
    }
    out
}

/// A window's words as the model takes them.
#[derive(Default)]
pub(crate) struct WindowInput {
    ids: Vec<u32>,
    shape: Vec<u8>,
    quote: Vec<u8>,
    start: Vec<u8>,
    rows: Vec<u32>,
}

impl WindowInput {
    pub(crate) fn new(page: &Page, window: Window) -> WindowInput {
        let mut input = WindowInput::default();
        input.push(CLS, 0, 0, 0);
        input.rows.push(0);
        for token in &page.tokens[window.context..window.end] {
            input.rows.push(input.ids.len() as u32);
            for (i, &id) in page.ids[token.pieces.clone()].iter().enumerate() {
                let start = u8::from(token.first && i == 0);
                input.push(id, token.shape, token.quoted as u8, start);
            }
        }
        input.push(SEP, 0, 0, 0);
        input
    }

    fn push(&mut self, id: u32, shape: u8, quote: u8, start: u8) {
        self.ids.push(id);
        self.shape.push(shape);
        self.quote.push(quote);
        self.start.push(start);
    }

    pub(crate) fn view(&self) -> Input<'_> {
        let WindowInput { ids, shape, quote, start, rows } = self;
        Input { ids, shape, quote, start, rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    /// Windows of paragraphs with so many words of one piece, as (context, start, end).
    fn windows(lengths: &[usize]) -> Vec<(usize, usize, usize)> {
        let text: Vec<String> = lengths.iter().map(|&n| vec!["a"; n].join(" ")).collect();
        let page = Page::new(&Fake::default(), &text.join("\n\n"));
        cut(&page).iter().map(|w| (w.context, w.start, w.end)).collect()
    }

    #[test]
    fn windows_hold_whole_paragraphs_and_look_back() {
        let cases = [
            (vec![], vec![]),
            (vec![10], vec![(0, 0, 10)]),
            (vec![200, 56], vec![(0, 0, 256)]),
            (vec![200, 57], vec![(0, 0, 200), (136, 200, 257)]),
            (vec![300], vec![(0, 0, 256), (192, 256, 300)]),
            (vec![10, 300], vec![(0, 0, 10), (0, 10, 266), (202, 266, 310)]),
        ];
        for (lengths, want) in cases {
            assert_eq!(windows(&lengths), want, "{lengths:?}");
        }
    }
}
