//! A relation: what two actors do to and say of each other.

use std::collections::BTreeMap;

use maud::{Markup, html};
use onrecord_plot::{Part, balance, timeline};
use onrecord_store::{
    BetweenAnswer, EventRow, Filter, Names, NetworkAnswer, Somebody, Store, Voice,
};
use serde_json::json;

use super::network::name_of;
use crate::answer::{Answer, Feed, Reply, Table};
use crate::asked::Asked;
use crate::look::{self, Field, Sheet, Value, counted};
use crate::medium::Medium;
use crate::problem::Problem;
use crate::query::Query;

/// Relations that are proposed where none was asked for.
const N_PROPOSED: u32 = 20;

/// Voices that are named in the split.
const N_VOICES: usize = 8;

struct Relation(BetweenAnswer);

/// The page without a question: the closest relations.
struct Proposed {
    one: Option<Somebody>,
    other: Option<Somebody>,
    ties: NetworkAnswer,
}

pub(super) fn ask(asked: &Asked, store: &Store, names: &dyn Names) -> Result<Reply, Problem> {
    let one = asked.somebody("one", store, names)?;
    let other = asked.somebody("other", store, names)?;
    let filter = asked.filter()?;
    if let (Some(one), Some(other)) = (&one, &other) {
        let relation = store.between(&one.number(), &other.number(), &filter, names)?;
        return Ok(Reply::of(Relation(relation)));
    }
    if asked.medium != Medium::Html {
        return Err(Problem::unclear("Between whom? Give `one` and `other`."));
    }
    let near = one.as_ref().or(other.as_ref()).map(Somebody::number);
    let filter = Filter { about: near, limit: Some(N_PROPOSED), ..filter };
    let ties = store.network(&filter, names)?;
    Ok(Reply::of(Proposed { one, other, ties }))
}

impl Answer for Relation {
    fn sheet(&self, asked: &Asked) -> Sheet {
        let BetweenAnswer { one, other, .. } = &self.0;
        let title = format!("{} and {}", one.name, other.name);
        let nothing = self.0.events.is_empty() && self.0.statements.is_empty();
        let body = html! {
            div class="relation-page" {
                header class="title" {
                    p class="kicker" { "Relation" }
                    h1 { (look::actor(Some(one.id), &one.name)) " and " (look::actor(Some(other.id), &other.name)) }
                    p class="lead" {
                        (counted(self.0.events.len() as u64, "event")) " and "
                        (counted(self.0.statements.len() as u64, "statement"))
                        @if self.is_cut(asked) { ", the latest" }
                    }
                }
                (question(asked, Some(one), Some(other)))
                @if nothing {
                    p class="nothing" { "Nothing between them is on record, within these days." }
                } @else {
                    (self.drawn())
                    div class="columns" {
                        div class="aside" { (self.voices()) }
                        div class="main" {
                            (self.disputed())
                            (self.statements(asked))
                            (self.events())
                        }
                    }
                }
            }
        };
        Sheet { title, place: "/between", body }
    }

    fn json(&self) -> serde_json::Value {
        json!(self.0)
    }

    fn table(&self) -> Option<Table> {
        Some(look::event_table(self.0.events.iter()))
    }

    fn feed(&self, _: &Asked) -> Option<Feed> {
        let entries = self.0.statements.iter().rev().map(look::said_entry).collect();
        Some(Feed {
            title: format!("onrecord: {} and {}", self.0.one.name, self.0.other.name),
            entries,
        })
    }
}

impl Relation {
    fn is_cut(&self, asked: &Asked) -> bool {
        let n = asked.n_rows().map_or(0, |n| n as usize);
        self.0.events.len() >= n || self.0.statements.len() >= n
    }

