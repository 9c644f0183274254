//! Archives, lists and tables.

use std::io::{Cursor, Read, Write, repeat};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Compression;
use onrecord_intake::{Articles, Options, Source, plain_text};
use onrecord_record::NoteKind;

use crate::build::{gzip, page, page_record, read, tar, zip, zstd};

type Items = Vec<(String, Result<String, String>)>;

fn items(expected: &[(&str, Result<&str, &str>)]) -> Items {
    let own = |result: &Result<&str, &str>| result.map(str::to_owned).map_err(str::to_owned);
    expected.iter().map(|(origin, result)| ((*origin).to_owned(), own(result))).collect()
}

#[test]
fn files_in_archives_in_archives() {
    let warc = [gzip(&page_record("Arin")), gzip(&page_record("Belo"))].concat();
    let at = gzip(&page_record("Arin")).len();
    let a = page("Cort");
    let inner =
        tar(&[("a.html", a.as_bytes()), ("logo.png", b"\x89PNG\0"), ("style.css", b"p {}")]);
    let files: [(&str, &[u8]); 4] = [
        ("b.txt", b"A headline\n\nThey met."),
        ("crawl.warc.gz", &warc),
        ("in.tar", &inner),
        ("d/", b""),
    ];
    let expected = |outer: &str| {
        items(&[
            (&format!("{outer}!b.txt"), Ok("A headline")),
            (&format!("{outer}!crawl.warc.gz@0"), Ok("Talks in Arin")),
            (&format!("{outer}!crawl.warc.gz@{at}"), Ok("Talks in Belo")),
            (&format!("{outer}!in.tar!a.html"), Ok("Talks in Cort")),
        ])
    };
    let outcome = read("news.zip", &zip(&files));
    assert_eq!(outcome.items, expected("news.zip"));
    assert_eq!(outcome.skipped.iter().collect::<Vec<_>>(), [("no text", 2)]);
    for (path, bytes) in [
        ("news.tar", tar(&files[..3])),
        ("news.tar.gz", gzip(&tar(&files[..3]))),
        ("news.tgz", gzip(&tar(&files[..3]))),
        ("news.tar.zst", zstd(&tar(&files[..3]))),
    ] {
        assert_eq!(read(path, &bytes).items, expected(path), "{path}");
    }
    assert_eq!(
        read("page.html.gz", &gzip(page("Arin").as_bytes())).items,
        items(&[("page.html.gz", Ok("Talks in Arin"))])
    );
}

#[test]
fn archives_that_are_cut_off_give_what_is_whole() {
    let a = page("Arin");
    let files: [(&str, &[u8]); 2] = [("a.html", a.as_bytes()), ("b.html", a.as_bytes())];
    let file = tar(&files);
    let outcome = read("news.tar", &file[..file.len() - 1024 - 300]);
    assert_eq!(outcome.titles(), ["Talks in Arin"]);
    assert_eq!(outcome.errors()[0], ("news.tar!b.html", "damaged"));
    let file = zip(&files);
    let outcome = read("news.zip", &file[..file.len() - 30]);
    assert_eq!(outcome.errors(), [("news.zip", "damaged")]);
}

#[test]
fn lines_and_tables() {
    let lines = "{\"text\": \"They met.\", \"title\": \"A & B <c>\"}\n\n{\"body\": [\"One.\", \"Two.\"]}\r\n\
                 {\"html\": \"<p>x\"}\nnot JSON\n[1]\n{\"x\": 1}\n{\"article\": {\"text\": \"Nested.\"}}";
    let outcome = read("news.jsonl", lines.as_bytes());
    let offsets: Vec<usize> = lines.match_indices('\n').map(|(at, _)| at + 1).collect();
    let at = |idx: usize| format!("news.jsonl@{}", offsets[idx]);
    assert_eq!(
        outcome.items[..2],
        items(&[("news.jsonl@0", Ok("A & B <c>")), (&at(1), Ok("One.\n\nTwo."))])
    );
    assert_eq!(
        outcome.items[3..],
        items(&[
            (&at(3), Err("damaged")),
            (&at(4), Err("damaged")),
            (&at(5), Err("no text")),
            (&at(6), Ok("Nested.")),
        ])
    );
    let table = "\u{FEFF}Title;Text;Date\n\"A; b\";\"They \"\"met\"\".\nThen\";2026-01-23\n;;\n";
    let mut articles =
        Articles::new(Source::file("news.csv", Cursor::new(table)), Options::default());
    let (article, _) = articles.next().unwrap().result.unwrap();
    assert_eq!(article.title.as_deref(), Some("A; b"));
    assert_eq!(article.text.as_str(), "They \"met\".\nThen");
    assert_eq!(article.published.unwrap().to_string(), "2026-01-23");
    assert_eq!(articles.next().unwrap().result.unwrap_err().reason(), "no text");
    assert!(articles.next().is_none());
}

#[test]
fn fields_can_be_named() {
    let mut options = Options::default();
    assert!(options.fields.set("text", "story.words"));
    assert!(options.fields.set("date", "when"));
    assert!(!options.fields.set("colour", "x"));
    let line =
        r#"{"text": "no", "story": {"words": "They met."}, "when": "2026-01-23T23:30:00-05:00"}"#;
    let mut articles = Articles::new(Source::file("a.jsonl", Cursor::new(line)), options);
    let (article, _) = articles.next().unwrap().result.unwrap();
    assert_eq!(article.text.as_str(), "They met.");
    assert_eq!(article.published_at.as_deref(), Some("2026-01-23T23:30:00-05:00"));
    assert!(article.origins.contains(&("published".to_owned(), "field when".to_owned())));
}

