//! An article's text with all that was read in it marked in place.
//!
//! Spans may lie in one another or cross. They are brought into a tree: one that goes on beyond the end of the
//! one it begins in is cut there, and goes on after it. The longer one is outside; of two with the same
//! words, the one that stands first in [`What`].

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use maud::Escaper;
use onrecord_record::{MentionForm, Record, Span, Text};
use onrecord_store::ArticleAnswer;

use crate::look;

/// Marks within marks beyond this depth are left out: no reader could tell them apart.
const MAX_DEPTH: usize = 8;

/// A paragraph of a text.
pub(super) struct Paragraph {
    /// Its bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The statements that begin in it, by their numbers in the record.
    pub(super) statements: Vec<usize>,
    /// Marked up.
    pub(super) html: String,
}

/// What a span is marked as.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// What was said, in the statement with this number, and in which of its parts.
    Content(usize, usize),
    Source(usize),
    /// An actor, and which of its mentions.
    Mention(usize, usize),
    Cue(usize),
    /// The words of an event, and which of them.
    Trigger(usize, usize),
}

/// A span to be marked, in the order in which it is opened.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    start: usize,
    end: Reverse<usize>,
    what: What,
    /// Whether it is the rest of one that was cut.
    is_rest: bool,
}

/// The voice of each statement: speakers in the order in which they first speak; `None`: nobody named.
pub(super) fn voices(record: &Record) -> Vec<Option<usize>> {
    let mut known = BTreeMap::new();
    let voice = |speaker: onrecord_record::Speaker, known: &mut BTreeMap<u32, usize>| {
        let next = known.len();
        *known.entry(speaker.actor.0).or_insert(next)
    };
    record.statements.iter().map(|s| s.speaker.map(|speaker| voice(speaker, &mut known))).collect()
}

/// The class of a voice: one of six in turn, and one for nobody.
pub(super) fn voice_class(voice: Option<usize>) -> String {
    format!("v{}", voice.map_or(0, |voice| voice % 6 + 1))
}

/// The paragraphs of an article, marked.
pub(super) fn paragraphs(answer: &ArticleAnswer) -> Vec<Paragraph> {
    let record = &answer.record;
    let marks = marks(record);
    let mut writer = Writer { answer, voices: voices(record), places: BTreeSet::new() };
    let mut next = 0;
    // Marks that began in a paragraph before.
    let mut open: Vec<Mark> = Vec::new();
    let mut paragraphs = Vec::new();
    for (start, end) in bounds(&record.article.text) {
        let mut inside: Vec<Mark> = Vec::new();
        let reach = |mark: Mark, inside: &mut Vec<Mark>, open: &mut Vec<Mark>| {
            let (from, to) = (mark.start.max(start), mark.end.0.min(end));
            if from < to {
                inside.push(Mark { start: from, end: Reverse(to), ..mark });
            }
            if mark.end.0 > end {
                open.push(Mark { is_rest: mark.is_rest || from < to, ..mark });
            }
        };
        for mark in std::mem::take(&mut open) {
            reach(mark, &mut inside, &mut open);
        }
        while let Some(&mark) = marks.get(next).filter(|mark| mark.start < end) {
            next += 1;
            reach(mark, &mut inside, &mut open);
        }
        inside.sort();
        let statements = inside.iter().filter_map(|mark| match mark.what {
            What::Content(statement, 0) if !mark.is_rest => Some(statement),
            _ => None,
        });
        let statements = statements.collect();
        let html = writer.write(start, end, inside);
        paragraphs.push(Paragraph { start, end, statements, html });
    }
    paragraphs
}

/// Where paragraphs begin and end: lines that are not empty.
fn bounds(text: &Text) -> Vec<(usize, usize)> {
    let mut bounds = Vec::new();
    let mut start = 0;
    for line in text.as_str().split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let from = start + line.len() - line.trim_start().len();
            bounds.push((from, from + words.len()));
        }
        start += line.len();
    }
    bounds
}

/// All that is to be marked, in the order in which it is opened.
fn marks(record: &Record) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut add = |span: Span, what: What| {
        marks.push(Mark { start: span.start(), end: Reverse(span.end()), what, is_rest: false });
    };
    for (idx, statement) in record.statements.iter().enumerate() {
        statement
            .content
            .iter()
            .enumerate()
            .for_each(|(n, &span)| add(span, What::Content(idx, n)));
        statement.source.iter().for_each(|&span| add(span, What::Source(idx)));
        statement.cue.iter().for_each(|&span| add(span, What::Cue(idx)));
    }
    for (idx, actor) in record.actors.iter().enumerate() {
        actor.mentions.iter().enumerate().for_each(|(n, m)| add(m.span, What::Mention(idx, n)));
    }
    for (idx, event) in record.events.iter().enumerate() {
        event.trigger.iter().enumerate().for_each(|(n, &span)| add(span, What::Trigger(idx, n)));
    }
    marks.sort();
    marks
}

struct Writer<'a> {
    answer: &'a ArticleAnswer,
    voices: Vec<Option<usize>>,
    /// Fragments of addresses that are taken: an id stands once in a page.
    places: BTreeSet<String>,
}

