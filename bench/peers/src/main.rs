//! Our extractor against other crates on both sets of pages, in one table.
//!
//! ```text
//! cargo run --release --manifest-path bench/peers/Cargo.toml
//! ```
//!
//! All are called with their default settings, without comments, on one thread.

use std::panic::{self, catch_unwind};

use onrecord_eval::corpus::Shared;
use onrecord_eval::intake::{self, Extractor, Found, Page};

const EXTRACTORS: &[Extractor] = &[
    intake::OURS,
    Extractor { name: "trafilatura 0.6", extract: trafilatura },
    Extractor { name: "rs-trafilatura 0.2", extract: rs_trafilatura },
    Extractor { name: "dom_smoothie 0.19", extract: dom_smoothie },
];

fn main() -> anyhow::Result<()> {
    // Some pages make some of them panic; they count as not found.
    panic::set_hook(Box::new(|_| ()));
    print!("{}", intake::measure(&Shared::find(None), EXTRACTORS)?);
    Ok(())
}

fn trafilatura(page: &Page) -> Found {
    let mut options = trafilatura::Options::default();
    options = options.with_fallback(true).with_exclude_comments(true);
    if let Ok(url) = page.url.parse() {
        options = options.with_url(url);
    }
    let text = decoded(&page.bytes);
    let found = catch_unwind(|| trafilatura::extract(&text, &options).ok()).ok().flatten();
    found.map_or_else(Found::default, |found| Found {
        text: found.content_text,
        title: found.metadata.title,
        authors: found.metadata.author,
        published: found.metadata.date.map(|day| day.to_string()).unwrap_or_default(),
    })
}

fn rs_trafilatura(page: &Page) -> Found {
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

fn dom_smoothie(page: &Page) -> Found {
    let text = decoded(&page.bytes);
    let extract = || {
        let mut readability = dom_smoothie::Readability::new(text, Some(&page.url), None).ok()?;
        readability.parse().ok()
    };
    let found = catch_unwind(panic::AssertUnwindSafe(extract)).ok().flatten();
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
