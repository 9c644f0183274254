//! What a page gives, in each of its forms.

use serde_json::Value;

use crate::asked::Asked;
use crate::look::Sheet;

/// An answer to a page's question.
pub(crate) trait Answer {
    /// For people.
    fn sheet(&self, asked: &Asked) -> Sheet;

    /// For programs: all of it.
    fn json(&self) -> Value;

    /// Its main table.
    fn table(&self) -> Option<Table> {
        None
    }

    /// What a feed reader shows of it.
    fn feed(&self, _asked: &Asked) -> Option<Feed> {
        None
    }
}

/// What comes of asking.
pub(crate) enum Reply {
    /// An answer.
    Answer(Box<dyn Answer>),
    /// The answer has a page of its own.
    Elsewhere(String),
}

impl Reply {
    pub(crate) fn of(answer: impl Answer + 'static) -> Reply {
        Reply::Answer(Box::new(answer))
    }
}

/// A table of a page, for spreadsheets.
pub(crate) struct Table {
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Vec<Vec<String>>,
}

/// A page as a feed.
pub(crate) struct Feed {
    pub(crate) title: String,
    pub(crate) entries: Vec<Entry>,
}

/// An entry of a feed.
pub(crate) struct Entry {
    /// Path and fragment of what it is about.
    pub(crate) href: String,
    /// What tells it from others for ever.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) words: String,
    /// Day of publication.
    pub(crate) day: Option<String>,
    pub(crate) author: Option<String>,
}