    fn drawn(&self) -> Markup {
        let links = |part: Part<'_>| match part {
            Part::Event(event) => Some(format!("#event-{}", event.occurrence)),
            Part::Statement(said) => Some(look::place_in_article(&said.article, &said.content)),
            _ => None,
        };
        let course = timeline(&self.0, &links);
        let months = balance(&self.0, &links);
        html! {
            (look::figure("What is said and done", &course))
            @if !self.0.months.is_empty() { (look::figure("Cooperation and conflict by month", &months)) }
        }
    }

    /// On whose word the events are reported.
    fn voices(&self) -> Markup {
        let mut split: BTreeMap<String, u64> = BTreeMap::new();
        for voice in self.0.events.iter().flat_map(|event| &event.voices) {
            *split.entry(whose_word(voice)).or_default() += 1;
        }
        let mut split: Vec<(String, u64)> = split.into_iter().collect();
        split.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let value = |(label, n): (String, u64)| Value { label, n, href: "#events".to_owned() };
        look::facet("On whose word", &split.into_iter().map(value).collect::<Vec<_>>(), N_VOICES)
    }

    fn disputed(&self) -> Markup {
        let is_disputed = |event: &&EventRow| {
            let has = |status: &str| event.statuses.iter().any(|other| other == status);
            has("denied") && (has("occurred") || has("ongoing"))
        };
        let disputed: Vec<&EventRow> = self.0.events.iter().filter(is_disputed).collect();
        html! {
            @if !disputed.is_empty() {
                section aria-labelledby="disputed" {
                    h2 id="disputed" { "Disputed between them" }
                    ul class="listed" {
                        @for event in disputed {
                            li {
                                a href={ "#event-" (event.occurrence) } { (look::happened(event)) }
                                @if let Some(when) = look::period(event.start.as_deref(), event.end.as_deref()) {
                                    ", " (when)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn statements(&self, asked: &Asked) -> Markup {
        html! {
            @if !self.0.statements.is_empty() {
                section aria-labelledby="said" {
                    h2 id="said" { "What they say of each other" }
                    @for said in self.0.statements.iter().rev() { (look::said(asked, said, None)) }
                }
            }
        }
    }

    fn events(&self) -> Markup {
        html! {
            @if !self.0.events.is_empty() {
                section aria-labelledby="events" {
                    h2 id="events" { "What happens between them" }
                    (look::events(&self.0.events))
                }
            }
        }
    }
}

impl Answer for Proposed {
    fn sheet(&self, asked: &Asked) -> Sheet {
        let name = |id: i64| name_of(&self.ties, id);
        let body = html! {
            header class="title" {
                h1 { "A relation" }
                p class="lead" { "What two actors do to and say of each other, over time." }
            }
            (question(asked, self.one.as_ref(), self.other.as_ref()))
            @if !self.ties.edges.is_empty() {
                section class="prose-list" {
                    h2 { "The closest" }
                    ol class="listed" {
                        @for edge in &self.ties.edges {
                            li {
                                a href=(path(edge.one, edge.other)) { (name(edge.one)) " and " (name(edge.other)) }
                                " " span class="quiet" { (look::grouped(edge.weight)) }
                            }
                        }
                    }
                }
            }
        };
        Sheet { title: "A relation".to_owned(), place: "/between", body }
    }

    fn json(&self) -> serde_json::Value {
        json!({ "ties": self.ties })
    }
}

/// The page of a relation.
pub(super) fn path(one: i64, other: i64) -> String {
    let query = Query::default().with("one", format!("#{one}")).with("other", format!("#{other}"));
    query.at("/between")
}

fn question(asked: &Asked, one: Option<&Somebody>, other: Option<&Somebody>) -> Markup {
    let [since, until] = Field::days(asked);
    let fields = [
        Field::actor("one", "Between", one),
        Field::actor("other", "and", other),
        Field::text(asked, "outlet", "Outlet"),
        since,
        until,
    ];
    look::form(asked, &fields, "Show")
}

fn whose_word(voice: &Voice) -> String {
    match (&voice.speaker, &voice.source) {
        (Some(speaker), _) => speaker.clone(),
        (None, Some(_)) => "unnamed sources".to_owned(),
        (None, None) => "the outlets themselves".to_owned(),
    }
}
