//! What the heads on spans of words know: the spans, labels and links, as `train/onrecord_train/marks.py` has them.

use std::ops::Range;

/// Kinds of spans that the model finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SpanKind {
    /// A mention by name, titles included: "NATO Deputy Secretary General Radmila Šekerinska".
    Name,
    /// A mention by a common noun: "the expert".
    Nominal,
    /// A mention by a pronoun.
    Pronoun,
    /// An office or capacity as printed.
    Role,
    /// Words that tell an event.
    Trigger,
    /// A proper name without titles.
    Bare,
}

impl SpanKind {
    /// All, in the order of the model's heads.
    pub const ALL: [SpanKind; 6] = [
        SpanKind::Name,
        SpanKind::Nominal,
        SpanKind::Pronoun,
        SpanKind::Role,
        SpanKind::Trigger,
        SpanKind::Bare,
    ];

    /// Its name in the weights file.
    pub fn as_str(self) -> &'static str {
        match self {
            SpanKind::Name => "name",
            SpanKind::Nominal => "nominal",
            SpanKind::Pronoun => "pronoun",
            SpanKind::Role => "role",
            SpanKind::Trigger => "trigger",
            SpanKind::Bare => "bare",
        }
    }
}

/// What the model says of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// Of a name: [stands for itself, stands for another].
    Metonym,
    /// Of a mention: `Kind::ALL`.
    Kind,
    /// Of a mention in a statement: [critical, neutral, favourable].
    Stance,
    /// Of a trigger: `EventType::ALL`.
    EventType,
    /// Of a trigger: `Status::ALL`.
    Status,
    /// Of a trigger: `Context::ALL`, each by itself.
    Context,
}

impl Label {
    /// All, in the order of the model's heads.
    pub const ALL: [Label; 6] = [
        Label::Metonym,
        Label::Kind,
        Label::Stance,
        Label::EventType,
        Label::Status,
        Label::Context,
    ];

    /// Its name in the weights file.
    pub fn as_str(self) -> &'static str {
        match self {
            Label::Metonym => "metonym",
            Label::Kind => "kind",
            Label::Stance => "stance",
            Label::EventType => "event_type",
            Label::Status => "status",
            Label::Context => "context",
        }
    }
}

/// Links between spans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SpanLink {
    /// From a mention to an earlier one of the same actor.
    Antecedent,
    /// From a mention to a mention of the country that its actor belongs to.
    Country,
    /// From a role to a mention of the person who holds it.
    Holder,
    /// From a trigger to an earlier one of the same event.
    SameEvent,
    /// From a trigger to a mention of who did it.
    Actor,
    /// From a trigger to a mention of whom it was done to.
    Recipient,
    /// From a trigger to a mention of where.
    Place,
    /// From a trigger to an expression of the time when.
    Time,
}

impl SpanLink {
    /// All, in the order of the model's heads.
    pub const ALL: [SpanLink; 8] = [
        SpanLink::Antecedent,
        SpanLink::Country,
        SpanLink::Holder,
        SpanLink::SameEvent,
        SpanLink::Actor,
        SpanLink::Recipient,
        SpanLink::Place,
        SpanLink::Time,
    ];

    /// Its name in the weights file.
    pub fn as_str(self) -> &'static str {
        match self {
            SpanLink::Antecedent => "antecedent",
            SpanLink::Country => "country",
            SpanLink::Holder => "holder",
            SpanLink::SameEvent => "event",
            SpanLink::Actor => "actor",
            SpanLink::Recipient => "recipient",
            SpanLink::Place => "place",
            SpanLink::Time => "time",
        }
    }
}

/// A span of a window's words that the model believes in.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredSpan {
    /// Words of the window; not empty.
    pub words: Range<usize>,
    /// Log-odds.
    pub score: f32,
}

/// A span as labels and links see it.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanVector {
    /// The text's word that it begins with.
    pub word: usize,
    /// What the model makes of its first and its last word.
    pub values: Vec<f32>,
}

/// How two spans stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Of the first.
    pub from: Looks,
    /// Of the second.
    pub to: Looks,
    /// How their words compare.
    pub words: Match,
    /// Whether they share words of the text.
    pub overlap: bool,
    /// Whether they begin in one paragraph.
    pub same_paragraph: bool,
}

/// How a mention looks; see `looks` in `train/onrecord_train/marks.py`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// A pronoun.
    Pronoun = 0,
    /// With a capital letter beyond a determiner.
    Name = 1,
    /// Anything else.
    Other = 2,
}

/// How the words of two mentions compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// The last word of neither is in the other.
    None = 0,
    /// The last word of one is in the other.
    Some = 1,
    /// The same last word.
    Last = 2,
    /// The same words.
    All = 3,
}
