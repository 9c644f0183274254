//! Mentions, roles and triggers as the model finds them, with what it says of each and how they link: plain data.

use std::ops::Range;

use onrecord_record::{Context, EventType, Kind, Status};

use crate::marks::SpanKind;
use crate::times::Time;

/// Mentions, roles and triggers of a text, in the order of their first words, the shorter first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Words that refer to actors.
    pub mentions: Vec<FoundMention>,
    /// Offices and capacities as printed.
    pub roles: Vec<FoundRole>,
    /// Words that tell events.
    pub triggers: Vec<FoundTrigger>,
    /// Expressions of time that triggers may link to.
    pub times: Vec<Time>,
    /// Proper names without titles, as corpora of named entities have them.
    pub names: Vec<FoundName>,
}

impl Found {
    /// The mentions that begin among some words.
    pub(crate) fn begin_in(&self, words: &Range<usize>) -> Range<usize> {
        let before = |end: usize| self.mentions.partition_point(|m| m.words.start < end);
        before(words.start)..before(words.end)
    }
}

/// A proper name without titles.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundName {
    /// Words of the page.
    pub words: Range<usize>,
    /// Probability of each of `Kind::ALL`.
    pub kinds: [f32; Kind::ALL.len()],
}

/// A mention.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundMention {
    /// [`SpanKind::Name`], [`SpanKind::Nominal`] or [`SpanKind::Pronoun`].
    pub form: SpanKind,
    /// Words of the page.
    pub words: Range<usize>,
    /// Probability that it is one.
    pub probability: f32,
    /// Probability that it stands for something else.
    pub metonym: f32,
    /// Probability of each of `Kind::ALL`.
    pub kinds: [f32; Kind::ALL.len()],
    /// Probability of a critical, neutral and favourable stance toward it.
    pub stance: [f32; 3],
    /// To earlier mentions of the same actor.
    pub antecedent: Links,
    /// To mentions of its country.
    pub country: Links,
}

/// A role.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundRole {
    /// Words of the page.
    pub words: Range<usize>,
    /// To mentions of the person who holds it.
    pub holder: Links,
}

/// A trigger.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundTrigger {
    /// Words of the page.
    pub words: Range<usize>,
    /// Probability that it is one.
    pub probability: f32,
    /// Probability of each of `EventType::ALL`.
    pub types: [f32; EventType::ALL.len()],
    /// Probability of each of `Status::ALL`.
    pub statuses: [f32; Status::ALL.len()],
    /// Probability of each of `Context::ALL`, each by itself.
    pub contexts: [f32; Context::ALL.len()],
    /// To earlier triggers of the same event.
    pub same: Links,
    /// To mentions of who did it.
    pub actor: Links,
    /// To mentions of whom it was done to.
    pub recipient: Links,
    /// To mentions of where.
    pub place: Links,
    /// To expressions of the time when.
    pub time: Links,
}

/// Scores of linking to nothing and to some consecutive spans.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    /// Of nothing.
    pub nothing: f32,
    /// Number of the first span.
    pub first: usize,
    /// Of the span `first`, and of those after it.
    pub scores: Vec<f32>,
}

impl Links {
    /// (span, score), in order.
    pub fn iter(&self) -> impl Iterator<Item = (usize, f32)> {
        self.scores.iter().enumerate().map(|(i, &score)| (self.first + i, score))
    }

    /// Those to spans before `end`.
    pub(crate) fn until(mut self, end: usize) -> Links {
        self.scores.truncate(end.saturating_sub(self.first));
        self
    }

    /// Log of the sum of the exponentials of all scores, nothing's included.
    pub fn log_sum(&self) -> f32 {
        let most = self.scores.iter().fold(self.nothing, |most, &score| most.max(score));
        let sum: f32 = self.scores.iter().map(|score| (score - most).exp()).sum();
        most + ((self.nothing - most).exp() + sum).ln()
    }
}