impl Writer<'_> {
    /// A paragraph's text with its marks, which are in order and within it.
    fn write(&mut self, start: usize, end: usize, inside: Vec<Mark>) -> String {
        let text = self.answer.record.article.text.as_str();
        let mut pending: BTreeSet<Mark> = inside.into_iter().collect();
        let mut open: Vec<Mark> = Vec::new();
        let mut out = String::new();
        let mut at = start;
        loop {
            let next = pending.first().copied();
            let until = next.map_or(end, |mark| mark.start);
            while let Some(&mark) = open.last().filter(|mark| mark.end.0 <= until) {
                escape(&text[at..mark.end.0], &mut out);
                at = mark.end.0;
                out += self.closed(mark, &open);
                open.pop();
            }
            escape(&text[at..until], &mut out);
            at = until;
            let Some(mark) = next else { return out };
            pending.remove(&mark);
            if open.len() >= MAX_DEPTH {
                continue;
            }
            let mut mark = mark;
            if let Some(outer) = open.last().filter(|outer| outer.end.0 < mark.end.0) {
                pending.insert(Mark { start: outer.end.0, is_rest: true, ..mark });
                mark.end = outer.end;
            }
            self.open(mark, &open, &mut out);
            open.push(mark);
        }
    }

    fn open(&mut self, mark: Mark, open: &[Mark], out: &mut String) {
        let result = match mark.what {
            What::Content(statement, part) => self.open_content(mark, statement, part, open, out),
            What::Source(statement) => {
                write!(out, "<span class=\"source\" data-s=\"{}\">", statement + 1)
            }
            What::Cue(statement) => {
                write!(out, "<span class=\"cue\" data-s=\"{}\">", statement + 1)
            }
            What::Mention(actor, n) => self.open_mention(mark, actor, n, open, out),
            What::Trigger(event, n) => self.open_trigger(mark, event, n, out),
        };
        result.expect("a string takes everything");
    }

    fn open_content(
        &mut self,
        mark: Mark,
        idx: usize,
        part: usize,
        open: &[Mark],
        out: &mut String,
    ) -> std::fmt::Result {
        let record = &self.answer.record;
        let statement = &record.statements[idx];
        let (form, voice) = (statement.form, voice_class(self.voices[idx]));
        let number = idx + 1;
        write!(out, "<span class=\"content {form} {voice}")?;
        out.push_str(if mark.is_rest { " rest\"" } else { "\"" });
        let is_first = part == 0 && !mark.is_rest;
        let span = record.article.text.code_points(statement.content[0]);
        let place = look::place(&[span]);
        if is_first && self.places.insert(place.clone()) {
            write!(out, " id=\"{place}\"")?;
        }
        write!(out, " data-s=\"{number}\">")?;
        if is_first && !is_in_link(open) {
            write!(
                out,
                "<a class=\"number\" href=\"#s{number}\" aria-label=\"Statement {number}\">{number}</a>"
            )?;
        }
        Ok(())
    }

    fn open_mention(
        &mut self,
        mark: Mark,
        idx: usize,
        n: usize,
        open: &[Mark],
        out: &mut String,
    ) -> std::fmt::Result {
        let actor = &self.answer.record.actors[idx];
        let kind = actor.kind;
        let again = match actor.mentions[n].form {
            MentionForm::Name | MentionForm::Metonym => "",
            MentionForm::Nominal | MentionForm::Pronoun => " again",
        };
        match is_in_link(open) {
            // A link in a link is none.
            true => write!(out, "<span class=\"actor {kind}{again}\"")?,
            false => write!(
                out,
                "<a class=\"actor {kind}{again}\" href=\"{}\"",
                look::actor_path(self.answer.actors[idx])
            )?,
        }
        if n == 0 && !mark.is_rest {
            write!(out, " id=\"a{}\"", idx + 1)?;
        }
        write!(out, " data-a=\"{}\">", idx + 1)
    }

    fn open_trigger(
        &mut self,
        mark: Mark,
        idx: usize,
        n: usize,
        out: &mut String,
    ) -> std::fmt::Result {
        out.push_str("<span class=\"trigger\"");
        let place = format!("o{}", self.answer.occurrences[idx]);
        if n == 0 && !mark.is_rest && self.places.insert(place.clone()) {
            write!(out, " id=\"{place}\"")?;
        }
        write!(out, " data-e=\"{}\">", idx + 1)
    }

    fn closed(&self, mark: Mark, open: &[Mark]) -> &'static str {
        let outer = &open[..open.len() - 1];
        match mark.what {
            What::Mention(..) if !is_in_link(outer) => "</a>",
            _ => "</span>",
        }
    }
}

/// Whether what is open has a link in it.
fn is_in_link(open: &[Mark]) -> bool {
    open.iter().any(|mark| matches!(mark.what, What::Mention(..)))
}

fn escape(text: &str, out: &mut String) {
    write!(Escaper::new(out), "{text}").expect("a string takes everything");
}