#[test]
fn mails_and_mailboxes() {
    let mail = "From: Ann Lee <ann@example.org>\nDate: Fri, 23 Jan 2026 10:00:00 +0400\n\
                Subject: =?utf-8?q?Talks_=E2=80=93_day_two?=\nMIME-Version: 1.0\n\nThey met.\n>From here on.\n";
    let outcome = read("a.eml", mail.as_bytes());
    assert_eq!(outcome.titles(), ["Talks – day two"]);
    let mbox = format!("From ann Fri Jan 23\n{mail}\nFrom ann Fri Jan 23\n{mail}");
    let outcome = read("box", mbox.as_bytes());
    let second = mbox.rfind("From ann").unwrap();
    assert_eq!(
        outcome.items,
        items(&[
            ("box@0", Ok("Talks – day two")),
            (&format!("box@{second}"), Ok("Talks – day two")),
        ])
    );
}

#[test]
fn compression_bombs_are_refused() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::best());
    std::io::copy(&mut repeat(b' ').take(100 << 20), &mut encoder).unwrap();
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < 1 << 20);
    let outcome = read("bomb.txt.gz", &bomb);
    assert_eq!(outcome.errors(), [("bomb.txt.gz", "compression bomb")]);
    // In a record of a crawl: the record is lost, the rest is not.
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::best());
    let len = 100_u64 << 20;
    write!(encoder, "WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: {len}\r\n\r\n").unwrap();
    std::io::copy(&mut repeat(b' ').take(len), &mut encoder).unwrap();
    let warc = [encoder.finish().unwrap(), gzip(&page_record("Arin"))].concat();
    let outcome = read("crawl.warc.gz", &warc);
    assert_eq!(outcome.errors(), [("crawl.warc.gz@0", "compression bomb")]);
    assert_eq!(outcome.titles(), ["Talks in Arin"]);
    // In a zip: a file that says how large it is, and one that is read as it comes.
    let zipped = zip(&[
        ("a.txt", &vec![b' '; 100 << 20]),
        ("b.jsonl", &[b"{\"text\": \"One.\"}".to_vec(), vec![b'\n'; 100 << 20]].concat()),
        ("c.txt", b"They met."),
    ]);
    assert!(zipped.len() < 1 << 20);
    let outcome = read("a.zip", &zipped);
    let [(file, why), (line, bomb)] = outcome.errors()[..] else { panic!("{outcome:?}") };
    assert_eq!((file, why, bomb), ("a.zip!a.txt", "too large", "compression bomb"));
    assert!(line.starts_with("a.zip!b.jsonl@"), "{line}");
    assert_eq!(outcome.items.len(), 4, "what is whole is read: {outcome:?}");
    // Files that share their bytes.
    let mut overlapping = zip(&[("a", &[b'a'; 64]), ("b", &[b'b'; 64])]);
    let list = overlapping.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    overlapping[list + 20..list + 24].copy_from_slice(&4096_u32.to_le_bytes());
    assert_eq!(read("a.zip", &overlapping).errors(), [("a.zip", "compression bomb")]);
    // Archives in archives.
    let mut deep = zip(&[("a.txt", b"They met.")]);
    for _ in 0..6 {
        deep = zip(&[("a.zip", &deep)]);
    }
    assert_eq!(read("a.zip", &deep).errors()[0].1, "not supported");
}

#[test]
fn of_a_huge_page_no_more_is_taken_than_is_read() {
    struct Counted<R>(R, Arc<AtomicU64>);
    impl<R: Read> Read for Counted<R> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let n = self.0.read(into)?;
            self.1.fetch_add(n as u64, Ordering::SeqCst);
            Ok(n)
        }
    }
    let begins =
        b"<!DOCTYPE html><p>The archive is large, said the archivist, and nobody has read it.</p>";
    let page = || begins.chain(repeat(b' ').take(200 << 20));
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), Compression::none());
    std::io::copy(&mut page(), &mut packed).unwrap();
    let packed = Cursor::new(packed.finish().unwrap());
    let pages: [(&str, Box<dyn Read + Send>); 2] =
        [("page.html", Box::new(page())), ("page.html.gz", Box::new(packed))];
    for (name, page) in pages {
        let n_taken = Arc::new(AtomicU64::new(0));
        let source = Source::stream(name, Counted(page, Arc::clone(&n_taken)));
        let items: Vec<_> = Articles::new(source, Options::default()).collect();
        let [item] = &items[..] else { panic!("{name}: {} items", items.len()) };
        let (article, notes) = item.result.as_ref().unwrap();
        assert!(article.text.starts_with("The archive is large"), "{name}");
        assert_eq!(notes.iter().map(|note| note.kind).collect::<Vec<_>>(), [NoteKind::TooLong]);
        let n_taken = n_taken.load(Ordering::SeqCst);
        assert!(n_taken < 18 << 20, "{name}: {n_taken} bytes");
    }
}

#[test]
fn plain_text_is_what_it_was() {
    for text in ["", "Talks\n\nThey met.", "{\"text\": \"x\"}", "<html>"] {
        let mut articles =
            Articles::new(Source::file("a.txt", Cursor::new(text)), Options::default());
        let (mut article, notes) = articles.next().unwrap().result.unwrap();
        assert!(notes.is_empty() && articles.next().is_none());
        assert_eq!(article.path.take().as_deref(), Some("a.txt"));
        assert_eq!(article, plain_text(text.into()).unwrap());
    }
}
