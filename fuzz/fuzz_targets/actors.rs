//! Folding, finding, looking up and reading a user's table stand any text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_actors::{Knowledge, fold, fold_expanded, skeleton};

fuzz_target!(|text: &str| {
    let knowledge = Knowledge::embedded();
    skeleton(&fold(text));
    skeleton(&fold_expanded(text));
    for found in knowledge.find(text) {
        assert!(text.get(found.range).is_some());
    }
    if text.len() < 100 {
        knowledge.look_up(text, None);
    }
    let _ = knowledge.with_user_entries(text);
});
