//! A document: the bytes of one article, and what they are.

use onrecord_record::{Article, Note};

use super::origin::Origin;
use super::row::Cells;
use super::{feed, mail, pdf, row};
use crate::error::Error;
use crate::html::{Hints, html};
use crate::language::language;
use crate::origins::came_from;
use crate::plain::plain_text;
use crate::source::options::Fields;

/// The bytes of one article, taken out of whatever held them, and not yet read.
///
/// Taking documents out is quick and goes on in order; [reading](Document::read) them is slow,
/// and may go on on any thread.
#[derive(Debug)]
pub struct Document {
    pub(crate) origin: Origin,
    pub(crate) content: Content,
    /// Where it was fetched, for what does not say it itself.
    pub(crate) url: Option<String>,
}

#[derive(Debug)]
pub(crate) enum Content {
    Plain { bytes: Vec<u8>, url: Option<String> },
    Html { bytes: Vec<u8>, hints: Hints },
    Pdf(Vec<u8>),
    Mail(Vec<u8>),
    Line(Vec<u8>),
    Cells(Cells),
    Entry(Box<feed::Entry>),
    Failed(Error),
}

/// An article, or why there is none.
#[derive(Debug)]
pub struct Item {
    /// Where it was found.
    pub origin: Origin,
    /// The article with notes about how it was read. Its `path` is the origin.
    pub result: Result<(Article, Vec<Note>), Error>,
}

impl Document {
    pub(crate) fn new(origin: Origin, content: Content) -> Document {
        Document { origin, content, url: None }
    }

    pub(crate) fn failed(origin: Origin, error: impl Into<Error>) -> Document {
        Document::new(origin, Content::Failed(error.into()))
    }

    /// A page that was fetched.
    pub fn html(path: impl Into<String>, bytes: Vec<u8>, hints: Hints) -> Document {
        Document::new(Origin::new(path.into()), Content::Html { bytes, hints })
    }

    /// An entry of a feed, by itself.
    pub fn entry(path: impl Into<String>, entry: feed::Entry) -> Document {
        Document::new(Origin::new(path.into()), Content::Entry(Box::new(entry)))
    }

    /// Where it was found.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Reads it. `fields` names the fields of lines and tables.
    pub fn read(self, fields: &Fields) -> Item {
        let Document { origin, content, url } = self;
        let result = match content {
            Content::Plain { bytes, url } => {
                plain_text(bytes).map(|article| (Article { url, ..article }, Vec::new()))
            }
            Content::Html { bytes, hints } => html(&bytes, &hints),
            Content::Pdf(bytes) => pdf::read(&bytes),
            Content::Mail(bytes) => mail::read(&bytes),
            Content::Line(bytes) => row::line(&bytes, fields),
            Content::Cells(cells) => row::cells(&cells, fields),
            Content::Entry(entry) => entry.read(),
            Content::Failed(error) => Err(error),
        };
        let result = result.map(|(mut article, notes)| {
            article.path = Some(origin.to_string());
            article.url = article.url.or(url);
            came_from(&mut article, "given");
            if article.language.is_none() {
                article.language = language(&article.text).map(str::to_owned);
                came_from(&mut article, "text");
            }
            (article, notes)
        });
        Item { origin, result }
    }
}
