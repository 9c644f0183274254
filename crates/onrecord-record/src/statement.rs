//! Statements: who said what, about whom.

use std::fmt;

use crate::codes::codes;
use crate::{ActorId, Span};

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
    /// Whose statement it is.
    pub speaker: Option<Speaker>,
    /// The statement that reports this one.
    pub within: Option<StatementId>,
    /// The statement that this one, having no cue of its own, goes on from: its source is that one's.
    pub continues: Option<StatementId>,
    /// The actors that it is about, in the order of their ids.
    pub about: Vec<About>,
    /// Calibrated probability that content and source are right.
    pub confidence: f32,
}

/// The actor that a statement is ascribed to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speaker {
    /// Who.
    pub actor: ActorId,
    /// Calibrated probability that it is this actor, the statement being right.
    pub confidence: f32,
}

/// An actor that a statement is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct About {
    /// Who.
    pub actor: ActorId,
    /// The speaker's stance toward the actor in this statement, from -1 (critical) to 1 (favourable);
    /// `None` where it was not read.
    pub stance: Option<f32>,
}

codes! {
    /// How a statement is given.
    Form {
        /// In the speaker's own words, between quotation marks.
        Direct = "direct",
        /// In the outlet's words.
        Indirect = "indirect",
        /// In the outlet's words, with fragments of the speaker's.
        Mixed = "mixed",
    }
}
