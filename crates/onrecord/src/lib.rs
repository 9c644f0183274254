//! Reads news and writes the record: who said what, every field pinned to the characters it came from.
//!
//! ```no_run
//! let reader = onrecord::Reader::new();
//! let record = reader.read(onrecord::Article::new("“We agree,” the minister said."));
//! println!("{}", record.to_json());
//! ```

pub use onrecord_record::{
    Article, ArticleId, Form, Note, NoteKind, Record, Span, Statement, StatementId, Text,
};

/// Reads articles. Making one unpacks the model; share it between threads.
pub struct Reader {}

impl Reader {
    /// A reader with the model that comes with this crate.
    #[expect(clippy::new_without_default, reason = "making a reader is work, not a default")]
    pub fn new() -> Reader {
        Reader {}
    }

    /// Reads an article. Never fails: what could not be read is in the record's notes.
    pub fn read(&self, article: Article) -> Record {
        Record { article, statements: Vec::new(), notes: Vec::new() }
    }
}
