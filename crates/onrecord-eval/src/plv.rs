//! What a sentence tells between a source and a target that are given, against PLV (Hu et al. 2024): PLOVER's root codes.
//!
//! PLOVER 1 has one code, YIELD, for what PLOVER 2 calls CONCEDE and RETREAT; ALIGN and RIVAL are in neither.

use anyhow::{Context, Result, ensure};
use onrecord::{EventType, Reader, Span, Text};

/// Columns that are read.
const COLUMNS: [&str; 3] = ["sentence", "marked_sentence", "gold_root"];

/// A sentence.
#[derive(Debug)]
pub struct Row {
    sentence: Text,
    source: Option<Span>,
    target: Option<Span>,
    /// Its code.
    pub gold: String,
}

/// Reads a file: a line of column names, then a row a line. `marked_sentence` has the source in `<s>…</s>` and the target in
/// `<t>…</t>`, where it names them.
///
/// # Errors
/// If a column is missing, or a sentence empty.
pub fn rows(tsv: &str) -> Result<Vec<Row>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(tsv.as_bytes());
    let headers = reader.headers()?.clone();
    let column = |name: &str| {
        headers.iter().position(|h| h == name).with_context(|| format!("no column {name}"))
    };
    let [_, marked, gold] = [column(COLUMNS[0])?, column(COLUMNS[1])?, column(COLUMNS[2])?];
    let rows = reader.records().enumerate().map(|(n, record)| {
        let record = record.with_context(|| format!("line {}", n + 2))?;
        row(&record[marked], &record[gold]).with_context(|| format!("line {}", n + 2))
    });
    rows.collect()
}

fn row(marked: &str, gold: &str) -> Result<Row> {
    let mut text = String::new();
    let mut ends: [Option<usize>; 4] = [None; 4];
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        match ["<s>", "</s>", "<t>", "</t>"].iter().position(|mark| rest.starts_with(mark)) {
            Some(mark) => {
                ends[mark].get_or_insert(text.len());
                rest = &rest[if mark % 2 == 0 { 3 } else { 4 }..];
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    let sentence = Text::new(text);
    ensure!(sentence.trim() != "", "an empty sentence");
    let span = |first: usize| {
        let span = sentence.span(ends[first]?, ends[first + 1]?)?;
        (span.start() < span.end()).then_some(span)
    };
    let (source, target) = (span(0), span(2));
    Ok(Row { source, target, sentence, gold: gold.to_owned() })
}

impl Row {
    /// The likeliest code.
    pub fn answer(&self, reader: &Reader) -> &'static str {
        let Some(told) = reader.told(&self.sentence, self.source, self.target) else { return "" };
        let of =
            |kind: EventType| told[EventType::ALL.iter().position(|&k| k == kind).unwrap_or(0)];
        let code = |&kind: &EventType| match kind {
            EventType::Align | EventType::Rival | EventType::Retreat => None,
            EventType::Concede => Some(("YIELD", of(kind) + of(EventType::Retreat))),
            kind => Some((kind.as_str(), of(kind))),
        };
        let codes = EventType::ALL.iter().filter_map(code);
        codes.max_by(|a, b| a.1.total_cmp(&b.1)).map_or("", |(code, _)| code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let tsv = "\tsentence\tmarked_sentence\tgold_root\n\
                   0\tx\t<s>Peru</s> met <t>a < b envoys</t>.\tCONSULT\n\
                   1\tx\tIn Lima <s>workers</s> marched.\tPROTEST\n";
        let rows = rows(tsv).unwrap();
        let words = |row: &Row| {
            let text = &row.sentence;
            let words = |span: Option<Span>| span.map_or("-", |span| &text[span]).to_owned();
            (words(row.source), words(row.target))
        };
        assert_eq!(words(&rows[0]), ("Peru".to_owned(), "a < b envoys".to_owned()));
        assert_eq!(words(&rows[1]), ("workers".to_owned(), "-".to_owned()));
        assert_eq!(rows[1].gold, "PROTEST");
    }

    #[test]
    fn an_empty_sentence_names_its_line() {
        let error = rows("sentence\tmarked_sentence\tgold_root\nx\t<s></s>\tACCUSE\n");
        assert_eq!(format!("{:#}", error.unwrap_err()), "line 2: an empty sentence");
    }
}
