//! Reads news and writes the record: who said what, every field pinned to the characters it came from.
//!
//! ```
//! let reader = onrecord::Reader::new();
//! let record = reader.read(onrecord::Article::new("“We agree,” the minister said on Monday."));
//! let statement = &record.statements[0];
//! let text = &record.article.text;
//! assert_eq!(&text[statement.content[0]], "“We agree,”");
//! assert_eq!(&text[statement.source[0]], "the minister");
//! assert_eq!(statement.form, onrecord::Form::Direct);
//! ```

pub use onrecord_extract::Rule;
pub use onrecord_record::{
    Article, ArticleId, Form, Note, NoteKind, Record, Span, Statement, StatementId, Text,
};

/// Reads articles. Making one unpacks the model; share it between threads.
pub struct Reader {
    model: onrecord_model::Model,
}

impl Reader {
    /// A reader with the model that comes with this crate.
    #[expect(clippy::new_without_default, reason = "making a reader is work, not a default")]
    pub fn new() -> Reader {
        Reader { model: onrecord_model::Model::embedded() }
    }

    /// Reads an article. Never fails: what could not be read is in the record's notes.
    ///
    /// The same article gives the same record, on any machine and thread.
    pub fn read(&self, article: Article) -> Record {
        onrecord_extract::read(&self.model, article)
    }

    /// Reads an article by some of the rules only, to measure what each is worth.
    pub fn read_by(&self, article: Article, rules: &[Rule]) -> Record {
        onrecord_extract::read_by(&self.model, article, rules)
    }
}
