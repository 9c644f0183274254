//! Text of PDF files, in the order that they are read.
//!
//! `pdf-extract` finds the characters and where they stand. They come in the order in which the
//! file draws them, which is the order of reading in all that word processors and newspapers'
//! layout programs write: column after column. Here they become lines, and lines paragraphs.
//!
//! **Known misses.** Tables; files that draw all columns line by line; scans, which have no text.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use onrecord_record::{Article, Note};
use pdf_extract::{
    Document, MediaBox, Object, ObjectId, OutputDev, OutputError, Transform, output_doc,
};

use super::failure::Failure;
use crate::error::Error;

/// More pages than any article has; a damaged file may claim millions.
const MAX_PAGES: usize = 2000;

/// How deep parts of a file may lie in one another.
const MAX_DEPTH: usize = 32;

/// Characters are dropped after so many.
const MAX_CHARACTERS: usize = 16 << 20;

/// Reads a PDF file.
///
/// # Errors
/// If it is damaged, encrypted, or has no text.
pub(crate) fn read(bytes: &[u8]) -> Result<(Article, Vec<Note>), Error> {
    // The library indexes and unwraps what files claim; a file must not end the whole run, and
    // nothing of ours is shared with it that could be left half-done.
    let lines = catch_unwind(AssertUnwindSafe(|| lines(bytes)));
    let lines =
        lines.unwrap_or_else(|_| Err(Failure::damaged("the PDF", "not as the format says")))?;
    let text = paragraphs(lines);
    if text.is_empty() {
        let why =
            "the PDF holds only pictures; recognise its text first, for example with `ocrmypdf`";
        return Err(Failure::NoText(why.to_owned()).into());
    }
    Ok((Article::new(text), Vec::new()))
}

/// Reads the file's characters as lines.
fn lines(bytes: &[u8]) -> Result<Vec<Line>, Failure> {
    let damaged = |error: &dyn std::fmt::Display| Failure::damaged("the PDF", error);
    let document = Document::load_mem(bytes).map_err(|error| damaged(&error))?;
    if document.is_encrypted() {
        return Err(Failure::Unsupported(
            "is encrypted; remove its password, for example with `qpdf`",
        ));
    }
    if document.get_pages().len() > MAX_PAGES {
        return Err(Failure::Unsupported("has too many pages to be an article; split it"));
    }
    if is_endless(&document) {
        return Err(Failure::damaged("the PDF", "a part of it contains itself"));
    }
    let mut drawing = Drawing::default();
    let result = output_doc(&document, &mut drawing);
    drawing.end_line();
    match result {
        // Pages before the damage are good.
        Err(error) if drawing.lines.is_empty() => Err(damaged(&error)),
        _ => Ok(drawing.lines),
    }
}

/// Whether the library would follow the file's parts for ever, or deeper than the stack is: no
/// panic that could be caught comes of that.
fn is_endless(document: &Document) -> bool {
    let follow = |object: &Object, name: &[u8]| -> Option<Object> {
        let dictionary = match object {
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => &stream.dict,
            _ => return None,
        };
        dictionary.get(name).ok().cloned()
    };
    let target = |object: Object| match object {
        Object::Reference(id) => document.objects.get(&id).cloned(),
        object => Some(object),
    };
    // Pages inherit from their parents.
    for id in document.get_pages().into_values() {
        let mut node = document.objects.get(&id).cloned();
        let mut depth = 0;
        while let Some(object) = node {
            depth += 1;
            if depth > MAX_DEPTH {
                return true;
            }
            node = follow(&object, b"Parent").and_then(target);
        }
    }
    // Forms draw forms. All that is drawn by anything is an edge; a path longer than any sensible
    // file has is a circle.
    let mut edges: BTreeMap<ObjectId, Vec<ObjectId>> = BTreeMap::new();
    for (&id, object) in &document.objects {
        let resources = follow(object, b"Resources").and_then(target);
        let drawn = resources.and_then(|object| follow(&object, b"XObject")).and_then(target);
        if let Some(Object::Dictionary(drawn)) = drawn {
            let ids = drawn.iter().filter_map(|(_, object)| object.as_reference().ok());
            edges.insert(id, ids.collect());
        }
    }
    let mut frontier: BTreeSet<ObjectId> = edges.keys().copied().collect();
    for _ in 0..MAX_DEPTH {
        let next = frontier.iter().filter_map(|id| edges.get(id)).flatten().copied();
        frontier = next.filter(|id| edges.contains_key(id)).collect();
        if frontier.is_empty() {
            return false;
        }
    }
    true
}

/// Characters with about the same base line, drawn one after the other.
#[derive(Clone, Debug, Default)]
struct Line {
    page: u32,
    text: String,
    left: f64,
    right: f64,
    /// From the bottom of the page.
    base: f64,
    size: f64,
}

#[derive(Default)]
struct Drawing {
    page: u32,
    lines: Vec<Line>,
    line: Line,
    n_characters: usize,
}

impl Drawing {
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.text.trim().is_empty() {
            self.lines.push(line);
        }
    }
}

