//! Who speaks: from a statement's source to the actor that it names, and from a quotation's "I" to its speaker.

use std::cmp::Reverse;
use std::ops::Range;

use onrecord_record::{About, ActorId, Kind, Speaker};

use crate::coreference::{Card, Cluster, first_person, shares};
use crate::found::Found;
use crate::marks::{Looks, SpanKind};
use crate::names::Names;
use crate::page::Page;
use crate::source;
use crate::statements::{Draft, innermost};

/// Probability that "we" needs to be another actor than the speaker's country or organisation.
const WE_BY_MODEL: f32 = 0.25;

/// Means of the model's probabilities lie nearer to 0 than the -1, 0 and 1 of annotators. Tuned on Desk dev.
const STRETCH: f32 = 1.32;

/// The mention that a statement's source is: a person's name that stands in apposition, else the outermost mention that
/// holds the source's head.
fn of_source(
    page: &Page,
    text: &str,
    found: &Found,
    cards: &[Card],
    source: &[Range<usize>],
) -> Option<usize> {
    source.iter().find_map(|source| {
        let ends_inside = |i: &usize| found.mentions[*i].words.end <= source.end;
        let inside = found.begin_in(source).filter(ends_inside);
        let named = |i: &usize| {
            let mention = &found.mentions[*i];
            let person = mention.form == SpanKind::Name && cards[*i].kind == Kind::Person;
            person && source::is_apposed(page, text, source, mention.words.start)
        };
        let head = source::head(page, text, source).end - 1;
        let holds = |i: &usize| found.mentions[*i].words.contains(&head);
        let longest = |i: &usize| (found.mentions[*i].words.len(), Reverse(*i));
        inside
            .clone()
            .find(named)
            .or_else(|| inside.clone().filter(holds).max_by_key(longest))
            .or_else(|| inside.clone().next())
    })
}

/// The mention that names each draft's speaker: its own, or that of the draft it goes on from.
pub(crate) fn sources(
    page: &Page,
    text: &str,
    found: &Found,
    cards: &[Card],
    drafts: &[Draft],
) -> Vec<Option<usize>> {
    let mut out: Vec<Option<usize>> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let earlier = draft.continues.and_then(|start| {
            let at = (start, draft.layer);
            drafts.binary_search_by_key(&at, |other| (other.start(), other.layer)).ok()
        });
        out.push(
            of_source(page, text, found, cards, &draft.source)
                .or(earlier.and_then(|i| *out.get(i)?)),
        );
    }
    out
}

/// For each mention, the innermost draft whose content it stands in.
pub(crate) fn said_in(found: &Found, drafts: &[Draft]) -> Vec<Option<usize>> {
    let in_draft = |words: &Range<usize>| {
        let holds =
            |content: &Range<usize>| content.start <= words.start && words.end <= content.end;
        innermost(drafts, holds)
    };
    found.mentions.iter().map(|mention| in_draft(&mention.words)).collect()
}

/// Gives the first person in quotations to their speakers; what is left over becomes an actor of its own.
pub(crate) fn own_first_person(
    found: &Found,
    cards: &[Card],
    sources: &[Option<usize>],
    said_in: &[Option<usize>],
    clusters: &mut Vec<Cluster>,
    cluster_of: &mut [Option<usize>],
    names: &impl Names,
) {
    for i in 0..cluster_of.len() {
        if cluster_of[i].is_some() {
            continue;
        }
        let speaker = said_in[i].and_then(|draft| sources[draft]).and_then(|m| cluster_of[m]);
        let (_, shares) = shares(&found.mentions[i], cluster_of, clusters.len());
        let by_model =
            (0..clusters.len()).max_by(|&a, &b| shares[a].total_cmp(&shares[b]).then(b.cmp(&a)));
        let choice = match first_person(&cards[i]) {
            Some(true) => by_model
                .filter(|&c| shares[c] > WE_BY_MODEL || speaker.is_none() && shares[c] > 0.2)
                .or(speaker),
            _ => speaker.or(by_model.filter(|&c| shares[c] > 0.2)),
        };
        let cluster = choice.unwrap_or_else(|| {
            clusters.push(Cluster::default());
            clusters.len() - 1
        });
        clusters[cluster].take(i, &cards[i], names);
        cluster_of[i] = Some(cluster);
    }
    for cluster in clusters.iter_mut() {
        cluster.mentions.sort_unstable();
    }
    clusters.sort_by_key(|cluster| cluster.mentions[0]);
    for (number, cluster) in clusters.iter().enumerate() {
        cluster.mentions.iter().for_each(|&mention| cluster_of[mention] = Some(number));
    }
}

/// The speaker of each draft.
pub(crate) fn speakers(
    found: &Found,
    cards: &[Card],
    sources: &[Option<usize>],
    cluster_of: &[Option<usize>],
) -> Vec<Option<Speaker>> {
    let speaker = |source: &Option<usize>| {
        let mention = (*source)?;
        let actor = ActorId(cluster_of[mention]? as u32);
        let sure = match cards[mention].face.looks {
            Looks::Name => 1.0,
            _ => {
                let (new, shares) = shares(&found.mentions[mention], cluster_of, cluster_of.len());
                shares.iter().fold(new, |most, &share| most.max(share))
            }
        };
        Some(Speaker { actor, confidence: calibrate(found.mentions[mention].probability * sure) })
    };
    sources.iter().map(speaker).collect()
}

/// The probability that the speaker is right, from the model's own (Platt scaling, Platt 1999). Fitted on Desk dev: expected
/// calibration error .11 without it.
fn calibrate(probability: f32) -> f32 {
    const SLOPE: f32 = 0.4;
    const SHIFT: f32 = 0.8;
    let probability = probability.clamp(0.02, 0.98);
    let logit = (probability / (1.0 - probability)).ln();
    1.0 / (1.0 + (-(SLOPE * logit + SHIFT)).exp())
}

/// The actors that each draft is about: those mentioned in its content and in no statement inside it.
pub(crate) fn about(
    found: &Found,
    said_in: &[Option<usize>],
    cluster_of: &[Option<usize>],
    n_drafts: usize,
) -> Vec<Vec<About>> {
    let mut sums: Vec<std::collections::BTreeMap<usize, (f32, f32)>> =
        vec![Default::default(); n_drafts];
    for ((mention, draft), cluster) in found.mentions.iter().zip(said_in).zip(cluster_of) {
        if let (Some(draft), Some(cluster)) = (draft, cluster) {
            let sum = sums[*draft].entry(*cluster).or_default();
            sum.0 += mention.stance[2] - mention.stance[0];
            sum.1 += 1.0;
        }
    }
    let about = |sums: std::collections::BTreeMap<usize, (f32, f32)>| {
        let one = |(actor, (sum, n)): (usize, (f32, f32))| About {
            actor: ActorId(actor as u32),
            stance: Some((STRETCH * sum / n).clamp(-1.0, 1.0)),
        };
        sums.into_iter().map(one).collect()
    };
    sums.into_iter().map(about).collect()
}
