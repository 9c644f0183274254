//! Statements outside of their articles.

use maud::{Markup, html};
use onrecord_store::{Piece, SaidRow};

use super::codes::{form_name, stance};
use super::link::{actor, outside, place_in_article};
use super::{article_path, day};
use crate::answer::{Entry, Table};
use crate::asked::Asked;

/// A statement: its words, who said it, of whom, and where. `marked` are its words with those that were
/// looked for.
pub(crate) fn said(asked: &Asked, said: &SaidRow, marked: Option<&[Piece]>) -> Markup {
    let place = place_in_article(&said.article, &said.content);
    html! {
        article class={ "said " (form_class(&said.form)) } {
            blockquote cite=[said.url.as_deref().and_then(outside)] {
                p {
                    @match marked {
                        Some(pieces) => (self::pieces(pieces)),
                        None => (said.words),
                    }
                }
            }
            p class="speaker" {
                @match &said.speaker {
                    Some(speaker) => {
                        (actor(said.speaker_id, speaker))
                        @if let Some(role) = &said.role { span class="role" { ", " (role) } }
                    }
                    None => span class="name unnamed" { "Unnamed source" }
                }
                span class="form" {
                    " · " (form_name(&said.form)) " · "
                    span title="The probability that words and source are right" {
                        (percent(said.confidence)) " sure"
                    }
                }
            }
            @if !said.about.is_empty() {
                p class="about" {
                    span class="label" { "About " }
                    @for (idx, about) in said.about.iter().enumerate() {
                        @if idx > 0 { ", " }
                        (actor(Some(about.actor), &about.name))
                        (stance_mark(about.stance))
                    }
                }
            }
            div class="foot" {
                p class="where" {
                    @if let Some(outlet) = &said.outlet { span { (outlet) } " " }
                    @if let Some(published) = &said.published { span { (day(published)) } " " }
                    a class="in-article" href=(place) {
                        "In the article"
                        @if let Some(title) = &said.title { ": " cite { (title) } }
                    }
                }
                (citation(&cited(asked, said)))
            }
        }
    }
}

/// Words with those that were looked for marked.
pub(crate) fn pieces(pieces: &[Piece]) -> Markup {
    html! {
        @for piece in pieces {
            @if piece.found { mark { (piece.words) } } @else { (piece.words) }
        }
    }
}

/// A clear stance, after the name of whom it is toward.
pub(crate) fn stance_mark(value: Option<f64>) -> Markup {
    html! {
        @if let (Some((word, mark)), Some(value)) = (stance(value), value) {
            " " span class={ "stance " (word) } title=(format!("{word}, {value:+.2} of 1")) {
                span aria-hidden="true" { (mark) }
                span class="unseen" { "(" (word) ")" }
            }
        }
    }
}

/// A citation that can be taken along.
pub(crate) fn citation(citation: &str) -> Markup {
    html! {
        details class="cite" {
            summary { "Cite" }
            p class="citation" { (citation) }
        }
    }
}

/// A statement as a citation: its words, speaker, capacity, outlet, day, address, offsets and hash.
fn cited(asked: &Asked, said: &SaidRow) -> String {
    Citation {
        words: &said.words,
        speaker: said.speaker.as_deref(),
        role: said.role.as_deref(),
        title: said.title.as_deref(),
        outlet: said.outlet.as_deref(),
        published: said.published.as_deref(),
        url: said.url.as_deref(),
        content: &said.content,
        hash: &said.article,
    }
    .write(&asked.origin)
}

/// What a citation says.
pub(crate) struct Citation<'a> {
    pub(crate) words: &'a str,
    pub(crate) speaker: Option<&'a str>,
    pub(crate) role: Option<&'a str>,
    pub(crate) title: Option<&'a str>,
    pub(crate) outlet: Option<&'a str>,
    pub(crate) published: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
    pub(crate) content: &'a [[u32; 2]],
    pub(crate) hash: &'a str,
}

impl Citation<'_> {
    /// As a line of text.
    pub(crate) fn write(&self, origin: &str) -> String {
        let mut who = self.speaker.unwrap_or("Unnamed source").to_owned();
        if let Some(role) = self.role {
            who = format!("{who}, {role}");
        }
        let title = self.title.map(|title| format!("“{title}”"));
        let place = place_in_article(self.hash, self.content);
        let where_from = [title, self.outlet.map(str::to_owned), self.published.map(str::to_owned)];
        let where_from: Vec<String> = where_from.into_iter().flatten().collect();
        let url = self.url.map_or_else(|| format!("{origin}{place}"), str::to_owned);
        let points: Vec<String> =
            self.content.iter().map(|[start, end]| format!("{start}–{end}")).collect();
        format!(
            "{} — {who}. {}{}{url} (characters {}; text SHA-256 {})",
            self.words.trim(),
            where_from.join(", "),
            if where_from.is_empty() { "" } else { ". " },
            points.join(", "),
            self.hash
        )
    }
}

/// A probability as readers know it.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn form_class(form: &str) -> &'static str {
    match form {
        "direct" => "direct",
        "mixed" => "mixed",
        _ => "indirect",
    }
}

/// Statements for a spreadsheet.
pub(crate) fn said_table<'a>(rows: impl Iterator<Item = &'a SaidRow>) -> Table {
    let columns = &[
        "published",
        "outlet",
        "speaker",
        "role",
        "form",
        "words",
        "about",
        "article",
        "title",
        "url",
        "start",
        "end",
        "confidence",
    ];
    let row = |said: &SaidRow| {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let about: Vec<&str> = said.about.iter().map(|about| about.name.as_str()).collect();
        let start = said.content.first().map_or(0, |span| span[0]);
        let end = said.content.last().map_or(0, |span| span[1]);
        vec![
            text(&said.published),
            text(&said.outlet),
            text(&said.speaker),
            text(&said.role),
            said.form.clone(),
            said.words.clone(),
            about.join("; "),
            said.article.clone(),
            text(&said.title),
            text(&said.url),
            start.to_string(),
            end.to_string(),
            format!("{:.3}", said.confidence),
        ]
    };
    Table { columns, rows: rows.map(row).collect() }
}

/// A statement for a feed.
pub(crate) fn said_entry(said: &SaidRow) -> Entry {
    let place = super::link::place(&said.content);
    let speaker = said.speaker.as_deref().unwrap_or("Unnamed source");
    let about: Vec<&str> = said.about.iter().take(3).map(|about| about.name.as_str()).collect();
    let title = match about.is_empty() {
        true => speaker.to_owned(),
        false => format!("{speaker} on {}", about.join(", ")),
    };
    Entry {
        href: format!("{}#{place}", article_path(&said.article)),
        id: format!("{}:{place}", said.article),
        title,
        words: said.words.clone(),
        day: said.published.clone(),
        author: said.speaker.clone(),
    }
}
