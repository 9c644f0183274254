//! Tells formats apart: by what a file holds first, by its name second.

/// How many bytes a format is told by.
pub(crate) const HEAD: usize = 4096;

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, or at least nothing that is known.
    Plain,
    /// An HTML page.
    Html,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A list of feeds in OPML.
    Opml,
    /// A web archive, not compressed.
    Warc,
    /// Portable Document Format.
    Pdf,
    /// A mail.
    Mail,
    /// Many mails, each after a line that begins with `From `.
    Mbox,
    /// A JSON object a line.
    JsonLines,
    /// A table with a header, its cells separated by commas, semicolons or tabs.
    Table,
    /// A zip archive.
    Zip,
    /// A tar archive.
    Tar,
    /// Something compressed by gzip; what, only unpacking tells.
    Gzip,
    /// Something compressed by zstd; what, only unpacking tells.
    Zstd,
    /// No text: pictures, programs and the like.
    Other,
}

/// The format of a file, from its first bytes (4 KiB are enough) and its name.
///
/// A file that is named `.txt` is plain text whatever its words look like.
pub fn sniff(head: &[u8], name: &str) -> Format {
    let extension = extension(name);
    let extension = extension.as_str();
    if let Some(format) = by_magic(head) {
        return format;
    }
    if matches!(extension, "txt" | "text") {
        return Format::Plain;
    }
    let text = match head {
        [0xEF, 0xBB, 0xBF, rest @ ..] => rest,
        // UTF-16: only the name, or the zero bytes taken out, tell more.
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            let narrow: Vec<u8> = head[2..].iter().copied().filter(|&byte| byte != 0).collect();
            return by_markup(&narrow).unwrap_or(match extension {
                "html" | "htm" | "xhtml" => Format::Html,
                _ => Format::Plain,
            });
        }
        _ => head,
    };
    if text.contains(&0) {
        return Format::Other;
    }
    match by_markup(text) {
        Some(format) => return format,
        None if text.trim_ascii_start().starts_with(b"{") => {
            if find(text, b"jsonfeed.org/version").is_some() {
                return Format::Feed;
            }
            if is_json_line(text) || matches!(extension, "jsonl" | "ndjson" | "json") {
                return Format::JsonLines;
            }
        }
        None => {}
    }
    match extension {
        "html" | "htm" | "xhtml" | "shtml" => Format::Html,
        "jsonl" | "ndjson" => Format::JsonLines,
        "csv" | "tsv" => Format::Table,
        "mbox" => Format::Mbox,
        "eml" => Format::Mail,
        _ if text.starts_with(b"From ") && has_headers(text) => Format::Mbox,
        _ if has_headers(text) => Format::Mail,
        _ => Format::Plain,
    }
}

/// The extension of a file's name, in lower case, without the dot; empty if it has none.
pub(crate) fn extension(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase())
}

fn by_magic(head: &[u8]) -> Option<Format> {
    match head {
        [0x1F, 0x8B, 0x08, ..] => Some(Format::Gzip),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Format::Zstd),
        // A skippable frame: the dictionary of a `.warc.zst`.
        [low, 0x2A, 0x4D, 0x18, ..] if low & 0xF0 == 0x50 => Some(Format::Zstd),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Format::Zip),
        _ if head.starts_with(b"WARC/") => Some(Format::Warc),
        // Some writers put a few bytes before it.
        _ if find(&head[..head.len().min(16)], b"%PDF-").is_some() => Some(Format::Pdf),
        _ if head.get(257..262) == Some(b"ustar") => Some(Format::Tar),
        _ => None,
    }
}

/// What the first element is, if the text begins like markup.
fn by_markup(text: &[u8]) -> Option<Format> {
    let mut rest = text.trim_ascii_start();
    let mut is_doctype_html = false;
    while rest.starts_with(b"<") {
        let end: &[u8] = match rest {
            _ if rest.starts_with(b"<!--") => b"-->",
            _ if rest.starts_with(b"<?") => b"?>",
            _ if rest.starts_with(b"<!") => {
                is_doctype_html |= starts_with_name(&rest[2..], b"doctype html");
                b">"
            }
            _ => break,
        };
        rest = match find(rest, end) {
            Some(at) => rest[at + end.len()..].trim_ascii_start(),
            None => b"",
        };
    }
    let is = |name: &[u8]| rest.starts_with(b"<") && starts_with_name(&rest[1..], name);
    match () {
        _ if is(b"rss") || is(b"feed") || is(b"rdf:rdf") => Some(Format::Feed),
        _ if is(b"opml") => Some(Format::Opml),
        _ if is_doctype_html => Some(Format::Html),
        _ if [&b"html"[..], b"head", b"body", b"meta", b"title", b"article"]
            .iter()
            .any(|name| is(name)) =>
        {
            Some(Format::Html)
        }
        _ => None,
    }
}

