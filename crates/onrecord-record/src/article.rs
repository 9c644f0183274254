//! An article: its text and what is known about it.

use std::fmt;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::Text;

/// The SHA-256 of an article's text in UTF-8.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId([u8; 32]);

impl ArticleId {
    /// The id of an article with this text.
    pub fn of(text: &str) -> ArticleId {
        ArticleId(Sha256::digest(text.as_bytes()).into())
    }

    /// The id with these bytes, which [`as_bytes`](ArticleId::as_bytes) gave.
    pub fn from_bytes(bytes: [u8; 32]) -> ArticleId {
        ArticleId(bytes)
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ArticleId({self})")
    }
}

/// An article as intake hands it over. Everything but the text may be unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Hash of the text.
    pub id: ArticleId,
    /// The file it came from, as the user named it.
    pub path: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its by-line.
    pub authors: Vec<String>,
    /// The address that its publisher prefers, where it names one.
    pub canonical_url: Option<String>,
    /// The part of the outlet that it stood in.
    pub section: Option<String>,
    /// The day it was published, in the time zone that its publisher gave.
    pub published: Option<Date>,
    /// The moment it was published, RFC 3339, with the offset from UTC where the publisher gave one.
    pub published_at: Option<String>,
    /// The day it was last changed.
    pub updated: Option<Date>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// Where each field above came from: `("published", "json-ld datePublished")`, in the order of the fields.
    pub origins: Vec<(String, String)>,
    /// The text; every span points into it.
    pub text: Text,
}

impl Article {
    /// An article of which only the text is known.
    pub fn new(text: impl Into<String>) -> Article {
        let text = Text::new(text);
        Article {
            id: ArticleId::of(&text),
            path: None,
            url: None,
            title: None,
            outlet: None,
            authors: Vec::new(),
            canonical_url: None,
            section: None,
            published: None,
            published_at: None,
            updated: None,
            language: None,
            origins: Vec::new(),
            text,
        }
    }
}
