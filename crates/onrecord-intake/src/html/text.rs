//! Characters of a page as characters of a text.
//!
//! A page's text is not kept byte for byte: white space means nothing in HTML, and the characters
//! that only help to break or to join lines would hide words from whoever looks for them.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::html::tokens::has_references;

/// Appends characters with their references (`&eacute;`, `&#8220;`) decoded.
pub(crate) fn decode_into(raw: &str, out: &mut String) {
    if !has_references(raw) {
        out.push_str(raw);
        return;
    }
    match htmlize::unescape(raw) {
        text if text.contains('\0') => out.extend(text.chars().filter(|&c| c != '\0')),
        text => out.push_str(&text),
    }
}

/// One line: white space of all sorts as single spaces, none at the ends, invisible characters
/// dropped, composed (NFC).
pub(crate) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_line(text, &mut out);
    compose(out)
}

/// Letters and digits in lower case, to compare titles and names by.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Lines that hold something, each as [`line`] has it, joined by line ends.
pub(crate) fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split('\n') {
        let before = out.len();
        if before > 0 {
            out.push('\n');
        }
        let start = out.len();
        push_line(part, &mut out);
        if out.len() == start {
            out.truncate(before);
        }
    }
    compose(out)
}

fn push_line(text: &str, out: &mut String) {
    let start = out.len();
    let mut space = false;
    for c in text.chars() {
        if is_space(c) {
            space = true;
        } else if !is_invisible(c) {
            if space && out.len() > start {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
}

fn compose(text: String) -> String {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        _ => text.nfc().collect(),
    }
}

fn is_space(c: char) -> bool {
    // U+0085 is a slip of the encoding in pages, and a space in Unicode.
    c.is_whitespace() || c == '\u{2800}'
}

/// Characters that no reader sees: soft hyphens, joiners that only shape, marks, controls.
///
/// The joiners U+200C and U+200D are spelling in Persian and in emoji, and stay.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    ) || c.is_control()
}

/// Words separated by single hyphens, in lower case, a hyphen at each end:
/// `articleBody_main` is `-article-body-main-`. For finding words in names of classes.
pub(crate) fn hyphenated(names: &str, out: &mut String) {
    if !out.ends_with('-') {
        out.push('-');
    }
    let mut previous = ' ';
    for c in names.chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && previous.is_lowercase() {
                out.push('-');
            }
            out.extend(c.to_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
        previous = c;
    }
    if !out.ends_with('-') {
        out.push('-');
    }
}

/// Decodes a value that a careless publisher escaped twice.
pub(crate) fn decoded_again(text: &str) -> Cow<'_, str> {
    if text.contains('&') { htmlize::unescape(text) } else { Cow::Borrowed(text) }
}
