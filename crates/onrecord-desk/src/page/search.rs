//! Search: who said what, narrowed step by step. The desk's first page.

use maud::{Markup, html};
use onrecord_store::{Facet, Filter, FoundArticle, Names, SearchAnswer, Size, Somebody, Store};
use serde_json::{Value, json};

use crate::answer::{Answer, Feed, Reply, Table};
use crate::asked::Asked;
use crate::look::{self, Sheet, counted};
use crate::problem::Problem;
use crate::query::Query;

/// Values of a facet that are shown at once.
const N_SHOWN: usize = 6;

/// Months that are shown one by one; more of them are years.
const N_MONTHS: usize = 18;

/// Actors whose name begins as the words do.
const N_ACTORS: u32 = 6;

/// Rows are passed over one by one, so that nobody leafs to the end of a large record.
const MAX_SKIP: u32 = 10_000;

struct Search {
    filter: Filter,
    by: Option<Somebody>,
    about: Option<Somebody>,
    found: SearchAnswer,
    /// Actors whose name begins with the words.
    actors: Vec<Somebody>,
    /// How much there is, where nothing was asked for.
    size: Option<Size>,
}

pub(super) fn ask(asked: &Asked, store: &Store, names: &dyn Names) -> Result<Reply, Problem> {
    let by = asked.somebody("by", store, names)?;
    let about = asked.somebody("about", store, names)?;
    let number = |somebody: &Option<Somebody>| somebody.as_ref().map(|one| format!("#{}", one.id));
    let filter = Filter { by: number(&by), about: number(&about), ..asked.filter()? };
    if filter.skip > MAX_SKIP {
        return Err(Problem::unclear("That is too far to leaf: narrow the search instead."));
    }
    let found = store.search(&filter, names)?;
    let actors = match &filter.words {
        Some(words) => store.suggest(words, N_ACTORS)?,
        None => Vec::new(),
    };
    let size = asked.query.is_empty().then(|| store.size()).transpose()?;
    Ok(Reply::of(Search { filter, by, about, found, actors, size }))
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

    fn json(&self) -> Value {
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
        let value = |name: &str| asked.query.get(name).map(str::to_owned);
        let field = |name: &'static str, label: &str, kind: &str, value: Option<String>| {
            html! {
                label {
                    span { (label) }
                    input type=(kind) name=(name) value=[value] autocomplete="off"
                        data-suggest[kind == "text" && name != "outlet"];
                }
            }
        };
        let is_narrowed = ["by", "about", "outlet", "since", "until", "form"];
        let kept = ["capacity", "show", "limit"];
        html! {
            form class="search" role="search" action="/search" data-live="results" {
                div class="words" {
                    label class="unseen" for="words" { "Words of a statement or an article, or a name" }
                    input id="words" type="search" name="words" value=[value("words")]
                        placeholder="Words, “a phrase”, a name" autofocus[self.size.is_some()]
                        autocomplete="off";
                    button { "Search" }
                }
                details open[asked.query.get("more").is_some()] {
                    summary { "Speaker, about, outlet, days" }
                    div class="fields" {
                        (field("by", "Said by", "text", self.by.as_ref().map(typed)))
                        (field("about", "About", "text", self.about.as_ref().map(typed)))
                        (field("outlet", "Outlet", "text", value("outlet")))
                        (field("since", "From", "date", self.filter.since.map(|day| day.to_string())))
                        (field("until", "To", "date", self.filter.until.map(|day| day.to_string())))
                        label {
                            span { "Form" }
                            select name="form" {
                                option value="" { "any" }
                                @for form in ["direct", "indirect", "mixed"] {
                                    option value=(form) selected[value("form").as_deref() == Some(form)] {
                                        (look::form_name(form))
                                    }
                                }
                            }
                        }
                    }
                    @if is_narrowed.iter().any(|name| asked.query.get(name).is_some()) {
                        p class="quiet" { "What is filled in holds for the next search too." }
                    }
                }
                @for name in kept {
                    @if let Some(value) = value(name) { input type="hidden" name=(name) value=(value); }
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
        let of =
            |facet: &Facet| facet.id.map_or_else(|| facet.value.clone(), |id| format!("#{id}"));
        let group = |title: &str,
                     name: &'static str,
                     values: &[Facet],
                     label: fn(&Facet) -> String| {
            let query = asked.query.without("skip");
            let rows =
                values.iter().map(|facet| (label(facet), facet.n, query.with(name, of(facet))));
            let is_chosen = asked.query.get(name).is_some();
            // One value that all of them have narrows nothing.
            let is_choice =
                values.len() > 1 || values.first().is_some_and(|one| one.n < facets.counted);
            html! { @if !is_chosen && is_choice { (rows_of(title, &rows.collect::<Vec<_>>())) } }
        };
        let name = |facet: &Facet| facet.value.clone();
        html! {
            nav class="facets" aria-label="Narrow the search" {
                (group("Speaker", "by", &facets.speakers, name))
                (group("About", "about", &facets.about, name))
                (group("Capacity", "capacity", &facets.capacities, |facet| look::sector_name(&facet.value).to_owned()))
                (group("Outlet", "outlet", &facets.outlets, name))
                (group("Form", "form", &facets.forms, |facet| look::form_name(&facet.value).to_owned()))
                (rows_of("Published", &times(&asked.query.without("skip"), &facets.months)))
                @if facets.counted < self.found.n_statements {
                    p class="quiet" { "Counted in the " (facets.counted) " published last." }
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
            section class="results" aria-label="Found" aria-live="polite" {
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
                        (counted(n_articles, "article"))
                    }
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
            p { "Add articles in a terminal:" }
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

/// What an analyst would type for an actor, with the number that tells it from others of its name.
fn typed(somebody: &Somebody) -> String {
    format!("{} #{}", somebody.name, somebody.id)
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

/// A facet's values, each with what it narrows the search to.
fn rows_of(title: &str, rows: &[(String, u64, Query)]) -> Markup {
    let most = rows.iter().map(|(_, n, _)| *n).max().unwrap_or(1).max(1);
    let list = |rows: &[(String, u64, Query)]| {
        html! {
            ul {
                @for (label, n, query) in rows {
                    li {
                        a href=(query.at("/search")) {
                            span class="value" { (label) }
                            span class="n" { (n) }
                            (look::bar(*n as f64 / most as f64))
                        }
                    }
                }
            }
        }
    };
    let (shown, more) = rows.split_at(rows.len().min(N_SHOWN));
    html! {
        @if !rows.is_empty() {
            section class="facet" {
                h2 { (title) }
                (list(shown))
                @if !more.is_empty() {
                    details { summary { (more.len()) " more" } (list(more)) }
                }
            }
        }
    }
}

/// Months, or years where they are many, the last first.
fn times(query: &Query, months: &[Facet]) -> Vec<(String, u64, Query)> {
    if months.len() < 2 {
        return Vec::new();
    }
    if months.len() <= N_MONTHS {
        let row = |facet: &Facet| {
            let month = &facet.value;
            (look::month(month), facet.n, query.with("since", month).with("until", month))
        };
        return months.iter().rev().map(row).collect();
    }
    let year = |facet: &Facet| facet.value.get(..4).unwrap_or_default().to_owned();
    let row = |months: &[Facet]| {
        let year = year(&months[0]);
        let n = months.iter().map(|facet| facet.n).sum();
        let query = query.with("since", format!("{year}-01")).with("until", format!("{year}-12"));
        (year, n, query)
    };
    months.chunk_by(|one, other| year(one) == year(other)).rev().map(row).collect()
}
