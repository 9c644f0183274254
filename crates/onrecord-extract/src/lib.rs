//! From a text and an encoder's vectors to statements, in plain values that can be read and tested without weights.

mod encoder;
#[cfg(test)]
mod fake;
mod page;
mod read;
mod reading;
mod rules;
mod statements;
mod surface;
mod tags;
mod window;

pub use encoder::{Encoder, Input, N_LAYERS, N_TAGS, Pointer, Vectors, Word, Words};
pub use page::{Page, Token};
pub use read::{read, read_by};
pub use reading::{Link, Reading, TaggedSpan};
pub use rules::Rule;
pub use surface::{Quotation, Quoted};
pub use tags::Role;
