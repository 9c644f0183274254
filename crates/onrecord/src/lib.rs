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

mod known;

pub use onrecord_actors::{Error as ActorsError, Knowledge};
pub use onrecord_extract::{Rule, dates};
pub use onrecord_record::{
    About, Actor, ActorId, Article, ArticleId, Context, Country, Event, EventDate, EventId,
    EventType, Form, Kind, Mention, MentionForm, Note, NoteKind, PartialDate, Record, Role, Sector,
    Span, Speaker, Statement, StatementId, Status, Text, polecat,
};

use onrecord_extract::Scope;

use crate::known::KnownNames;

/// Reads articles. Making one unpacks the model; share it between threads.
pub struct Reader {
    model: onrecord_model::Model,
    names: KnownNames,
}

impl Reader {
    /// A reader with the model that comes with this crate.
    #[expect(clippy::new_without_default, reason = "making a reader is work, not a default")]
    pub fn new() -> Reader {
        Reader {
            model: onrecord_model::Model::embedded(),
            names: KnownNames(Knowledge::embedded().clone()),
        }
    }

    /// A reader that knows a user's actors too, from a table whose format `docs/actors.md` describes; where
    /// they bear the name of a known one, they overrule it.
    ///
    /// # Errors
    /// With the number of the first line that is wrong.
    pub fn with_actors(tsv: &str) -> Result<Reader, ActorsError> {
        let names = KnownNames(Knowledge::embedded().with_user_entries(tsv)?);
        Ok(Reader { names, ..Reader::new() })
    }

    /// Reads an article. Never fails: what could not be read is in the record's notes.
    ///
    /// The same article gives the same record, on any machine and thread.
    pub fn read(&self, article: Article) -> Record {
        self.read_by(article, Rule::ALL)
    }

    /// The proper names of a text and what each is, titles left out: what corpora of named entities mark.
    pub fn names(&self, text: &Text) -> Vec<(Span, Kind)> {
        onrecord_extract::names(&self.model, text)
    }

    /// The probability of each of [`EventType::ALL`] of being what a sentence tells of a source and its target, whose words
    /// are given where it names them; `None` for a sentence without words.
    pub fn told(
        &self,
        sentence: &Text,
        source: Option<Span>,
        target: Option<Span>,
    ) -> Option<[f32; EventType::ALL.len()]> {
        onrecord_extract::told(&self.model, sentence, source, target)
    }

    /// Probabilities of a critical, a neutral and a favourable stance of a sentence toward a mention, whose words are given;
    /// `None` for a mention without words.
    pub fn stance(&self, sentence: &Text, mention: Span) -> Option<[f32; 3]> {
        onrecord_extract::stance(&self.model, sentence, mention)
    }

    /// Reads an article by some of the rules only, to measure what each is worth.
    pub fn read_by(&self, article: Article, rules: &[Rule]) -> Record {
        let scope = Scope { rules, ..Scope::default() };
        onrecord_extract::read_by(&self.model, &self.names, article, &scope)
    }
}
