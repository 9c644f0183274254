//! An actor: as whom it appears, what it says and of whom, who speaks of it, what it does and with whom.

use maud::{Markup, html};
use onrecord_store::{
    ActorAnswer, Facet, Filter, Names, NetworkAnswer, NetworkEdge, SaidRow, SearchAnswer, Somebody,
    Store,
};
use serde_json::json;

use crate::answer::{Answer, Feed, Reply, Table};
use crate::asked::Asked;
use crate::look::{self, Sheet, Value, counted};
use crate::medium::Medium;
use crate::problem::Problem;
use crate::query::Query;

/// Statements of the actor that the page shows, unless the query says how many.
const N_SAID: u32 = 10;

/// Statements of others about it.
const N_HEARD: u32 = 5;

/// Statements that are drawn.
const N_DRAWN: u32 = 200;

/// Actors in a list beside.
const N_LISTED: usize = 12;

struct Known {
    answer: ActorAnswer,
    /// What it says, with whom that is about.
    says: SearchAnswer,
    /// What is said of it, with who says it.
    heard: SearchAnswer,
    ties: NetworkAnswer,
    /// Whom it speaks of most, and what it says of them.
    toward: Option<(Somebody, Vec<SaidRow>)>,
}

/// The page of whoever bears a name.
pub(super) fn find(asked: &Asked, store: &Store, names: &dyn Names) -> Result<Reply, Problem> {
    let somebody = asked.somebody("name", store, names)?;
    let somebody = somebody.ok_or_else(|| Problem::unclear("Whose page? Write a name."))?;
    let rest = asked.query.without("name");
    let path = format!("{}{}", look::actor_path(somebody.id), asked.medium.ending());
    Ok(Reply::Elsewhere(rest.at(&path)))
}

pub(super) fn ask(asked: &Asked, store: &Store, names: &dyn Names) -> Result<Reply, Problem> {
    let missing = || Problem::missing("No actor in the record has this number.");
    let id: i64 = asked.id().parse().map_err(|_| missing())?;
    let number = format!("#{id}");
    let filter = asked.filter()?;
    let limit = asked.query.get("limit").and(filter.limit).unwrap_or(N_SAID);
    let filter =
        Filter { limit: Some(limit), words: None, form: None, capacity: None, skip: 0, ..filter };
    let answer = match store.actor(&number, &filter, names) {
        Err(error) if error.is_unknown_name() => return Err(missing()),
        answer => answer?,
    };
    let own = Filter { by: Some(number.clone()), limit: Some(0), ..filter.clone() };
    let of_it =
        Filter { about: Some(number.clone()), limit: Some(N_HEARD.min(limit)), ..filter.clone() };
    let near = Filter { about: Some(number), limit: None, ..filter };
    let says = store.search(&own, names)?;
    let heard = store.search(&of_it, names)?;
    let mut ties = store.network(&near, names)?;
    ties.edges.retain(|edge| edge.one == id || edge.other == id);
    ties.edges.truncate(N_LISTED);
    ties.nodes
        .retain(|node| ties.edges.iter().any(|edge| edge.one == node.id || edge.other == node.id));
    let most = says.facets.about.first().and_then(|facet| facet.id);
    let toward = match most.filter(|_| asked.medium == Medium::Html) {
        Some(most) => Some(stances(&own, most, store, names)?),
        None => None,
    };
    Ok(Reply::of(Known { answer, says, heard, ties, toward }))
}

/// What somebody says of another, for a plot.
fn stances(
    own: &Filter,
    toward: i64,
    store: &Store,
    names: &dyn Names,
) -> Result<(Somebody, Vec<SaidRow>), Problem> {
    let about = format!("#{toward}");
    let toward = store.somebody(&about, names)?;
    let filter = Filter { about: Some(about), limit: Some(N_DRAWN), ..own.clone() };
    Ok((toward, store.said(&filter, names)?))
}

impl Answer for Known {
    fn sheet(&self, asked: &Asked) -> Sheet {
        let actor = &self.answer.actor;
        let body = html! {
            div class="actor-page" {
                header class="title" {
                    p class="kicker" { (look::kind_and_country(actor)) }
                    h1 { (actor.name) }
                    p class="lead" { (self.in_short()) }
                }
                div class="columns" {
                    div class="aside" {
                        (self.facet("Speaks about", &self.says.facets.about, "by", "about"))
                        (self.facet("Spoken of by", &self.heard.facets.speakers, "about", "by"))
                        (self.outlets())
                        (self.tied())
                    }
                    div class="main" {
                        (self.capacities())
                        (self.stance())
                        (self.said(asked))
                        (self.heard(asked))
                        (self.done())
                    }
                }
            }
        };
        Sheet { title: actor.name.clone(), place: "/actors", body }
    }

    fn json(&self) -> serde_json::Value {
        json!({
            "actor": self.answer,
            "about": self.says.facets.about,
            "spoken_of_by": self.heard.facets.speakers,
            "spoken_of": self.heard.statements,
            "months": self.says.facets.months,
            "ties": self.ties,
        })
    }

    fn table(&self) -> Option<Table> {
        Some(look::said_table(self.answer.said.iter().rev()))
    }

    fn feed(&self, _: &Asked) -> Option<Feed> {
        let entries = self.answer.said.iter().rev().map(look::said_entry).collect();
        Some(Feed { title: format!("onrecord: {}", self.answer.actor.name), entries })
    }
}

