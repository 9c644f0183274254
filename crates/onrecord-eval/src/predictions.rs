//! Predictions: read by the reader, or from the JSON lines that `score_attribution.py` takes.
//!
//! A line a document, offsets in code points:
//! `{"document": "NAME", "statements": [{"content": [[0, 9]], "source": [], "cue": []}]}`.

use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use onrecord::{Article, Reader, Record, Rule, Span};
use serde_json::{Value, json};

use crate::gold::{Attribution, Bytes, Document};
use crate::threads;

/// Reads the documents on all cores; records are in the order of the documents.
pub fn read(reader: &Reader, documents: &[Document]) -> Vec<Record> {
    read_by(reader, documents, Rule::ALL)
}

/// The same by some of the rules only.
pub fn read_by(reader: &Reader, documents: &[Document], rules: &[Rule]) -> Vec<Record> {
    threads::map(threads::all_cores(), documents, |document| {
        reader.read_by(document.article(), rules)
    })
}

/// Reads articles on all cores; records are in the order of the articles.
pub fn read_articles(reader: &Reader, articles: &[Article]) -> Vec<Record> {
    threads::map(threads::all_cores(), articles, |article| reader.read(article.clone()))
}

/// What the records say who said, in the form that is scored.
pub fn of(records: &[Record]) -> Vec<Option<Vec<Attribution>>> {
    let ranges = |spans: &[Span]| spans.iter().map(|span| span.start()..span.end()).collect();
    let attributions = |record: &Record| {
        let statements = record.statements.iter().map(|statement| Attribution {
            content: ranges(&statement.content),
            source: ranges(&statement.source),
            cue: ranges(&statement.cue),
        });
        statements.collect()
    };
    records.iter().map(|record| Some(attributions(record))).collect()
}

/// A record as one line, without a line break at its end.
pub fn to_line(document: &str, record: &Record) -> String {
    let points = |spans: &[Span]| -> Vec<[u32; 2]> {
        spans.iter().map(|&span| record.article.text.code_points(span)).collect()
    };
    let statements = record.statements.iter().map(|statement| {
        json!({
            "content": points(&statement.content),
            "source": points(&statement.source),
            "cue": points(&statement.cue),
        })
    });
    json!({"document": document, "statements": statements.collect::<Vec<_>>()}).to_string()
}

/// Takes predictions from a file, an item a document and `None` where it has no line for it.
///
/// Lines of other documents are ignored; of two lines for one document the later counts.
pub fn from_file(path: &Path, documents: &[Document]) -> Result<Vec<Option<Vec<Attribution>>>> {
    let lines = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut predictions = vec![None; documents.len()];
    for (n, line) in lines.lines().enumerate() {
        let place = || format!("{}, line {}", path.display(), n + 1);
        let line: Value = serde_json::from_str(line).with_context(place)?;
        let name = line["document"].as_str().context("no document").with_context(place)?;
        let Some(at) = documents.iter().position(|document| document.name == name) else {
            continue;
        };
        let bytes = Bytes::of(&documents[at].text);
        predictions[at] = Some(from_line(&line, &bytes).with_context(place)?);
    }
    Ok(predictions)
}

fn from_line(line: &Value, bytes: &Bytes) -> Result<Vec<Attribution>> {
    let statements = line["statements"].as_array().context("no list of statements")?;
    let attributions = statements.iter().map(|statement| {
        Ok(Attribution {
            content: ranges(&statement["content"], bytes)?,
            source: ranges(&statement["source"], bytes)?,
            cue: ranges(&statement["cue"], bytes)?,
        })
    });
    attributions.collect()
}

fn ranges(spans: &Value, bytes: &Bytes) -> Result<Vec<Range<usize>>> {
    if spans.is_null() {
        return Ok(Vec::new());
    }
    let spans = spans.as_array().context("spans are no list")?;
    let ranges = spans.iter().map(|span| {
        let numbers = match span.as_array().map(Vec::as_slice) {
            Some([start, end]) => start.as_i64().zip(end.as_i64()),
            _ => None,
        };
        let (start, end) = numbers.with_context(|| format!("not a span: {span}"))?;
        Ok(bytes.range(start, end))
    });
    ranges.collect()
}
