#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_intake::{Hints, html};

const LABELS: [&str; 8] =
    ["utf-8", "utf-16", "windows-1252", "windows-1251", "shift_jis", "gb18030", "iso-2022-jp", "no such"];

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, page)) = bytes.split_first() else { return };
    let charset = Some(LABELS[usize::from(first) % LABELS.len()].to_owned());
    let _ = html(page, &Hints { charset, ..Hints::default() });
});
