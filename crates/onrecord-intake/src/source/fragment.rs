//! Pieces of HTML that are all content, as feeds and mails carry them.
//!
//! A page has navigation and captions around its text and is read by [`html`](crate::html); an
//! entry of a feed is nothing but text, so that every word of it is kept.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// What is inside of these is no text.
const DROPPED: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "head",
    "form",
    "button",
    "figcaption",
    "textarea",
    "select",
    "math",
];

/// These end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "title",
    "tr",
    "ul",
];

/// Quotation marks are heeded for so many bytes of a tag: what has none must not be looked for
/// over and over.
const MAX_ATTRIBUTES: usize = 16 << 10;

/// The text of a piece of HTML: paragraphs, with an empty line between.
pub(crate) fn text(html: &str) -> String {
    let mut out = Paragraphs::default();
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        out.push(&rest[..at]);
        rest = &rest[at..];
        let Some(tag) = Tag::at(rest) else {
            // A sign, not a tag.
            out.push("<");
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.len..];
        if tag.is_open && DROPPED.contains(&tag.name.as_str()) {
            rest = after_end(rest, &tag.name);
            out.n_breaks = 0;
        } else if tag.name == "br" {
            out.line_break();
        } else if BLOCKS.contains(&tag.name.as_str()) {
            out.end();
        }
    }
    out.push(rest);
    out.end();
    out.text
}

/// A text without markup as paragraphs, and a headline on one line.
pub(crate) fn line(html: &str) -> Option<String> {
    let text = text(html).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(text).filter(|text| !text.is_empty())
}

#[derive(Default)]
struct Paragraphs {
    text: String,
    paragraph: String,
    n_breaks: usize,
}

impl Paragraphs {
    fn push(&mut self, raw: &str) {
        let unescaped = unescape(raw);
        for c in unescaped.chars() {
            match c {
                // Soft hyphens and what has no width are for the screen.
                '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => continue,
                c if c.is_whitespace() || c.is_control() => {
                    if !self.paragraph.is_empty() && !self.paragraph.ends_with(' ') {
                        self.paragraph.push(' ');
                    }
                    continue;
                }
                c => self.paragraph.push(c),
            }
            self.n_breaks = 0;
        }
    }

    /// Two line breaks are how old pages end paragraphs.
    fn line_break(&mut self) {
        self.n_breaks += 1;
        if self.n_breaks > 1 { self.end() } else { self.push(" ") }
    }

    fn end(&mut self) {
        let paragraph = self.paragraph.trim();
        if !paragraph.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.text.push_str(paragraph);
        }
        self.paragraph.clear();
        self.n_breaks = 0;
    }
}

struct Tag {
    name: String,
    is_open: bool,
    len: usize,
}

impl Tag {
    /// The tag, comment or declaration that `rest` begins with; `None` if it is only a `<`.
    fn at(rest: &str) -> Option<Tag> {
        let bytes = rest.as_bytes();
        let other = |len| Some(Tag { name: String::new(), is_open: false, len });
        if rest.starts_with("<!--") {
            return other(rest.find("-->").map_or(rest.len(), |at| at + 3));
        }
        // Its text is text: only the marks around it go.
        if rest.starts_with("<![CDATA[") {
            return other("<![CDATA[".len());
        }
        if matches!(bytes.get(1), Some(b'!' | b'?')) {
            return other(rest.find('>').map_or(rest.len(), |at| at + 1));
        }
        let is_open = bytes.get(1) != Some(&b'/');
        let begin = if is_open { 1 } else { 2 };
        let name_len = bytes[begin.min(bytes.len())..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-'))
            .count();
        if name_len == 0 || !bytes[begin].is_ascii_alphabetic() {
            return None;
        }
        let name = rest[begin..begin + name_len].to_ascii_lowercase();
        // A `>` in a quoted value does not end the tag.
        let mut quote = None;
        let mut attributes = bytes[begin + name_len..].iter().take(MAX_ATTRIBUTES);
        let end = attributes.position(|&byte| match quote {
            Some(open) => {
                if byte == open {
                    quote = None;
                }
                false
            }
            None if matches!(byte, b'"' | b'\'') => {
                quote = Some(byte);
                false
            }
            None => byte == b'>',
        });
        let len = match end {
            Some(end) => begin + name_len + end + 1,
            // A quotation mark without its end: the next `>` then.
            None => rest.find('>').map_or(rest.len(), |at| at + 1),
        };
        Some(Tag { name, is_open, len })
    }
}

/// What comes after `</name>`.
fn after_end<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let begin = from + at + 2;
        let is_it = rest
            .get(begin..begin + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name));
        if is_it {
            return rest[begin..].find('>').map_or("", |end| &rest[begin + end + 1..]);
        }
        from = begin;
    }
    ""
}

/// Puts characters in the place of entities; what is none stays as it is.
fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((characters, len)) => {
                out.push_str(&characters);
                rest = &rest[len..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The entity that `rest` begins with, and how long it is.
fn reference(rest: &str) -> Option<(Cow<'static, str>, usize)> {
    let end = rest.bytes().take(34).position(|byte| byte == b';')?;
    let name = &rest[1..end];
    let number = name.strip_prefix('#').map(|number| match number.strip_prefix(['x', 'X']) {
        Some(number) => u32::from_str_radix(number, 16).ok(),
        None => number.parse().ok(),
    });
    let characters = match number {
        // Old pages number the characters of Windows-1252.
        Some(number) => match number? {
            n @ 0x80..=0x9F => {
                let byte = [u8::try_from(n).expect("in the range")];
                encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.into_owned().into()
            }
            n => char::from_u32(n)?.to_string().into(),
        },
        None => resolve_html5_entity(name)?.into(),
    };
    Some((characters, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let cases = [
            ("They met.", "They met."),
            (
                "<p>They  met\n.</p><P class='a>b'>He&nbsp;said: &ldquo;Yes&#8221;.</p>",
                "They met .\n\nHe said: “Yes”.",
            ),
            ("One<br>line<br/><br />Two", "One line\n\nTwo"),
            ("A<script>if (a<b) {}</SCRIPT >B<style>x</style>", "AB"),
            ("A<!-- <p> -->B <![CDATA[C]]>", "AB C]]>"),
            ("a < b & c &amp; d &unknown; &#x41;&#151;", "a < b & c & d &unknown; A—"),
            ("co&shy;oper\u{200B}ate", "cooperate"),
            ("<a href=\"x>cut", "cut"),
            ("<", "<"),
            ("</", "</"),
            ("<script>never ends", ""),
            ("<ul><li>one<li>two</ul>", "one\n\ntwo"),
        ];
        let mut failures = Vec::new();
        for (html, expected) in cases {
            let found = text(html);
            if found != expected {
                failures.push(format!("{html:?}: {found:?}"));
            }
        }
        assert!(failures.is_empty(), "{failures:#?}");
    }
}
