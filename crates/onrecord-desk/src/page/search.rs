//! Search: who said what, narrowed step by step. The desk's first page.

use maud::{Markup, html};
use onrecord_store::{
    Facet, Filter, FoundArticle, Names, SaidRow, SearchAnswer, Size, Somebody, Store,
};
use serde_json::json;

use crate::answer::{Answer, Feed, Reply, Table};
use crate::asked::Asked;
use crate::look::{self, Field, Sheet, Value, counted};
use crate::medium::Medium;
use crate::problem::Problem;
use crate::query::Query;

/// Values of a facet that are shown at once.
const N_SHOWN: usize = 6;

/// Months that are shown one by one; more of them are years.
const N_MONTHS: usize = 18;

/// Statements that are drawn.
const N_DRAWN: u32 = 200;

/// Actors whose name begins as the words do.
const N_ACTORS: u32 = 6;

/// Rows are passed over one by one, so that nobody leafs to the end of a large record.
const MAX_SKIP: u32 = 10_000;

/// Forms of statements, as they are chosen.
const FORMS: &[(&str, &str)] =
    &[("", "any"), ("direct", "quoted"), ("indirect", "reported"), ("mixed", "partly quoted")];

struct Search {
    filter: Filter,
    by: Option<Somebody>,
    about: Option<Somebody>,
    found: SearchAnswer,
    /// Actors whose name begins with the words.
    actors: Vec<Somebody>,
    /// What the one says of the other, to be drawn.
    drawn: Vec<SaidRow>,
    /// How much there is, where nothing was asked for.
    size: Option<Size>,
}

pub(super) fn ask(asked: &Asked, store: &Store, names: &dyn Names) -> Result<Reply, Problem> {
    let by = asked.somebody("by", store, names)?;
    let about = asked.somebody("about", store, names)?;
    let number = |one: &Option<Somebody>| one.as_ref().map(Somebody::number);
    let filter = Filter { by: number(&by), about: number(&about), ..asked.filter()? };
    if filter.skip > MAX_SKIP {
        return Err(Problem::unclear("That is too far to leaf: narrow the search instead."));
    }
    let found = store.search(&filter, names)?;
    let actors = match &filter.words {
        Some(words) => store.suggest(words, N_ACTORS)?,
        None => Vec::new(),
    };
    let is_drawn = by.is_some() && about.is_some() && asked.medium == Medium::Html;
    let drawn = match is_drawn {
        true => store.said(&Filter { skip: 0, limit: Some(N_DRAWN), ..filter.clone() }, names)?,
        false => Vec::new(),
    };
    let size = asked.query.is_empty().then(|| store.size()).transpose()?;
    Ok(Reply::of(Search { filter, by, about, found, actors, drawn, size }))
}

impl Answer for Search {
    fn sheet(&self, asked: &Asked) -> Sheet {
        let title = match &self.filter.words {
            Some(words) => format!("{words} – search"),
            None => "Who said what".to_owned(),
        };
        let body = html! {
            div class="search-page" {
                @match &self.size {
                    Some(size) => (welcome(size)),
                    None => h1 class="unseen" { (self.heading()) }
                }
                (self.form(asked))
                (self.chips(asked))
                @if self.size.is_some_and(|size| size.articles == 0) {
                    (empty())
                } @else {
                    div class="columns" id="results" {
                        (self.facets(asked))
                        (self.results(asked))
                    }
                }
            }
        };
        Sheet { title, place: "/search", body }
    }

    fn json(&self) -> serde_json::Value {
        json!({ "by": self.by, "about": self.about, "found": self.found, "actors": self.actors })
    }

    fn table(&self) -> Option<Table> {
        Some(look::said_table(self.found.statements.iter().map(|found| &found.said)))
    }

    fn feed(&self, _: &Asked) -> Option<Feed> {
        let entries = self.found.statements.iter().map(|found| look::said_entry(&found.said));
        Some(Feed { title: format!("onrecord: {}", self.heading()), entries: entries.collect() })
    }
}

impl Search {
    /// What was asked for, in words.
    fn heading(&self) -> String {
        let mut heading = "statements".to_owned();
        let mut add = |before: &str, what: Option<&str>| {
            if let Some(what) = what {
                heading += &format!(" {before} {what}");
            }
        };
        add("with", self.filter.words.as_deref());
        add("by", self.by.as_ref().map(|one| one.name.as_str()));
        add("about", self.about.as_ref().map(|one| one.name.as_str()));
        add("in", self.filter.outlet.as_deref());
        heading
    }

