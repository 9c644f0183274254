//! Markup as a sequence of tags and text, by the tokenization of the HTML standard as far as it
//! matters to text.
//!
//! Time is linear in the page, whatever is in it: what is not closed runs to the page's end once.
//! Left out: the double escape of `<script>` in comments in scripts.

use memchr::{memchr, memchr2, memmem};

/// What comes next in a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// A start tag; its attributes are in [`Tokens::attributes`] until the next token.
    Start { name: &'a str, self_closing: bool },
    /// An end tag.
    End { name: &'a str },
    /// Characters, with their references undecoded.
    Text(&'a str),
}

/// A name and a value, with its references undecoded.
pub(crate) type RawAttribute<'a> = (&'a str, &'a str);

/// Cuts a page into tokens.
pub(crate) struct Tokens<'a> {
    page: &'a str,
    at: usize,
    /// Elements that have no end tag from here on: searched once, not for each start tag.
    never_closed: Vec<String>,
    attributes: Vec<RawAttribute<'a>>,
}

/// More attributes than this in a tag are not read.
const MAX_ATTRIBUTES: usize = 64;

impl<'a> Tokens<'a> {
    pub(crate) fn new(page: &'a str) -> Tokens<'a> {
        Tokens { page, at: 0, never_closed: Vec::new(), attributes: Vec::new() }
    }

    /// The attributes of the last start tag, as they were written.
    pub(crate) fn attributes(&self) -> &[RawAttribute<'a>] {
        &self.attributes
    }

    /// The next token.
    pub(crate) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let bytes = self.page.as_bytes();
            let start = self.at;
            if start == bytes.len() {
                return None;
            }
            if bytes[start] != b'<' {
                let end = memchr(b'<', &bytes[start..]).map_or(bytes.len(), |i| start + i);
                self.at = end;
                return Some(Token::Text(&self.page[start..end]));
            }
            match bytes.get(start + 1) {
                Some(b'!') => self.skip_declaration(),
                Some(b'?') => self.skip_to(b'>'),
                Some(b'/') if bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    self.at = start + 2;
                    if let Some((name, _)) = self.tag() {
                        return Some(Token::End { name });
                    }
                }
                Some(b'/') => self.skip_to(b'>'),
                Some(c) if c.is_ascii_alphabetic() => {
                    self.at = start + 1;
                    if let Some((name, self_closing)) = self.tag() {
                        return Some(Token::Start { name, self_closing });
                    }
                }
                _ => {
                    let end =
                        memchr(b'<', &bytes[start + 1..]).map_or(bytes.len(), |i| start + 1 + i);
                    self.at = end;
                    return Some(Token::Text(&self.page[start..end]));
                }
            }
        }
    }

    /// The characters up to the end tag of `name`, which is skipped too; none if there is no end tag.
    pub(crate) fn raw_text(&mut self, name: &str) -> &'a str {
        let bytes = self.page.as_bytes();
        let start = self.at;
        if self.never_closed.iter().any(|never| never.eq_ignore_ascii_case(name)) {
            return "";
        }
        let finder = memmem::Finder::new(b"</");
        let mut from = start;
        while let Some(i) = finder.find(&bytes[from..]) {
            let end = from + i;
            let after = &bytes[end + 2..];
            let closes = after.len() >= name.len()
                && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
                && after.get(name.len()).is_none_or(|c| !c.is_ascii_alphanumeric());
            if closes {
                self.at = end;
                self.skip_to(b'>');
                return &self.page[start..end];
            }
            from = end + 2;
        }
        // Never closed. A script runs to the end; of the rest that would lose the article.
        if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
            self.at = bytes.len();
        }
        self.never_closed.push(name.to_owned());
        ""
    }

    /// Reads a tag from its name on; `None` at the page's end.
    fn tag(&mut self) -> Option<(&'a str, bool)> {
        let bytes = self.page.as_bytes();
        self.attributes.clear();
        let name = self.until(|c| c.is_ascii_whitespace() || c == b'/' || c == b'>');
        let mut self_closing = false;
        loop {
            match *bytes.get(self.at)? {
                b'>' => {
                    self.at += 1;
                    return Some((name, self_closing));
                }
                b'/' => {
                    self.at += 1;
                    self_closing = true;
                }
                c if c.is_ascii_whitespace() => self.at += 1,
                _ => {
                    self_closing = false;
                    self.attribute()?;
                }
            }
        }
    }

    fn attribute(&mut self) -> Option<()> {
        let bytes = self.page.as_bytes();
        let from = self.at;
        // An equals sign in front belongs to the name.
        self.at += 1;
        self.until(|c| c.is_ascii_whitespace() || matches!(c, b'/' | b'>' | b'='));
        let name = &self.page[from..self.at];
        self.until(|c| !c.is_ascii_whitespace());
        let mut value = "";
        if *bytes.get(self.at)? == b'=' {
            self.at += 1;
            self.until(|c| !c.is_ascii_whitespace());
            match *bytes.get(self.at)? {
                quote @ (b'"' | b'\'') => {
                    let start = self.at + 1;
                    let Some(i) = memchr(quote, &bytes[start..]) else {
                        self.at = bytes.len();
                        return None;
                    };
                    value = &self.page[start..start + i];
                    self.at = start + i + 1;
                }
                b'>' => {}
                _ => value = self.until(|c| c.is_ascii_whitespace() || c == b'>'),
            }
        }
        if self.attributes.len() < MAX_ATTRIBUTES {
            self.attributes.push((name, value));
        }
        Some(())
    }

    /// Moves to the first byte that `stop` holds for, which must be ASCII or the page's end.
    fn until(&mut self, stop: impl Fn(u8) -> bool) -> &'a str {
        let start = self.at;
        let rest = &self.page.as_bytes()[start..];
        self.at += rest.iter().position(|&c| stop(c)).unwrap_or(rest.len());
        self.page.get(start..self.at).unwrap_or("")
    }

    fn skip_declaration(&mut self) {
        let rest = &self.page.as_bytes()[self.at..];
        if rest.starts_with(b"<!--") {
            self.skip_comment();
        } else if rest.starts_with(b"<![CDATA[") {
            self.at += memmem::find(rest, b"]]>").map_or(rest.len(), |i| i + 3);
        } else {
            self.skip_to(b'>');
        }
    }

    fn skip_comment(&mut self) {
        let bytes = self.page.as_bytes();
        let mut from = self.at + 4;
        // `<!-->` and `<!--->` are whole comments.
        for short in [&b">"[..], b"->"] {
            if bytes[from..].starts_with(short) {
                self.at = from + short.len();
                return;
            }
        }
        while let Some(i) = memmem::find(&bytes[from..], b"--") {
            let end = from + i + 2;
            match bytes.get(end) {
                Some(b'>') => {
                    self.at = end + 1;
                    return;
                }
                Some(b'!') if bytes.get(end + 1) == Some(&b'>') => {
                    self.at = end + 2;
                    return;
                }
                _ => from += i + 1,
            }
        }
        self.at = bytes.len();
    }

    fn skip_to(&mut self, byte: u8) {
        let rest = &self.page.as_bytes()[self.at..];
        self.at += memchr(byte, rest).map_or(rest.len(), |i| i + 1);
    }
}

