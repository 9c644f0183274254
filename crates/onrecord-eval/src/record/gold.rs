//! What a Desk article's annotation says, as a record.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};

use super::items::{Actor, Event, Items, Mention, Points, Role, Statement};
use crate::desk::{Attributes, DeskArticle, Element};

/// The record that the annotation spells out.
///
/// # Errors
/// If an element names an actor, statement or event that is in no table, or a stance is no number.
pub fn items(article: &DeskArticle) -> Result<Items> {
    let mut items = Items {
        actors: article.actors.iter().map(actor).collect::<Result<_>>()?,
        statements: article.statements.iter().map(statement).collect::<Result<_>>()?,
        events: article.events.iter().map(event).collect::<Result<_>>()?,
    };
    unique("actor", items.actors.iter().map(|actor| &actor.id))?;
    unique("statement", items.statements.iter().map(|statement| &statement.id))?;
    unique("event", items.events.iter().map(|event| &event.id))?;
    let points = CodePoints::of(&article.text);
    for element in &article.elements {
        items.add(element, &article.text, points.of_element(element))?;
    }
    Ok(items)
}

/// That no id names two items.
pub(super) fn unique<'a>(what: &str, ids: impl Iterator<Item = &'a String>) -> Result<()> {
    let mut known = BTreeSet::new();
    for id in ids {
        ensure!(known.insert(id), "two {what}s have the id {id}");
    }
    Ok(())
}

impl Items {
    fn add(&mut self, element: &Element, text: &str, span: Points) -> Result<()> {
        match element.tag.as_str() {
            "m" | "role" => {
                for id in element.attribute("a")?.split_whitespace() {
                    let actor = self.actors.iter_mut().find(|actor| actor.id == id);
                    let actor = actor.with_context(|| format!("no actor {id} in the table"))?;
                    if element.tag == "m" {
                        let form = element.attributes.get("f").map_or("name", String::as_str);
                        actor.mentions.push(Mention { span, form: Some(form.to_owned()) });
                    } else {
                        let title = text[element.bytes.clone()].to_owned();
                        actor.roles.push(Role { title, span: Some(span) });
                    }
                }
            }
            "q" => {
                let id = element.attribute("s")?;
                let statement = self.statements.iter_mut().find(|statement| statement.id == id);
                let statement =
                    statement.with_context(|| format!("no statement {id} in the table"))?;
                statement.content.push(span);
            }
            "ev" => {
                let id = element.attribute("e")?;
                let event = self.events.iter_mut().find(|event| event.id == id);
                let event = event.with_context(|| format!("no event {id} in the table"))?;
                event.trigger.push(span);
            }
            _ => {}
        }
        Ok(())
    }
}

fn actor(row: &Attributes) -> Result<Actor> {
    Ok(Actor {
        id: id(row)?,
        kind: row.get("kind").cloned(),
        country: filled(row, "iso3"),
        sectors: list(row, "sector").into_iter().collect(),
        roles: Vec::new(),
        mentions: Vec::new(),
    })
}

fn statement(row: &Attributes) -> Result<Statement> {
    let about = list(row, "about").into_iter().map(|about| {
        let place = || format!("not an actor with a stance: {about}");
        let (actor, stance) = about.split_once(':').with_context(place)?;
        Ok((actor.to_owned(), stance.parse().with_context(place)?))
    });
    Ok(Statement {
        id: id(row)?,
        form: row.get("form").cloned(),
        content: Vec::new(),
        speakers: list(row, "speaker").into_iter().collect(),
        within: filled(row, "within"),
        about: about.collect::<Result<_>>()?,
    })
}

fn event(row: &Attributes) -> Result<Event> {
    let date = filled(row, "date").map(|date| match date.split_once('/') {
        Some((start, end)) => (Some(start.to_owned()), Some(end.to_owned())),
        None => (Some(date.clone()), Some(date)),
    });
    Ok(Event {
        id: id(row)?,
        kind: row.get("type").cloned(),
        trigger: Vec::new(),
        actors: list(row, "actor"),
        recipients: list(row, "recipient"),
        status: row.get("status").cloned(),
        said: filled(row, "said"),
        date,
    })
}

fn id(row: &Attributes) -> Result<String> {
    row.get("id").cloned().with_context(|| format!("a row without an id: {row:?}"))
}

fn filled(row: &Attributes, name: &str) -> Option<String> {
    row.get(name).filter(|value| !value.is_empty()).cloned()
}

fn list(row: &Attributes, name: &str) -> Vec<String> {
    let value = row.get(name).map(String::as_str).unwrap_or_default();
    value.split_whitespace().map(str::to_owned).collect()
}

/// Byte offsets of a text's characters, to count them.
struct CodePoints(Vec<usize>);

impl CodePoints {
    fn of(text: &str) -> CodePoints {
        CodePoints(text.char_indices().map(|(at, _)| at).collect())
    }

    fn of_element(&self, element: &Element) -> Points {
        let before = |byte: usize| self.0.partition_point(|&at| at < byte);
        (before(element.bytes.start), before(element.bytes.end))
    }
}
