//! Web pages: the article's text and what the page says about it.
//!
//! [`html`] decodes the bytes ([`charset`]), builds the tree ([`tokens`], [`tree`], [`dom`]), and reads
//! the text out of it ([`main_text`]): what is no article wherever it stands is removed
//! ([`removal`], [`names`]), the element that holds the article is found ([`container`]), and of its
//! paragraphs ([`segments`]) those are kept that are the article's ([`filter`], [`phrases`], [`items`]).

mod charset;
mod container;
mod dom;
mod filter;
mod hints;
mod items;
mod lead;
mod main_text;
mod metadata;
mod names;
mod page;
mod phrases;
mod removal;
mod segments;
mod tag;
mod text;
mod tokens;
mod tree;

pub use hints::Hints;
pub(crate) use page::MAX_PAGE;
pub use page::html;
