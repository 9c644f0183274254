//! Speakers side by side, on an actor or on some words.

use maud::{Markup, html};
use onrecord_store::{CompareRow, Filter, Names, Somebody, Store};
use serde_json::{Value, json};

use crate::answer::{Answer, Reply, Table};
use crate::asked::Asked;
use crate::look::{self, Field, Sheet, counted};
use crate::problem::Problem;
use crate::query::Query;

/// Speakers that are compared, unless the query says how many.
const N_SPEAKERS: u32 = 12;

/// Characters of a statement in a column.
const MAX_WORDS: usize = 360;

struct Compared {
    /// Whom or what they speak of.
    subject: Option<String>,
    somebody: Option<Somebody>,
    rows: Vec<CompareRow>,
}

pub(super) fn ask(asked: &Asked, store: &Store, names: &dyn Names) -> Result<Reply, Problem> {
    let Some(subject) = asked.query.get("on").map(str::to_owned) else {
        return Ok(Reply::of(Compared { subject: None, somebody: None, rows: Vec::new() }));
    };
    let somebody = match asked.somebody("on", store, names) {
        // What is nobody's name is a topic.
        Err(problem) if problem.is_unknown_name() => None,
        somebody => somebody?,
    };
    let limit = asked.query.get("limit").map_or(Ok(N_SPEAKERS), |_| asked.n_rows())?;
    let filter = Filter { limit: Some(limit), words: None, skip: 0, ..asked.filter()? };
    let on = somebody.as_ref().map_or_else(|| subject.clone(), Somebody::number);
    let rows = store.compare(&on, &filter, names)?;
    Ok(Reply::of(Compared { subject: Some(subject), somebody, rows }))
}

impl Answer for Compared {
    fn sheet(&self, asked: &Asked) -> Sheet {
        let of_whom = self.of_whom();
        let body = html! {
            header class="title" {
                @match &of_whom {
                    Some(of_whom) => {
                        p class="kicker" { "Compare" }
                        h1 { "Who says what on " (of_whom) }
                    }
                    None => {
                        h1 { "Compare" }
                        p class="lead" { "Speakers side by side, on an actor or on a topic." }
                    }
                }
            }
            (self.question(asked))
            @if of_whom.is_some() && self.rows.is_empty() { p class="nothing" { "Nobody speaks of it." } }
            div class="speakers" { @for row in &self.rows { (self.speaker(row)) } }
        };
        let title = of_whom.map_or_else(|| "Compare".to_owned(), |of_whom| format!("On {of_whom}"));
        Sheet { title, place: "/compare", body }
    }

    fn json(&self) -> Value {
        json!({ "on": self.somebody, "words": self.words(), "speakers": self.rows })
    }

    fn table(&self) -> Option<Table> {
        let columns = &[
            "speaker",
            "speaker_id",
            "statements",
            "stance",
            "first",
            "last",
            "latest",
            "article",
        ];
        let row = |row: &CompareRow| {
            vec![
                row.speaker.clone(),
                row.speaker_id.to_string(),
                row.statements.to_string(),
                row.stance.map(|stance| format!("{stance:.3}")).unwrap_or_default(),
                row.first.clone().unwrap_or_default(),
                row.last.clone().unwrap_or_default(),
                row.latest.words.clone(),
                row.latest.article.clone(),
            ]
        };
        Some(Table { columns, rows: self.rows.iter().map(row).collect() })
    }
}

impl Compared {
    fn of_whom(&self) -> Option<String> {
        let words = || self.subject.as_ref().map(|subject| format!("“{subject}”"));
        self.somebody.as_ref().map(|one| one.name.clone()).or_else(words)
    }

    /// The topic, if it is no actor.
    fn words(&self) -> Option<&String> {
        self.subject.as_ref().filter(|_| self.somebody.is_none())
    }

    fn question(&self, asked: &Asked) -> Markup {
        let [since, until] = Field::days(asked);
        let on = match &self.somebody {
            Some(one) => Field::actor("on", "On an actor or words", Some(one)),
            None => Field::name(asked, "on", "On an actor or words"),
        };
        look::form(asked, &[on, Field::text(asked, "outlet", "Outlet"), since, until], "Compare")
    }

    fn speaker(&self, row: &CompareRow) -> Markup {
        let all = Query::default().with("by", format!("#{}", row.speaker_id));
        let all = match (&self.somebody, self.words()) {
            (Some(one), _) => all.with("about", one.number()),
            (None, Some(words)) => all.with("words", words),
            (None, None) => all,
        };
        html! {
            section class="voice" {
                h2 { (look::actor(Some(row.speaker_id), &row.speaker)) }
                @if let Some(role) = &row.latest.role { p class="role" { (role) } }
                @if let Some(stance) = row.stance { (scale(stance)) }
                blockquote { p { (clipped(&row.latest.words)) } }
                p class="where" {
                    @if let Some(outlet) = &row.latest.outlet { span { (outlet) } }
                    @if let Some(published) = &row.latest.published { span { (look::day(published)) } }
                    a href=(look::place_in_article(&row.latest.article, &row.latest.content)) { "In the article" }
                }
                p class="where" {
                    a href=(all.at("/search")) { (counted(row.statements, "statement")) }
                    @if row.first != row.last
                        && let Some(when) = look::period(row.first.as_deref(), row.last.as_deref())
                    {
                        span { (when) }
                    }
                }
            }
        }
    }
}

/// The beginning of what was said, up to a space; the article has all of it.
fn clipped(words: &str) -> String {
    match words.char_indices().nth(MAX_WORDS) {
        Some((end, _)) => {
            format!("{} …", words[..end].rsplit_once(' ').map_or(&words[..end], |(words, _)| words))
        }
        None => words.to_owned(),
    }
}

/// A mean stance on a line from critical to favourable.
fn scale(stance: f64) -> Markup {
    let word = look::stance(Some(stance)).map_or("neutral", |(word, _)| word);
    html! {
        p class="scale" {
            svg class="stance-scale" aria-hidden="true" viewBox="-52 -7 104 14" {
                line x1="-50" x2="50" y1="0" y2="0" {}
                line x1="0" x2="0" y1="-5" y2="5" {}
                circle class=(word) cx=(format!("{:.0}", stance.clamp(-1.0, 1.0) * 50.0)) cy="0" r="5" {}
            }
            span { (word) " " span class="quiet" { (format!("{stance:+.2}").replace('-', "−")) } }
        }
    }
}
