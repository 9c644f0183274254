//! What one claims and another denies.

use maud::{Markup, html};
use onrecord_store::{DisputedRow, Filter, Names, Somebody, Store};
use serde_json::{Value, json};

use crate::answer::{Answer, Reply, Table};
use crate::asked::Asked;
use crate::look::{self, Field, Sheet};
use crate::problem::Problem;

struct Disputes {
    about: Option<Somebody>,
    rows: Vec<DisputedRow>,
}

pub(super) fn ask(asked: &Asked, store: &Store, names: &dyn Names) -> Result<Reply, Problem> {
    let about = asked.somebody("about", store, names)?;
    let number = about.as_ref().map(Somebody::number);
    let filter = Filter { about: number, ..asked.filter()? };
    let rows = store.disputed(&filter, names)?;
    Ok(Reply::of(Disputes { about, rows }))
}

impl Answer for Disputes {
    fn sheet(&self, asked: &Asked) -> Sheet {
        let [since, until] = Field::days(asked);
        let fields = [Field::actor("about", "In which is", self.about.as_ref()), since, until];
        let body = html! {
            header class="title" {
                h1 { "What is disputed" }
                p class="lead" { "Events that are claimed on one word and denied on another." }
            }
            (look::form(asked, &fields, "Show"))
            @if self.rows.is_empty() { p class="nothing" { "Nothing is, in these days." } }
            @for row in &self.rows { (dispute(row)) }
        };
        Sheet { title: "Disputes".to_owned(), place: "/disputes", body }
    }

    fn json(&self) -> Value {
        json!({ "disputes": self.rows })
    }

    fn table(&self) -> Option<Table> {
        let columns = &[
            "occurrence",
            "type",
            "actors",
            "recipients",
            "start",
            "end",
            "claimed_by",
            "denied_by",
        ];
        let row = |row: &DisputedRow| {
            let mut cells = look::event_cells(&row.event);
            cells.extend([row.claimed_by.join("; "), row.denied_by.join("; ")]);
            cells
        };
        Some(Table { columns, rows: self.rows.iter().map(row).collect() })
    }
}

fn dispute(row: &DisputedRow) -> Markup {
    html! {
        article class="shift" {
            (look::events(std::slice::from_ref(&row.event)))
            div class="sides claims" {
                p { span class="quiet" { "Claimed by " } b { (row.claimed_by.join(", ")) } }
                p { span class="quiet" { "Denied by " } b { (row.denied_by.join(", ")) } }
            }
        }
    }
}
