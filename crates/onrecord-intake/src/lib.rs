//! From bytes to articles. Reads no files: whoever has the bytes hands them over.
//!
//! ```
//! let article = onrecord_intake::plain_text(b"Talks resume\n\nThey met in Baku.".to_vec())?;
//! assert_eq!(article.title.as_deref(), Some("Talks resume"));
//! # Ok::<(), onrecord_intake::Error>(())
//! ```

mod error;
mod plain;
mod title;

pub use error::Error;
pub use plain::plain_text;
