#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_intake::{Hints, html};

fuzz_target!(|bytes: &[u8]| {
    let _ = html(bytes, &Hints::default());
});