/// Whether `text` begins with `name` in any case, and the name ends there.
fn starts_with_name(text: &[u8], name: &[u8]) -> bool {
    let begins = text.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
    begins && text.get(name.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
}

/// Whether the first line is a JSON object, or may be one that goes on after the head.
fn is_json_line(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let end = text.iter().position(|&byte| byte == b'\n');
    let line = &text[..end.unwrap_or(text.len())];
    match serde_json::from_slice::<serde::de::IgnoredAny>(line) {
        Ok(_) => true,
        Err(error) => error.is_eof() && end.is_none() && text.len() + 64 > HEAD,
    }
}

/// Whether the lines before the first empty one are the headers of a mail.
fn has_headers(text: &[u8]) -> bool {
    let mut n_known = 0;
    let lines =
        text.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    for (idx, line) in lines.enumerate() {
        if line.is_empty() {
            break;
        }
        let is_first_of_mbox = idx == 0 && line.starts_with(b"From ");
        if is_first_of_mbox || line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = line.iter().position(|&byte| byte == b':') else {
            return false;
        };
        let name = line[..colon].to_ascii_lowercase();
        let known: [&[u8]; 8] = [
            b"received",
            b"return-path",
            b"mime-version",
            b"message-id",
            b"from",
            b"date",
            b"subject",
            b"content-type",
        ];
        n_known += usize::from(known.contains(&name.as_slice()));
    }
    n_known >= 3
}

/// Where `needle` first occurs.
pub(crate) fn find(text: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_comes_first_and_the_name_second() {
        let mut tar = vec![0; 512];
        tar[..5].copy_from_slice(b"a.txt");
        tar[257..262].copy_from_slice(b"ustar");
        let mail = b"From: a@example.org\r\nDate: Fri, 23 Jan 2026 10:00:00 +0000\r\nSubject: Talks\r\n\r\nThey met.";
        let mbox = [b"From a@example.org Fri Jan 23\n".as_slice(), mail].concat();
        let cases: &[(&[u8], &str, Format)] = &[
            (b"They met.", "a", Format::Plain),
            (b"", "", Format::Plain),
            (b"<html>", "a.txt", Format::Plain),
            (b"{\"text\": \"\"}", "a.txt", Format::Plain),
            (b" <!DOCTYPE html>\n<p>", "-", Format::Html),
            (b"<!-- saved --><HTML lang=en>", "-", Format::Html),
            (b"<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"\"><html>", "-", Format::Html),
            (b"\xFF\xFE<\0h\0t\0m\0l\0>\0", "-", Format::Html),
            (b"<p>They met.", "a.HTM", Format::Html),
            (b"\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<rss version=\"2.0\">", "a.html", Format::Feed),
            (b"<feed xmlns=\"http://www.w3.org/2005/Atom\">", "-", Format::Feed),
            (b"<rdf:RDF>", "-", Format::Feed),
            (b"{\"version\": \"https://jsonfeed.org/version/1.1\"}", "-", Format::Feed),
            (b"<opml version=\"2.0\">", "-", Format::Opml),
            (b"WARC/1.1\r\n", "-", Format::Warc),
            (b"%PDF-1.7", "a.html", Format::Pdf),
            (b"{\"text\": \"They met.\"}\n{}", "-", Format::JsonLines),
            (b"{not JSON\n", "-", Format::Plain),
            (b"title,text\n", "a.csv", Format::Table),
            (mail, "-", Format::Mail),
            (&mbox, "-", Format::Mbox),
            (b"From here they went on.", "-", Format::Plain),
            (b"PK\x03\x04", "a.html", Format::Zip),
            (&tar, "-", Format::Tar),
            (b"\x1F\x8B\x08\0", "a.txt", Format::Gzip),
            (b"\x28\xB5\x2F\xFD", "-", Format::Zstd),
            (b"\x5D\x2A\x4D\x18", "-", Format::Zstd),
            (b"\x89PNG\r\n\0\0", "a.png", Format::Other),
        ];
        let mut failures = Vec::new();
        for &(head, name, expected) in cases {
            let found = sniff(head, name);
            if found != expected {
                failures.push(format!(
                    "{:?} {name}: {found:?}, not {expected:?}",
                    String::from_utf8_lossy(head)
                ));
            }
        }
        assert!(failures.is_empty(), "{failures:#?}");
    }
}
