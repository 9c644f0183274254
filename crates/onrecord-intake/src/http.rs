//! Responses of HTTP, as WARC files keep them and servers send them.

use std::io::{self, BufRead, Read};

use crate::source::Bomb;

/// The status line and the headers of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    status: u16,
    headers: Vec<(String, String)>,
}

impl Head {
    /// A head that was read elsewhere.
    pub fn new(status: u16, headers: Vec<(String, String)>) -> Head {
        Head { status, headers }
    }

    /// Reads a head of at most `max` bytes, with the empty line after it. `None`: these are no
    /// responses of HTTP.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn read(reader: impl BufRead, max: u64) -> io::Result<Option<Head>> {
        let mut reader = reader.take(max);
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line)?;
        let status = String::from_utf8_lossy(&line);
        let mut words = status.split_ascii_whitespace();
        let is_http = words.next().is_some_and(|word| word.starts_with("HTTP/"));
        let Some(status) = words.next().filter(|_| is_http).and_then(|word| word.parse().ok())
        else {
            return Ok(None);
        };
        let mut headers: Vec<(String, String)> = Vec::new();
        loop {
            line.clear();
            reader.read_until(b'\n', &mut line)?;
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end_matches(['\r', '\n']);
            if text.is_empty() {
                break;
            }
            if let (true, Some((_, value))) = (text.starts_with([' ', '\t']), headers.last_mut()) {
                value.push(' ');
                value.push_str(text.trim());
            } else if let Some((name, value)) = text.split_once(':') {
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Ok(Some(Head { status, headers }))
    }

    /// The status code.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The first header of this name, which is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// All headers, in order, names in lower case.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The media type in lower case, without parameters.
    pub fn media_type(&self) -> Option<String> {
        let value = self.header("content-type")?.split(';').next().unwrap_or_default();
        Some(value.trim().to_ascii_lowercase()).filter(|value| !value.is_empty())
    }

    /// The character encoding that the content type names.
    pub fn charset(&self) -> Option<String> {
        let parameters = self.header("content-type")?.split(';').skip(1);
        let mut pairs = parameters.filter_map(|parameter| parameter.split_once('='));
        let (_, charset) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
        Some(charset.trim().trim_matches(['"', '\'']).to_owned()).filter(|value| !value.is_empty())
    }

    /// The content that was transferred as `raw`: chunks joined, compression undone.
    ///
    /// Crawlers keep the headers but often not the packing that they tell of, so what does not
    /// look packed is taken as it is.
    ///
    /// # Errors
    /// If the packing is damaged, unknown, or unpacks to more than `max` bytes.
    pub fn content(&self, raw: Vec<u8>, max: u64) -> io::Result<Vec<u8>> {
        let mut bytes = raw;
        let transfer = self.header("transfer-encoding").unwrap_or_default();
        if transfer.to_ascii_lowercase().contains("chunked")
            && let Some(joined) = join_chunks(&bytes)
        {
            bytes = joined;
        }
        let encodings = self.header("content-encoding").unwrap_or_default().to_ascii_lowercase();
        for encoding in encodings.split(',').rev() {
            let is_zlib = bytes.first() == Some(&0x78);
            bytes = match encoding.trim() {
                "gzip" | "x-gzip" if bytes.starts_with(&[0x1F, 0x8B]) => {
                    unpack(flate2::read::MultiGzDecoder::new(&bytes[..]), max)?
                }
                "deflate" if is_zlib => unpack(flate2::read::ZlibDecoder::new(&bytes[..]), max)?,
                // Some servers mean the bare stream; and what is no stream is no packing.
                "deflate" => match unpack(flate2::read::DeflateDecoder::new(&bytes[..]), max) {
                    Err(error) if !error.get_ref().is_some_and(|inner| inner.is::<Bomb>()) => bytes,
                    result => result?,
                },
                "zstd" if bytes.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) => {
                    let decoder = ruzstd::decoding::StreamingDecoder::new(&bytes[..]);
                    unpack(decoder.map_err(io::Error::other)?, max)?
                }
                // It has no mark of its own; a page that begins with `<` is not packed.
                "br" if !bytes.trim_ascii_start().starts_with(b"<") => {
                    unpack(brotli_decompressor::Decompressor::new(&bytes[..], 4096), max)?
                }
                _ => bytes,
            };
        }
        Ok(bytes)
    }
}