/// Whether a text has character references to decode.
pub(crate) fn has_references(text: &str) -> bool {
    memchr2(b'&', b'\0', text.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of a page in short.
    fn shown(page: &str) -> String {
        let mut tokens = Tokens::new(page);
        let mut out = Vec::new();
        while let Some(token) = tokens.next() {
            out.push(match token {
                Token::Text(text) => format!("{text:?}"),
                Token::End { name } => format!("/{name}"),
                Token::Start { name, self_closing } => {
                    let attributes =
                        tokens.attributes().iter().map(|(name, value)| format!(" {name}={value}"));
                    let attributes: String = attributes.collect();
                    let end = if self_closing { "/" } else { "" };
                    let raw = if name == "title" { tokens.raw_text(name) } else { "" };
                    format!("{name}{attributes}{end}{raw}")
                }
            });
        }
        out.join(", ")
    }

    #[test]
    fn tokens() {
        let cases = [
            ("a<p class=x id='y z' hidden>b</p>", r#""a", p class=x id=y z hidden=, "b", /p"#),
            ("<br/><a href=/x/>", "br/, a href=/x/"),
            ("<a\u{a0}é=ü>", "a\u{a0}é=ü"),
            ("<a b = c>", "a b=c"),
            ("1 < 2 <3 << 4", r#""1 ", "< 2 ", "<3 ", "<", "< 4""#),
            ("<!doctype html>a<!-- <p> -->b<!-->c<!--->d", r#""a", "b", "c", "d""#),
            ("<!-- a --!>b<!-- never closed <p>", r#""b""#),
            ("<![CDATA[<p>]]>a<?php ?>b</>c", r#""a", "b", "c""#),
            ("<title>a<b></TITLE >c", r#"titlea<b>, "c""#),
            ("<title>a<p>", r#"title, "a", p"#),
            ("<p a='never closed>", ""),
            ("<p", ""),
            ("<", r#""<""#),
            ("", ""),
        ];
        let mut failures = Vec::new();
        for (page, expected) in cases {
            let found = shown(page);
            if found != expected {
                failures.push(format!("{page:?}\n  found    {found}\n  expected {expected}"));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }
}
