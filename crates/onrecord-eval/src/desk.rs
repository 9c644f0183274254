//! Desk corpus XML: the text, the elements in it, and the tables after it, as the file has them.
//!
//! What the elements and tables mean is said in [`gold`](crate::gold), which makes attributions of
//! them, and in [`record`](crate::record), which makes whole records.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context, Result};
use jiff::civil::Date;
use roxmltree::Node;

/// Names and values of an element's attributes.
pub type Attributes = BTreeMap<String, String>;

/// An article of the Desk corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskArticle {
    /// Its id, which names its predictions.
    pub id: String,
    /// The day it was published.
    pub date: Option<Date>,
    /// Its paragraphs, an empty line between them.
    pub text: String,
    /// The elements in the text, in the order in which they end.
    pub elements: Vec<Element>,
    /// A row an actor: `id`, `name`, `kind`, `iso3`, `sector`, ….
    pub actors: Vec<Attributes>,
    /// A row a statement: `id`, `speaker`, `form`, `within`, `about`.
    pub statements: Vec<Attributes>,
    /// A row an event: `id`, `type`, `actor`, `recipient`, `date`, `status`, `said`, ….
    pub events: Vec<Attributes>,
}

/// An element in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// `m`, `role`, `q`, `src`, `cue`, `ev` or `t`.
    pub tag: String,
    /// Its attributes.
    pub attributes: Attributes,
    /// Its words: bytes of the text.
    pub bytes: Range<usize>,
}

impl Element {
    /// An attribute that an element of this tag must have.
    ///
    /// # Errors
    /// If it is not there.
    pub fn attribute(&self, name: &str) -> Result<&str> {
        let value = self.attributes.get(name);
        value.map(String::as_str).with_context(|| format!("<{}> without {name}=", self.tag))
    }
}

/// Reads a file's XML.
///
/// # Errors
/// If it is not XML, or has no `<text>`, no id, or a date that is none.
pub fn parse(xml: &str) -> Result<DeskArticle> {
    let xml = roxmltree::Document::parse(xml)?;
    let root = xml.root_element();
    let child = |tag: &str| root.children().find(|node| node.has_tag_name(tag));
    let rows = |tag: &str| -> Vec<Attributes> {
        let rows = child(tag).into_iter().flat_map(|table| table.children());
        rows.filter(Node::is_element).map(attributes).collect()
    };
    let date = root.attribute("date").filter(|date| !date.is_empty());
    let mut article = DeskArticle {
        id: root.attribute("id").context("the article has no id")?.to_owned(),
        date: date.map(str::parse).transpose().context("the article's date")?,
        text: String::new(),
        elements: Vec::new(),
        actors: rows("actors"),
        statements: rows("statements"),
        events: rows("events"),
    };
    let body = child("text").context("no <text>")?;
    for (i, paragraph) in body.children().filter(Node::is_element).enumerate() {
        if i > 0 {
            article.text += "\n\n";
        }
        article.walk(paragraph);
    }
    Ok(article)
}

impl DeskArticle {
    fn walk(&mut self, element: Node) {
        let start = self.text.len();
        for child in element.children() {
            if child.is_element() {
                self.walk(child);
            } else if child.is_text() {
                self.text += child.text().unwrap_or_default();
            }
        }
        let tag = element.tag_name().name();
        if tag != "p" {
            self.elements.push(Element {
                tag: tag.to_owned(),
                attributes: attributes(element),
                bytes: start..self.text.len(),
            });
        }
    }
}

fn attributes(node: Node) -> Attributes {
    node.attributes().map(|a| (a.name().to_owned(), a.value().to_owned())).collect()
}