    fn form(&self, asked: &Asked) -> Markup {
        let [since, until] = Field::days(asked);
        let fields = [
            Field::actor("by", "Said by", self.by.as_ref()),
            Field::actor("about", "About", self.about.as_ref()),
            Field::text(asked, "outlet", "Outlet"),
            since,
            until,
            Field::choice(asked, "form", "Form", FORMS),
        ];
        html! {
            form class="search" role="search" action="/search" data-live="results" {
                div class="words" {
                    label class="unseen" for="words" { "Words of a statement or an article, or a name" }
                    input id="words" type="search" name="words" value=[asked.query.get("words")]
                        placeholder="Words, “a phrase”, a name" autofocus[self.size.is_some()]
                        autocomplete="off";
                    button { "Search" }
                }
                details {
                    summary { "Speaker, about, outlet, days" }
                    div class="fields" { @for field in &fields { (field.show()) } }
                }
                @for name in ["capacity", "show", "limit"] {
                    @if let Some(value) = asked.query.get(name) {
                        input type="hidden" name=(name) value=(value);
                    }
                }
            }
        }
    }

    /// What the search is narrowed to, each to be taken back.
    fn chips(&self, asked: &Asked) -> Markup {
        let query = &asked.query;
        let mut chips: Vec<(&str, String, Query)> = Vec::new();
        let mut add = |label, name: &str, value: Option<String>| {
            if let Some(value) = value {
                chips.push((label, value, query.without(name).without("skip")));
            }
        };
        add("by", "by", self.by.as_ref().map(|one| one.name.clone()));
        add("about", "about", self.about.as_ref().map(|one| one.name.clone()));
        add(
            "as",
            "capacity",
            self.filter.capacity.as_deref().map(|c| look::sector_name(c).to_owned()),
        );
        add("", "form", query.get("form").map(|form| look::form_name(form).to_owned()));
        add("in", "outlet", self.filter.outlet.clone());
        add("from", "since", query.get("since").map(look::month));
        add("to", "until", query.get("until").map(look::month));
        html! {
            @if !chips.is_empty() {
                ul class="chips" aria-label="Narrowed to" {
                    @for (label, value, without) in &chips {
                        li {
                            a href=(without.at("/search")) {
                                @if !label.is_empty() { span class="label" { (label) " " } }
                                (value)
                                span class="unseen" { ", take this back" }
                                span class="cross" aria-hidden="true" { "×" }
                            }
                        }
                    }
                }
            }
        }
    }

    fn facets(&self, asked: &Asked) -> Markup {
        let facets = &self.found.facets;
        let query = asked.query.without("skip");
        let group = |title: &str, name: &'static str, values: &[Facet], label: fn(&str) -> &str| {
            let value = |facet: &Facet| {
                let value = facet.id.map_or_else(|| facet.value.clone(), |id| format!("#{id}"));
                let href = query.with(name, value).at("/search");
                Value { label: label(&facet.value).to_owned(), n: facet.n, href }
            };
            // One value that all of them have narrows nothing.
            let is_choice =
                values.len() > 1 || values.first().is_some_and(|one| one.n < facets.counted);
            let is_open = asked.query.get(name).is_none() && is_choice;
            let values: Vec<Value> = values.iter().filter(|_| is_open).map(value).collect();
            look::facet(title, &values, N_SHOWN)
        };
        html! {
            nav class="facets" aria-label="Narrow the search" {
                (group("Speaker", "by", &facets.speakers, |name| name))
                (group("About", "about", &facets.about, |name| name))
                (group("Capacity", "capacity", &facets.capacities, look::sector_name))
                (group("Outlet", "outlet", &facets.outlets, |name| name))
                (group("Form", "form", &facets.forms, |form| look::form_name(form)))
                (look::facet("Published", &times(&query, &facets.months), N_SHOWN))
                @if facets.counted < self.found.n_statements {
                    p class="quiet" { "Counted in the " (look::grouped(facets.counted)) " published last." }
                }
            }
        }
    }

    fn results(&self, asked: &Asked) -> Markup {
        let shows_articles = asked.query.get("show") == Some("articles");
        let (skip, limit) = (self.filter.skip, self.filter.limit.unwrap_or(0));
        let other = |show: &str| asked.query.without("skip").with("show", show).at("/search");
        let (n_statements, n_articles) = (self.found.n_statements, self.found.n_articles);
        html! {
            section class="results" aria-label="Found" {
                @if !self.actors.is_empty() {
                    ul class="people" aria-label="Actors of that name" {
                        @for one in &self.actors {
                            li {
                                a href=(look::actor_path(one.id)) { (one.name) }
                                " " span class="quiet" { (look::kind_and_country(one)) }
                            }
                        }
                    }
                }
                div class="tabs" {
                    a href=(other("statements")) aria-current=[(!shows_articles).then_some("true")] {
                        (counted(n_statements, "statement"))
                    }
                    a href=(other("articles")) aria-current=[shows_articles.then_some("true")] {
                        @if self.found.may_be_more_articles { "at least " }
                        (counted(n_articles, "article"))
                    }
                }
                @if let (Some(by), Some(about)) = (&self.by, &self.about) {
                    (look::stance_figure(by, about, &self.drawn))
                }
                @if shows_articles {
                    @for article in &self.found.articles { (found_article(article)) }
                    (look::pager(asked, skip, limit, n_articles))
                } @else {
                    @for found in &self.found.statements {
                        (look::said(asked, &found.said, Some(&found.marked)))
                    }
                    @if n_statements == 0 { (nothing(asked, n_articles, &other("articles"))) }
                    (look::pager(asked, skip, limit, n_statements))
                }
            }
        }
    }
}

