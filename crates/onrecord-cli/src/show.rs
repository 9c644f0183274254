//! A record as a person reads it in a terminal.

use std::collections::HashMap;
use std::fmt::Write;
use std::io;

use anstyle::{AnsiColor, Style};
use onrecord::{Note, Record, Span, Statement, StatementId, Text};
use terminal_size::{Width, terminal_size_of};

use crate::column::Column;

mod events;
mod who;

const TITLE: Style = Style::new().bold();
const SOURCE: Style = Style::new().bold();
const SPEAKER: Style = AnsiColor::Green.on_default();
const CUE: Style = AnsiColor::Cyan.on_default();
const CONTENT: Style = Style::new();
const DIM: Style = Style::new().dimmed();
const NOTE: Style = AnsiColor::Yellow.on_default();

/// Speakers less sure than this get a question mark.
const DOUBTFUL: f32 = 0.75;

/// Before ids and notes.
const MARGIN: usize = 2;

/// The columns to fill: the terminal's, as far as lines remain readable; 80 where there is none.
pub(crate) fn terminal_width() -> usize {
    terminal_size_of(io::stdout()).map_or(80, |(Width(width), _)| width.clamp(40, 100).into())
}

/// The record in styled lines of at most `width` columns.
///
/// Statements come in the record's order, but those within another right after it. Nothing of
/// the article's text can act on the terminal.
pub(crate) fn record(record: &Record, width: usize) -> String {
    let mut out = String::new();
    heading(&mut out, record, width);
    let outline = outline(&record.statements);
    let id_width = outline.iter().map(|item| item.id.len()).max().unwrap_or(0);
    for item in &outline {
        out.push('\n');
        show(&mut out, record, item, id_width, width);
    }
    if !record.events.is_empty() {
        out.push('\n');
        events::show(&mut out, record, width);
    }
    for note in &record.notes {
        out.push('\n');
        show_note(&mut out, &record.article.text, note, width);
    }
    out
}

fn heading(out: &mut String, record: &Record, width: usize) {
    let article = &record.article;
    let path = match article.path.as_deref() {
        Some("-") => Some("standard input"),
        path => path,
    };
    let mut column = Column::new(out, 0, width);
    column.words(article.title.as_deref().or(path).unwrap_or("Untitled"), TITLE);
    column.end();
    let mut facts: Vec<String> = Vec::new();
    if article.title.is_some() {
        facts.extend(path.map(str::to_owned));
    }
    facts.extend(article.published.map(|date| date.to_string()));
    facts.push(match record.statements.len() {
        0 => "no statements".to_owned(),
        1 => "1 statement".to_owned(),
        n => format!("{n} statements"),
    });
    let mut column = Column::new(out, 0, width);
    column.words(&facts.join(" · "), DIM);
    column.end();
}

/// A statement and its place among the others.
struct Item<'a> {
    statement: &'a Statement,
    id: String,
    /// How many statements report this one.
    depth: usize,
    /// The words that name who says it, here or where it began.
    source: &'a [Span],
}

/// The statements as they are shown, each followed by those within it.
fn outline(statements: &[Statement]) -> Vec<Item<'_>> {
    let places: HashMap<StatementId, usize> =
        statements.iter().enumerate().map(|(idx, statement)| (statement.id, idx)).collect();
    let place = |id: Option<StatementId>| id.and_then(|id| places.get(&id).copied());

    let mut sources: Vec<&[Span]> = Vec::with_capacity(statements.len());
    let mut inner = vec![Vec::new(); statements.len()];
    let mut outermost = Vec::new();
    for (idx, statement) in statements.iter().enumerate() {
        // What is gone on from comes before, and has its own source by now.
        let begun = place(statement.continues).and_then(|idx| sources.get(idx).copied());
        let own = statement.source.as_slice();
        sources.push(if own.is_empty() { begun.unwrap_or(own) } else { own });
        match place(statement.within) {
            Some(outer) => inner[outer].push(idx),
            None => outermost.push(idx),
        }
    }

    let mut items = Vec::with_capacity(statements.len());
    let mut is_listed = vec![false; statements.len()];
    // The second round lists statements that report each other in a circle: none is to be lost.
    for first in outermost.into_iter().chain(0..statements.len()) {
        let mut stack = vec![(first, 0)];
        while let Some((idx, depth)) = stack.pop() {
            if std::mem::replace(&mut is_listed[idx], true) {
                continue;
            }
            let statement = &statements[idx];
            let id = statement.id.to_string();
            items.push(Item { statement, id, depth, source: sources[idx] });
            stack.extend(inner[idx].iter().rev().map(|&inner| (inner, depth + 1)));
        }
    }
    items
}

/// A line with who said it, how, and how sure that is; below it the words.
fn show(out: &mut String, record: &Record, item: &Item<'_>, id_width: usize, width: usize) {
    let (text, statement) = (&record.article.text, item.statement);
    let step = id_width + 2;
    let margin = (MARGIN + item.depth * step).min(width / 4);
    let indent = margin + step;
    let percent = (statement.confidence * 100.0).round();
    let id = &item.id;
    let gap = step - id.len();
    write!(out, "{:margin$}{DIM}{id}{DIM:#}{:gap$}", "", "").expect("a string takes everything");

    let mut head =
        Column::new(out, indent, width).aside(format!("{} {percent:>3}%", statement.form.as_str()));
    match item.source {
        [] => head.words("no source named", DIM),
        source => pieces(&mut head, text, source, SOURCE),
    }
    if let Some(speaker) = statement.speaker {
        let doubt = if speaker.confidence < DOUBTFUL { "?" } else { "" };
        let who = who::with_capacity(record, speaker.actor);
        head.words(&format!("= {who}{doubt}"), SPEAKER);
    }
    if let Some(begun) = statement.continues {
        head.words(&format!("· going on from {begun}"), DIM);
    }
    if !statement.cue.is_empty() {
        head.words("·", DIM);
        pieces(&mut head, text, &statement.cue, CUE);
    }
    head.end();

    write!(out, "{:indent$}", "").expect("a string takes everything");
    let mut body = Column::new(out, indent, width);
    pieces(&mut body, text, &statement.content, CONTENT);
    body.end();
}

fn pieces(column: &mut Column<'_>, text: &Text, spans: &[Span], style: Style) {
    for (n_before, &span) in spans.iter().enumerate() {
        if n_before > 0 {
            column.words("…", DIM);
        }
        column.words(&text[span], style);
    }
}

fn show_note(out: &mut String, text: &Text, note: &Note, width: usize) {
    out.push_str("  ");
    let mut column = Column::new(out, MARGIN, width);
    match note.span {
        Some(span) => {
            let line = text.as_str()[..span.start()].matches('\n').count() + 1;
            column.words(&format!("note on line {line}:"), NOTE);
        }
        None => column.words("note:", NOTE),
    }
    column.words(&note.message, CONTENT);
    column.end();
}

#[cfg(test)]
mod tests;
