//! What a part of a plot stands for, and where it leads.

use onrecord_store::{EventRow, NetworkEdge, SaidRow, Somebody};

/// A part of a plot that a page may link to.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// An actor of a network.
    Actor(&'a Somebody),
    /// What ties two actors of a network.
    Tie(&'a NetworkEdge),
    /// A statement.
    Statement(&'a SaidRow),
    /// An event.
    Event(&'a EventRow),
    /// All that is drawn as one: from the first of these days through the last, as `2026-01-31`.
    Days {
        /// The first.
        since: &'a str,
        /// The last.
        until: &'a str,
    },
}

/// Where a part leads; `None`: nowhere. A link with another scheme than http and https is not drawn.
pub type Links<'a> = &'a dyn Fn(Part<'_>) -> Option<String>;

/// No links, for a plot in a file of its own.
pub fn nowhere(_: Part<'_>) -> Option<String> {
    None
}
