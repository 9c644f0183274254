//! Who is quoted how often.

use maud::html;
use onrecord_store::{By, Filter, Names, Somebody, SourceRow, Store};
use serde_json::json;

use crate::answer::{Answer, Reply, Table};
use crate::asked::Asked;
use crate::look::{self, Field, Sheet};
use crate::problem::Problem;
use crate::query::Query;

/// By what is counted, as it is chosen.
const COUNTS: &[(&str, &str)] = &[
    ("speaker", "speakers"),
    ("capacity", "capacities"),
    ("outlet", "outlets"),
    ("country", "countries"),
];

struct Sources {
    about: Option<Somebody>,
    by: By,
    rows: Vec<SourceRow>,
}

pub(super) fn ask(asked: &Asked, store: &Store, names: &dyn Names) -> Result<Reply, Problem> {
    let by = match asked.query.get("count") {
        None | Some("speaker") => By::Speaker,
        Some("capacity") => By::Capacity,
        Some("outlet") => By::Outlet,
        Some("country") => By::Country,
        Some(_) => return Err(Problem::unclear("Count by speaker, capacity, outlet or country.")),
    };
    let about = asked.somebody("about", store, names)?;
    let number = about.as_ref().map(Somebody::number);
    let filter = Filter { about: number, ..asked.filter()? };
    let rows = store.sources(by, &filter, names)?;
    Ok(Reply::of(Sources { about, by, rows }))
}

impl Answer for Sources {
    fn sheet(&self, asked: &Asked) -> Sheet {
        let [since, until] = Field::days(asked);
        let fields = [
            Field::choice(asked, "count", "Count", COUNTS),
            Field::actor("about", "About", self.about.as_ref()),
            Field::text(asked, "words", "With the words"),
            Field::text(asked, "outlet", "Outlet"),
            since,
            until,
        ];
        let most = self.rows.first().map_or(1, |row| row.statements) as f64;
        let body = html! {
            header class="title" {
                h1 { "Who is quoted" }
                p class="lead" { "Statements whose speaker is named, counted." }
            }
            (look::form(asked, &fields, "Count"))
            @if self.rows.is_empty() { p class="nothing" { "Nobody, with these words and in these days." } } @else {
                section class="listing" aria-label="Counts" {
                    table class="counts" {
                        caption class="unseen" { "Statements, the most first" }
                        thead {
                            tr {
                                th scope="col" { "Source" }
                                th scope="col" class="n" { "Statements" }
                                th scope="col" class="n" { "Share" }
                            }
                        }
                        tbody {
                            @for row in &self.rows {
                                tr {
                                    th scope="row" {
                                        a href=(self.narrowed(asked, row)) { (self.label(row)) }
                                        (look::bar(row.statements as f64 / most))
                                    }
                                    td class="n" { (look::grouped(row.statements)) }
                                    td class="n" { (format!("{:.1} %", row.share * 100.0)) }
                                }
                            }
                        }
                    }
                }
            }
        };
        Sheet { title: "Sources".to_owned(), place: "/sources", body }
    }

    fn json(&self) -> serde_json::Value {
        json!({ "sources": self.rows })
    }

    fn table(&self) -> Option<Table> {
        let row = |row: &SourceRow| {
            vec![
                row.value.clone().unwrap_or_default(),
                row.speaker_id.map(|id| id.to_string()).unwrap_or_default(),
                row.statements.to_string(),
                format!("{:.4}", row.share),
            ]
        };
        let columns = &["source", "speaker_id", "statements", "share"];
        Some(Table { columns, rows: self.rows.iter().map(row).collect() })
    }
}

impl Sources {
    fn label<'a>(&self, row: &'a SourceRow) -> &'a str {
        match (&row.value, self.by) {
            (Some(value), By::Capacity) => look::sector_name(value),
            (Some(value), _) => value,
            (None, _) => "unknown",
        }
    }

    /// The statements that were counted.
    fn narrowed(&self, asked: &Asked, row: &SourceRow) -> String {
        let kept = ["about", "words", "outlet", "since", "until"];
        let mut query = Query::default();
        for (name, value) in asked.query.pairs().filter(|(name, _)| kept.contains(name)) {
            query = query.with(name, value);
        }
        match (self.by, row.speaker_id, &row.value) {
            (By::Speaker, Some(id), _) => query.with("by", format!("#{id}")),
            (By::Capacity, _, Some(value)) => query.with("capacity", value),
            (By::Outlet, _, Some(value)) => query.with("outlet", value),
            _ => query,
        }
        .at("/search")
    }
}
