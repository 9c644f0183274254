//! From spans and links to statements.

use std::collections::BTreeMap;
use std::ops::Range;

use onrecord_record::{Form, Span, Statement, StatementId, Text};

use crate::encoder::N_LAYERS;
use crate::page::Page;
use crate::reading::{Reading, TaggedSpan};
use crate::surface::Quoted;
use crate::tags::Role;

/// A statement in the making: ranges of words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Draft {
    pub(crate) layer: usize,
    pub(crate) content: Vec<Range<usize>>,
    pub(crate) source: Vec<Range<usize>>,
    pub(crate) cue: Vec<Range<usize>>,
    /// Probability of its spans and links, as the model has it.
    pub(crate) probability: f32,
    /// First word of the content of the draft that it goes on from.
    pub(crate) continues: Option<usize>,
}

impl Draft {
    /// The first word of its content.
    pub(crate) fn start(&self) -> usize {
        self.content[0].start
    }

    /// One past the last word of its content.
    pub(crate) fn end(&self) -> usize {
        self.content[self.content.len() - 1].end
    }
}

/// Brings spans that point to one head together, in order of their first content.
pub(crate) fn assemble(reading: &Reading) -> Vec<Draft> {
    let mut out: Vec<Draft> =
        (0..N_LAYERS).flat_map(|layer| assemble_layer(reading, layer)).collect();
    out.sort_by_key(|draft| (draft.start(), draft.layer));
    out
}

fn assemble_layer(reading: &Reading, layer: usize) -> Vec<Draft> {
    let of = |role| reading.spans.iter().filter(move |s| s.layer == layer && s.role == role);
    let source_at: BTreeMap<usize, &TaggedSpan> =
        of(Role::Source).map(|span| (span.words.start, span)).collect();
    let mut drafts: BTreeMap<usize, Draft> = BTreeMap::new();
    for cue in of(Role::Cue) {
        let source = cue.link.to.map(|at| source_at[&at]);
        let probability = cue.link.probability * source.map_or(1.0, |source| source.probability);
        let source = source.iter().map(|source| source.words.clone()).collect();
        let cue_words = vec![cue.words.clone()];
        let draft = Draft { layer, source, cue: cue_words, probability, ..Draft::default() };
        drafts.insert(cue.words.start, draft);
    }
    for content in of(Role::Content) {
        let head = content.link.to.unwrap_or(content.words.start);
        let draft = drafts.entry(head).or_insert_with(|| {
            let source = source_at.get(&head);
            let probability = source.map_or(1.0, |source| source.probability);
            let source = source.iter().map(|source| source.words.clone()).collect();
            Draft { layer, source, probability, ..Draft::default() }
        });
        draft.content.push(content.words.clone());
        draft.probability *= content.probability * content.link.probability;
    }
    drafts.into_values().filter(|draft| !draft.content.is_empty()).collect()
}

/// Statements of drafts, which are in order.
pub(crate) fn finish(page: &Page, text: &Text, drafts: &[Draft]) -> Vec<Statement> {
    let id = |index: usize| StatementId(index as u32);
    let spans = |ranges: &[Range<usize>]| -> Vec<Span> {
        let span = |words: &Range<usize>| {
            let bytes = page.bytes(words);
            text.span(bytes.start, bytes.end).expect("words lie on character boundaries")
        };
        ranges.iter().map(span).collect()
    };
    let finish_one = |(index, draft): (usize, &Draft)| {
        let within = within(drafts, draft);
        let inside_quotation =
            within.is_some_and(|i| form(page, text, &drafts[i], false) == Form::Direct);
        let continues = draft.continues.and_then(|start| {
            drafts.iter().position(|other| other.layer == draft.layer && other.start() == start)
        });
        Statement {
            id: id(index),
            form: form(page, text, draft, inside_quotation),
            content: spans(&draft.content),
            source: spans(&draft.source),
            cue: spans(&draft.cue),
            within: within.map(id),
            continues: continues.map(id),
            confidence: calibrate(draft.probability),
        }
    };
    drafts.iter().enumerate().map(finish_one).collect()
}

/// The statement of the layer above whose content holds this one's.
fn within(drafts: &[Draft], draft: &Draft) -> Option<usize> {
    let holds = |outer: &Draft| {
        outer.content.iter().any(|c| c.start <= draft.start() && draft.end() <= c.end)
    };
    drafts.iter().position(|outer| outer.layer < draft.layer && holds(outer))
}

/// Direct if all its words stand between quotation marks, indirect if none does.
///
/// Inside another's direct speech all words do; there it is direct if it has marks of its own.
fn form(page: &Page, text: &str, draft: &Draft, inside_quotation: bool) -> Form {
    if inside_quotation {
        let begins_with_mark =
            text[page.tokens[draft.start()].span.clone()].starts_with(['‘', '“', '\'', '"']);
        return if begins_with_mark { Form::Direct } else { Form::Indirect };
    }
    let words = draft.content.iter().flat_map(|words| &page.tokens[words.clone()]);
    let (mut n_words, mut n_quoted) = (0, 0);
    for token in words.filter(|token| text[token.span.clone()].contains(char::is_alphanumeric)) {
        n_words += 1;
        n_quoted += usize::from(token.quoted != Quoted::No);
    }
    match n_quoted {
        0 => Form::Indirect,
        n if n == n_words => Form::Direct,
        _ => Form::Mixed,
    }
}

/// The probability that content and source are right, from the model's own.
fn calibrate(probability: f32) -> f32 {
    probability
}
