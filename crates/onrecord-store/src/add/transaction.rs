//! A batch of records is one transaction, so that a file holds all of it or nothing.

use std::collections::{HashMap, HashSet};

use onrecord_record::Record;
use rusqlite::TransactionBehavior;

use super::batch::Batch;
use super::copy::Compared;
use super::prepared::prepared;
use crate::error::Result;
use crate::merge::Capacity;
use crate::store::Store;

/// What a batch added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Articles that the file did not hold.
    pub new: u64,
    /// Articles that it held, by the hash of their text and their address.
    pub known: u64,
    /// Statements of the new ones.
    pub statements: u64,
    /// Reports of events in the new ones.
    pub events: u64,
    /// New ones whose text is a copy of another's.
    pub copies: u64,
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, other: Added) {
        self.new += other.new;
        self.known += other.known;
        self.statements += other.statements;
        self.events += other.events;
        self.copies += other.copies;
    }
}

/// What is known of the file without asking it. Forgotten when another program has written.
#[derive(Default)]
pub(crate) struct Cache {
    pub(super) data_version: i64,
    pub(super) keys: HashMap<String, i64>,
    pub(super) capacities: HashMap<Capacity, i64>,
    pub(super) actors: HashMap<i64, i64>,
    pub(super) aliases: HashMap<i64, HashSet<String>>,
    pub(super) compared: Compared,
}

/// At this many capacities the cache is emptied: about 300 MB.
const FULL: usize = 500_000;

impl Store {
    /// Adds records in one transaction. Those that the file holds are left as they are.
    ///
    /// # Errors
    /// If the file cannot be written; then none of them is in it.
    pub fn add(&mut self, records: &[Record]) -> Result<Added> {
        let added = self.add_batch(records);
        if added.is_err() {
            self.cache = Cache::default();
        }
        added.map_err(|error| error.at(&self.path))
    }

    fn add_batch(&mut self, records: &[Record]) -> Result<Added> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let data_version = tx.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if data_version != self.cache.data_version || self.cache.capacities.len() > FULL {
            self.cache = Cache { data_version, ..Cache::default() };
        }
        let mut batch = Batch::new(&tx, &mut self.cache)?;
        prepared(records, |record, prepared| batch.add(record, prepared))?;
        let added = batch.finish()?;
        tx.commit()?;
        Ok(added)
    }
}
