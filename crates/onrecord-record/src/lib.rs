//! What onrecord writes: who said what, every field pinned to the characters it came from.
//!
//! Plain values and their JSON (format `onrecord/1`); nothing here reads files or runs a model.
//!
//! ```
//! use onrecord_record::Article;
//!
//! let article = Article::new("“We agree,” she said.");
//! let span = article.text.span(0, 15).unwrap();
//! assert_eq!(&article.text[span], "“We agree,”");
//! assert_eq!(article.text.code_points(span), [0, 11]);
//! ```

mod article;
mod json;
mod record;
mod text;

pub use article::{Article, ArticleId};
pub use record::{Form, Note, NoteKind, Record, Statement, StatementId};
pub use text::{Span, Text};
