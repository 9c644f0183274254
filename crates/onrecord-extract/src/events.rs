//! From triggers to events: one for all tellings of a happening, with its parties, place, time and the word it rests on.

use std::ops::Range;

use jiff::civil::Date;
use onrecord_record::{
    ActorId, Context, Event, EventDate, EventId, EventType, Span, StatementId, Status, Text,
};

use crate::actors::{likeliest, span};
use crate::dates::{self, Dated};
use crate::found::{Found, FoundTrigger, Links};
use crate::page::Page;
use crate::statements::{Draft, innermost};

/// Probability that a party or a context needs. Tuned on Desk dev.
const PARTY: f32 = 0.35;
const CONTEXT: f32 = 0.5;

/// Probability of being another telling of an earlier trigger's event. Tuned on Desk dev.
const SAME: f32 = 0.5;

/// A time expression: its words, and the days from the first through the last.
struct Time {
    words: Range<usize>,
    date: EventDate,
}

/// The time expressions of the text as far as it is the page's.
fn times(page: &Page, text: &Text, written: Option<Date>) -> Vec<Time> {
    let word = |dated: Dated| {
        let (start, end) = dated.value?;
        let first = page.tokens.partition_point(|token| token.span.end <= dated.span.start());
        let last = page.tokens.partition_point(|token| token.span.start < dated.span.end());
        Some(Time { words: first..last, date: EventDate { start, end, span: Some(dated.span) } })
    };
    let end = page.tokens.last().map_or(0, |token| token.span.end);
    dates::find(text, 0..end, written).into_iter().filter_map(word).collect()
}

/// Events of triggers, in the order of their first.
pub(crate) fn events(
    page: &Page,
    text: &Text,
    found: &Found,
    cluster_of: &[Option<usize>],
    n_clusters: usize,
    drafts: &[Draft],
    written: Option<Date>,
) -> Vec<Event> {
    if found.triggers.is_empty() {
        return Vec::new();
    }
    let times = times(page, text, written);
    let groups = tellings(&found.triggers);
    let sentences = sentences(page, text);
    let finish = |(number, group): (usize, &Vec<usize>)| {
        let triggers: Vec<&FoundTrigger> = group.iter().map(|&i| &found.triggers[i]).collect();
        let (kind, type_probability) = best(EventType::ALL, triggers.iter().map(|t| &t.types[..]));
        let (status, _) = best(Status::ALL, triggers.iter().map(|t| &t.statuses[..]));
        let (actors, recipients) = parties(&triggers, cluster_of, n_clusters);
        let place = likeliest(triggers.iter().map(|t| &t.place), cluster_of, n_clusters, |_| true);
        let probability = triggers.iter().map(|t| t.probability).fold(0.0, f32::max);
        let said: Vec<Option<usize>> = triggers
            .iter()
            .map(|t| innermost(drafts, |content| content.contains(&t.words.start)))
            .collect();
        let own_voice = said.contains(&None);
        let has = |context: usize| triggers.iter().any(|t| t.contexts[context] > CONTEXT);
        let contexts = (0..Context::ALL.len()).filter(|&i| has(i)).map(|i| Context::ALL[i]);
        Event {
            id: EventId(number as u32),
            kind,
            trigger: triggers.iter().map(|t| span(page, text, &t.words)).collect::<Vec<Span>>(),
            actors,
            recipients,
            date: triggers.iter().find_map(|t| time_of(&sentences, &times, &t.words)),
            place: place.map(|cluster| ActorId(cluster as u32)),
            contexts: contexts.collect(),
            status,
            said: said[0].filter(|_| !own_voice).map(|draft| StatementId(draft as u32)),
            confidence: probability * type_probability,
        }
    };
    groups.iter().enumerate().map(finish).collect()
}

