//! The plain form of a record that is scored: gold and predictions alike.
//!
//! Ids are whatever the file has; spans are code points of the text. Fields are as in the format
//! `onrecord/1`, and `None` where a prediction has nothing.

use std::collections::BTreeSet;

/// `[start, end)` in code points.
pub type Points = (usize, usize);

/// All items of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Items {
    /// Each with an id of its own.
    pub actors: Vec<Actor>,
    /// Each with an id of its own.
    pub statements: Vec<Statement>,
    /// Each with an id of its own.
    pub events: Vec<Event>,
}

/// Who is named.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Actor {
    /// `A1` in gold, `a1` in predictions.
    pub id: String,
    /// person, state, organization, ….
    pub kind: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Codes of sectors.
    pub sectors: BTreeSet<String>,
    /// As printed.
    pub roles: Vec<Role>,
    /// The words that refer to it.
    pub mentions: Vec<Mention>,
}

/// An office or capacity.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// As printed.
    pub title: String,
    /// The words; `None` where the prediction names none.
    pub span: Option<Points>,
}

/// Words that refer to an actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The words.
    pub span: Points,
    /// name, metonym, nominal, pronoun.
    pub form: Option<String>,
}

/// Who said what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// `S1` in gold, `s1` in predictions.
    pub id: String,
    /// direct, indirect, mixed.
    pub form: Option<String>,
    /// The words said or reported.
    pub content: Vec<Points>,
    /// Actors; gold may name several that speak together.
    pub speakers: BTreeSet<String>,
    /// The statement that reports this one.
    pub within: Option<String>,
    /// Actors and the speaker's stance toward them, where it was read.
    pub about: Vec<(String, f64)>,
}

/// What is reported to have happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Event {
    /// `E1` in gold, `e1` in predictions.
    pub id: String,
    /// The type: CONSULT, AID, ….
    pub kind: Option<String>,
    /// The words that tell it.
    pub trigger: Vec<Points>,
    /// Actors.
    pub actors: Vec<String>,
    /// Actors too.
    pub recipients: Vec<String>,
    /// occurred, planned, ….
    pub status: Option<String>,
    /// The statement on whose word it is reported.
    pub said: Option<String>,
    /// First and last day.
    pub date: Option<(Option<String>, Option<String>)>,
}
