//! Who is tied to whom: actors as circles, ties as lines.

mod draw;
mod labels;
mod layout;

pub use draw::network;
