//! From bytes to articles. Reads no files: whoever has the bytes hands them over.
//!
//! ```
//! let article = onrecord_intake::plain_text(b"Talks resume\n\nThey met in Baku.".to_vec())?;
//! assert_eq!(article.title.as_deref(), Some("Talks resume"));
//! let page = b"<title>Talks resume</title><nav>Home</nav><p>They met in Baku, and will meet again.</p>";
//! let (article, notes) = onrecord_intake::html(page, &onrecord_intake::Hints::default())?;
//! assert_eq!(article.title.as_deref(), Some("Talks resume"));
//! assert_eq!(article.text.as_str(), "They met in Baku, and will meet again.");
//! assert!(notes.is_empty());
//! # Ok::<(), onrecord_intake::Error>(())
//! ```

mod error;
mod html;
pub mod http;
mod language;
mod origins;
mod plain;
mod source;
mod title;

pub use error::Error;
pub use html::{Hints, html};
pub use language::language;
pub use plain::plain_text;
pub use source::{
    Articles, Document, Documents, Entry, Feed, Fields, Format, Item, Options, Origin, Skipped,
    Source, feed, opml, sniff,
};
