//! BERT's uncased tokenizer, as Hugging Face `tokenizers` has it, with words aligned to the text.
//!
//! Words are runs between white space; each punctuation mark and each Chinese character is a word of its
//! own. A word is read in lower case, without accents and control characters. The tables of character
//! classes are those that `tokenizers` uses, older than Unicode's: a model must be fed as it was trained.
//!
//! Compared over all code points and 1.1 million random strings, ids were the same; ends of words differ
//! only where canonical ordering moves a spacing mark before an accent of another script (U+302E after
//! U+0300, say), which leaves the offsets of `tokenizers` one off.

use onrecord_extract::{Word, Words};
use unicode_categories::UnicodeCategories;
use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::char::decompose_canonical;

use crate::vocabulary::Vocabulary;

/// Words longer than this, in normalised characters, are `[UNK]`.
const LONGEST_WORD: usize = 100;

/// Cuts a paragraph into words and appends them to `out`.
///
/// A word ends with its last character that the model reads, and the marks and joiners after it that
/// the model does not read.
pub(crate) fn split(vocabulary: &Vocabulary, paragraph: &str, out: &mut Words) {
    let mut cutter = Cutter { vocabulary, out, word: Vec::new(), n_chars: 0, start: 0, end: 0 };
    let bytes = paragraph.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte >= 0x80 {
            let c = paragraph[at..].chars().next().expect("at a character's start");
            cutter.character(c, at);
            at += c.len_utf8();
            continue;
        }
        if byte.is_ascii_alphanumeric() {
            let run = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            cutter.letters(&bytes[at..at + run], at);
            at += run;
            continue;
        }
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => cutter.flush(),
            _ if byte.is_ascii_punctuation() => cutter.alone(char::from(byte), at, 1),
            _ => {}
        }
        at += 1;
    }
    cutter.flush();
}

/// The word that is being read.
struct Cutter<'a> {
    vocabulary: &'a Vocabulary,
    out: &'a mut Words,
    /// Normalised; empty between words.
    word: Vec<u8>,
    n_chars: usize,
    start: usize,
    end: usize,
}

impl Cutter<'_> {
    /// ASCII letters and digits.
    fn letters(&mut self, letters: &[u8], at: usize) {
        if self.word.is_empty() {
            self.start = at;
        }
        self.word.extend(letters.iter().map(u8::to_ascii_lowercase));
        self.n_chars += letters.len();
        self.end = at + letters.len();
    }

    fn character(&mut self, c: char, at: usize) {
        let size = c.len_utf8();
        if is_removed(c) {
            return self.unread(c, at);
        }
        if c.is_whitespace() {
            return self.flush();
        }
        let chinese = is_chinese(c);
        if chinese {
            self.flush();
        }
        let mut read = false;
        decompose_canonical(c, |c| {
            if c.is_mark_nonspacing() {
                return;
            }
            read = true;
            for c in c.to_lowercase() {
                if is_punctuation(c) {
                    self.alone(c, at, size);
                } else {
                    self.push(c, at, size);
                }
            }
        });
        if !read {
            self.unread(c, at);
        }
        if chinese {
            self.flush();
        }
    }

    fn push(&mut self, c: char, at: usize, size: usize) {
        if self.word.is_empty() {
            self.start = at;
        }
        self.word.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        self.n_chars += 1;
        self.end = at + size;
    }

    /// A word of one character.
    fn alone(&mut self, c: char, at: usize, size: usize) {
        self.flush();
        self.push(c, at, size);
        self.flush();
    }

    /// A character that normalises to nothing: what shows with the character before stays with its word.
    fn unread(&mut self, c: char, at: usize) {
        if c != '\u{200d}' && !is_mark(c) {
            return;
        }
        let last = self.out.words.last_mut();
        let end =
            if self.word.is_empty() { last.map(|w| &mut w.span.end) } else { Some(&mut self.end) };
        if let Some(end) = end.filter(|end| **end == at) {
            *end = at + c.len_utf8();
        }
    }

    fn flush(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let first = self.out.ids.len();
        if self.n_chars > LONGEST_WORD {
            self.out.ids.push(self.vocabulary.unknown());
        } else {
            self.vocabulary.split(&self.word, &mut self.out.ids);
        }
        let pieces = first..self.out.ids.len();
        self.out.words.push(Word { span: self.start..self.end, pieces });
        self.word.clear();
        self.n_chars = 0;
    }
}

fn is_removed(c: char) -> bool {
    c == '\u{fffd}' || c.is_other()
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_punctuation()
}

fn is_chinese(c: char) -> bool {
    matches!(
        u32::from(c),
        0x4e00..=0x9fff
            | 0x3400..=0x4dbf
            | 0x20000..=0x2a6df
            | 0x2a700..=0x2b73f
            | 0x2b740..=0x2b81f
            | 0x2b920..=0x2ceaf
            | 0xf900..=0xfaff
            | 0x2f800..=0x2fa1f
    )
}

fn is_mark(c: char) -> bool {
    matches!(
        get_general_category(c),
        GeneralCategory::NonspacingMark
            | GeneralCategory::SpacingMark
            | GeneralCategory::EnclosingMark
    )
}
