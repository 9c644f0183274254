//! The record as `onrecord read --json` prints it.

use std::io::Write;

use crate::error::{Error, Result};
use crate::store::Store;

pub(super) fn write(store: &Store, out: &mut dyn Write) -> Result<()> {
    store.records(|record| Ok::<(), Error>(writeln!(out, "{}", record.to_json())?))
}
