//! Plain text in UTF-8.

use onrecord_record::{Article, Text};

use crate::error::{Error, Kind};
use crate::origins::came_from;
use crate::title::title;

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// Reads a plain-text file.
///
/// The text is kept as it is, line ends included; only a byte order mark is dropped. A text
/// without words is an article too. The [title](Article::title) is the first line if it looks
/// like one; nothing else about the article is known.
///
/// # Errors
/// If the bytes are not UTF-8, hold a NUL, or are too many for a [`Text`].
pub fn plain_text(bytes: Vec<u8>) -> Result<Article, Error> {
    if bytes.len() > Text::MAX_LEN {
        return Err(Error::new(Kind::TooLong { len: bytes.len() }));
    }
    if let Some(encoding) = other_unicode(&bytes) {
        return Err(Error::new(Kind::OtherUnicode(encoding)));
    }
    // Before UTF-8: what converts a text helps no binary file.
    if let Some(offset) = bytes.iter().position(|&byte| byte == 0) {
        return Err(Error::new(Kind::Nul { offset }));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        Error::new(Kind::NotUtf8 { offset, byte: error.as_bytes()[offset] })
    })?;
    if text.starts_with(BYTE_ORDER_MARK) {
        text.drain(..BYTE_ORDER_MARK.len());
    }
    let mut article = Article { title: title(&text), ..Article::new(text) };
    came_from(&mut article, "first line");
    Ok(article)
}

/// The encoding that a byte order mark other than UTF-8's announces.
fn other_unicode(bytes: &[u8]) -> Option<&'static str> {
    // UTF-32 first: its little-endian mark begins with UTF-16's.
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some("UTF-32"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some("UTF-16"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_kept_as_it_is() {
        for text in ["", " \r\n\t", "Talks\r\n\r\nThey met.\r\n", "a\u{FEFF}b", "\u{1b}[2J"] {
            for mark in ["", BYTE_ORDER_MARK] {
                let article = plain_text(format!("{mark}{text}").into_bytes()).unwrap();
                assert_eq!(article.text.as_str(), text, "mark {mark:?}");
                assert_eq!(article.id, Article::new(text).id);
            }
        }
    }

    #[test]
    fn what_is_not_utf8_is_refused_with_its_offset_and_what_to_do() {
        let cases: [(&[u8], &str); 7] = [
            (b"caf\xE9", "not UTF-8: byte 0xE9 at byte offset 3; if it"),
            (b"\xEF\xBB\xBFcaf\xE9", "not UTF-8: byte 0xE9 at byte offset 6; if it"),
            (b"cut off \xE2\x80", "not UTF-8: byte 0xE2 at byte offset 8; if it"),
            (b"\xFF\xFEa\0", "UTF-16, not UTF-8, by the byte order mark at byte offset 0; conv"),
            (b"\0\0\xFE\xFF\0\0\0a", "UTF-32, not UTF-8, by the byte order mark at byte offset 0;"),
            (b"a\0b\0", "not a text: a NUL byte at byte offset 1; if it is UTF-16 without"),
            (b"\xD0\xCF\x11\0", "not a text: a NUL byte at byte offset 3;"),
        ];
        let mut failures = Vec::new();
        for (bytes, expected) in cases {
            let message = plain_text(bytes.to_vec()).unwrap_err().to_string();
            if !message.starts_with(expected) || !message.contains("`iconv -f ") {
                failures.push(format!("{bytes:?}: {message}"));
            }
        }
        assert!(failures.is_empty(), "{failures:#?}");
    }

    #[test]
    fn a_caller_can_tell_the_errors_apart() {
        let error = plain_text(b"caf\xE9".to_vec()).unwrap_err();
        assert!(error.is_encoding() && !error.is_binary() && !error.is_too_long());
        assert_eq!(error.offset(), Some(3));
        let error = plain_text(b"a\0".to_vec()).unwrap_err();
        assert!(error.is_binary() && !error.is_encoding() && !error.is_too_long());
    }
}
