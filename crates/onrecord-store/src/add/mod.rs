//! Adds records to a file.

mod batch;
mod capacity;
mod copy;
mod index;
mod prepared;
mod transaction;

pub(crate) use batch::regroup_moved;
pub use transaction::Added;
pub(crate) use transaction::Cache;
