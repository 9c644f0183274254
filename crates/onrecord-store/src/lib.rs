//! The record kept in one file: SQLite, added to for years, asked in milliseconds.
//!
//! ```
//! use onrecord_record::{Article, Record};
//! use onrecord_store::{Filter, NoNames, Store};
//!
//! # let folder = std::env::temp_dir().join(format!("onrecord-doc-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder).unwrap();
//! # let path = folder.join("my.db");
//! let mut store = Store::open(&path)?;
//! let added = store.add(&[Record::empty(Article::new("They met."))])?;
//! assert_eq!(added.new, 1);
//! assert!(store.said(&Filter::default(), &NoNames)?.is_empty());
//! # std::fs::remove_dir_all(&folder).unwrap();
//! # Ok::<(), onrecord_store::Error>(())
//! ```

mod add;
mod digest;
mod error;
mod export;
mod fold;
mod hash;
mod merge;
mod names;
mod question;
mod ruling;
mod schema;
mod store;
mod stored;
mod verify;
mod words;

pub use add::Added;
pub use error::{Candidate, Error, Result};
pub use export::Format;
pub use names::{Names, NoNames, OtherName, Somebody};
pub use question::{
    AboutRow, ActorAnswer, ArticleAnswer, BesideAnswer, BesideRow, BetweenAnswer, By, CLEAR_STANCE,
    CapacityRow, CompareRow, CopyRow, DisputedRow, EventRow, Facet, Facets, Filter, FoundArticle,
    FoundStatement, Month, MonthRow, NetworkAnswer, NetworkEdge, Piece, SaidRow, SearchAnswer,
    ShiftRow, SourceRow, Variant, VariantGroup, Voice,
};
pub use store::{Size, Store};
pub use verify::Verified;
