//! Files that went through a mill: whatever comes out, it is no panic, and it comes to an end.
//!
//! `fuzz/` looks for more; what it finds is kept in `tests/cases/`, which are read here as they are
//! and as seeds.

use std::fs;
use std::path::Path;

use onrecord_intake::{feed, opml};

use crate::build::{gzip, page, page_record, read, tar, zip, zstd};

/// For each kind of file.
const N_ROUNDS: u64 = 300;

/// A file's name, and what is in it.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let (a, b) = (page("Arin"), page_record("Belo"));
    let rss = b"<rss><channel><title>T</title><item><title>A</title><link>https://example.org</link>\
                <pubDate>Fri, 23 Jan 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;x</description></item></channel></rss>";
    let atom = b"<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><entry><id>1</id><title>A</title>\
                 <updated>2026-01-23T10:00:00Z</updated><content type=\"html\">&lt;p&gt;x</content></entry></feed>";
    let json_feed = b"{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"T\", \"items\": \
                      [{\"id\": \"1\", \"content_html\": \"<p>x\", \"date_published\": \"2026-01-23T10:00:00Z\"}]}";
    let opml = b"<opml><body><outline text=\"A\"><outline xmlUrl=\"https://example.org/a\"/></outline></body></opml>";
    let seeds = [
        ("a.html", a.clone().into_bytes()),
        ("a.xml", rss.to_vec()),
        ("atom.xml", atom.to_vec()),
        ("feed.json", json_feed.to_vec()),
        ("a.opml", opml.to_vec()),
        ("a.warc", [&b[..], &b].concat()),
        ("a.warc.gz", [gzip(&b), gzip(&b)].concat()),
        ("a.warc.zst", [zstd(&b), zstd(&b)].concat()),
        ("a.zip", zip(&[("a.html", a.as_bytes()), ("b.txt", b"They met.")])),
        ("a.tar", tar(&[("a.html", a.as_bytes()), ("b.txt", b"They met.")])),
        ("a.jsonl", b"{\"text\": \"They met.\", \"date\": \"2026-01-23\"}\n{\"text\": [1]}\n".to_vec()),
        ("a.csv", b"title,text\n\"a\",\"b\"\nc,d\n".to_vec()),
        ("a.mbox", b"From a\nFrom: a@example.org\nSubject: =?utf-8?q?x?=\nDate: Fri, 23 Jan 2026 10:00:00 GMT\n\nThey met.\n".to_vec()),
    ];
    seeds.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).chain(cases()).collect()
}

fn cases() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read(path).unwrap())).collect()
}

#[test]
fn mutated_files_never_panic() {
    for (name, seed) in seeds() {
        for round in 0..N_ROUNDS {
            let bytes = if round == 0 { seed.clone() } else { mutate(&seed, round) };
            // A panic names the round, which makes the file again.
            let outcome = std::panic::catch_unwind(|| {
                let _ = (feed(&bytes), opml(&bytes));
                read(&name, &bytes)
            });
            let outcome = outcome.unwrap_or_else(|_| {
                let path = std::env::temp_dir().join(format!("crash-{round}-{name}"));
                fs::write(&path, &bytes).unwrap();
                panic!("round {round}: put {} into tests/cases", path.display())
            });
            assert!(outcome.items.len() < 10_000, "{name}, round {round}: endless");
        }
    }
}

/// Some bytes changed, taken out, doubled or put in, as `round` decides.
fn mutate(seed: &[u8], round: u64) -> Vec<u8> {
    let mut state = round.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    let mut bytes = seed.to_vec();
    for _ in 0..=next(6) {
        let at = next(bytes.len());
        let end = (at + 1 + next(24)).min(bytes.len());
        match next(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << next(8),
            1 => bytes[at..end].fill([0, 0xFF, b'<', b'9', b'&', b'\n'][next(6)]),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                let to = next(bytes.len());
                bytes.splice(to..to, piece);
            }
            4 => bytes.truncate(at),
            _ => {
                let words: [&[u8]; 8] = [
                    b"</",
                    b"<![CDATA[",
                    b"&#x110000;",
                    b"WARC/1.0\r\n",
                    b"\x1F\x8B\x08\0",
                    b"99999999999999999999",
                    b"\xFF\xFE",
                    b"PK\x05\x06",
                ];
                bytes.splice(at..at, words[next(words.len())].iter().copied());
            }
        }
    }
    bytes
}
