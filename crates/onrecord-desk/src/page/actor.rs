//! An actor: as whom it appears, what it says and of whom, who speaks of it, what it does and with whom.

use maud::{Markup, html};
use onrecord_store::{
    ActorAnswer, By, Facet, Filter, Names, NetworkAnswer, NetworkEdge, SaidRow, SearchAnswer,
    Somebody, SourceRow, Store,
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

/// In more articles than these, its ties are a page of their own.
const MAX_TIED: u64 = 200;

/// Statements that are drawn.
const N_DRAWN: u32 = 200;

/// Actors in a list beside.
const N_LISTED: usize = 12;

struct Known {
    answer: ActorAnswer,
    /// What it says, with whom that is about.
    says: SearchAnswer,
    /// What is said of it last, and who says how much.
    heard: Vec<SaidRow>,
    heard_from: Vec<SourceRow>,
    /// With whom it has to do, where it is not in too many articles.
    ties: Option<NetworkAnswer>,
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
    let says = store.search(&own, names)?;
    let heard = store.said(&of_it, names)?;
    let listed = Filter { limit: Some(N_LISTED as u32), ..of_it.clone() };
    let heard_from = store.sources(By::Speaker, &listed, names)?;
    let n_articles: u64 = answer.capacities.iter().map(|row| row.articles).sum();
    let ties = match n_articles <= MAX_TIED {
        true => Some(ties(id, &of_it, store, names)?),
        false => None,
    };
    let most = says.facets.about.first().and_then(|facet| facet.id);
    let toward = match most.filter(|_| asked.medium == Medium::Html) {
        Some(most) => Some(stances(&own, most, store, names)?),
        None => None,
    };
    Ok(Reply::of(Known { answer, says, heard, heard_from, ties, toward }))
}

/// With whom an actor has to do.
fn ties(
    id: i64,
    of_it: &Filter,
    store: &Store,
    names: &dyn Names,
) -> Result<NetworkAnswer, Problem> {
    let mut ties = store.network(&Filter { limit: None, ..of_it.clone() }, names)?;
    ties.edges.retain(|edge| edge.one == id || edge.other == id);
    ties.edges.truncate(N_LISTED);
    ties.nodes
        .retain(|node| ties.edges.iter().any(|edge| edge.one == node.id || edge.other == node.id));
    Ok(ties)
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
                        (self.speaks_about())
                        (self.heard_from())
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
            "spoken_of_by": self.heard_from,
            "spoken_of": self.heard,
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
        let said = counted(self.says.n_statements, "statement");
        format!("{said}, in {}", counted(n_articles, "article"))
    }

    /// Of whom it speaks: each leads to what it says of them.
    fn speaks_about(&self) -> Markup {
        let value = |facet: &Facet| {
            let query = self.query("by").with("about", format!("#{}", facet.id?));
            Some(Value { label: facet.value.clone(), n: facet.n, href: query.at("/search") })
        };
        let about: Vec<Value> = self.says.facets.about.iter().filter_map(value).collect();
        look::facet("Speaks about", &about, N_LISTED)
    }

    /// Who speaks of it: each leads to what they say.
    fn heard_from(&self) -> Markup {
        let value = |row: &SourceRow| {
            let query = self.query("about").with("by", format!("#{}", row.speaker_id?));
            Some(Value { label: row.value.clone()?, n: row.statements, href: query.at("/search") })
        };
        let speakers: Vec<Value> = self.heard_from.iter().filter_map(value).collect();
        look::facet("Spoken of by", &speakers, N_LISTED)
    }

    /// A query with this actor in it.
    fn query(&self, name: &str) -> Query {
        Query::default().with(name, self.number())
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
        let Some(ties) = &self.ties else {
            let (network, relation) = (self.query("about"), self.query("one"));
            return html! {
                section class="facet" {
                    h2 { "Has to do with" }
                    ul {
                        li { a href=(network.at("/network")) { "Its network" } }
                        li { a href=(relation.at("/between")) { "Its relations" } }
                    }
                }
            };
        };
        let value = |edge: &NetworkEdge| {
            let other = if edge.one == id { edge.other } else { edge.one };
            let node = ties.nodes.iter().find(|node| node.id == other)?;
            let query =
                Query::default().with("one", self.number()).with("other", format!("#{other}"));
            Some(Value { label: node.name.clone(), n: edge.weight, href: query.at("/between") })
        };
        // Where there are no events, the lists beside say the same.
        let says_more = ties.edges.iter().any(|edge| edge.weight > edge.statements);
        let edges = ties.edges.iter().filter(|_| says_more);
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
        html! {
            @if !self.heard.is_empty() {
                section aria-labelledby="heard" {
                    h2 id="heard" { "Others on " (self.answer.actor.name) }
                    @for said in &self.heard { (look::said(asked, said, None)) }
                    @if self.heard.len() >= N_HEARD as usize {
                        p { a href=(self.query("about").at("/search")) { "All that is said" } }
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
