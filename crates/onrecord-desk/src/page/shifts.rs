//! Who changed their mind: speakers whose stance toward an actor changed.

use maud::{Markup, html};
use onrecord_store::{By, Filter, Names, SaidRow, ShiftRow, Somebody, SourceRow, Store};
use serde_json::{Value, json};

use crate::answer::{Answer, Entry, Feed, Reply, Table};
use crate::asked::Asked;
use crate::look::{self, Field, Sheet};
use crate::medium::Medium;
use crate::problem::Problem;
use crate::query::Query;

struct Shifts {
    by: Option<Somebody>,
    about: Option<Somebody>,
    rows: Vec<ShiftRow>,
    /// In a large record all shifts are looked for only on behalf of somebody: these are quoted most.
    proposed: Vec<SourceRow>,
}

/// A record of more statements is large.
const LARGE: u64 = 100_000;

pub(super) fn ask(asked: &Asked, store: &Store, names: &dyn Names) -> Result<Reply, Problem> {
    let by = asked.somebody("by", store, names)?;
    let about = asked.somebody("about", store, names)?;
    let number = |one: &Option<Somebody>| one.as_ref().map(Somebody::number);
    let filter = Filter { by: number(&by), about: number(&about), ..asked.filter()? };
    let is_any = by.is_none() && about.is_none();
    if is_any && store.size()?.statements > LARGE {
        if asked.medium != Medium::Html {
            let message = "The record is large: name a speaker (by), or whom it is toward (about).";
            return Err(Problem::unclear(message));
        }
        let proposed = store.sources(By::Speaker, &filter, names)?;
        return Ok(Reply::of(Shifts { by, about, rows: Vec::new(), proposed }));
    }
    let rows = store.shifts(&filter, names)?;
    Ok(Reply::of(Shifts { by, about, rows, proposed: Vec::new() }))
}

impl Answer for Shifts {
    fn sheet(&self, asked: &Asked) -> Sheet {
        let [since, until] = Field::days(asked);
        let fields = [
            Field::actor("by", "Of", self.by.as_ref()),
            Field::actor("about", "Toward", self.about.as_ref()),
            since,
            until,
        ];
        let body = html! {
            header class="title" {
                h1 { "Who changed their mind" }
                p class="lead" {
                    "From favourable to critical or back: the last statement before, and the first after."
                }
            }
            (look::form(asked, &fields, "Show"))
            @if !self.proposed.is_empty() { (self.proposed()) } @else if self.rows.is_empty() {
                p class="nothing" { "Nobody did, in these days." }
            }
            @for row in &self.rows { (shift(row)) }
        };
        Sheet { title: "Shifts".to_owned(), place: "/shifts", body }
    }

    fn json(&self) -> Value {
        json!({ "shifts": self.rows })
    }

    fn table(&self) -> Option<Table> {
        let columns = &[
            "speaker",
            "speaker_id",
            "toward",
            "toward_id",
            "from",
            "to",
            "before",
            "before_published",
            "before_article",
            "after",
            "after_published",
            "after_article",
        ];
        let row = |row: &ShiftRow| {
            let mut cells = vec![
                row.speaker.clone(),
                row.speaker_id.to_string(),
                row.toward.clone(),
                row.toward_id.to_string(),
                format!("{:.3}", row.from),
                format!("{:.3}", row.to),
            ];
            for said in [&row.before, &row.after] {
                cells.extend([
                    said.words.clone(),
                    said.published.clone().unwrap_or_default(),
                    said.article.clone(),
                ]);
            }
            cells
        };
        Some(Table { columns, rows: self.rows.iter().map(row).collect() })
    }

    fn feed(&self, _: &Asked) -> Option<Feed> {
        let entry = |row: &ShiftRow| Entry {
            title: format!("{} on {}: {}", row.speaker, row.toward, turn(row)),
            ..look::said_entry(&row.after)
        };
        Some(Feed {
            title: "onrecord: shifts".to_owned(),
            entries: self.rows.iter().map(entry).collect(),
        })
    }
}

impl Shifts {
    /// Speakers whose shifts may be looked for.
    fn proposed(&self) -> Markup {
        html! {
            section class="prose-list" {
                h2 { "Of whom?" }
                p { "The record is large: name a speaker, or whom it is toward. Quoted most are" }
                ol class="listed" {
                    @for row in &self.proposed {
                        @if let (Some(id), Some(name)) = (row.speaker_id, &row.value) {
                            li { a href=(Query::default().with("by", format!("#{id}")).at("/shifts")) { (name) } }
                        }
                    }
                }
            }
        }
    }
}

fn turn(row: &ShiftRow) -> &'static str {
    if row.to > row.from { "from critical to favourable" } else { "from favourable to critical" }
}

fn shift(row: &ShiftRow) -> Markup {
    let side = |said: &SaidRow, stance: f64| {
        html! {
            div class="side" {
                p class="where" {
                    @if let Some(published) = &said.published { span { (look::day(published)) } }
                    span { (look::stance(Some(stance)).map_or("neutral", |(word, _)| word)) (look::stance_mark(Some(stance))) }
                }
                blockquote { p { (said.words) } }
                p class="where" {
                    @if let Some(outlet) = &said.outlet { span { (outlet) } }
                    a href=(look::place_in_article(&said.article, &said.content)) { "In the article" }
                }
            }
        }
    };
    html! {
        article class="shift" {
            h2 {
                (look::actor(Some(row.speaker_id), &row.speaker)) " on " (look::actor(Some(row.toward_id), &row.toward))
            }
            p class="quiet" { (turn(row)) }
            div class="sides" { (side(&row.before, row.from)) (side(&row.after, row.to)) }
        }
    }
}