fn welcome(size: &Size) -> Markup {
    html! {
        div class="welcome" {
            h1 { "Who said what about whom" }
            p class="lead" {
                (counted(size.statements, "statement")) " in " (counted(size.articles, "article"))
                ", by and about " (counted(size.actors, "actor"))
                @if size.occurrences > 0 { ", and " (counted(size.occurrences, "event")) }
                "."
            }
        }
    }
}

/// What to do with a record that holds nothing.
fn empty() -> Markup {
    html! {
        div class="prose" {
            h2 { "Nothing is on record yet" }
            p { a href="/add" { "Add articles here" } ", or in a terminal:" }
            pre { code { "onrecord add articles/ --record my.db" } }
        }
    }
}

fn nothing(asked: &Asked, n_articles: u64, articles: &str) -> Markup {
    html! {
        div class="nothing" {
            p { "No statement has all of that." }
            @if n_articles > 0 {
                p { a href=(articles) { (counted(n_articles, "article")) } " speak of it outside of statements." }
            }
            @if asked.query.pairs().count() > 1 {
                p { "Take back something it is narrowed to, or " a href="/search" { "begin anew" } "." }
            }
        }
    }
}

fn found_article(article: &FoundArticle) -> Markup {
    html! {
        article class="found" {
            h2 {
                a href=(look::article_path(&article.article)) {
                    @if article.title.is_empty() { "Without a headline" }
                    (look::pieces(&article.title))
                }
            }
            p class="snippet" { (look::pieces(&article.snippet)) }
            p class="where" {
                @if let Some(outlet) = &article.outlet { span { (outlet) } }
                @if let Some(published) = &article.published { span { (look::day(published)) } }
                span { (counted(article.n_statements, "statement")) }
            }
        }
    }
}

/// Months, or years where they are many, the last first.
fn times(query: &Query, months: &[Facet]) -> Vec<Value> {
    if months.len() < 2 {
        return Vec::new();
    }
    let value = |label: String, n: u64, since: &str, until: &str| Value {
        label,
        n,
        href: query.with("since", since).with("until", until).at("/search"),
    };
    if months.len() <= N_MONTHS {
        let month =
            |facet: &Facet| value(look::month(&facet.value), facet.n, &facet.value, &facet.value);
        return months.iter().rev().map(month).collect();
    }
    let year_of = |facet: &Facet| facet.value.get(..4).unwrap_or_default().to_owned();
    let year = |months: &[Facet]| {
        let year = year_of(&months[0]);
        let n = months.iter().map(|facet| facet.n).sum();
        let (since, until) = (format!("{year}-01"), format!("{year}-12"));
        value(year, n, &since, &until)
    };
    let years = months.chunk_by(|one, other| year_of(one) == year_of(other));
    years.map(year).rev().collect()
}
