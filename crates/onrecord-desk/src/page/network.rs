//! Who has to do with whom in a period.

use maud::{Markup, html};
use onrecord_plot::Part;
use onrecord_store::{Filter, Names, NetworkAnswer, NetworkEdge, Somebody, Store};
use serde_json::json;

use super::between;
use crate::answer::{Answer, Reply, Table};
use crate::asked::Asked;
use crate::look::{self, Field, Sheet, counted};
use crate::problem::Problem;

/// Ties that are drawn, unless the query says how many; more are a hairball.
const N_TIES: u32 = 40;

/// Kinds of actors, as they are chosen.
const KINDS: &[(&str, &str)] = &[
    ("", "all"),
    ("state", "states"),
    ("person", "persons"),
    ("organization", "organisations"),
    ("group", "groups"),
];

/// What ties, as it is chosen.
const TIES: &[(&str, &str)] = &[
    ("", "all"),
    ("cooperation", "cooperation"),
    ("conflict", "conflict"),
    ("statements", "statements"),
];

struct Network {
    about: Option<Somebody>,
    answer: NetworkAnswer,
}

pub(super) fn ask(asked: &Asked, store: &Store, names: &dyn Names) -> Result<Reply, Problem> {
    let about = asked.somebody("about", store, names)?;
    let number = about.as_ref().map(Somebody::number);
    let limit = asked.query.get("limit").map_or(Ok(N_TIES), |_| asked.n_rows())? as usize;
    let least = asked.number("weight", u32::MAX)?.unwrap_or(1);
    let filter = Filter { about: number, limit: None, ..asked.filter()? };
    let mut answer = store.network(&filter, names)?;
    let kind = asked.query.get("kind");
    let ties = asked.query.get("ties");
    let is_kind = |id: i64| {
        let node = answer.nodes.iter().find(|node| node.id == id);
        kind.is_none() || node.is_some_and(|node| kind == Some(node.kind.as_str()))
    };
    let is_wanted = |edge: &NetworkEdge| {
        weight(edge, ties) >= u64::from(least) && is_kind(edge.one) && is_kind(edge.other)
    };
    let mut edges: Vec<NetworkEdge> =
        answer.edges.iter().filter(|edge| is_wanted(edge)).cloned().collect();
    edges.sort_by_key(|edge| std::cmp::Reverse(weight(edge, ties)));
    edges.truncate(limit);
    answer.edges = edges;
    drop_untied(&mut answer);
    Ok(Reply::of(Network { about, answer }))
}

/// Drops the actors that nothing ties.
pub(super) fn drop_untied(NetworkAnswer { nodes, edges, .. }: &mut NetworkAnswer) {
    nodes.retain(|node| edges.iter().any(|edge| edge.one == node.id || edge.other == node.id));
}

/// The name of an actor of a network.
pub(super) fn name_of(answer: &NetworkAnswer, id: i64) -> &str {
    answer.nodes.iter().find(|node| node.id == id).map_or("?", |node| node.name.as_str())
}

/// How much of what is wanted ties two.
fn weight(edge: &NetworkEdge, ties: Option<&str>) -> u64 {
    match ties {
        Some("cooperation") => edge.verbal_cooperation + edge.material_cooperation,
        Some("conflict") => edge.verbal_conflict + edge.material_conflict,
        Some("statements") => edge.statements,
        _ => edge.weight,
    }
}

impl Answer for Network {
    fn sheet(&self, asked: &Asked) -> Sheet {
        let NetworkAnswer { nodes, edges, n_articles, of_articles, .. } = &self.answer;
        let links = |part: Part<'_>| match part {
            Part::Actor(one) => Some(look::actor_path(one.id)),
            Part::Tie(edge) => Some(between::path(edge.one, edge.other)),
            _ => None,
        };
        let plot = onrecord_plot::network(&self.answer, &links);
        let body = html! {
            header class="title" {
                h1 {
                    @match &self.about { Some(one) => { "Around " (one.name) }, None => "Who has to do with whom" }
                }
                p class="lead" {
                    (counted(edges.len() as u64, "tie")) " between " (counted(nodes.len() as u64, "actor")) ", in "
                    @if n_articles < of_articles {
                        "the " (look::grouped(*n_articles)) " latest of " (counted(*of_articles, "article"))
                    } @else {
                        (counted(*of_articles, "article"))
                    }
                }
            }
            (self.question(asked))
            @if edges.is_empty() {
                p class="nothing" { "No ties of that kind, in these days." }
            } @else {
                div data-zoom { (look::figure("Drawn", &plot)) }
                (self.ties())
            }
        };
        Sheet { title: "Network".to_owned(), place: "/network", body }
    }

    fn json(&self) -> serde_json::Value {
        json!({ "about": self.about, "network": self.answer })
    }

    fn table(&self) -> Option<Table> {
        let columns = &[
            "one",
            "one_id",
            "other",
            "other_id",
            "weight",
            "verbal_cooperation",
            "material_cooperation",
            "verbal_conflict",
            "material_conflict",
            "statements",
            "stance",
        ];
        let row = |edge: &NetworkEdge| {
            let mut row = Vec::new();
            for id in [edge.one, edge.other] {
                row.extend([self.name(id).to_owned(), id.to_string()]);
            }
            let counts = [
                edge.weight,
                edge.verbal_cooperation,
                edge.material_cooperation,
                edge.verbal_conflict,
                edge.material_conflict,
                edge.statements,
            ];
            row.extend(counts.iter().map(u64::to_string));
            row.push(edge.stance.map(|stance| format!("{stance:.3}")).unwrap_or_default());
            row
        };
        Some(Table { columns, rows: self.answer.edges.iter().map(row).collect() })
    }
}

impl Network {
    fn name(&self, id: i64) -> &str {
        name_of(&self.answer, id)
    }

    fn question(&self, asked: &Asked) -> Markup {
        let [since, until] = Field::days(asked);
        let fields = [
            Field::actor("about", "Around", self.about.as_ref()),
            Field::choice(asked, "kind", "Between", KINDS),
            Field::choice(asked, "ties", "Tied by", TIES),
            Field::number(asked, "weight", "At least"),
            since,
            until,
        ];
        look::form(asked, &fields, "Draw")
    }

    fn ties(&self) -> Markup {
        html! {
            section class="listing" aria-labelledby="ties" {
                h2 id="ties" { "The ties" }
                div class="scroll" tabindex="0" role="region" aria-labelledby="ties" {
                    table {
                        caption class="unseen" { "Ties between actors, the strongest first" }
                        thead {
                            tr {
                                th scope="col" { "Between" }
                                th scope="col" class="n" { "Cooperation" }
                                th scope="col" class="n" { "Conflict" }
                                th scope="col" class="n" { "Statements" }
                                th scope="col" { "Stance" }
                            }
                        }
                        tbody {
                            @for edge in &self.answer.edges {
                                tr {
                                    th scope="row" {
                                        a href=(between::path(edge.one, edge.other)) {
                                            (self.name(edge.one)) " and " (self.name(edge.other))
                                        }
                                    }
                                    td class="n" { (some(edge.verbal_cooperation + edge.material_cooperation)) }
                                    td class="n" { (some(edge.verbal_conflict + edge.material_conflict)) }
                                    td class="n" { (some(edge.statements)) }
                                    td { @if let Some((word, _)) = look::stance(edge.stance) { (word) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A number, if there is anything.
fn some(n: u64) -> Markup {
    html! { @if n > 0 { (look::grouped(n)) } }
}
