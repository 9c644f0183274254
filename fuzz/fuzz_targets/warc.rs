#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use onrecord_intake::{Articles, Options, Source};

const NAMES: [&str; 8] =
    ["a.warc.gz", "a.warc.zst", "a.zip", "a.tar.gz", "a.jsonl", "a.csv", "a.mbox", "a.pdf"];

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, bytes)) = bytes.split_first() else { return };
    let name = NAMES[usize::from(first) % NAMES.len()];
    let options = Options { max_file: 16 << 20, max_inner: 1 << 20, ..Options::default() };
    Articles::new(Source::file(name, Cursor::new(bytes.to_vec())), options).for_each(drop);
});
