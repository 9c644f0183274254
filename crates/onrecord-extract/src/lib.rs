//! From a text and an encoder's vectors to statements, in plain values that can be read and tested without weights.

mod actors;
mod coreference;
mod countries;
pub mod dates;
mod encoder;
mod events;
mod face;
#[cfg(test)]
mod fake;
mod finder;
mod found;
mod marked;
mod marks;
mod names;
mod page;
mod read;
mod reading;
mod rules;
mod sectors;
mod source;
mod speakers;
mod statements;
mod surface;
mod tags;
mod times;
mod window;

pub use encoder::{Encoder, Input, N_LAYERS, N_TAGS, Pointer, Vectors, Word, Words};
pub use found::{Found, FoundMention, FoundName, FoundRole, FoundTrigger, Links};
pub use marked::{stance, told};
pub use marks::{Label, Looks, Match, ScoredSpan, SpanKind, SpanLink, SpanVector, Standing};
pub use names::{Known, Names, NoNames, Sex};
pub use page::{Page, Token};
pub use read::{Events, Scope, names, read, read_by};
pub use reading::{Link, Reading, TaggedSpan};
pub use rules::Rule;
pub use surface::{Quotation, Quoted};
pub use tags::Role;
