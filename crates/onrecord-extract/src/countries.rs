//! The country that an actor belongs to.
//!
//! Finds: what the knowledge base says of the actor; else the country that is named inside its mentions and roles
//! ("Ukrainian Infrastructure Minister", "the Pristina-based analyst", "his spokeswoman"); else the country that the
//! model's link points to; else none.
//!
//! Believed because news names whose minister it is at the first mention. The country that most of the others belong to,
//! tried as a last step, made it wrong: 0.818 right on Desk dev without it and 0.808 with it, 0.832 and 0.764 on real-dev.
//! Known misses: visitors abroad, international bodies that the knowledge base does not know.

use std::ops::Range;

use onrecord_record::Country;

use crate::actors::likeliest;
use crate::coreference::Cluster;
use crate::found::Found;

/// Mentions inside a mention may belong to actors whose country is told by mentions inside theirs.
const ROUNDS: usize = 3;

/// Each cluster's country. `roles` are the words of each cluster's roles.
pub(crate) fn countries(
    found: &Found,
    clusters: &[Cluster],
    roles: &[Vec<Range<usize>>],
    cluster_of: &[Option<usize>],
) -> Vec<Option<Country>> {
    let mut out: Vec<Option<Country>> =
        clusters.iter().map(|cluster| cluster.known.as_ref()?.country).collect();
    let is_open = |number: usize, out: &[Option<Country>]| {
        out[number].is_none() && clusters[number].known.is_none()
    };
    for _ in 0..ROUNDS {
        for number in 0..clusters.len() {
            if is_open(number, &out) {
                out[number] =
                    inside(found, number, &clusters[number], &roles[number], cluster_of, &out);
            }
        }
    }
    let told = out.clone();
    for number in 0..clusters.len() {
        if !is_open(number, &out) {
            continue;
        }
        let links = clusters[number].mentions.iter().map(|&i| &found.mentions[i].country);
        let may_be = |other: usize| other != number && told[other].is_some();
        let linked = likeliest(links, cluster_of, clusters.len(), may_be).and_then(|c| told[c]);
        out[number] = linked;
    }
    out
}

/// The country of the first actor named inside the mentions and roles.
fn inside(
    found: &Found,
    number: usize,
    cluster: &Cluster,
    roles: &[Range<usize>],
    cluster_of: &[Option<usize>],
    countries: &[Option<Country>],
) -> Option<Country> {
    let of_mentions = cluster.mentions.iter().map(|&i| &found.mentions[i].words);
    of_mentions.chain(roles).find_map(|words| {
        let from = found.mentions.partition_point(|other| other.words.start < words.start);
        let others = found.mentions[from..].iter().zip(&cluster_of[from..]);
        others
            .take_while(|(other, _)| other.words.start < words.end)
            .filter(|(other, _)| other.words.end <= words.end && other.words != *words)
            .find_map(|(_, cluster)| cluster.filter(|&c| c != number).and_then(|c| countries[c]))
    })
}
