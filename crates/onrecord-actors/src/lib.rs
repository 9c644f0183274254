//! Who is who in world politics: states, offices and their holders, organisations, places.
//!
//! The knowledge is compiled by `onrecord-compile` into `knowledge/actors.bin`, which is part of
//! this crate and read in place: nothing is unpacked, and opening it takes no time to speak of.
//! Nothing here reads files, the network or the clock: a look-up takes the day it is about.
//!
//! ```
//! use jiff::civil::date;
//! use onrecord_actors::{Knowledge, Relation};
//!
//! let knowledge = Knowledge::embedded();
//! let found = knowledge.look_up("NATO", Some(date(2026, 1, 23)));
//! let entry = knowledge.entry(found[0].entry);
//! assert_eq!(entry.name, "North Atlantic Treaty Organization");
//!
//! let (state, relation) = knowledge.state_of("Baku").unwrap();
//! assert_eq!(knowledge.entry(state).name, "Azerbaijan");
//! assert_eq!(relation, Relation::Capital);
//! ```

mod builder;
mod entry;
mod error;
mod find;
mod fold;
mod knowledge;
mod layer;
mod look_up;
mod office;
mod resolve;
mod user;

pub use builder::{Builder, Draft, DraftName, InText, found};
pub use entry::{Entry, EntryId, Holding, Relation, Sex, Source, Tenure};
pub use error::Error;
pub use find::{Match, Matches};
pub use fold::{fold, fold_expanded, skeleton};
pub use knowledge::Knowledge;
pub use look_up::{Found, Why};
pub use office::rank as office_rank;
pub use resolve::Resolved;
