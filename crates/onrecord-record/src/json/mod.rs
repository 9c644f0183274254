//! The record as JSON, format `onrecord/1`: one object, offsets in code points.

mod line;
mod read;
mod write;

pub use read::Error;
pub use write::harmless;

/// The name of the format, first in each object.
const FORMAT: &str = "onrecord/1";
