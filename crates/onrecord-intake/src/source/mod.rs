//! Articles from anything that holds some: web archives, feeds, tables, mails, archives of files.
//!
//! A [`Source`] is a file or a stream. [`Documents`] takes documents out of it, one after the
//! other and in order, and never holds more than one; [`Document::read`] makes an article of each.
//! [`Articles`] does both.

mod document;
mod documents;
mod failure;
mod feed;
mod format;
pub(crate) mod fragment;
mod lines;
mod mail;
mod mbox;
mod members;
mod moment;
mod options;
mod origin;
mod part;
mod pdf;
mod row;
mod table;
mod tar;
mod warc;
mod window;
mod zip;

pub use document::{Document, Item};
pub use documents::{Articles, Documents, Skipped, Source};
pub(crate) use failure::{Bomb, Failure};
pub use feed::{Entry, Feed, feed, opml};
pub use format::{Format, sniff};
pub use options::{Fields, Options};
pub use origin::Origin;
