//! An actor: as whom it appears, what it says and of whom, who speaks of it, what it does and with whom.

use std::collections::BTreeMap;

use maud::{Markup, html};
use onrecord_store::{
    ActorAnswer, BesideAnswer, BesideRow, By, Filter, Names, NetworkAnswer, NetworkEdge, SaidRow,
    Somebody, SourceRow, Store,
};
use serde_json::json;

use super::between;
use super::network::drop_untied;
use crate::answer::{Answer, Feed, Reply, Table};
use crate::asked::Asked;
use crate::look::{self, Sheet, Value, counted};
use crate::problem::Problem;
use crate::query::Query;

/// Statements of the actor that the page shows, unless the query says how many.
const N_SAID: u32 = 10;

/// Statements of others about it.
const N_HEARD: u32 = 5;

/// In more articles than these, what is around it has pages of its own.
const MAX_AROUND: u64 = 50;

/// Statements that are counted and drawn.
const N_COUNTED: u32 = 200;

/// Actors in a list beside.
const N_LISTED: usize = 12;

struct Known {
    answer: ActorAnswer,
    /// What it says last, for counts and a plot.
    says: Vec<SaidRow>,
    /// What is said of it last.
    heard: Vec<SaidRow>,
    /// Who is quoted beside it.
    beside: BesideAnswer,
    /// Who speaks of it how much, and with whom it has to do; of those whom everybody speaks of, pages of their
    /// own tell that.
    around: Option<Around>,
}

struct Around {
    heard_from: Vec<SourceRow>,
    ties: NetworkAnswer,
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
    let own = Filter { by: Some(number.clone()), limit: Some(N_COUNTED), ..filter.clone() };
    let listed = Filter { limit: Some(2 * N_LISTED as u32), ..filter.clone() };
    let beside = store.beside(&number, &listed, names)?;
    let of_it = Filter { about: Some(number), limit: Some(N_HEARD.min(limit)), ..filter };
    let says = store.said(&own, names)?;
    let heard = store.said(&of_it, names)?;
    let n_articles: u64 = answer.capacities.iter().map(|row| row.articles).sum();
    let around = match n_articles <= MAX_AROUND {
        true => Some(around(id, &of_it, store, names)?),
        false => None,
    };
    Ok(Reply::of(Known { answer, says, heard, beside, around }))
}