impl Known {
    fn number(&self) -> String {
        format!("#{}", self.answer.actor.id)
    }

    fn in_short(&self) -> String {
        let n_articles: u64 = self.answer.capacities.iter().map(|row| row.articles).sum();
        let mut parts = vec![counted(self.says.n_statements, "statement")];
        if self.heard.n_statements > 0 {
            let n_heard = look::grouped(self.heard.n_statements);
            parts.push(format!("{n_heard} about {}", self.answer.actor.name));
        }
        format!("{}, in {}", parts.join(" and "), counted(n_articles, "article"))
    }

    /// Links to searches for this actor as `own`, and each of some actors as `other`.
    fn facet(&self, title: &str, actors: &[Facet], own: &str, other: &str) -> Markup {
        let query =
            |id: i64| Query::default().with(own, self.number()).with(other, format!("#{id}"));
        let value = |facet: &Facet| {
            let href = query(facet.id?).at("/search");
            Some(Value { label: facet.value.clone(), n: facet.n, href })
        };
        look::facet(title, &actors.iter().filter_map(value).collect::<Vec<_>>(), N_LISTED)
    }

    fn outlets(&self) -> Markup {
        let value = |facet: &Facet| {
            let query = Query::default().with("by", self.number()).with("outlet", &facet.value);
            Value { label: facet.value.clone(), n: facet.n, href: query.at("/search") }
        };
        let outlets: Vec<Value> = self.says.facets.outlets.iter().map(value).collect();
        look::facet("Quoted in", &outlets, N_LISTED)
    }

    /// With whom it has to do; each leads to the relation.
    fn tied(&self) -> Markup {
        let id = self.answer.actor.id;
        let value = |edge: &NetworkEdge| {
            let other = if edge.one == id { edge.other } else { edge.one };
            let node = self.ties.nodes.iter().find(|node| node.id == other)?;
            let query =
                Query::default().with("one", self.number()).with("other", format!("#{other}"));
            Some(Value { label: node.name.clone(), n: edge.weight, href: query.at("/between") })
        };
        // Where there are no events, the lists beside say the same.
        let says_more = self.ties.edges.iter().any(|edge| edge.weight > edge.statements);
        let edges = self.ties.edges.iter().filter(|_| says_more);
        let ties: Vec<Value> = edges.filter_map(value).collect();
        look::facet("Has to do with", &ties, N_LISTED)
    }

    fn capacities(&self) -> Markup {
        html! {
            section aria-labelledby="capacities" {
                h2 id="capacities" { "Appears as" }
                div class="scroll" tabindex="0" role="region" aria-labelledby="capacities" {
                    table {
                        caption class="unseen" { "Capacities, in order of first publication" }
                        thead {
                            tr {
                                th scope="col" { "As printed" } th scope="col" { "Office, organisation" }
                                th scope="col" { "Sector" } th scope="col" { "When" }
                                th scope="col" class="n" { "Articles" }
                            }
                        }
                        tbody {
                            @for row in &self.answer.capacities {
                                tr {
                                    th scope="row" {
                                        (row.name)
                                        @if let Some(role) = &row.role { span class="role" { ", " (role.replace(" | ", ", ")) } }
                                        span class="reason" { (row.reason) }
                                    }
                                    td {
                                        @let parts: Vec<&str> = [&row.office, &row.organization].into_iter()
                                            .filter_map(|part| part.as_deref()).collect();
                                        (parts.join(", "))
                                    }
                                    td { @if let Some(sector) = &row.sector { (look::sectors(sector)) } }
                                    td {
                                        @if let Some(when) = look::period(row.first.as_deref(), row.last.as_deref()) {
                                            (when)
                                        }
                                    }
                                    td class="n" {
                                        a href=(look::article_path(&row.article)) aria-label={
                                            (row.articles) ", to the first of them"
                                        } { (row.articles) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn stance(&self) -> Markup {
        let Some((toward, said)) = &self.toward else { return html! {} };
        html! { (look::stance_figure(&self.answer.actor, toward, said)) }
    }

    fn said(&self, asked: &Asked) -> Markup {
        let n_more = self.says.n_statements.saturating_sub(self.answer.said.len() as u64);
        let all = Query::default().with("by", self.number()).at("/search");
        html! {
            section aria-labelledby="said" {
                h2 id="said" { "Says" }
                @if self.answer.said.is_empty() { p class="quiet" { "Nothing on record." } }
                @for said in self.answer.said.iter().rev() { (look::said(asked, said, None)) }
                @if n_more > 0 { p { a href=(all) { "All " (counted(self.says.n_statements, "statement")) } } }
            }
        }
    }

    fn heard(&self, asked: &Asked) -> Markup {
        let shown = self.heard.statements.len() as u64;
        let all = Query::default().with("about", self.number()).at("/search");
        html! {
            @if shown > 0 {
                section aria-labelledby="heard" {
                    h2 id="heard" { "Others on " (self.answer.actor.name) }
                    @for found in &self.heard.statements { (look::said(asked, &found.said, None)) }
                    @if self.heard.n_statements > shown {
                        p { a href=(all) { "All " (counted(self.heard.n_statements, "statement")) } }
                    }
                }
            }
        }
    }

    fn done(&self) -> Markup {
        html! {
            @if !self.answer.events.is_empty() {
                section aria-labelledby="done" {
                    h2 id="done" { "Does, and is done to" }
                    (look::events(&self.answer.events))
                }
            }
        }
    }
}