/// Triggers of one event together, in order.
fn tellings(triggers: &[FoundTrigger]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut group_of: Vec<usize> = Vec::with_capacity(triggers.len());
    for (i, trigger) in triggers.iter().enumerate() {
        let sum = trigger.same.log_sum();
        let mut shares = vec![0.0; groups.len()];
        for (other, score) in trigger.same.iter() {
            shares[group_of[other]] += (score - sum).exp();
        }
        let joined = (0..groups.len())
            .max_by(|&a, &b| shares[a].total_cmp(&shares[b]).then(b.cmp(&a)))
            .filter(|&group| shares[group] > SAME);
        let group = joined.unwrap_or(groups.len());
        if group == groups.len() {
            groups.push(Vec::new());
        }
        groups[group].push(i);
        group_of.push(group);
    }
    groups
}

/// The value that the triggers give the most probability together, and their mean probability of it.
fn best<'a, T: Copy>(
    all: &[T],
    probabilities: impl Iterator<Item = &'a [f32]> + Clone,
) -> (T, f32) {
    let score = |i: usize| -> f32 { probabilities.clone().map(|of| of[i].max(1e-6).ln()).sum() };
    let best =
        (0..all.len()).max_by(|&a, &b| score(a).total_cmp(&score(b))).expect("there are values");
    let n = probabilities.clone().count() as f32;
    (all[best], (score(best) / n).exp())
}

/// Who did it and to whom. Who could be both is what is likelier.
fn parties(
    triggers: &[&FoundTrigger],
    cluster_of: &[Option<usize>],
    n_clusters: usize,
) -> (Vec<ActorId>, Vec<ActorId>) {
    let probabilities = |links: fn(&FoundTrigger) -> &Links| {
        let mut most = vec![0.0f32; n_clusters];
        for trigger in triggers {
            let links = links(trigger);
            let mut odds = vec![0.0; n_clusters];
            for (mention, score) in links.iter() {
                if let Some(cluster) = cluster_of[mention] {
                    odds[cluster] += (score - links.nothing).exp();
                }
            }
            for (most, odds) in most.iter_mut().zip(odds) {
                *most = most.max(if odds.is_finite() { odds / (1.0 + odds) } else { 1.0 });
            }
        }
        most
    };
    let (actor, recipient) = (probabilities(|t| &t.actor), probabilities(|t| &t.recipient));
    let chosen = |of: &[f32], other: &[f32]| {
        (0..n_clusters)
            .filter(|&i| of[i] > PARTY && of[i] >= other[i])
            .map(|i| ActorId(i as u32))
            .collect()
    };
    (chosen(&actor, &recipient), chosen(&recipient, &actor))
}

/// Sentences of the page: they end with a paragraph, or with a full stop before a capital letter.
fn sentences(page: &Page, text: &str) -> Vec<Range<usize>> {
    let tokens = &page.tokens;
    let mut out = Vec::new();
    let mut start = 0;
    for i in 1..=tokens.len() {
        let ends = i == tokens.len() || tokens[i].first || {
            let said = |i: usize| &text[tokens[i].span.clone()];
            let mark = |i: usize| [".", "!", "?"].contains(&said(i));
            let closes = |i: usize| ["”", "\"", "’", ")"].contains(&said(i));
            let spaced = tokens[i - 1].span.end < tokens[i].span.start;
            let initial = i >= 2 && tokens[i - 2].span.len() == 1 && tokens[i - 2].shape == 2;
            let opens = tokens[i].shape != 1 && !closes(i);
            spaced && opens && !initial && (mark(i - 1) || closes(i - 1) && i >= 2 && mark(i - 2))
        };
        if ends {
            out.push(start..i);
            start = i;
        }
    }
    out
}

/// The time that the words' sentence gives: the nearest, before that after.
fn time_of(sentences: &[Range<usize>], times: &[Time], words: &Range<usize>) -> Option<EventDate> {
    let at = sentences.partition_point(|sentence| sentence.end <= words.start);
    let sentence = sentences.get(at)?;
    let inside = times.iter().filter(|time| sentence.contains(&time.words.start));
    let distance = |time: &&Time| {
        if time.words.start >= words.end {
            time.words.start - words.end
        } else {
            words.start.saturating_sub(time.words.end)
        }
    };
    inside.min_by_key(distance).map(|time| time.date)
}
