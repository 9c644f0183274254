//! What the model says of words that somebody has marked: what a sentence tells between two of its parties, and the stance
//! toward one of them.

use std::ops::Range;

use onrecord_record::{EventType, Span, Text};

use crate::encoder::{Encoder, Vectors};
use crate::face::{Faces, Numbers};
use crate::finder::{sigmoid, softmax};
use crate::marks::{Label, SpanKind, SpanLink, SpanVector};
use crate::page::Page;
use crate::window::{self, Window, WindowInput};

/// Triggers that share what is told, the likeliest, and the most words of one. The same as in training (`told_losses` in
/// `train/onrecord_train/spans.py`).
const TOLD_BY: usize = 6;
const LONGEST: usize = 2;

/// The window in which some words begin, and its vectors.
struct Around {
    window: Window,
    vectors: Vectors,
}

impl Around {
    fn new(encoder: &impl Encoder, page: &Page, words: &Range<usize>) -> Option<Around> {
        let windows = window::cut(page);
        let window = windows.into_iter().find(|w| (w.start..w.end).contains(&words.start))?;
        let vectors = encoder.encode(&WindowInput::new(page, window).view());
        Some(Around { window, vectors })
    }

    /// Words of the page as words of the window, as far as they are.
    fn inside(&self, words: &Range<usize>) -> Option<Range<usize>> {
        let Window { context, end, .. } = self.window;
        let inside = words.start.max(context)..words.end.min(end);
        (!inside.is_empty()).then(|| inside.start - context..inside.end - context)
    }

    fn vector(
        &self,
        encoder: &impl Encoder,
        kind: SpanKind,
        words: &Range<usize>,
    ) -> Option<SpanVector> {
        let words = [self.inside(words)?];
        encoder.span_vectors(kind, &self.vectors, &words, self.window.context).pop()
    }
}

/// Probabilities of a critical, neutral and favourable stance toward a mention; `None` for a span without words.
pub fn stance(encoder: &impl Encoder, text: &Text, mention: Span) -> Option<[f32; 3]> {
    let page = Page::new(encoder, text);
    let words = page.words(mention);
    let around = Around::new(encoder, &page, &words)?;
    let vector = around.vector(encoder, SpanKind::Name, &words)?;
    Some(softmax(&encoder.label(Label::Stance, &vector)))
}

/// Probability of each of `EventType::ALL` of being what a source does to a target, as far as there are such; `None` for a
/// text without words. What the words of the source's window (else the target's, else the first) may tell is weighed by how
/// likely each is a trigger, and by how likely it has these parties.
pub fn told(
    encoder: &impl Encoder,
    text: &Text,
    source: Option<Span>,
    target: Option<Span>,
) -> Option<[f32; EventType::ALL.len()]> {
    let page = Page::new(encoder, text);
    let of = |span: Option<Span>| span.map(|span| page.words(span));
    let (source, target) = (of(source), of(target));
    let first = source.as_ref().or(target.as_ref()).cloned().unwrap_or(0..1);
    let around = Around::new(encoder, &page, &first)?;
    let Window { context, start, .. } = around.window;
    let is_inside = |words: &Range<usize>| around.inside(words).is_some();
    let parties: Vec<(bool, Range<usize>)> = [(true, source), (false, target)]
        .into_iter()
        .filter_map(|(acts, words)| Some((acts, words.filter(is_inside)?)))
        .collect();
    let mentions: Vec<SpanVector> = parties
        .iter()
        .filter_map(|(_, words)| around.vector(encoder, SpanKind::Name, words))
        .collect();
    let own = start - context;
    let mut triggers = encoder.spans(SpanKind::Trigger, &around.vectors, own, f32::NEG_INFINITY);
    triggers.retain(|trigger| trigger.words.len() <= LONGEST);
    triggers.sort_by(|a, b| b.score.total_cmp(&a.score));
    triggers.truncate(TOLD_BY);
    let words: Vec<Range<usize>> =
        triggers.iter().map(|t| context + t.words.start..context + t.words.end).collect();
    let inside: Vec<Range<usize>> = triggers.iter().map(|t| t.words.clone()).collect();
    let vectors = encoder.span_vectors(SpanKind::Trigger, &around.vectors, &inside, context);
    let mut numbers = Numbers::default();
    let to = Faces::new(&page, text, parties.iter().map(|(_, words)| words), &mut numbers);
    let from = Faces::new(&page, text, words.iter(), &mut numbers);
    let odds = |link| {
        let scores =
            encoder.link(link, &vectors, &mentions, |i, j| from.standing(i, &to, j)).into_iter();
        let above = |row: Vec<f32>| -> Vec<f32> { row[1..].iter().map(|x| x - row[0]).collect() };
        scores.map(above).collect::<Vec<_>>()
    };
    let (actor, recipient) = (odds(SpanLink::Actor), odds(SpanLink::Recipient));
    let mut sums = [0.0; EventType::ALL.len()];
    for (i, trigger) in triggers.iter().enumerate() {
        let types: [f32; EventType::ALL.len()] =
            softmax(&encoder.label(Label::EventType, &vectors[i]));
        for ((sum, kind), probability) in
            sums.iter_mut().zip(EventType::ALL.iter().copied()).zip(types)
        {
            let plays = if is_mutual(kind) {
                (0..mentions.len()).map(|j| either(actor[i][j], recipient[i][j])).product::<f32>()
            } else {
                let play = |(j, &(acts, _)): (usize, &(bool, Range<usize>))| {
                    let (actor, recipient) = (actor[i][j], recipient[i][j]);
                    let (one, other) = if acts { (actor, recipient) } else { (recipient, actor) };
                    sigmoid(one) * sigmoid(-other)
                };
                parties.iter().enumerate().map(play).product()
            };
            *sum += trigger.score.exp() * probability * plays;
        }
    }
    let all: f32 = sums.iter().sum();
    (all > 0.0).then(|| sums.map(|sum| sum / all))
}

/// Probability of having a part, whichever.
fn either(actor: f32, recipient: f32) -> f32 {
    1.0 - sigmoid(-actor) * sigmoid(-recipient)
}

/// Whether it is open who acts and on whom, the parties doing it together. Support may be mutual, but mostly is not.
fn is_mutual(kind: EventType) -> bool {
    kind.is_reciprocal() && kind != EventType::Support
}
