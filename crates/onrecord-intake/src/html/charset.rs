//! Which encoding a page is in, and its text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// As far as the HTML standard looks for a `<meta charset>`.
const HEAD: usize = 1024;

/// Publishers put scripts before it.
const LONG_HEAD: usize = 16 << 10;

/// Bytes shown to the detector.
const MAX_DETECTED: usize = 256 << 10;

/// A decoded page.
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// Whether bytes were replaced that mean nothing in the encoding.
    pub(crate) damaged: bool,
}

/// Decodes a page.
///
/// In this order: a byte order mark; UTF-8 if the bytes are UTF-8 and more than ASCII, which
/// other encodings are by accident only; the HTTP header's encoding; the page's own; what the
/// bytes look like. A declared encoding is believed only if the bytes fit.
pub(crate) fn decode(bytes: &[u8], header: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decode_as(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !is_iso_2022(bytes)
    {
        return Decoded { text: text.to_owned(), damaged: false };
    }
    let declared = [header.map(str::to_owned), in_page(bytes)];
    for label in declared.into_iter().flatten() {
        let Some(encoding) = Encoding::for_label(label.trim().as_bytes()) else { continue };
        // A page cannot say in ASCII that it is in UTF-16.
        let is_utf16 = encoding == UTF_16LE || encoding == UTF_16BE;
        let encoding = if is_utf16 { UTF_8 } else { encoding };
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            return Decoded { text: text.into_owned(), damaged: false };
        }
        // One bad byte in much UTF-8 is damage, not another encoding.
        if encoding == UTF_8 && is_mostly_utf8(bytes) {
            return decode_as(UTF_8, bytes);
        }
    }
    if is_mostly_utf8(bytes) {
        return decode_as(UTF_8, bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(MAX_DETECTED)], true);
    decode_as(detector.guess(None, Utf8Detection::Allow), bytes)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), damaged }
}

/// The encoding named by the page's `<meta charset>` or `<?xml encoding?>`.
fn in_page(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(LONG_HEAD)];
    let at = find_ignoring_case(head, b"charset=")
        .or_else(|| find_ignoring_case(&head[..head.len().min(HEAD)], b"encoding="))?;
    let label: Vec<u8> = head[at..]
        .iter()
        .copied()
        .skip_while(|&c| matches!(c, b'"' | b'\'' | b' '))
        .take_while(|&c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b':' | b'.'))
        .take(40)
        .collect();
    String::from_utf8(label).ok().filter(|label| !label.is_empty())
}

/// Where the bytes after `name` begin.
fn find_ignoring_case(bytes: &[u8], name: &[u8]) -> Option<usize> {
    let at = bytes.windows(name.len()).position(|window| window.eq_ignore_ascii_case(name))?;
    Some(at + name.len())
}

/// Markup in UTF-16 has a zero in every second byte from its first tag on.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, _, 0, ..] => Some(UTF_16LE),
        [0, b'<', 0, _, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// Japanese mail's encoding is ASCII to the eye of UTF-8.
fn is_iso_2022(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"\x1b$B").is_some() && bytes.is_ascii()
}

/// Whether all but a few of the bytes beyond ASCII are UTF-8.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut n_good, mut n_bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        n_good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_bad += usize::from(!chunk.invalid().is_empty());
    }
    n_good > 10 * n_bad
}
