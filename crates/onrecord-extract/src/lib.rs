//! From a text and an encoder's vectors to statements, in plain values that can be read and tested without weights.

mod encoder;

pub use encoder::{Encoder, Input, N_LAYERS, N_TAGS, Pointer, Vectors, Word, Words};
