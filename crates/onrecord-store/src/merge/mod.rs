//! Who is the same in many articles, and which reports tell the same event.
//!
//! Both are keyed merges: what may belong together has one key, what is known of a key is a set, sets
//! are joined by union, and the groups are a function of the set alone. So the order of articles and
//! the cut into batches do not matter, and the same functions can run over SQLite or in Spark.

mod apply;
mod capacity;
mod copies;
mod identity;
mod occupation;
mod occurrence;
mod regroup;

pub(crate) use apply::{Moved, recluster};
pub(crate) use capacity::{Capacity, of};
pub(crate) use copies::{Shingles, bands};
pub(crate) use occurrence::{Report, Window, key, window};
pub(crate) use regroup::{last_word, place, regroup};
