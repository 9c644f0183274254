//! The record: all that was read in an article.

use crate::codes::codes;
use crate::{Actor, ActorId, Article, Event, EventId, Span, Statement, StatementId};

/// What was read in an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The article, with the text that all spans point into.
    pub article: Article,
    /// In order of their first mention; `actors[i]` has the id `i`.
    pub actors: Vec<Actor>,
    /// In order of their first content; `statements[i]` has the id `i`.
    pub statements: Vec<Statement>,
    /// In order of their first trigger; `events[i]` has the id `i`.
    pub events: Vec<Event>,
    /// What was skipped and why.
    pub notes: Vec<Note>,
}

impl Record {
    /// A record of an article in which nothing was read.
    pub fn empty(article: Article) -> Record {
        let (actors, statements, events, notes) = Default::default();
        Record { article, actors, statements, events, notes }
    }

    /// The actor with this id.
    ///
    /// # Panics
    /// If the id is another record's.
    pub fn actor(&self, id: ActorId) -> &Actor {
        &self.actors[id.0 as usize]
    }

    /// The statement with this id.
    ///
    /// # Panics
    /// If the id is another record's.
    pub fn statement(&self, id: StatementId) -> &Statement {
        &self.statements[id.0 as usize]
    }

    /// The event with this id.
    ///
    /// # Panics
    /// If the id is another record's.
    pub fn event(&self, id: EventId) -> &Event {
        &self.events[id.0 as usize]
    }
}

/// Something a reader of the record should know: what was not read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What sort of thing happened.
    pub kind: NoteKind,
    /// The words concerned.
    pub span: Option<Span>,
    /// For a person.
    pub message: String,
}

codes! {
    /// The sorts of notes.
    NoteKind {
        /// The text was too long to be read to its end.
        TooLong = "too_long",
        /// The text holds no words.
        NoWords = "no_words",
        /// The text is not in English, and was not read.
        OtherLanguage = "other_language",
        /// Bytes that were no text were left out or replaced.
        Damaged = "damaged",
    }
}
