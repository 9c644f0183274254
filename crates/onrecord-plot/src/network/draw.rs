//! The network, drawn.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_store::{NetworkAnswer, NetworkEdge, Somebody};

use super::labels::{Label, labels};
use super::layout::layout;
use crate::canvas::Canvas;
use crate::legend::Legend;
use crate::part::{Links, Part};
use crate::plot::{Plot, WIDTH};
use crate::words::{count, cut};

/// Actors at most, those of the strongest ties: more than these no picture of this size has room for.
const N_NODES: usize = 200;

/// Ties at most.
const N_TIES: usize = 600;

/// The widest that a name gets where there are few, and where there are many.
const NAME: (f64, f64) = (220.0, 150.0);

/// Actors and what ties them. Those that are tied stand close to each other, and where they stand depends on
/// the answer only. A circle's area grows with the reports that tie it, a line's thickness with those of its
/// tie. Links of ties are passed over by the Tab key: a page should have them in a table too.
pub fn network(answer: &NetworkAnswer, links: Links<'_>) -> Plot {
    let title = "Who is tied to whom".to_owned();
    let (nodes, ties) = chosen(answer);
    if ties.is_empty() {
        return Plot::empty(title, "No ties between actors are on record.");
    }
    let mut weights = vec![0; nodes.len()];
    for tie in &ties {
        weights[tie.one] += tie.edge.weight;
        weights[tie.other] += tie.edge.weight;
    }
    let heaviest = weights.iter().copied().max().unwrap_or(1).max(1) as f64;
    let largest = match nodes.len() {
        0..=60 => 16.0,
        61..=120 => 11.0,
        _ => 8.0,
    };
    let radii: Vec<f64> =
        weights.iter().map(|&weight| 4.0 + largest * (weight as f64 / heaviest).sqrt()).collect();
    let height = match nodes.len() {
        0..=4 => 260.0,
        5..=15 => 400.0,
        16..=60 => 560.0,
        _ => 720.0,
    };
    let pulls: Vec<(usize, usize, f64)> =
        ties.iter().map(|tie| (tie.one, tie.other, tie.edge.weight as f64)).collect();
    let mut places = layout(&radii, &pulls, (WIDTH, height));
    let height = crop(&mut places, &radii);

    let mut canvas = Canvas::default();
    let strongest = ties.iter().map(|tie| tie.edge.weight).max().unwrap_or(1).max(1) as f64;
    for tie in ties.iter().rev() {
        let about = told(tie.edge, &nodes[tie.one].name, &nodes[tie.other].name);
        let thickness = 1.0 + 5.0 * (tie.edge.weight as f64 / strongest).sqrt();
        let ends = (places[tie.one], places[tie.other]);
        let class = class_of(tie.edge);
        canvas.mark_passed_over(links(Part::Tie(tie.edge)), &about, |canvas| {
            canvas.tie("reach", ends.0, ends.1, thickness + 8.0);
            canvas.tie(&format!("{class}tie"), ends.0, ends.1, thickness);
        });
    }
    let widest = if nodes.len() > 60 { NAME.1 } else { NAME.0 };
    let names: Vec<String> = nodes.iter().map(|node| cut(&node.name, widest)).collect();
    let lines: Vec<_> = ties.iter().map(|tie| (places[tie.one], places[tie.other])).collect();
    let set = labels(&names, &places, &radii, &weights, &lines, (WIDTH, height));
    // The heaviest last, and so over the others.
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|&idx| (weights[idx], idx));
    for (idx, node) in order.into_iter().map(|idx| (idx, nodes[idx])) {
        let about = format!("{}: {}", described(node), count(weights[idx] as usize, "report"));
        canvas.mark(links(Part::Actor(node)), &about, |canvas| {
            canvas.circle("reach", places[idx], radii[idx] + 3.0);
            circle(canvas, &node.kind, places[idx], radii[idx]);
            if let Some(Label { at, anchor }) = set[idx] {
                canvas.text("plot-name", at, anchor, &names[idx]);
            }
        });
    }
    let bottom = legend(&mut canvas, &nodes, &ties, height);
    let description = describe(answer, &nodes, &ties, set.iter().filter(|l| l.is_some()).count());
    Plot::new(title, description, bottom, canvas)
}

/// Moves all up as far as there is nothing above but room for a name; gives the height that is left.
fn crop(places: &mut [(f64, f64)], radii: &[f64]) -> f64 {
    const ROOM: f64 = 24.0;
    let edges =
        |sign: f64| places.iter().zip(radii).map(move |(place, radius)| place.1 + sign * radius);
    let top = edges(-1.0).fold(f64::MAX, f64::min) - ROOM;
    let bottom = edges(1.0).fold(f64::MIN, f64::max) + ROOM;
    for place in places {
        place.1 -= top;
    }
    bottom - top
}

/// A tie between actors by their place in the list.
struct Tie<'a> {
    one: usize,
    other: usize,
    edge: &'a NetworkEdge,
}

