//! Mentions, actors and roles.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::{Figure, Figures};
use super::items::{Actor, Points};
use super::pairing::{Name, Names, pair, to_gold};

/// For each span the actors that it refers to.
type Spans<'a> = BTreeMap<Points, BTreeSet<&'a str>>;

/// Counts what is about actors alone, and says which predicted actor is which gold one.
pub(super) fn score<'a>(
    gold: &'a [Actor],
    predicted: &'a [Actor],
    figures: &mut Figures,
) -> Names<'a> {
    let (gold_spans, predicted_spans) = (spans(gold), spans(predicted));
    let found = gold_spans.keys().filter(|span| predicted_spans.contains_key(span)).count();
    figures.add(Figure::Mention, found, predicted_spans.len(), gold_spans.len());
    let names = Names(to_gold(&pair(together(&gold_spans, &predicted_spans))));
    b_cubed(&gold_spans, &predicted_spans, figures);
    roles(gold, predicted, &names, figures);
    for actor in predicted {
        let Some(paired) = names.0.get(actor.id.as_str()) else { continue };
        let paired = gold.iter().find(|gold| gold.id == *paired);
        let paired = paired.expect("pairs are made of gold actors");
        figures.judge(Figure::Kind, actor.kind == paired.kind);
        figures.judge(Figure::Country, actor.country == paired.country);
        figures.judge(Figure::Sector, actor.sectors == paired.sectors);
    }
    names
}

fn spans(actors: &[Actor]) -> Spans<'_> {
    let mut spans = Spans::new();
    for actor in actors {
        for mention in &actor.mentions {
            spans.entry(mention.span).or_default().insert(&actor.id);
        }
    }
    spans
}

/// How many spans each gold actor shares with each predicted one.
fn together<'a>(gold: &Spans<'a>, predicted: &Spans<'a>) -> Vec<(f64, &'a str, &'a str)> {
    let mut n_together: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (span, gold_actors) in gold {
        for gold_actor in gold_actors {
            for predicted_actor in predicted.get(span).into_iter().flatten() {
                *n_together.entry((gold_actor, predicted_actor)).or_default() += 1;
            }
        }
    }
    n_together.into_iter().map(|((gold, predicted), n)| (n as f64, gold, predicted)).collect()
}

/// B-cubed over the spans of one actor each. The true positives are the mean of those that
/// precision and recall count, as in the script.
fn b_cubed(gold: &Spans, predicted: &Spans, figures: &mut Figures) {
    let shared_in_gold = |span: &Points| gold.get(span).is_some_and(|actors| actors.len() > 1);
    let gold_actor: BTreeMap<Points, &str> = only(gold).collect();
    let predicted_actor: BTreeMap<Points, &str> =
        only(predicted).filter(|(span, _)| !shared_in_gold(span)).collect();
    let (gold_clusters, predicted_clusters) = (clusters(&gold_actor), clusters(&predicted_actor));
    let (mut precision, mut recall) = (0.0, 0.0);
    for (span, actor) in &gold_actor {
        let Some(found) = predicted_actor.get(span) else { continue };
        let (cluster, found) = (&gold_clusters[actor], &predicted_clusters[found]);
        let both = cluster.intersection(found).count() as f64;
        precision += both / found.len() as f64;
        recall += both / cluster.len() as f64;
    }
    let right = f64::midpoint(precision, recall);
    figures.add_part(Figure::Actor, right, predicted_actor.len(), gold_actor.len());
}

/// Spans of one actor.
fn only<'s, 'a>(spans: &'s Spans<'a>) -> impl Iterator<Item = (Points, &'a str)> + 's {
    spans
        .iter()
        .filter(|(_, actors)| actors.len() == 1)
        .filter_map(|(&span, actors)| actors.first().map(|&actor| (span, actor)))
}

fn clusters<'a>(actors: &BTreeMap<Points, &'a str>) -> BTreeMap<&'a str, BTreeSet<Points>> {
    let mut clusters: BTreeMap<&str, BTreeSet<Points>> = BTreeMap::new();
    for (&span, &actor) in actors {
        clusters.entry(actor).or_default().insert(span);
    }
    clusters
}

fn roles(gold: &[Actor], predicted: &[Actor], names: &Names, figures: &mut Figures) {
    let mut gold_roles = BTreeSet::new();
    for actor in gold {
        let titles = actor.roles.iter().map(|role| role.title.to_lowercase());
        gold_roles.extend(titles.map(|title| (Name::Gold(&actor.id), title)));
    }
    let mut predicted_roles = BTreeSet::new();
    for actor in predicted {
        let titles = actor.roles.iter().map(|role| role.title.to_lowercase());
        predicted_roles.extend(titles.map(|title| (names.of(&actor.id), title)));
    }
    figures.sets(Figure::Role, &gold_roles, &predicted_roles);
}
