//! From triggers to events: one for all tellings of a happening, with its parties, place, time and the word it rests on.

use onrecord_record::{
    ActorId, Context, Event, EventId, EventType, Span, StatementId, Status, Text,
};

use crate::actors::{likeliest, span};
use crate::found::{Found, FoundTrigger, Links};
use crate::page::Page;
use crate::statements::{Draft, innermost};
use crate::times::Calendar;

/// Probability that a party or a context needs. Tuned on Desk dev.
const PARTY: f32 = 0.5;
const CONTEXT: f32 = 0.5;

/// Probability that a party needs where there has to be one. Tuned on Desk dev.
const AT_LEAST: f32 = 0.15;

/// Probability of being another telling of an earlier trigger's event. Tuned on Desk dev.
const SAME: f32 = 0.35;

/// Events of triggers, in the order of their first.
pub(crate) fn events(
    page: &Page,
    text: &Text,
    found: &Found,
    cluster_of: &[Option<usize>],
    n_clusters: usize,
    drafts: &[Draft],
) -> Vec<Event> {
    if found.triggers.is_empty() {
        return Vec::new();
    }
    let groups = tellings(&found.triggers);
    let calendar = Calendar::new(&found.times);
    let finish = |(number, group): (usize, &Vec<usize>)| {
        let triggers: Vec<&FoundTrigger> = group.iter().map(|&i| &found.triggers[i]).collect();
        let (kind, type_probability) = best(EventType::ALL, triggers.iter().map(|t| &t.types[..]));
        let (status, _) = best(Status::ALL, triggers.iter().map(|t| &t.statuses[..]));
        let (actors, recipients) = parties(kind, &triggers, cluster_of, n_clusters);
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
            date: calendar.date_of(&triggers, status),
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

/// Who did it and to whom. Who could be both is what is likelier. Somebody acts in every event, in most types on somebody,
/// and nobody meets alone: there the likeliest is taken where none is likely.
fn parties(
    kind: EventType,
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
    let likely = |of: &[f32], other: &[f32]| -> Vec<usize> {
        (0..n_clusters).filter(|&i| of[i] > PARTY && of[i] >= other[i]).collect()
    };
    let (mut actors, mut recipients) = (likely(&actor, &recipient), likely(&recipient, &actor));
    let best = |of: &[f32], others: [&[usize]; 2], floor: f32| {
        let free = |i: &usize| of[*i] > floor && !others.iter().any(|others| others.contains(i));
        (0..n_clusters).filter(free).max_by(|&a, &b| of[a].total_cmp(&of[b]).then(b.cmp(&a)))
    };
    if actors.is_empty() {
        actors.extend(best(&actor, [&actors, &recipients], AT_LEAST));
    }
    if recipients.is_empty() && has_recipient(kind) {
        recipients.extend(best(&recipient, [&actors, &recipients], AT_LEAST));
    }
    if recipients.is_empty() && kind.is_reciprocal() && actors.len() == 1 {
        let either: Vec<f32> = actor.iter().zip(&recipient).map(|(a, b)| a.max(*b)).collect();
        actors.extend(best(&either, [&actors, &recipients], AT_LEAST));
        actors.sort_unstable();
    }
    let ids = |of: Vec<usize>| of.into_iter().map(|i| ActorId(i as u32)).collect();
    (ids(actors), ids(recipients))
}

/// Whether it is always done to somebody: in all but one in forty events of the Desk corpus.
fn has_recipient(kind: EventType) -> bool {
    use EventType::{Accuse, Aid, Coerce, Reject, Request, Sanction, Threaten};
    matches!(kind, Accuse | Aid | Coerce | Reject | Request | Sanction | Threaten)
}
