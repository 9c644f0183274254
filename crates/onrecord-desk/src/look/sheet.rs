//! A page without its frame.

use maud::Markup;

/// What stands in a page's frame.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// For the window's title.
    pub(crate) title: String,
    /// The path of the entry in the navigation that it belongs to; empty: none.
    pub(crate) place: &'static str,
    /// What stands in it.
    pub(crate) body: Markup,
}
