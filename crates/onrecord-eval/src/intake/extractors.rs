//! What is measured: ours, and other crates where the feature `peers` is on.

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

/// All, ours first.
pub const EXTRACTORS: &[Extractor] = &[
    Extractor { name: "onrecord", extract: ours },
    #[cfg(feature = "peers")]
    Extractor { name: "trafilatura 0.6", extract: peers::trafilatura },
    #[cfg(feature = "peers")]
    Extractor { name: "rs-trafilatura 0.2", extract: peers::rs_trafilatura },
    #[cfg(feature = "peers")]
    Extractor { name: "dom_smoothie 0.19", extract: peers::dom_smoothie },
];

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

#[cfg(feature = "peers")]
mod peers {
    use std::panic::catch_unwind;

    use super::Found;
    use crate::intake::Page;

    pub(super) fn trafilatura(page: &Page) -> Found {
        let mut options = trafilatura::Options::default();
        options = options.with_fallback(true).with_exclude_comments(true);
        if let Ok(url) = page.url.parse() {
            options = options.with_url(url);
        }
        let text = decoded(&page.bytes);
        // Some pages make it panic; they count as not found.
        let found = catch_unwind(|| trafilatura::extract(&text, &options).ok()).ok().flatten();
        found.map_or_else(Found::default, |found| Found {
            text: found.content_text,
            title: found.metadata.title,
            authors: found.metadata.author,
            published: found.metadata.date.map(|day| day.to_string()).unwrap_or_default(),
        })
    }

    pub(super) fn rs_trafilatura(page: &Page) -> Found {
        let options = rs_trafilatura::Options {
            url: Some(page.url.clone()),
            include_comments: false,
            ..rs_trafilatura::Options::default()
        };
        let extract = || rs_trafilatura::extract_bytes_with_options(&page.bytes, &options).ok();
        let found = catch_unwind(extract).ok().flatten();
        found.map_or_else(Found::default, |found| Found {
            text: found.content_text,
            title: found.metadata.title.unwrap_or_default(),
            authors: found.metadata.author.unwrap_or_default(),
            published: (found.metadata.date)
                .map(|date| date.date_naive().to_string())
                .unwrap_or_default(),
        })
    }

    pub(super) fn dom_smoothie(page: &Page) -> Found {
        let text = decoded(&page.bytes);
        let extract = || {
            let mut readability =
                dom_smoothie::Readability::new(text, Some(&page.url), None).ok()?;
            readability.parse().ok()
        };
        let found = catch_unwind(std::panic::AssertUnwindSafe(extract)).ok().flatten();
        found.map_or_else(Found::default, |found| Found {
            text: found.text_content.to_string(),
            title: found.title,
            authors: found.byline.unwrap_or_default(),
            published: found.published_time.unwrap_or_default().chars().take(10).collect(),
        })
    }

    /// For those that take text: UTF-8 if it is, else what the page declares.
    fn decoded(bytes: &[u8]) -> String {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return text.to_owned();
        }
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
        let declared = head.split_once("charset=").and_then(|(_, rest)| {
            let label: String = (rest.trim_start_matches(['"', '\'']).chars())
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
                .collect();
            encoding_rs::Encoding::for_label(label.as_bytes())
        });
        declared.unwrap_or(encoding_rs::WINDOWS_1252).decode(bytes).0.into_owned()
    }
}