/// The actors and ties that there is room for: the strongest ties first.
fn chosen(answer: &NetworkAnswer) -> (Vec<&Somebody>, Vec<Tie<'_>>) {
    let by_id: BTreeMap<i64, &Somebody> = answer.nodes.iter().map(|node| (node.id, node)).collect();
    let mut edges: Vec<&NetworkEdge> = answer
        .edges
        .iter()
        .filter(|edge| edge.one != edge.other)
        .filter(|edge| by_id.contains_key(&edge.one) && by_id.contains_key(&edge.other))
        .collect();
    edges.sort_by_key(|edge| (std::cmp::Reverse(edge.weight), edge.one, edge.other));
    let mut ids: BTreeSet<i64> = BTreeSet::new();
    edges.retain(|edge| {
        let n_new = [edge.one, edge.other].iter().filter(|id| !ids.contains(id)).count();
        let has_room = ids.len() + n_new <= N_NODES;
        if has_room {
            ids.extend([edge.one, edge.other]);
        }
        has_room
    });
    edges.truncate(N_TIES);
    let ids: BTreeSet<i64> = edges.iter().flat_map(|edge| [edge.one, edge.other]).collect();
    let places: BTreeMap<i64, usize> = ids.iter().enumerate().map(|(idx, id)| (*id, idx)).collect();
    let nodes = ids.iter().map(|id| by_id[id]).collect();
    let ties = edges.into_iter().map(|edge| Tie {
        one: places[&edge.one],
        other: places[&edge.other],
        edge,
    });
    (nodes, ties.collect())
}

/// The quad class that most of a tie's events are of, as classes of its line.
fn class_of(edge: &NetworkEdge) -> &'static str {
    let cooperation = edge.verbal_cooperation + edge.material_cooperation;
    let conflict = edge.verbal_conflict + edge.material_conflict;
    match () {
        () if cooperation + conflict == 0 => "plot-words ",
        () if cooperation == conflict => "",
        () if conflict > cooperation && edge.material_conflict > edge.verbal_conflict => {
            "material conflict "
        }
        () if conflict > cooperation => "conflict ",
        () if edge.material_cooperation > edge.verbal_cooperation => "material cooperation ",
        () => "cooperation ",
    }
}

/// A tie in words.
fn told(edge: &NetworkEdge, one: &str, other: &str) -> String {
    let parts = [
        (edge.material_cooperation, "of material cooperation"),
        (edge.verbal_cooperation, "of verbal cooperation"),
        (edge.verbal_conflict, "of verbal conflict"),
        (edge.material_conflict, "of material conflict"),
        (edge.statements, "of words about each other"),
    ];
    let parts = parts.iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{n} {words}"));
    let stance = edge.stance.map_or(String::new(), |stance| format!(", stance {stance:+.1}"));
    format!("{one} and {other}: {}{stance}", parts.collect::<Vec<_>>().join(", "))
}

fn described(node: &Somebody) -> String {
    match &node.country {
        Some(country) => format!("{} ({}, {country})", node.name, node.kind),
        None => format!("{} ({})", node.name, node.kind),
    }
}

/// The kinds of actors that have a circle of their own.
const KINDS: [(&[&str], &str); 4] = [
    (&["state"], "state"),
    (&["person"], "person"),
    (&["organization", "group"], "organization or group"),
    (&["place", "document"], "place or document"),
];

fn circle(canvas: &mut Canvas, kind: &str, at: (f64, f64), radius: f64) {
    match kind {
        "state" => canvas.circle("full", at, radius),
        "person" => canvas.circle("hollow", at, radius),
        "organization" | "group" => {
            canvas.circle("hollow", at, radius);
            canvas.circle("full", at, radius * 0.5);
        }
        _ => canvas.circle("hollow dashed", at, radius),
    }
}

fn legend(canvas: &mut Canvas, nodes: &[&Somebody], ties: &[Tie<'_>], y: f64) -> f64 {
    let mut legend = Legend::below(y);
    for (kinds, words) in KINDS {
        if nodes.iter().any(|node| kinds.contains(&node.kind.as_str())) {
            legend.add(canvas, words, |canvas, at| circle(canvas, kinds[0], at, 5.0));
        }
    }
    for (class, words) in [
        ("material cooperation ", "material cooperation"),
        ("cooperation ", "verbal cooperation"),
        ("conflict ", "verbal conflict"),
        ("material conflict ", "material conflict"),
        ("", "as much cooperation as conflict"),
        ("plot-words ", "words only"),
    ] {
        if ties.iter().any(|tie| class_of(tie.edge) == class) {
            legend.add(canvas, words, |canvas, (x, y)| {
                canvas.tie(&format!("{class}tie"), (x - 12.0, y), (x + 12.0, y), 2.5);
            });
        }
    }
    legend.bottom()
}

fn describe(
    answer: &NetworkAnswer,
    nodes: &[&Somebody],
    ties: &[Tie<'_>],
    n_named: usize,
) -> String {
    let strongest = &ties[0];
    let mut line = format!(
        "{} and {} between them; the strongest is that of {} and {}.",
        count(nodes.len(), "actor"),
        count(ties.len(), "tie"),
        nodes[strongest.one].name,
        nodes[strongest.other].name
    );
    let n_left_out = answer.n_edges.saturating_sub(ties.len() as u64);
    if n_left_out > 0 {
        line += &format!(" Not drawn: {}, all weaker.", count(n_left_out as usize, "tie"));
    }
    if n_named < nodes.len() {
        line += &format!(" {n_named} of the actors are named.");
    }
    if answer.n_articles < answer.of_articles {
        line +=
            &format!(" From the latest {} of {} articles.", answer.n_articles, answer.of_articles);
    }
    line
}
