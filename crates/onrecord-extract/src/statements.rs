//! From spans and links to statements.

use std::cmp::Reverse;
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

/// For each of a page's words, the draft of the outer layer whose content it is in.
pub(crate) fn said_by(n_words: usize, drafts: &[Draft]) -> Vec<Option<usize>> {
    let mut out = vec![None; n_words];
    for (i, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.layer == 0) {
        for content in &draft.content {
            out[content.clone()].fill(Some(i));
        }
    }
    out
}

/// The draft with the shortest content of those with a part that `holds`; of equals the inner layer's.
pub(crate) fn innermost(drafts: &[Draft], holds: impl Fn(&Range<usize>) -> bool) -> Option<usize> {
    let length = |draft: &Draft| draft.content.iter().map(|c| c.len()).sum::<usize>();
    (0..drafts.len())
        .filter(|&i| drafts[i].content.iter().any(&holds))
        .min_by_key(|&i| (length(&drafts[i]), Reverse(drafts[i].layer)))
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
    let said_by = said_by(page.tokens.len(), drafts);
    let forms: Vec<Form> = drafts.iter().map(|draft| form(page, text, draft)).collect();
    let finish_one = |(index, draft): (usize, &Draft)| {
        let within = said_by[draft.start()].filter(|_| draft.layer > 0);
        let form = match within {
            Some(outer) if forms[outer] == Form::Direct => form_inside(page, text, draft),
            _ => forms[index],
        };
        let continues = draft.continues.and_then(|start| {
            drafts
                .binary_search_by_key(&(start, draft.layer), |other| (other.start(), other.layer))
                .ok()
        });
        Statement {
            id: id(index),
            form,
            content: spans(&draft.content),
            source: spans(&draft.source),
            cue: spans(&draft.cue),
            within: within.map(id),
            continues: continues.map(id),
            speaker: None,
            about: Vec::new(),
            confidence: calibrate(draft),
        }
    };
    drafts.iter().enumerate().map(finish_one).collect()
}

/// In another's direct speech, where all words stand between marks: direct if it begins with a mark of its own.
fn form_inside(page: &Page, text: &str, draft: &Draft) -> Form {
    let first = &text[page.tokens[draft.start()].span.clone()];
    if first.starts_with(['‘', '“', '\'', '"']) { Form::Direct } else { Form::Indirect }
}

/// Direct if all its words stand between quotation marks, indirect if none does.
fn form(page: &Page, text: &str, draft: &Draft) -> Form {
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

/// The probability that content and source are right, from the model's own (Platt scaling, Platt 1999).
///
/// Fitted on PolNeAR dev and Desk dev, for a statement that counts as `said`. The model is too sure where
/// it finds no source.
fn calibrate(draft: &Draft) -> f32 {
    const SLOPE: f32 = 0.750;
    const SHIFT: f32 = 0.642;
    const SHIFT_UNNAMED: f32 = -0.953;
    let shift = if draft.source.is_empty() { SHIFT_UNNAMED } else { SHIFT };
    let probability = draft.probability.clamp(0.002, 0.998);
    let logit = (probability / (1.0 - probability)).ln();
    1.0 / (1.0 + (-(SLOPE * logit + shift)).exp())
}
