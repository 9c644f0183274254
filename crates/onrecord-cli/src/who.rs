//! `onrecord who`.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use anyhow::Context;
use jiff::civil::Date;
use onrecord_actors::{Entry, Found, Holding, Knowledge};
use serde_json::json;

use crate::args::WhoArgs;
use crate::column::printable;

/// A name borne by many is cut off here; JSON has all.
const MOST: usize = 10;

/// Prints what is known under a name, best first.
///
/// # Errors
/// If the user's entries cannot be read, or the output not be written. Nobody known by the name is
/// no error; the exit code is then 1.
pub(crate) fn run(args: &WhoArgs) -> anyhow::Result<ExitCode> {
    let mut knowledge = Knowledge::embedded().clone();
    if let Some(path) = &args.actors {
        let tsv = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        knowledge =
            knowledge.with_user_entries(&tsv).with_context(|| path.display().to_string())?;
    }
    let found = knowledge.look_up(&args.name, args.date);
    let text = if args.json {
        let list: Vec<_> =
            found.iter().map(|found| to_json(&knowledge, found, args.date)).collect();
        format!("{}\n", json!({"name": args.name, "found": list}))
    } else if found.is_empty() {
        format!("nobody known as {}\n", printable(&args.name))
    } else {
        let mut text = String::new();
        for found in found.iter().take(MOST) {
            describe(&mut text, &knowledge.entry(found.entry), found, args.date);
        }
        if found.len() > MOST {
            let _ = writeln!(text, "and {} more (--json shows them)", found.len() - MOST);
        }
        text
    };
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        written => written.context("the output cannot be written")?,
    }
    Ok(if found.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn describe(text: &mut String, entry: &Entry<'_>, found: &Found, date: Option<Date>) {
    let country = entry.country.map_or(String::new(), |country| format!(", {country}"));
    let sectors: String = entry.sectors.iter().map(|sector| format!(" {sector}")).collect();
    let links: String = entry.links.iter().map(|(_, id)| format!(" {id}")).collect();
    let _ = writeln!(
        text,
        "{:.2}  {} ({}{country}){sectors}{links}\n      by {}; {}",
        found.score,
        printable(entry.name),
        entry.kind,
        found.why,
        entry.source.as_str(),
    );
    for tenure in &entry.tenures {
        let until = tenure.until.map_or(String::new(), |until| until.to_string());
        let since = tenure.since.map_or(String::new(), |since| since.to_string());
        let held = match date.map(|day| tenure.on(day)) {
            Some(Holding::Holds) => "  (in office)",
            Some(Holding::Perhaps) => "  (in office in 2022, perhaps still)",
            _ => "",
        };
        let _ = writeln!(text, "      {}, {since} – {until}{held}", printable(tenure.title));
    }
}

fn to_json(knowledge: &Knowledge, found: &Found, date: Option<Date>) -> serde_json::Value {
    let entry = knowledge.entry(found.entry);
    let offices: Vec<_> = entry
        .tenures
        .iter()
        .map(|tenure| {
            json!({
                "title": tenure.title,
                "since": tenure.since.map(|date| date.to_string()),
                "until": tenure.until.map(|date| date.to_string()),
                "held": date.map(|day| match tenure.on(day) {
                    Holding::NotYet => "not_yet",
                    Holding::Former => "former",
                    Holding::Perhaps => "perhaps",
                    Holding::Holds => "holds",
                }),
                "source": tenure.source.as_str(),
            })
        })
        .collect();
    json!({
        "name": entry.name,
        "kind": entry.kind.as_str(),
        "country": entry.country.map(|country| country.to_string()),
        "sector": entry.sectors.iter().map(|sector| sector.as_str()).collect::<Vec<_>>(),
        "sex": entry.sex.map(|sex| sex.as_str()),
        "links": entry.links.iter().map(|(name, id)| ((*name).to_owned(), json!(id))).collect::<serde_json::Map<_, _>>(),
        "offices": offices,
        "score": (f64::from(found.score) * 1000.0).round() / 1000.0,
        "why": found.why.to_string(),
        "source": entry.source.as_str(),
    })
}