impl OutputDev for Drawing {
    fn begin_page(
        &mut self,
        page: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.page = page;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        self.end_line();
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.n_characters += text.len();
        let size = (place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt() * font_size;
        if self.n_characters > MAX_CHARACTERS || !size.is_finite() || size <= 0.0 {
            return Ok(());
        }
        let (x, y) = (place.m31, place.m32);
        let gap = x - self.line.right;
        let is_same_line =
            (y - self.line.base).abs() < size * 0.5 && gap > -size && gap < size * 3.0;
        if !is_same_line {
            self.end_line();
        }
        let line = &mut self.line;
        if line.text.is_empty() {
            *line = Line { page: self.page, left: x, right: x, base: y, size, ..Line::default() };
        } else if gap > size * 0.15 && !line.text.ends_with(' ') {
            line.text.push(' ');
        }
        line.text.push_str(text);
        line.right = x + width * size;
        line.size = line.size.max(size);
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// Joins lines to paragraphs. Lines that stand on most pages are headers and footers, and go.
fn paragraphs(mut lines: Vec<Line>) -> String {
    drop_running_heads(&mut lines);
    let mut text = String::new();
    let mut last: Option<&Line> = None;
    for line in &lines {
        let words = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
        match last {
            None => {}
            Some(last) if continues(last, line) => join(&mut text, &words),
            Some(_) => text.push_str("\n\n"),
        }
        text.push_str(&words);
        last = Some(line);
    }
    text
}

/// Whether `line` goes on with the paragraph that `last` is in.
fn continues(last: &Line, line: &Line) -> bool {
    let down = last.base - line.base;
    let size = last.size.max(line.size);
    let is_same_size = (last.size - line.size).abs() < size * 0.15;
    if !is_same_size {
        return false;
    }
    let is_next = last.page == line.page && down > -size * 0.5 && down < size * 1.7;
    if is_next {
        let is_indented = line.left > last.left + size && line.left < last.left + size * 5.0;
        return !is_indented;
    }
    // The top of the next column or page goes on with a sentence that has no end.
    let is_top = last.page != line.page || down < 0.0;
    let ends = last.text.trim_end().ends_with(['.', '!', '?', ':', '”', '"', '»', '’']);
    is_top && !ends
}

/// Puts a space between two lines, or takes the hyphen between out.
fn join(text: &mut String, next: &str) {
    let is_word_cut = text.ends_with(['-', '\u{AD}', '‐'])
        && text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
        && next.starts_with(char::is_lowercase);
    if is_word_cut {
        text.pop();
    } else {
        text.push(' ');
    }
}

fn drop_running_heads(lines: &mut Vec<Line>) {
    // Page numbers differ.
    let shape = |line: &Line| -> String {
        let text: String =
            line.text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect();
        format!("{text}|{:.0}", line.base / 4.0)
    };
    let mut pages: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for line in &*lines {
        let on = pages.entry(shape(line)).or_default();
        if on.last() != Some(&line.page) {
            on.push(line.page);
        }
    }
    lines.retain(|line| pages[&shape(line)].len() < 3);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PDF file with these streams as its pages.
    pub(crate) fn file(pages: &[&str]) -> Vec<u8> {
        let n = pages.len();
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            format!(
                "<</Type/Pages/Count {n}/MediaBox[0 0 600 800]/Kids[{}]>>",
                (0..n).map(|i| format!("{} 0 R ", 4 + 2 * i)).collect::<String>()
            ),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        ];
        for (i, page) in pages.iter().enumerate() {
            objects.push(format!(
                "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
                5 + 2 * i
            ));
            objects.push(format!("<</Length {}>>stream\n{page}\nendstream", page.len()));
        }
        let mut out = "%PDF-1.4\n".to_owned();
        let mut offsets = Vec::new();
        for (i, object) in objects.iter().enumerate() {
            offsets.push(out.len());
            out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", i + 1));
        }
        let start = out.len();
        out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
        for offset in offsets {
            out.push_str(&format!("{offset:010} 00000 n \n"));
        }
        out.push_str(&format!(
            "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF",
            objects.len() + 1
        ));
        out.into_bytes()
    }

    fn line(x: u32, y: u32, text: &str) -> String {
        format!("BT /F 12 Tf {x} {y} Td ({text}) Tj ET\n")
    }

    #[test]
    fn columns_paragraphs_and_hyphens() {
        let page = [
            line(50, 700, "They met in the har-"),
            line(50, 686, "bour and talked. The minis-"),
            line(320, 700, "ter said nothing."),
            line(320, 660, "A new paragraph."),
        ]
        .concat();
        let (article, _) = read(&file(&[&page])).unwrap();
        assert_eq!(
            article.text.as_str(),
            "They met in the harbour and talked. The minister said nothing.\n\nA new paragraph."
        );
    }

    #[test]
    fn running_heads_go_and_sentences_go_on_over_pages() {
        let pages: Vec<String> = ["One goes", "on to two", "and ends."]
            .iter()
            .enumerate()
            .map(|(idx, text)| {
                [line(50, 780, &format!("The Ledger, page {}", idx + 1)), line(50, 700, text)]
                    .concat()
            })
            .collect();
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        let (article, _) = read(&file(&pages)).unwrap();
        assert_eq!(article.text.as_str(), "One goes on to two and ends.");
    }

    #[test]
    fn a_file_that_contains_itself_comes_to_an_end() {
        let page = file(&["/X Do"]);
        let text = String::from_utf8(page).unwrap();
        // The page is drawn by itself; or is its own parent.
        for (from, to) in [
            ("/Font<</F 3 0 R>>", "/XObject<</X 5 0 R>>/F 3 0 R"),
            ("/Count 1/MediaBox[0 0 600 800]", "/Count 1/Parent 2 0 R           "),
        ] {
            let form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length";
            let bad = text.replace(from, to).replace("<</Length", form);
            assert!(read(bad.as_bytes()).is_err());
        }
    }

    #[test]
    fn what_has_no_text_says_so() {
        let error = read(&file(&["0 0 m 100 100 l S"])).unwrap_err();
        assert_eq!(error.reason(), "no text");
        for bad in
            [&b"%PDF-1.4"[..], b"%PDF-1.4\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"]
        {
            assert!(read(bad).unwrap_err().is_damaged());
        }
    }
}
