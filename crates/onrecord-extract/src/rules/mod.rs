//! Heuristics on top of the model, a file each: what it finds, why it is believed, what it is worth.

mod free_standing;
mod nested;
mod running_quotation;

use crate::page::Page;
use crate::statements::Draft;

/// The heuristics, in the order in which they are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A quotation that runs over paragraphs is one statement's.
    RunningQuotation,
    /// A free-standing quotation goes on with the speaker before it.
    FreeStanding,
    /// A statement within another has a source and a cue, and is a part of it.
    Nested,
}

impl Rule {
    /// All of them.
    pub const ALL: &[Rule] = &[Rule::RunningQuotation, Rule::FreeStanding, Rule::Nested];

    /// Its file's name.
    pub fn name(self) -> &'static str {
        match self {
            Rule::RunningQuotation => "running_quotation",
            Rule::FreeStanding => "free_standing",
            Rule::Nested => "nested",
        }
    }

    /// Changes the drafts, which are and stay in order.
    pub(crate) fn apply(self, page: &Page, drafts: &mut Vec<Draft>) {
        match self {
            Rule::RunningQuotation => running_quotation::apply(page, drafts),
            Rule::FreeStanding => free_standing::apply(page, drafts),
            Rule::Nested => nested::apply(page, drafts),
        }
        drafts.sort_by_key(|draft| (draft.start(), draft.layer));
    }
}
