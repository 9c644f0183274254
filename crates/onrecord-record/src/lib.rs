//! What onrecord writes: who said what about whom, what is reported to have happened, every field pinned to the characters it came from.
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

mod actor;
mod article;
mod codes;
mod event;
mod json;
pub mod polecat;
mod record;
mod statement;
mod text;

pub use actor::{Actor, ActorId, Country, Kind, Mention, MentionForm, Role, Sector};
pub use article::{Article, ArticleId};
pub use event::{Context, Event, EventDate, EventId, EventType, NotADate, PartialDate, Status};
pub use json::{Error, harmless};
pub use record::{Note, NoteKind, Record};
pub use statement::{About, Form, Speaker, Statement, StatementId};
pub use text::{Span, Text};
