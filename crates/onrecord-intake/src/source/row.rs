//! Rows: lines of JSON, and rows of tables.

use std::sync::Arc;

use onrecord_record::{Article, Note, Text};
use serde_json::Value;

use super::failure::Failure;
use super::fragment;
use super::moment::moment;
use super::options::Fields;
use crate::error::Error;
use crate::html::{Hints, html};
use crate::origins::replaced_by;
use crate::plain::plain_text;

/// A row of a table, with the table's header.
#[derive(Debug)]
pub(crate) struct Cells {
    pub(crate) header: Arc<Vec<String>>,
    pub(crate) record: csv::ByteRecord,
}

type Reading = Result<(Article, Vec<Note>), Error>;

/// Reads a line of JSON.
pub(crate) fn line(bytes: &[u8], fields: &Fields) -> Reading {
    let object: Value = serde_json::from_slice(bytes)
        .map_err(|error| Failure::damaged("the line", format!("not JSON: {error}")))?;
    if !object.is_object() {
        return Err(Failure::damaged("the line", "JSON, but not an object").into());
    }
    let find = |name: &str| -> Option<&Value> {
        let whole = object.get(name);
        let inside = || name.split('.').try_fold(&object, |value, name| value.get(name));
        whole.or_else(inside).filter(|value| !value.is_null())
    };
    let names = || {
        let keys = object.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
        keys.collect::<Vec<_>>()
    };
    article(fields, names, |name| find(name).map(values))
}

/// Reads a row of a table.
pub(crate) fn cells(cells: &Cells, fields: &Fields) -> Reading {
    if let Some(error) = cells.record.iter().find_map(|cell| plain_text(cell.to_vec()).err()) {
        return Err(error);
    }
    let find = |name: &str| {
        let same = |known: &String| known.eq_ignore_ascii_case(name);
        let cell = cells.record.get(cells.header.iter().position(same)?)?;
        let cell = String::from_utf8_lossy(cell).into_owned();
        (!cell.trim().is_empty()).then(|| vec![cell])
    };
    article(fields, || cells.header.iter().map(String::as_str).collect(), find)
}

/// Makes an article of the fields that `find` finds.
fn article<'a>(
    fields: &Fields,
    names: impl Fn() -> Vec<&'a str>,
    find: impl Fn(&str) -> Option<Vec<String>>,
) -> Reading {
    let all = |fact: &str| {
        let found = fields.of(fact).iter().find_map(|name| Some((name, find(name)?)));
        found.filter(|(_, values)| !values.is_empty())
    };
    let one = |fact: &str| {
        let (name, values) = all(fact)?;
        Some((format!("field {name}"), values.into_iter().next()?))
    };
    let url = one("url");
    let (mut article, notes) = match (all("text"), all("html")) {
        (Some((_, values)), _) => {
            let text = values.join("\n\n");
            if text.len() > Text::MAX_LEN {
                return Err(Failure::TooLarge { limit: Text::MAX_LEN as u64 }.into());
            }
            (Article::new(text), Vec::new())
        }
        (None, Some((_, values))) => html(
            values.join("\n").as_bytes(),
            &Hints { charset: Some("utf-8".into()), url: url.as_ref().map(|(_, url)| url.clone()) },
        )?,
        (None, None) => {
            let mut names = names().join(", ");
            if let Some((at, _)) = names.char_indices().nth(200) {
                names.truncate(at);
                names.push('…');
            }
            let why = format!("no field for it among {names}; name it with `--field text=NAME`");
            return Err(Failure::NoText(why).into());
        }
    };
    if let Some((origin, url)) = url {
        article.url = Some(url);
        replaced_by(&mut article, &["url"], &origin);
    }
    if let Some((origin, title)) = one("title")
        && let Some(title) = fragment::line(&title.replace('<', "&lt;"))
    {
        article.title = Some(title);
        replaced_by(&mut article, &["title"], &origin);
    }
    if let Some((origin, outlet)) = one("outlet") {
        article.outlet = Some(outlet);
        replaced_by(&mut article, &["outlet"], &origin);
    }
    if let Some((name, authors)) = all("authors") {
        article.authors = authors;
        replaced_by(&mut article, &["authors"], &format!("field {name}"));
    }
    if let Some((origin, date)) = one("date")
        && let Some(moment) = moment(&date)
    {
        article.published = Some(moment.day);
        article.published_at = moment.at;
        replaced_by(&mut article, &["published", "published_at"], &origin);
    }
    if let Some((origin, language)) = one("language") {
        article.language = Some(language);
        replaced_by(&mut article, &["language"], &origin);
    }
    Ok((article, notes))
}

/// The strings in a value: itself, or those in its list.
fn values(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(list) => list.iter().flat_map(values).collect(),
        // `{"name": …}`, as in JSON-LD.
        Value::Object(object) => object.get("name").map(values).unwrap_or_default(),
        Value::Null | Value::Bool(_) => Vec::new(),
    }
}
