//! An article: its text with all that was read in it, and who speaks when in the margin.

use std::path::Path;

use maud::{Markup, PreEscaped, html};
use onrecord_record::{Article, Event, Text};
use onrecord_store::{ArticleAnswer, Names, Store};
use serde_json::{Value, json};

use super::marked::{Paragraph, paragraphs};
use super::notes::{Margin, capacity};
use crate::answer::{Answer, Reply};
use crate::asked::Asked;
use crate::look::{self, Sheet, counted};
use crate::problem::Problem;

/// A headline longer than this is a paragraph.
const MAX_HEADLINE: usize = 300;

struct Read(ArticleAnswer);

pub(super) fn ask(asked: &Asked, store: &Store, _: &dyn Names) -> Result<Reply, Problem> {
    let missing = || Problem::missing("No article in the record has a text with this hash.");
    let answer = match store.article(asked.id()) {
        Err(error) if error.is_ambiguous_name() => {
            return Err(Problem::unclear(
                "Several articles have hashes that begin so: write more of it.",
            ));
        }
        answer => answer?.ok_or_else(missing)?,
    };
    Ok(Reply::of(Read(answer)))
}

impl Answer for Read {
    fn sheet(&self, asked: &Asked) -> Sheet {
        let article = &self.0.record.article;
        let title = article.title.as_deref().unwrap_or("An article without a headline");
        let body = html! {
            div class="article-page" {
                (self.text(asked, title))
                (legend())
                (self.actors())
                (self.events())
                (self.about(article))
            }
        };
        Sheet { title: title.to_owned(), place: "/search", body }
    }

    fn json(&self) -> Value {
        let record: Value =
            serde_json::from_str(&self.0.record.to_json()).expect("a record's JSON is JSON");
        let copies = &self.0.copies;
        json!({
            "record": record,
            "actors": self.0.actors,
            "statements": self.0.statements,
            "occurrences": self.0.occurrences,
            "copies": copies,
        })
    }
}

impl Read {
    fn text(&self, asked: &Asked, title: &str) -> Markup {
        let text = &self.0.record.article.text;
        let mut paragraphs = paragraphs(&self.0);
        let margin = Margin::new(asked, &self.0);
        let headline = match paragraphs.first() {
            Some(first) if is_headline(text, first, title) => Some(paragraphs.remove(0)),
            _ => None,
        };
        html! {
            article class="text" lang=[language(&self.0.record.article)] {
                div class="row head" {
                    header {
                        (self.line_above())
                        h1 {
                            @match &headline {
                                Some(paragraph) => (PreEscaped(&paragraph.html)),
                                None => (title),
                            }
                        }
                        (self.line_below())
                    }
                    @if let Some(paragraph) = &headline { (margin.beside(std::slice::from_ref(paragraph))) }
                }
                // Paragraphs in which nobody begins to speak go on beside the notes of those before.
                @for row in paragraphs.chunk_by(|_, next| next.statements.is_empty()) {
                    div class="row" {
                        div class="paras" {
                            @for paragraph in row { p class="para" { (PreEscaped(&paragraph.html)) } }
                        }
                        (margin.beside(row))
                    }
                }
                @if paragraphs.is_empty() && headline.is_none() {
                    p class="quiet" { "This article has no text." }
                }
            }
        }
    }

    fn line_above(&self) -> Markup {
        let article = &self.0.record.article;
        html! {
            @if article.outlet.is_some() || article.section.is_some() {
                p class="kicker" {
                    @if let Some(outlet) = &article.outlet { span { (outlet) } }
                    @if let Some(section) = &article.section { span { (section) } }
                }
            }
        }
    }

    fn line_below(&self) -> Markup {
        let record = &self.0.record;
        let article = &record.article;
        let speakers: std::collections::BTreeSet<u32> =
            record.statements.iter().filter_map(|s| Some(s.speaker?.actor.0)).collect();
        html! {
            p class="where" {
                @if !article.authors.is_empty() { span { "By " (article.authors.join(", ")) } }
                @if let Some(published) = article.published {
                    span { (look::day(&published.to_string())) }
                }
                span {
                    (counted(record.statements.len() as u64, "statement"))
                    @if !speakers.is_empty() { " by " (counted(speakers.len() as u64, "speaker")) }
                }
                @if let Some(url) = article.url.as_deref().and_then(look::outside) {
                    a href=(url) rel="noreferrer external" { "At its publisher" }
                }
            }
        }
    }

