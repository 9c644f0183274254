//! What may stand in a page's query.

/// A name in the query.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) is_required: bool,
    /// What it does, for programmers.
    pub(crate) about: &'static str,
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// A name as an analyst types it, or `#12`.
    Actor,
    /// Any text.
    Text,
    /// A day, or a month.
    Day,
    /// A number from 0 on.
    Number,
    /// One of some words.
    Word(&'static [&'static str]),
}

impl Parameter {
    const fn new(name: &'static str, kind: Kind, about: &'static str) -> Parameter {
        Parameter { name, kind, is_required: false, about }
    }

    /// The same, without which there is no answer.
    pub(crate) const fn required(self) -> Parameter {
        Parameter { is_required: true, ..self }
    }
}

pub(crate) const WORDS: Parameter = Parameter::new(
    "words",
    Kind::Text,
    "Words that are in it: all of them in any order, \"a phrase\", beginn*, NOT word, OR.",
);
pub(crate) const BY: Parameter = Parameter::new("by", Kind::Actor, "Said by this actor.");
pub(crate) const ABOUT: Parameter = Parameter::new("about", Kind::Actor, "About this actor.");
pub(crate) const FORM: Parameter = Parameter::new(
    "form",
    Kind::Word(&["direct", "indirect", "mixed"]),
    "In the speaker's own words, in the outlet's, or both.",
);
pub(crate) const OUTLET: Parameter =
    Parameter::new("outlet", Kind::Text, "Published by this outlet; letter case does not matter.");
pub(crate) const CAPACITY: Parameter = Parameter::new(
    "capacity",
    Kind::Text,
    "Said by somebody of this PLOVER sector, or of this kind where no sector is known.",
);
pub(crate) const SINCE: Parameter =
    Parameter::new("since", Kind::Day, "Published on this day, or in this month, or later.");
pub(crate) const UNTIL: Parameter =
    Parameter::new("until", Kind::Day, "Published on this day, or in this month, or earlier.");
pub(crate) const LIMIT: Parameter = Parameter::new(
    "limit",
    Kind::Number,
    "Rows at most; 25 unless told, 1000 at most in JSON, CSV and feeds, 200 in pages.",
);
pub(crate) const SKIP: Parameter =
    Parameter::new("skip", Kind::Number, "Rows that are passed over, for the next page.");
pub(crate) const SHOW: Parameter = Parameter::new(
    "show",
    Kind::Word(&["statements", "articles"]),
    "Which of both the page shows; JSON has both.",
);
pub(crate) const NAME: Parameter =
    Parameter::new("name", Kind::Actor, "Whose page is wanted.").required();
pub(crate) const BEGINNING: Parameter =
    Parameter::new("name", Kind::Text, "How the name or an alias begins.");
pub(crate) const ONE: Parameter =
    Parameter::new("one", Kind::Actor, "One side of the relation.").required();
pub(crate) const OTHER: Parameter =
    Parameter::new("other", Kind::Actor, "The other side.").required();
pub(crate) const ON: Parameter = Parameter::new(
    "on",
    Kind::Actor,
    "The actor that they speak of; words, if nobody is called so.",
);
pub(crate) const AROUND: Parameter =
    Parameter::new("about", Kind::Actor, "In articles that name this actor.");
pub(crate) const PARTY: Parameter =
    Parameter::new("about", Kind::Actor, "Events that this actor is a party to.");
pub(crate) const KIND: Parameter = Parameter::new(
    "kind",
    Kind::Word(&["state", "person", "organization", "group", "place", "document"]),
    "Ties between actors of this kind only.",
);
pub(crate) const TIES: Parameter = Parameter::new(
    "ties",
    Kind::Word(&["cooperation", "conflict", "statements"]),
    "Ties of this sort only.",
);
pub(crate) const WEIGHT: Parameter =
    Parameter::new("weight", Kind::Number, "Ties of this many reports and statements, or more.");
pub(crate) const COUNT: Parameter = Parameter::new(
    "count",
    Kind::Word(&["speaker", "capacity", "outlet", "country"]),
    "By what statements are counted; by speaker unless told.",
);
