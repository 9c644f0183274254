//! States, their parts and territories: opensanctions/rigour, the Factbook, and our own table of
//! demonyms, seats and descriptions.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use onrecord_actors::{Draft, InText, Relation, Source};
use onrecord_record::{Country, Kind, Sector};
use serde_json::Value;

use crate::Sources;
use crate::table::wikidata;

/// Named in the news more than others; only breaks ties.
const GREAT: &[&str] =
    &["USA", "RUS", "CHN", "GBR", "FRA", "DEU", "UKR", "ISR", "IRN", "IND", "TUR", "JPN", "GEO"];

pub(crate) fn drafts(sources: &Sources) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    let mut by_country: BTreeMap<String, usize> = BTreeMap::new();
    let mut alpha3: BTreeMap<String, String> = BTreeMap::new();
    let lines: Vec<Value> = sources
        .text("territories.jsonl")
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .context("territories.jsonl")?;
    for line in &lines {
        alpha3.insert(text(line, "code").to_owned(), text(line, "alpha3").to_uppercase());
    }
    for line in &lines {
        let code = text(line, "code");
        if code == "eu" {
            // Among the organisations.
            continue;
        }
        let mut draft = Draft::new(text(line, "name"), Kind::State, Source::Rigour);
        let is_country = line["is_country"].as_bool() == Some(true);
        let own = Country::new(&text(line, "alpha3").to_uppercase());
        let parent = alpha3.get(text(line, "parent"));
        draft.country = own.or_else(|| Country::new(parent?));
        draft.sectors = vec![Sector::Government];
        draft.wikidata = wikidata(text(line, "qid"));
        let is_former = line["successors"].as_array().is_some_and(|list| !list.is_empty());
        draft.rank = match own {
            _ if is_former => 4,
            Some(own) if GREAT.contains(&own.as_str()) => 9,
            Some(_) if is_country => 8,
            Some(_) => 6,
            None => 3,
        };
        if code.len() == 2 && own.is_some() {
            draft.iso2 = code.to_uppercase();
        }
        draft.also(text(line, "full_name"), Relation::Alias);
        for name in strings(line, "names_strong") {
            let relation = if draft.rank > 3 { Relation::Alias } else { Relation::Weak };
            draft.also(name, relation);
        }
        for name in strings(line, "names_weak") {
            draft.also(name, Relation::Weak);
        }
        if let Some(own) = own
            && (is_country || !by_country.contains_key(own.as_str()))
        {
            by_country.insert(own.to_string(), drafts.len());
        }
        drafts.push(draft);
    }
    for row in sources.table("factbook-names.tsv") {
        if let Some(&idx) = by_country.get(row.get("iso3")) {
            let draft = &mut drafts[idx];
            for column in ["long", "local_short", "local_long"] {
                if !matches!(row.get(column), "" | "none") {
                    draft.also(row.get(column), Relation::Alias);
                }
            }
            for former in row.get("former").split([',', ';']).map(str::trim) {
                if former.len() > 4 && !former.contains('(') {
                    draft.also(former, Relation::Weak);
                }
            }
            for capital in capitals(row.get("capital")) {
                draft.also(capital, Relation::Capital);
            }
        }
    }
    for row in sources.table("states.tsv") {
        let idx = by_country.get(row.get("iso3"));
        let draft = &mut drafts[*idx.with_context(|| format!("state {}", row.get("iso3")))?];
        row.list("names").for_each(|name| draft.also(name, Relation::Alias));
        row.list("demonyms").for_each(|name| draft.also(name, Relation::Demonym));
        row.list("seats").for_each(|name| draft.also(name, Relation::Seat));
        row.list("epithets").for_each(|name| draft.also(name, Relation::Epithet));
    }
    // English print has one capital letter a word; a source with other letters is not found by it.
    for draft in &mut drafts {
        for name in &mut draft.names {
            if name.relation == Relation::Alias && name.text.len() <= 3 {
                name.in_text = InText::Capitals;
            }
        }
    }
    Ok(drafts)
}

/// The cities of a field such as "Porto-Novo (constitutional capital); Cotonou (seat of government)".
fn capitals(field: &str) -> impl Iterator<Item = &str> {
    field
        .split([';', ','])
        .map(|part| part.split('(').next().unwrap_or_default().trim())
        .map(|part| part.split(" note").next().unwrap_or_default().trim())
        .filter(|part| {
            (3..30).contains(&part.len())
                && part.starts_with(char::is_uppercase)
                && !part.starts_with("Washington")
        })
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn strings<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v str> {
    value[key].as_array().into_iter().flatten().filter_map(Value::as_str)
}
