//! What is known about a page before it is read.

/// What whoever fetched a page knows about it. All of it may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// The encoding that the HTTP header named, such as `utf-8`.
    pub charset: Option<String>,
    /// The address that the page came from.
    pub url: Option<String>,
}
