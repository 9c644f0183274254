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

/// Records that are worth a thread, and that it hands over at once.
const MANY: usize = 32;

/// Hands over each record, prepared, in order; of many, another thread prepares those that come next.
pub(super) fn prepared<'r>(
    records: &'r [Record],
    mut each: impl FnMut(&'r Record, Prepared) -> Result<()>,
) -> Result<()> {
    if records.len() < MANY {
        return records.iter().try_for_each(|record| each(record, Prepared::of(record)));
    }
    thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel(2);
        let prepare = |records: &[Record]| records.iter().map(Prepared::of).collect::<Vec<_>>();
        // Ends early if the writer does.
        scope.spawn(move || records.chunks(MANY).map(prepare).try_for_each(|some| send.send(some)));
        let prepared = receive.into_iter().flatten();
        records.iter().zip(prepared).try_for_each(|(record, prepared)| each(record, prepared))
    })
}
