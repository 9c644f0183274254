//! The pages and what is known of them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::corpus::Shared;
use crate::hex;

/// A set of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// Chunks that belong to the text and chunks that do not; title, author, date.
    Trafilatura,
    /// Whole texts.
    Scrapinghub,
}

/// A page and its gold.
#[derive(Debug)]
pub struct Page {
    /// The file's name.
    pub name: String,
    /// As fetched.
    pub bytes: Vec<u8>,
    /// Where it was fetched.
    pub url: String,
    /// The annotation's line.
    pub gold: Value,
}

impl Set {
    /// Both.
    pub const ALL: [Set; 2] = [Set::Trafilatura, Set::Scrapinghub];

    /// As the pack is called.
    pub fn name(self) -> &'static str {
        match self {
            Set::Trafilatura => "html-trafilatura",
            Set::Scrapinghub => "html-scrapinghub",
        }
    }

    /// Reads the pages, in the order of the annotations.
    pub fn open(self, shared: &Shared) -> Result<Vec<Page>> {
        let (split, lines) = match self {
            Set::Trafilatura => ("trafilatura", "annotations.jsonl"),
            Set::Scrapinghub => ("", "ground-truth.jsonl"),
        };
        let folder = shared.pack(self.name(), split)?;
        read(&folder, lines)
    }
}

/// SHA-256 over the pages and what is known of them, in order.
pub fn digest(pages: &[Page]) -> String {
    let mut digest = Sha256::new();
    for page in pages {
        digest.update(format!("{}\0{}\0{}\0", page.name, page.gold, page.bytes.len()));
        digest.update(&page.bytes);
    }
    hex(digest)
}

fn read(folder: &Path, lines: &str) -> Result<Vec<Page>> {
    let path = folder.join(lines);
    let lines = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let page = |line: &str| -> Result<Page> {
        let gold: Value = serde_json::from_str(line)?;
        let name = gold["file"].as_str().context("no file")?.to_owned();
        let path = folder.join("pages").join(&name);
        let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
        let url = gold["url"].as_str().context("no url")?.to_owned();
        Ok(Page { name, bytes, url, gold })
    };
    lines.lines().map(page).collect::<Result<_>>().with_context(|| path.display().to_string())
}
