//! From the bytes of a page to its article.

use onrecord_record::{Article, Note, NoteKind};

use crate::error::Error;
use crate::html::Hints;
use crate::html::charset::decode;
use crate::html::main_text::main_text;
use crate::html::metadata::{JsonLd, metadata};
use crate::html::tree::parse;

/// As much of a page is read, in bytes. The largest real pages have 5 MiB, most of it scripts.
pub(crate) const MAX_PAGE: usize = 16 << 20;

/// Reads a web page.
///
/// The article's text is its paragraphs, separated by blank lines, without the headline, which is
/// the [title](Article::title). What the page says about itself goes into the other fields, and
/// where each came from into the [origins](Article::origins).
///
/// # Errors
/// If the bytes are no text.
pub fn html(bytes: &[u8], hints: &Hints) -> Result<(Article, Vec<Note>), Error> {
    let mut notes = Vec::new();
    let read = &bytes[..bytes.len().min(MAX_PAGE)];
    if read.len() < bytes.len() {
        let message =
            format!("the page is longer than {} MiB; the rest was not read", MAX_PAGE >> 20);
        notes.push(Note { kind: NoteKind::TooLong, span: None, message });
    }
    let decoded = decode(read, hints.charset.as_deref());
    if decoded.damaged {
        let message = "bytes that mean nothing in the page's encoding were replaced".to_owned();
        notes.push(Note { kind: NoteKind::Damaged, span: None, message });
    }
    let dom = parse(&decoded.text);
    let json_ld = JsonLd::of(&dom);
    let found = metadata(&dom, &json_ld, hints.url.as_deref());
    let text = main_text(&dom, found.title.as_deref(), &json_ld.body);
    Ok((found.into_article(text, hints.url.as_deref()), notes))
}
