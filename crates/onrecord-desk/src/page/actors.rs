//! Actors by the beginning of their names; without one, those who are quoted most.

use maud::html;
use onrecord_store::{By, Filter, Names, Somebody, SourceRow, Store};
use serde_json::{Value, json};

use crate::answer::{Answer, Reply, Table};
use crate::asked::Asked;
use crate::look::{self, Sheet, counted};
use crate::problem::Problem;

struct Actors {
    name: Option<String>,
    named: Vec<Somebody>,
    quoted: Vec<SourceRow>,
}

pub(super) fn ask(asked: &Asked, store: &Store, names: &dyn Names) -> Result<Reply, Problem> {
    let limit = asked.n_rows()?;
    let name = asked.query.get("name").map(str::to_owned);
    let (named, quoted) = match &name {
        Some(name) => (store.suggest(name, limit)?, Vec::new()),
        None => {
            let filter = Filter { limit: Some(limit), ..Filter::default() };
            (Vec::new(), store.sources(By::Speaker, &filter, names)?)
        }
    };
    Ok(Reply::of(Actors { name, named, quoted }))
}

impl Answer for Actors {
    fn sheet(&self, _: &Asked) -> Sheet {
        let body = html! {
            div class="prose" {
                h1 { "Actors" }
                form class="search" role="search" action="/actors" {
                    div class="words" {
                        label class="unseen" for="name" { "The beginning of a name" }
                        input id="name" type="search" name="name" value=[self.name.as_deref()]
                            placeholder="The beginning of a name" autocomplete="off";
                        button { "Find" }
                    }
                }
                @match &self.name {
                    Some(_) if self.named.is_empty() => p class="nothing" { "No name in the record begins so." },
                    Some(_) => ul class="listed" {
                        @for one in &self.named {
                            li {
                                (look::actor(Some(one.id), &one.name)) " "
                                span class="quiet" { (look::kind_and_country(one)) }
                            }
                        }
                    },
                    None => {
                        h2 { "Quoted most" }
                        ol class="listed" {
                            @for row in &self.quoted {
                                li {
                                    (look::actor(row.speaker_id, row.value.as_deref().unwrap_or("?"))) " "
                                    span class="quiet" { (counted(row.statements, "statement")) }
                                }
                            }
                        }
                    }
                }
            }
        };
        Sheet { title: "Actors".to_owned(), place: "/actors", body }
    }

    fn json(&self) -> Value {
        json!({ "actors": self.named, "quoted": self.quoted })
    }

    fn table(&self) -> Option<Table> {
        let named = self.named.iter().map(|one| {
            let country = one.country.clone().unwrap_or_default();
            vec![one.id.to_string(), one.name.clone(), one.kind.clone(), country, String::new()]
        });
        let quoted = self.quoted.iter().map(|row| {
            let id = row.speaker_id.map(|id| id.to_string()).unwrap_or_default();
            let name = row.value.clone().unwrap_or_default();
            vec![id, name, String::new(), String::new(), row.statements.to_string()]
        });
        let columns = &["id", "name", "kind", "country", "statements"];
        Some(Table { columns, rows: named.chain(quoted).collect() })
    }
}
