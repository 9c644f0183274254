//! Web archives.

use std::io::Cursor;

use onrecord_intake::Source;

use crate::build::{gzip, page, page_record, read, read_source, record, response, zstd};

/// How a WARC file is packed, and how a record of it.
type Packing = (&'static str, fn(&[u8]) -> Vec<u8>);

const PACKINGS: [Packing; 3] =
    [("crawl.warc", |bytes| bytes.to_vec()), ("crawl.warc.gz", gzip), ("crawl.warc.zst", zstd)];

const NAMES: [&str; 5] = ["Arin", "Belo", "Cort", "Dray", "Esk"];

fn records() -> Vec<Vec<u8>> {
    NAMES.iter().map(|name| page_record(name)).collect()
}

fn pack(records: &[Vec<u8>], pack: fn(&[u8]) -> Vec<u8>) -> (Vec<u8>, Vec<usize>) {
    let (mut file, mut offsets) = (Vec::new(), Vec::new());
    for record in records {
        offsets.push(file.len());
        file.extend(pack(record));
    }
    (file, offsets)
}

fn titles(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| format!("Talks in {name}")).collect()
}

#[test]
fn every_page_comes_with_its_offset_and_reading_can_start_there() {
    for (path, packing) in PACKINGS {
        let (file, offsets) = pack(&records(), packing);
        let whole = read(path, &file);
        assert_eq!(whole.titles(), titles(&NAMES), "{path}");
        for (idx, offset) in offsets.iter().enumerate() {
            assert_eq!(whole.items[idx].0, format!("{path}@{offset}"));
            let source = Source::file(path, Cursor::new(file.clone())).from_offset(*offset as u64);
            assert_eq!(read_source(source).items, whole.items[idx..], "{path} from {offset}");
        }
        let stream = Source::stream(path, Cursor::new(file));
        assert_eq!(read_source(stream), whole, "{path} as a stream");
    }
}

#[test]
fn only_pages_are_read_and_the_rest_is_counted() {
    let ok = "200 OK\r\nContent-Type: text/html";
    let wide = page("Wide");
    let latin: Vec<u8> = page("Caf\u{e9}").chars().map(|c| u32::from(c) as u8).collect();
    let records = [
        record("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        record(
            "request",
            "https://example.org/",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        response(
            "https://example.org/1",
            "301 Moved\r\nContent-Type: text/html",
            page("No").as_bytes(),
        ),
        response("https://example.org/2", "200 OK\r\nContent-Type: image/png", &[0; 70_000]),
        response(
            "https://example.org/3",
            &format!("{ok}\r\nContent-Encoding: gzip"),
            &gzip(page("Packed").as_bytes()),
        ),
        response(
            "https://example.org/4",
            &format!("{ok}\r\nTransfer-Encoding: chunked"),
            format!("{:x}\r\n{wide}\r\n0\r\n\r\n", wide.len()).as_bytes(),
        ),
        response("https://example.org/5", "200 OK", page("Untyped").as_bytes()),
        response("https://example.org/6", "200 OK", b"plain"),
        response("https://example.org/7", ok, b" "),
        record("resource", "https://example.org/8", "text/html", page("Resource").as_bytes()),
        record(
            "conversion",
            "https://example.org/9",
            "text/plain",
            b"Text of a page\n\nThey met there.",
        ),
        record("metadata", "", "application/warc-fields", b"x: y"),
        record("response", "dns:example.org", "text/dns", b"x"),
        response("https://example.org/10", &format!("{ok}; charset=ISO-8859-1"), &latin),
    ];
    for (path, packing) in PACKINGS {
        let (file, _) = pack(&records, packing);
        let outcome = read(path, &file);
        let titles = outcome.titles();
        assert_eq!(
            titles[..4],
            ["Talks in Packed", "Talks in Wide", "Talks in Untyped", "Talks in Resource"],
            "{path}"
        );
        assert_eq!(titles[4], "Text of a page", "{path}");
        assert_eq!(titles.len(), 6);
        assert!(outcome.errors().is_empty());
        let skipped: Vec<_> = outcome.skipped.iter().collect();
        let expected = [
            ("empty response", 1),
            ("not HTML", 3),
            ("record without a page", 3),
            ("response without success", 1),
        ];
        assert_eq!(skipped, expected, "{path}");
    }
}

#[test]
fn a_file_packed_as_a_whole_is_read_too() {
    let file = gzip(&records().concat());
    assert_eq!(read("crawl.warc.gz", &file).titles(), titles(&NAMES));
}

#[test]
fn damage_costs_one_record_and_is_reported_once_at_its_offset() {
    let mut failures = Vec::new();
    for (path, packing) in PACKINGS {
        let (file, offsets) = pack(&records(), packing);
        let second = offsets[1]..offsets[2];
        // What is done to the second record's bytes.
        type Damage<'a> = Box<dyn Fn(&mut Vec<u8>) + 'a>;
        let cases: [(&str, Damage<'_>); 4] = [
            (
                "its middle is missing",
                Box::new(|file| {
                    let middle =
                        second.start + second.len() / 3..second.start + 2 * second.len() / 3;
                    file.drain(middle);
                }),
            ),
            (
                "its end is missing",
                Box::new(|file| {
                    file.drain(second.end - second.len() / 4..second.end);
                }),
            ),
            (
                "its beginning is wrong",
                Box::new(|file| {
                    file[second.start..second.start + 12].fill(b'#');
                }),
            ),
            (
                "there is something before it",
                Box::new(|file| {
                    file.splice(second.start..second.start, *b"what is this");
                }),
            ),
        ];
        for (name, damage) in cases {
            let mut damaged = file.clone();
            damage(&mut damaged);
            let outcome = read(path, &damaged);
            let is_extra = name.starts_with("there");
            let expected = if is_extra {
                titles(&NAMES)
            } else {
                titles(&[NAMES[0], NAMES[2], NAMES[3], NAMES[4]])
            };
            let at = format!("{path}@{}", offsets[1]);
            if outcome.titles() != expected || outcome.errors() != [(at.as_str(), "damaged")] {
                failures.push(format!("{path}, {name}: {:?}", outcome.items));
            }
        }
        let cut = &file[..offsets[4] + (file.len() - offsets[4]) / 2];
        let outcome = read(path, cut);
        if outcome.titles() != titles(&NAMES[..4]) || outcome.errors().len() != 1 {
            failures.push(format!("{path}, cut off: {:?}", outcome.items));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn a_dictionary_that_cannot_be_read_is_an_error_and_no_panic() {
    let mut file = vec![0x5D, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4];
    file.extend(zstd(&page_record("Arin")));
    let outcome = read("crawl.warc.zst", &file);
    assert_eq!(outcome.errors(), [("crawl.warc.zst@0", "damaged")]);
    assert_eq!(outcome.titles(), titles(&NAMES[..1]));
}