/// Who speaks of an actor, and with whom it has to do.
fn around(id: i64, of_it: &Filter, store: &Store, names: &dyn Names) -> Result<Around, Problem> {
    let listed = Filter { limit: Some(N_LISTED as u32), ..of_it.clone() };
    let heard_from = store.sources(By::Speaker, &listed, names)?;
    let mut ties = store.network(&Filter { limit: None, ..of_it.clone() }, names)?;
    ties.edges.retain(|edge| edge.one == id || edge.other == id);
    ties.edges.truncate(N_LISTED);
    drop_untied(&mut ties);
    Ok(Around { heard_from, ties })
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
                        (self.beside())
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
        let about = self.speaks_of();
        let about = about.iter().map(|(id, name, n)| json!({ "actor": id, "name": name, "n": n }));
        json!({
            "actor": self.answer,
            "counted": self.says.len(),
            "about": about.collect::<Vec<_>>(),
            "beside": self.beside,
            "spoken_of": self.heard,
            "spoken_of_by": self.around.as_ref().map(|around| &around.heard_from),
            "ties": self.around.as_ref().map(|around| &around.ties),
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
    fn in_short(&self) -> String {
        let n_articles: u64 = self.answer.capacities.iter().map(|row| row.articles).sum();
        let said = counted(self.answer.statements, "statement");
        format!("{said}, in {}", counted(n_articles, "article"))
    }

    /// Of whom it speaks in the statements that are counted, and how often.
    fn speaks_of(&self) -> Vec<(i64, &str, u64)> {
        let mut counts: BTreeMap<i64, (&str, u64)> = BTreeMap::new();
        for said in &self.says {
            // Named twice by one statement, it is one statement about it.
            let mut named: Vec<i64> = Vec::new();
            for about in said.about.iter().filter(|about| about.actor != self.answer.actor.id) {
                if !named.contains(&about.actor) {
                    named.push(about.actor);
                    counts.entry(about.actor).or_insert((&about.name, 0)).1 += 1;
                }
            }
        }
        let mut counts: Vec<_> = counts.into_iter().map(|(id, (name, n))| (id, name, n)).collect();
        counts.sort_by_key(|&(id, _, n)| (std::cmp::Reverse(n), id));
        counts
    }

    /// Of whom it speaks: each leads to what it says of them.
    fn speaks_about(&self) -> Markup {
        let value = |&(id, name, n): &(i64, &str, u64)| {
            let href = self.query("by").with("about", format!("#{id}")).at("/search");
            Value { label: name.to_owned(), n, href }
        };
        let about: Vec<Value> = self.speaks_of().iter().take(2 * N_LISTED).map(value).collect();
        html! {
            (look::facet("Speaks about", &about, N_LISTED))
            @if self.answer.statements > self.says.len() as u64 && !about.is_empty() {
                p class="quiet counted" { "Counted in the " (self.says.len()) " latest." }
            }
        }
    }

    /// Who speaks of it: each leads to what they say.
    fn heard_from(&self) -> Markup {
        let Some(around) = &self.around else {
            return html! {
                section class="facet" {
                    h2 { "Spoken of by" }
                    p { a href=(self.query("about").at("/sources")) { "Who speaks of it how much" } }
                }
            };
        };
        let value = |row: &SourceRow| {
            let query = self.query("about").with("by", format!("#{}", row.speaker_id?));
            Some(Value { label: row.value.clone()?, n: row.statements, href: query.at("/search") })
        };
        let speakers: Vec<Value> = around.heard_from.iter().filter_map(value).collect();
        look::facet("Spoken of by", &speakers, N_LISTED)
    }

    /// Who is quoted beside it, in how many articles; each leads to the relation.
    fn beside(&self) -> Markup {
        let id = self.answer.actor.id;
        let value = |row: &BesideRow| Value {
            label: row.speaker.name.clone(),
            n: row.articles,
            href: between::path(id, row.speaker.id),
        };
        let speakers: Vec<Value> = self.beside.speakers.iter().map(value).collect();
        let n_articles = self.beside.n_articles;
        html! {
            (look::facet("Quoted beside", &speakers, N_LISTED))
            @if !speakers.is_empty() {
                p class="quiet counted" {
                    "Articles that quote both"
                    @if n_articles > 1 { ", of the " (look::grouped(n_articles)) " latest that quote the one" }
                    "."
                }
            }
        }
    }

    /// A query with this actor in it.
    fn query(&self, name: &str) -> Query {
        Query::default().with(name, self.answer.actor.number())
    }

    fn outlets(&self) -> Markup {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for outlet in self.says.iter().filter_map(|said| said.outlet.as_deref()) {
            *counts.entry(outlet).or_default() += 1;
        }
        let mut counts: Vec<(&str, u64)> = counts.into_iter().collect();
        counts.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
        let value = |&(outlet, n): &(&str, u64)| {
            let href = self.query("by").with("outlet", outlet).at("/search");
            Value { label: outlet.to_owned(), n, href }
        };
        look::facet("Quoted in", &counts.iter().map(value).collect::<Vec<_>>(), N_LISTED)
    }

    /// With whom it has to do; each leads to the relation.
    fn tied(&self) -> Markup {
        let id = self.answer.actor.id;
        let Some(Around { ties, .. }) = &self.around else {
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
            let href = between::path(id, other);
            Some(Value { label: node.name.clone(), n: edge.weight, href })
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

    /// Its stance toward whom it speaks of most.
    fn stance(&self) -> Markup {
        let speaks_of = self.speaks_of();
        let Some(&(id, name, _)) = speaks_of.first() else { return html! {} };
        let name = name.to_owned();
        let toward = Somebody { id, name, kind: String::new(), country: None };
        let is_toward = |said: &&SaidRow| said.about.iter().any(|about| about.actor == id);
        let said: Vec<SaidRow> = self.says.iter().filter(is_toward).cloned().collect();
        look::stance_figure(&self.answer.actor, &toward, &said)
    }

    fn said(&self, asked: &Asked) -> Markup {
        let (n_shown, n_all) = (self.answer.said.len() as u64, self.answer.statements);
        html! {
            section aria-labelledby="said" {
                h2 id="said" { "Says" }
                @if n_shown == 0 { p class="quiet" { "Nothing on record." } }
                @for said in self.answer.said.iter().rev() { (look::said(asked, said, None)) }
                @if n_all > n_shown {
                    p { a href=(self.query("by").at("/search")) { "All " (counted(n_all, "statement")) } }
                }
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
