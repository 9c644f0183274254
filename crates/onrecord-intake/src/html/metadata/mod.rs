//! What a page says about its article: title, outlet, by-line, dates, section, language.
//!
//! Each field has a file; each tries the places where publishers write it, the most deliberate
//! first: JSON-LD, then meta tags (Open Graph, Dublin Core and others), then what readers see.

mod authors;
mod dates;
mod headings;
mod json_ld;
mod meta;
mod outlet;
mod outlets;
mod parse_date;
mod people;
mod read;
mod title;

pub(crate) use json_ld::JsonLd;
pub(crate) use read::metadata;
