//! Predictions from lines of JSON, format `onrecord/1`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use onrecord::Record;
use serde_json::Value;

use super::gold::unique;
use super::items::{Actor, Event, Items, Mention, Points, Role, Statement};

/// What a record holds.
///
/// # Panics
/// If the record's own JSON is not of its format.
pub fn of(record: &Record) -> Items {
    let line = serde_json::from_str(&record.to_json()).expect("a record prints as JSON");
    items(&line).expect("a record prints in its format")
}

/// The records of a file by the name of their article: the last part of its path, without `.txt`.
///
/// Of two lines for one article the later counts.
///
/// # Errors
/// If the file cannot be read, or a line is not of the format; the line is named.
pub fn from_file(path: &Path) -> Result<BTreeMap<String, Items>> {
    let lines = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut records = BTreeMap::new();
    for (n, line) in lines.lines().enumerate() {
        let place = || format!("{}, line {}", path.display(), n + 1);
        let line: Value = serde_json::from_str(line).with_context(place)?;
        let name =
            line["article"]["path"].as_str().context("no article.path").with_context(place)?;
        let name = name.rsplit('/').next().unwrap_or_default();
        let name = name.strip_suffix(".txt").unwrap_or(name).to_owned();
        records.insert(name, items(&line).with_context(place)?);
    }
    Ok(records)
}

/// What a line's object holds.
///
/// # Errors
/// If it is not of the format.
pub fn items(line: &Value) -> Result<Items> {
    let items = Items {
        actors: each(line, "actors", actor)?,
        statements: each(line, "statements", statement)?,
        events: each(line, "events", event)?,
    };
    unique("actor", items.actors.iter().map(|actor| &actor.id))?;
    unique("statement", items.statements.iter().map(|statement| &statement.id))?;
    unique("event", items.events.iter().map(|event| &event.id))?;
    Ok(items)
}

fn actor(actor: &Value) -> Result<Actor> {
    let mention = |mention: &Value| {
        Ok(Mention { span: points(&mention["span"])?, form: string(&mention["form"]) })
    };
    let role = |role: &Value| {
        let span = Some(&role["span"]).filter(|span| !span.is_null()).map(points).transpose()?;
        Ok(Role { title: string(&role["title"]).context("a role without title")?, span })
    };
    Ok(Actor {
        id: id(actor)?,
        kind: string(&actor["kind"]),
        country: string(&actor["country"]),
        sectors: strings(&actor["sector"]).into_iter().collect(),
        roles: each(actor, "roles", role)?,
        mentions: each(actor, "mentions", mention)?,
    })
}

fn statement(statement: &Value) -> Result<Statement> {
    let mut about = Vec::new();
    for item in list(&statement["about"]) {
        let actor = string(&item["actor"]).context("a stance toward no actor")?;
        // The record says null where it read none.
        about.extend(item["stance"].as_f64().map(|stance| (actor, stance)));
    }
    Ok(Statement {
        id: id(statement)?,
        form: string(&statement["form"]),
        content: each(statement, "content", points)?,
        speakers: strings(&statement["speaker"]).into_iter().collect(),
        within: string(&statement["within"]),
        about,
    })
}

fn event(event: &Value) -> Result<Event> {
    let date = &event["date"];
    Ok(Event {
        id: id(event)?,
        kind: string(&event["type"]),
        trigger: each(event, "trigger", points)?,
        actors: strings(&event["actors"]),
        recipients: strings(&event["recipients"]),
        status: string(&event["status"]),
        said: string(&event["said"]),
        date: date.is_object().then(|| (string(&date["start"]), string(&date["end"]))),
    })
}

fn id(item: &Value) -> Result<String> {
    string(&item["id"]).with_context(|| format!("an item without id: {item}"))
}

fn string(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// A list of strings, one string, or null.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().filter_map(string).collect(),
        value => string(value).into_iter().collect(),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn each<T>(item: &Value, field: &str, read: impl Fn(&Value) -> Result<T>) -> Result<Vec<T>> {
    let value = &item[field];
    ensure!(value.is_array() || value.is_null(), "{field} is no list: {value}");
    list(value).iter().map(read).collect()
}

fn points(span: &Value) -> Result<Points> {
    let numbers = match span.as_array().map(Vec::as_slice) {
        Some([start, end]) => start.as_u64().zip(end.as_u64()),
        _ => None,
    };
    let (start, end) = numbers.with_context(|| format!("not a span: {span}"))?;
    Ok((usize::try_from(start)?, usize::try_from(end)?))
}
