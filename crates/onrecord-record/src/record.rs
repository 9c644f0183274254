//! Statements, notes, and the record that holds them.

use std::fmt;

use crate::{Article, Span};

/// What was read in an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The article, with the text that all spans point into.
    pub article: Article,
    /// In order of their first content.
    pub statements: Vec<Statement>,
    /// What was skipped and why.
    pub notes: Vec<Note>,
}

/// Number of a statement within its record, from 0; printed `s1`, `s2`, ….
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementId(pub u32);

impl fmt::Display for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s{}", self.0 + 1)
    }
}

/// Something said, written, believed, hoped or intended, ascribed to a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Its number.
    pub id: StatementId,
    /// Whether its words are the speaker's own.
    pub form: Form,
    /// The words said or reported, quotation marks included, in order; never empty.
    pub content: Vec<Span>,
    /// The words that name the source, in order; empty where the text names none.
    pub source: Vec<Span>,
    /// The words that make it a statement ("said", "according to"), in order.
    pub cue: Vec<Span>,
    /// The statement that reports this one.
    pub within: Option<StatementId>,
    /// The statement that this one, having no cue of its own, goes on from: its source is that one's.
    pub continues: Option<StatementId>,
    /// Calibrated probability that content and source are right.
    pub confidence: f32,
}

/// How a statement is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// In the speaker's own words, between quotation marks.
    Direct,
    /// In the outlet's words.
    Indirect,
    /// In the outlet's words, with fragments of the speaker's.
    Mixed,
}

impl Form {
    /// As the record's JSON has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Form::Direct => "direct",
            Form::Indirect => "indirect",
            Form::Mixed => "mixed",
        }
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

/// The sorts of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// The text was too long to be read to its end.
    TooLong,
    /// The text holds no words.
    NoWords,
}

impl NoteKind {
    /// As the record's JSON has it.
    pub fn as_str(self) -> &'static str {
        match self {
            NoteKind::TooLong => "too_long",
            NoteKind::NoWords => "no_words",
        }
    }
}