    fn actors(&self) -> Markup {
        let record = &self.0.record;
        let said = |idx: usize| {
            let by = |s: &&onrecord_record::Statement| {
                s.speaker.is_some_and(|speaker| speaker.actor.0 as usize == idx)
            };
            record.statements.iter().filter(by).count()
        };
        html! {
            section class="listing" aria-labelledby="actors" {
                h2 id="actors" { "Who is in it" }
                @if record.actors.is_empty() { p class="quiet" { "Nobody that was recognised." } } @else {
                    div class="scroll" tabindex="0" role="region" aria-labelledby="actors" {
                        table {
                            caption class="unseen" { "Actors of this article" }
                            thead {
                                tr {
                                    th scope="col" { "Actor" } th scope="col" { "What" }
                                    th scope="col" { "As" }
                                    th scope="col" class="n" { "Statements" }
                                    th scope="col" class="n" { "Mentions" }
                                }
                            }
                            tbody {
                                @for (idx, actor) in record.actors.iter().enumerate() {
                                    tr data-a=(idx + 1) {
                                        th scope="row" { (look::actor(Some(self.0.actors[idx]), &actor.name)) }
                                        td {
                                            (look::kind_name(actor.kind.as_str()))
                                            @if let Some(country) = actor.country { ", " (country.as_str()) }
                                        }
                                        td { @if let Some(capacity) = capacity(record, actor) { (capacity) } }
                                        @let n_said = said(idx);
                                        td class="n" { @if n_said > 0 { (n_said) } }
                                        td class="n" {
                                            a href={ "#a" (idx + 1) } aria-label={
                                                (actor.mentions.len()) ", to the first mention of " (actor.name)
                                            } { (actor.mentions.len()) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn events(&self) -> Markup {
        let record = &self.0.record;
        html! {
            @if !record.events.is_empty() {
                section class="listing" aria-labelledby="events" {
                    h2 id="events" { "What happens in it" }
                    ol class="events" {
                        @for (idx, event) in record.events.iter().enumerate() { (self.event(idx, event)) }
                    }
                }
            }
        }
    }

    fn event(&self, idx: usize, event: &Event) -> Markup {
        let record = &self.0.record;
        let parties = |ids: &[onrecord_record::ActorId]| {
            html! {
                @for (n, id) in ids.iter().enumerate() {
                    @if n > 0 { ", " }
                    (look::actor(Some(self.0.actors[id.0 as usize]), &record.actor(*id).name))
                }
            }
        };
        let date = event.date.map(|date| (date.start.to_string(), date.end.to_string()));
        let when = date.and_then(|(start, end)| look::period(Some(&start), Some(&end)));
        html! {
            li id={ "e" (idx + 1) } data-e=(idx + 1) {
                p class="happened" {
                    @if event.actors.is_empty() { "Somebody" } @else { (parties(&event.actors)) }
                    " " span class="type" { (look::type_name(event.kind.as_str(), event.actors.len(), event.recipients.len())) } " "
                    (parties(&event.recipients))
                }
                p class="where" {
                    a href={ "#o" (self.0.occurrences[idx]) } {
                        "“" (record.article.text[event.trigger[0]]) "”"
                    }
                    @if let Some(when) = when { span { (when) } }
                    span { (look::status_name(event.status.as_str())) }
                    @match event.said {
                        Some(said) => span {
                            "on the word of " a href={ "#s" (said.0 + 1) } { "statement " (said.0 + 1) }
                        },
                        None => span { "in the outlet’s own voice" },
                    }
                    span { (look::percent(f64::from(event.confidence))) " sure" }
                }
            }
        }
    }

    /// Where the article came from, what was not read, and what else has its words.
    fn about(&self, article: &Article) -> Markup {
        let file = article.path.as_deref().and_then(|path| Path::new(path).file_name());
        html! {
            section class="listing" aria-labelledby="source" {
                h2 id="source" { "Where it comes from" }
                dl {
                    @if let Some(url) = &article.url { dt { "Address" } dd class="long" { (url) } }
                    @if let Some(file) = file { dt { "File" } dd { (file.to_string_lossy()) } }
                    dt { "Text" } dd class="long" { "SHA-256 " code { (article.id) } }
                    @for note in &self.0.record.notes { dt { "Note" } dd { (note.message) } }
                }
                @if !self.0.copies.is_empty() {
                    h3 { "The same words elsewhere" }
                    ul {
                        @for copy in &self.0.copies {
                            li {
                                a href=(look::article_path(&copy.article)) {
                                    (copy.outlet.as_deref().unwrap_or("Another article"))
                                }
                                @if let Some(published) = &copy.published { ", " (look::day(published)) }
                                @if copy.is_first { " (added first)" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The language of an article, if it is the code of one: articles say what they like.
fn language(article: &Article) -> Option<&str> {
    let is_code = |code: &&str| {
        (2..=12).contains(&code.len())
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    article.language.as_deref().filter(is_code)
}

/// Whether a text begins with its own headline.
fn is_headline(text: &Text, first: &Paragraph, title: &str) -> bool {
    let words = &text.as_str()[first.start..first.end];
    words.len() <= MAX_HEADLINE && words == title.trim()
}

/// How the marks are read.
fn legend() -> Markup {
    html! {
        aside class="legend" aria-label="How the marks are read" {
            p {
                span class="content direct v1" { "“quoted words”" } " "
                span class="content indirect v1" { "reported words" } " "
                span class="source" { "source" } " "
                span class="cue" { "cue" } " "
                span class="actor person" { "person" } " "
                span class="actor state" { "state" } " "
                span class="actor organization" { "organisation" } " "
                span class="actor group" { "group" } " "
                span class="actor place" { "place" } " "
                span class="actor document" { "document" } " "
                span class="trigger" { "event" }
            }
            p class="quiet" {
                "A number before words leads to the margin, and one in the margin to the words. "
                "+ is favourable, − is critical."
            }
        }
    }
}
