//! Makes small files of every kind, and reads them.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_intake::{Articles, Options, Skipped, Source};
use onrecord_record::Article;

/// A page with a headline and enough text to be an article.
pub(crate) fn page(name: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Talks in {name}</title></head><body><article>\
         <h1>Talks in {name}</h1>\
         <p>Ministers of both countries met in {name} on Friday and talked about water for the first \
         time in three years, officials said after the meeting.</p>\
         <p>“We came to {name} to talk about water, and we talked about water,” the minister told \
         reporters, and added that the next round would be held in the spring.</p>\
         </article></body></html>"
    )
}

/// A record of a WARC file with a response of HTTP.
pub(crate) fn response(url: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {headers}\r\n\r\n");
    let content = [head.as_bytes(), body].concat();
    record("response", url, "application/http; msgtype=response", &content)
}

pub(crate) fn record(kind: &str, url: &str, media: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {media}\r\n\
         WARC-Date: 2026-01-23T10:00:00Z\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

/// A page's record, as crawlers write it.
pub(crate) fn page_record(name: &str) -> Vec<u8> {
    let url = format!("https://example.org/{name}");
    response(&url, "200 OK\r\nContent-Type: text/html; charset=utf-8", page(name).as_bytes())
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

pub(crate) fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, content) in files {
        let mut header = [0; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..107].copy_from_slice(b"0000644");
        header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        header[156] = b'0';
        header[257..265].copy_from_slice(b"ustar\x0000");
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        out.extend(header);
        out.extend(*content);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

/// A zip of deflated files.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content).unwrap();
        let packed = encoder.finish().unwrap();
        let offset = out.len() as u32;
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let mut facts = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
        facts.extend(crc.sum().to_le_bytes());
        facts.extend((packed.len() as u32).to_le_bytes());
        facts.extend((content.len() as u32).to_le_bytes());
        facts.extend((name.len() as u16).to_le_bytes());
        facts.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&facts);
        out.extend(name.as_bytes());
        out.extend(packed);
        list.extend(b"PK\x01\x02\x14\0");
        list.extend(&facts);
        list.extend([0; 10]);
        list.extend(offset.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let (n_files, start) = (files.len() as u16, out.len() as u32);
    out.extend(&list);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(n_files.to_le_bytes());
    out.extend(n_files.to_le_bytes());
    out.extend((list.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// What came out of a source: of each item the origin, and the title or the reason of failure.
#[derive(Debug, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) items: Vec<(String, Result<String, String>)>,
    pub(crate) skipped: Skipped,
}

impl Outcome {
    pub(crate) fn titles(&self) -> Vec<&str> {
        self.items.iter().filter_map(|(_, result)| result.as_deref().ok()).collect()
    }

    pub(crate) fn errors(&self) -> Vec<(&str, &str)> {
        let failed = self.items.iter().filter_map(|(origin, result)| {
            let reason = result.as_ref().err()?;
            Some((origin.as_str(), reason.as_str()))
        });
        failed.collect()
    }
}

pub(crate) fn read(path: &str, bytes: &[u8]) -> Outcome {
    read_source(Source::file(path, Cursor::new(bytes.to_vec())))
}

pub(crate) fn read_source(source: Source) -> Outcome {
    let mut articles = Articles::new(source, Options::default());
    let items = articles
        .by_ref()
        .map(|item| {
            let origin = item.origin.to_string();
            let result = match item.result {
                Ok((article, _)) => {
                    assert_eq!(article.path.as_deref(), Some(origin.as_str()));
                    assert_eq!(noted(&article), known(&article), "{origin}: fields with an origin");
                    Ok(article.title.unwrap_or_else(|| article.text.to_string()))
                }
                Err(error) => Err(error.reason().to_owned()),
            };
            (origin, result)
        })
        .collect();
    Outcome { items, skipped: articles.skipped().clone() }
}

fn noted(article: &Article) -> Vec<&str> {
    article.origins.iter().map(|(field, _)| field.as_str()).collect()
}

fn known(article: &Article) -> Vec<&'static str> {
    let fields = [
        ("url", article.url.is_some()),
        ("title", article.title.is_some()),
        ("outlet", article.outlet.is_some()),
        ("authors", !article.authors.is_empty()),
        ("canonical_url", article.canonical_url.is_some()),
        ("section", article.section.is_some()),
        ("published", article.published.is_some()),
        ("published_at", article.published_at.is_some()),
        ("updated", article.updated.is_some()),
        ("language", article.language.is_some()),
    ];
    fields.into_iter().filter(|(_, is_known)| *is_known).map(|(field, _)| field).collect()
}
