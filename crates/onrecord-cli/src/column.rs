//! Sets words into a column of the terminal.

use std::fmt::Write;

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text with nothing in it that a terminal obeys: line breaks and tabs are spaces, other
/// control characters U+FFFD, and what overrides the direction of writing is left out.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
        .map(|c| match c {
            _ if c.is_whitespace() => ' ',
            _ if c.is_control() => char::REPLACEMENT_CHARACTER,
            _ => c,
        })
        .collect()
}

const TAKES_ALL: &str = "a string takes everything";

/// Writes words between two columns of the terminal, and goes on in the next line where one is full.
pub(crate) struct Column<'a> {
    out: &'a mut String,
    /// Where each line begins.
    indent: usize,
    /// Where each line ends at the latest.
    width: usize,
    /// Where the next character will be.
    at: usize,
    style: Style,
    /// Whether the style's code has been written and not yet been ended.
    is_styled: bool,
    /// What stands at the right of the first line, until it is written.
    aside: String,
}

impl<'a> Column<'a> {
    /// A column whose first line `out` has been filled up to `indent`.
    pub(crate) fn new(out: &'a mut String, indent: usize, width: usize) -> Column<'a> {
        let (style, aside) = (Style::new(), String::new());
        Column { out, indent, width, at: indent, style, is_styled: false, aside }
    }

    /// Keeps the right end of the first line for a short text, dimmed.
    pub(crate) fn aside(mut self, aside: String) -> Column<'a> {
        self.aside = aside;
        self
    }

    /// Adds words, made [`printable`]. Space around and between them is one space or a line break.
    pub(crate) fn words(&mut self, text: &str, style: Style) {
        self.style = style;
        let text = printable(text);
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let width = word.width();
            let is_wide = width > word.chars().count();
            // Scripts with wide letters put no spaces, and a long address has to be cut.
            self.gap(if is_wide { 2 } else { width });
            if is_wide || self.at + width > self.limit() {
                word.chars().for_each(|letter| self.letter(letter));
            } else {
                self.put(word, width);
            }
        }
        self.end_style();
    }

    /// Ends the last line.
    pub(crate) fn end(mut self) {
        self.break_line();
    }

    /// Makes room for something of this width: a space, or a new line.
    fn gap(&mut self, width: usize) {
        if self.at == self.indent {
            return;
        }
        if self.at + 1 + width > self.limit() {
            self.new_line();
        } else {
            self.out.push(' ');
            self.at += 1;
        }
    }

    fn letter(&mut self, letter: char) {
        let width = letter.width().unwrap_or(0);
        if self.at + width > self.limit() && self.at > self.indent {
            self.new_line();
        }
        self.put(letter.encode_utf8(&mut [0; 4]), width);
    }

    fn put(&mut self, text: &str, width: usize) {
        if !std::mem::replace(&mut self.is_styled, true) {
            write!(self.out, "{}", self.style).expect(TAKES_ALL);
        }
        self.out.push_str(text);
        self.at += width;
    }

    fn end_style(&mut self) {
        if std::mem::take(&mut self.is_styled) {
            write!(self.out, "{:#}", self.style).expect(TAKES_ALL);
        }
    }

    fn new_line(&mut self) {
        self.end_style();
        self.break_line();
        let indent = self.indent;
        self.at = indent;
        write!(self.out, "{:indent$}", "").expect(TAKES_ALL);
    }

    fn break_line(&mut self) {
        if !self.aside.is_empty() {
            let aside = std::mem::take(&mut self.aside);
            let gap = self.width.saturating_sub(self.at + aside.width()).max(1);
            let dim = Style::new().dimmed();
            write!(self.out, "{:gap$}{dim}{aside}{dim:#}", "").expect(TAKES_ALL);
        }
        self.out.push('\n');
    }

    /// Where the present line ends.
    fn limit(&self) -> usize {
        match self.aside.width() {
            0 => self.width,
            aside => self.width.saturating_sub(aside + 2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, indent: usize, width: usize, aside: &str) -> String {
        let mut out = "-".repeat(indent);
        let mut column = Column::new(&mut out, indent, width).aside(aside.to_owned());
        column.words(text, Style::new());
        column.end();
        anstream::adapter::strip_str(&out).to_string()
    }

    #[test]
    fn words_are_set() {
        let cases = [
            ("one two three", 2, 9, "", "--one two\n  three\n"),
            (" one\r\n\ttwo ", 0, 80, "", "one two\n"),
            ("one two three", 2, 12, "me", "--one     me\n  two three\n"),
            ("one", 0, 10, "me", "one     me\n"),
            ("abcdefgh", 0, 10, "me", "abcdef  me\ngh\n"),
            ("a https://x.y/z b", 1, 6, "", "-a\n https\n ://x.\n y/z b\n"),
            ("他们在巴库见面了", 2, 9, "", "--他们在\n  巴库见\n  面了\n"),
            ("in 巴库见面", 0, 7, "", "in 巴库\n见面\n"),
            ("e\u{301}e\u{301} e\u{301}", 0, 4, "", "e\u{301}e\u{301} e\u{301}\n"),
            ("", 3, 10, "", "---\n"),
        ];
        let mut failures = String::new();
        for (text, indent, width, aside, expected) in cases {
            let found = set(text, indent, width, aside);
            if found != expected {
                writeln!(failures, "{text:?}:\n{found}instead of\n{expected}").unwrap();
            }
        }
        assert!(failures.is_empty(), "{failures}");
    }

    #[test]
    fn only_words_are_styled() {
        let mut out = String::new();
        let mut column = Column::new(&mut out, 1, 4);
        for words in ["", "one two", "a"] {
            column.words(words, Style::new().bold());
        }
        column.end();
        let expected = "\u{1b}[1mone\u{1b}[0m\n \u{1b}[1mtwo\u{1b}[0m\n \u{1b}[1ma\u{1b}[0m\n";
        assert_eq!(out, expected);
    }

    #[test]
    fn what_a_terminal_obeys_is_not_printable() {
        let hostile = "a\u{1b}[2Jb\u{9b}c\u{7}d\u{7f}e\r\nf\u{85}g\u{202E}h\u{2066}i\0";
        assert_eq!(printable(hostile), "a\u{fffd}[2Jb\u{fffd}c\u{fffd}d\u{fffd}e  f ghi\u{fffd}");
        let kept = "“Да,” 👨‍👩‍👧 he said — שלום\u{200F}.";
        assert_eq!(printable(kept), kept);
    }
}
