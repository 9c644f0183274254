//! What of a record can be found out without the file, by another thread than the one that writes.

use std::sync::mpsc;
use std::thread;

use onrecord_record::Record;

use crate::digest::digest;
use crate::error::Result;
use crate::merge::{self, Capacity};

/// What of a record can be found out without the file.
pub(super) struct Prepared {
    pub(super) digest: i64,
    pub(super) bands: Vec<i64>,
    pub(super) shingles: merge::Shingles,
    pub(super) capacities: Vec<Capacity>,
}

impl Prepared {
    fn of(record: &Record) -> Prepared {
        let text = record.article.text.as_str();
        Prepared {
            digest: digest(record),
            bands: merge::bands(text),
            shingles: merge::Shingles::of(text),
            capacities: record.actors.iter().map(|actor| merge::of(record, actor)).collect(),
        }
    }
}

/// Records that are worth a thread.
const MANY: usize = 32;

/// Hands over each record, prepared, in order; of many, another thread prepares those that come next.
pub(super) fn prepared(
    records: &[Record],
    mut each: impl FnMut(&Record, Prepared) -> Result<()>,
) -> Result<()> {
    if records.len() < MANY {
        return records.iter().try_for_each(|record| each(record, Prepared::of(record)));
    }
    thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel(MANY);
        // Ends early if the writer does.
        scope.spawn(move || records.iter().map(Prepared::of).try_for_each(|one| send.send(one)));
        records.iter().zip(receive).try_for_each(|(record, prepared)| each(record, prepared))
    })
}
