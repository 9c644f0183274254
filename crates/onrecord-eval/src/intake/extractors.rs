//! What is measured. Other crates' extractors are in `bench/peers`, which no one else has to build.

use crate::intake::Page;

/// What an extractor found in a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The article's text.
    pub text: String,
    /// Its headline.
    pub title: String,
    /// Its authors, in any notation.
    pub authors: String,
    /// `YYYY-MM-DD`.
    pub published: String,
}

/// Something that finds articles in pages.
pub struct Extractor {
    /// For the table.
    pub name: &'static str,
    /// Finds one; nothing where it fails.
    pub extract: fn(&Page) -> Found,
}

/// Ours.
pub const OURS: Extractor = Extractor { name: "onrecord", extract: ours };

fn ours(page: &Page) -> Found {
    let hints = onrecord_intake::Hints { charset: None, url: Some(page.url.clone()) };
    let Ok((article, _)) = onrecord_intake::html(&page.bytes, &hints) else {
        return Found::default();
    };
    Found {
        text: article.text.as_str().to_owned(),
        title: article.title.unwrap_or_default(),
        authors: article.authors.join("; "),
        published: article.published.map(|day| day.to_string()).unwrap_or_default(),
    }
}
