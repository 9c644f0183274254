#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_intake::{feed, opml};

fuzz_target!(|bytes: &[u8]| {
    let _ = opml(bytes);
    for entry in feed(bytes).map(|feed| feed.entries).unwrap_or_default() {
        let _ = entry.read();
    }
});