fn unpack(reader: impl Read, max: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(max + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max {
        return Err(io::Error::new(io::ErrorKind::InvalidData, Bomb));
    }
    Ok(bytes)
}

/// `None` if these are no chunks; what there is if the last are missing.
fn join_chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(rest.len());
    loop {
        let Some(end) = rest.iter().position(|&byte| byte == b'\n') else {
            return (!joined.is_empty()).then_some(joined);
        };
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(joined);
        }
        let chunk = &rest[..size.min(rest.len())];
        joined.extend_from_slice(chunk);
        rest = &rest[chunk.len()..];
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn head(headers: &[(&str, &str)]) -> Head {
        let own = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Head::new(200, own.collect())
    }

    #[test]
    fn heads() {
        let bytes = b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML;\r\n charset=\"windows-1251\"\r\nX: y\r\n\r\nbody";
        let mut reader = &bytes[..];
        let head = Head::read(&mut reader, 1 << 16).unwrap().unwrap();
        assert_eq!(reader, b"body");
        assert_eq!(head.status(), 200);
        assert_eq!(head.media_type().as_deref(), Some("text/html"));
        assert_eq!(head.charset().as_deref(), Some("windows-1251"));
        assert_eq!(head.header("x"), Some("y"));
        for bad in [&b""[..], b"<html>", b"HTTP/1.1\r\n\r\n"] {
            assert_eq!(Head::read(bad, 1 << 16).unwrap(), None);
        }
    }

    #[test]
    fn content_is_unpacked_whatever_the_crawler_kept() {
        let page = b"<p>They met.".as_slice();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(page).unwrap();
        let gzip = gzip.finish().unwrap();
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(page).unwrap();
        let zlib = zlib.finish().unwrap();
        let zstd =
            ruzstd::encoding::compress_to_vec(page, ruzstd::encoding::CompressionLevel::Fastest);
        // An uncompressed metablock, by hand.
        let brotli = [&[0x8B, 0x05, 0x80][..], page, &[0x03]].concat();
        let chunks = b"4\r\n<p>T\r\n8;x=y\r\nhey met.\r\n0\r\n\r\n".to_vec();
        let cases = [
            (head(&[]), page.to_vec()),
            (head(&[("content-encoding", "gzip")]), gzip.clone()),
            (head(&[("content-encoding", "gzip")]), page.to_vec()),
            (head(&[("content-encoding", "GZIP, identity")]), gzip),
            (head(&[("content-encoding", "deflate")]), zlib.clone()),
            (head(&[("content-encoding", "deflate")]), zlib[2..zlib.len() - 4].to_vec()),
            (head(&[("content-encoding", "deflate")]), page.to_vec()),
            (head(&[("content-encoding", "zstd")]), zstd),
            (head(&[("content-encoding", "br")]), brotli),
            (head(&[("content-encoding", "br")]), page.to_vec()),
            (head(&[("transfer-encoding", "chunked")]), chunks),
            (head(&[("transfer-encoding", "chunked")]), page.to_vec()),
        ];
        let mut failures = Vec::new();
        for (head, raw) in cases {
            match head.content(raw, 1 << 20) {
                Ok(content) if content == page => {}
                result => failures.push(format!("{head:?}: {result:?}")),
            }
        }
        assert!(failures.is_empty(), "{failures:#?}");
    }

    #[test]
    fn a_bomb_is_refused() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&vec![b' '; 1 << 20]).unwrap();
        let raw = gzip.finish().unwrap();
        let error = head(&[("content-encoding", "gzip")]).content(raw, 1 << 16).unwrap_err();
        assert!(error.get_ref().unwrap().is::<Bomb>());
    }
}
