//! Events: their triggers, types, parts, statuses, dates and words they rest on.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::figures::{Figure, Figures};
use super::items::Event;
use super::pairing::{Name, Names, covered, iou, pair};
use super::statements::refers;

/// Types whose events hold both ways where no recipient is named.
const RECIPROCAL: [&str; 6] = ["CONSULT", "COOPERATE", "AGREE", "ALIGN", "RIVAL", "SUPPORT"];

/// Counts; `gold_ids` says which predicted statement is which gold one.
pub(super) fn score<'a>(
    gold: &'a [Event],
    predicted: &'a [Event],
    words: &[Range<usize>],
    (names, gold_ids): (&Names<'a>, &BTreeMap<&str, &str>),
    figures: &mut Figures,
) {
    let pairs = matched(gold, predicted, words);
    let (mut n_typed, mut n_whole, mut n_who) = (0, 0, 0);
    for (event_id, found_id) in &pairs {
        let event = by_id(gold, event_id);
        let found = by_id(predicted, found_id);
        if event.kind != found.kind {
            continue;
        }
        n_typed += 1;
        let (wanted, got) = (parts(event, Name::Gold), parts(found, |actor| names.of(actor)));
        n_who += wanted.intersection(&got).count();
        let same_status = event.status == found.status;
        n_whole += usize::from(wanted == got && same_status);
        figures.judge(Figure::Status, same_status);
        let word = refers(event.said.as_deref(), found.said.as_deref(), gold_ids);
        figures.judge(Figure::Word, word);
        if event.date.is_some() {
            figures.judge(Figure::Date, event.date == found.date);
        }
    }
    let n_parts = |events: &[Event]| -> usize {
        events.iter().map(|event| event.actors.len() + event.recipients.len()).sum()
    };
    figures.add(Figure::Trigger, pairs.len(), predicted.len(), gold.len());
    figures.add(Figure::Event, n_typed, predicted.len(), gold.len());
    figures.add(Figure::Who, n_who, n_parts(predicted), n_parts(gold));
    figures.add(Figure::Whole, n_whole, predicted.len(), gold.len());
    let (wanted, got) = (dyads(gold, Name::Gold), dyads(predicted, |actor| names.of(actor)));
    figures.sets(Figure::Dyad, &wanted, &got);
}

/// Pairs events whose triggers share a word: those of one type first, then the best overlap.
fn matched<'a>(
    gold: &'a [Event],
    predicted: &'a [Event],
    words: &[Range<usize>],
) -> BTreeMap<&'a str, &'a str> {
    let triggers: Vec<_> = predicted.iter().map(|e| covered(&e.trigger, words)).collect();
    let mut candidates = Vec::new();
    for event in gold {
        let trigger = covered(&event.trigger, words);
        for (found, found_trigger) in predicted.iter().zip(&triggers) {
            let overlap = iou(&trigger, found_trigger);
            if overlap > 0.0 {
                let fit = f64::from(u8::from(event.kind == found.kind)) + overlap;
                candidates.push((fit, event.id.as_str(), found.id.as_str()));
            }
        }
    }
    pair(candidates)
}

fn by_id<'a>(events: &'a [Event], id: &str) -> &'a Event {
    events.iter().find(|event| event.id == id).expect("pairs are made of the events")
}

/// Who takes part, and whether as recipient.
fn parts<'a>(event: &'a Event, name: impl Fn(&'a str) -> Name<'a>) -> BTreeSet<(bool, Name<'a>)> {
    let actors = event.actors.iter().map(|actor| (false, name(actor)));
    actors.chain(event.recipients.iter().map(|actor| (true, name(actor)))).collect()
}

/// Who did what to whom in the article, wherever it is told; pairs of a reciprocal event are
/// unordered.
fn dyads<'a>(
    events: &'a [Event],
    name: impl Fn(&'a str) -> Name<'a>,
) -> BTreeSet<(Option<&'a str>, Name<'a>, Name<'a>)> {
    let mut dyads = BTreeSet::new();
    for event in events {
        let kind = event.kind.as_deref();
        let actors: Vec<Name> = event.actors.iter().map(|actor| name(actor)).collect();
        if event.recipients.is_empty() && kind.is_some_and(|kind| RECIPROCAL.contains(&kind)) {
            for (i, &a) in actors.iter().enumerate() {
                let others = actors[i + 1..].iter();
                dyads.extend(others.map(|&b| (kind, a.min(b), a.max(b))));
            }
        } else {
            for &actor in &actors {
                let recipients = event.recipients.iter();
                dyads.extend(recipients.map(|recipient| (kind, actor, name(recipient))));
            }
        }
    }
    dyads
}
