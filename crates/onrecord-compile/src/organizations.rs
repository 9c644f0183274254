//! Organisations: our own table, the Factbook's legislatures, forces and parties, Party Facts,
//! PETRARCH's armed groups and international bodies, outlets.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use onrecord_actors::{Draft, DraftName, InText, Relation, Source, fold};
use onrecord_record::{Country, Kind, Sector};
use serde_json::Value;

use crate::Sources;
use crate::table::{sectors, wikidata};

/// Our own table. An alias that ends in `~` holds in context, a place in `^` is a seat, `!` marks
/// a description.
pub(crate) fn own(sources: &Sources) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for row in sources.table("organizations.tsv") {
        let mut draft = Draft::new(row.get("name"), Kind::Organization, Source::Own);
        draft.country = Country::new(row.get("country"));
        draft.sectors = sectors(row.get("sectors"));
        draft.wikidata = wikidata(row.get("wikidata"));
        draft.rank = row.get("rank").parse().with_context(|| draft.name.clone())?;
        for name in row.list("aliases").chain(row.list("stands_for")) {
            let relation = match name.as_bytes()[name.len() - 1] {
                b'~' => Relation::Contextual,
                b'^' => Relation::Seat,
                b'!' => Relation::Epithet,
                _ => Relation::Alias,
            };
            draft.also(name.trim_end_matches(['~', '^', '!']), relation);
        }
        drafts.push(draft);
    }
    Ok(drafts)
}

/// All other sources; what our own table has is left out.
pub(crate) fn others(sources: &Sources, own: &[Draft]) -> Result<Vec<Draft>> {
    let mut known: BTreeSet<(Option<Country>, String)> = BTreeSet::new();
    for draft in own {
        let names = draft.names.iter().filter(|name| name.relation == Relation::Alias);
        for name in std::iter::once(&draft.name).chain(names.map(|name| &name.text)) {
            known.insert((draft.country, fold(name)));
            known.insert((None, fold(name)));
        }
    }
    let mut drafts: Vec<Draft> = Vec::new();
    legislatures(sources, &mut drafts);
    forces(sources, &mut drafts);
    parties(sources, &mut drafts);
    petrarch(sources, &mut drafts)?;
    outlets(sources, &mut drafts);
    // The first to tell of a name in a country has it; the others' names are added to it.
    let mut firsts: BTreeMap<(Option<Country>, String), usize> = BTreeMap::new();
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts {
        let key = (draft.country, fold(&draft.name));
        if key.1.is_empty() || known.contains(&key) {
            continue;
        }
        match firsts.get(&key) {
            Some(&idx) => {
                let first = &mut kept[idx];
                if first.wikidata == 0 {
                    first.wikidata = draft.wikidata;
                }
                for name in draft.names {
                    if !first.names.contains(&name) {
                        first.names.push(name);
                    }
                }
            }
            None => {
                firsts.insert(key, kept.len());
                kept.push(draft);
            }
        }
    }
    Ok(kept)
}

fn legislatures(sources: &Sources, drafts: &mut Vec<Draft>) {
    for row in sources.table("factbook-legislatures.tsv") {
        let Some(country) = row.country() else { continue };
        let name = match row.get("chamber") {
            "" => row.get("legislature"),
            chamber => chamber,
        };
        let (name, local) = parenthesis(name);
        if name.is_empty() || name.len() > 70 {
            continue;
        }
        // "Senate" alone is said of many; each has its country's name too.
        let full = format!("{name} of {}", row.get("country"));
        let mut draft = Draft::new(&full, Kind::Organization, Source::Factbook);
        draft.country = Some(country);
        draft.sectors = vec![Sector::Legislature];
        draft.rank = 5;
        draft.names.push(DraftName {
            text: name.to_owned(),
            relation: Relation::Alias,
            in_text: InText::Skipped,
        });
        for local in local.split([',', ';', '/']).map(str::trim).filter(|local| local.len() > 3) {
            draft.also(local, Relation::Alias);
        }
        drafts.push(draft);
    }
}

/// `Algerian People's National Army (ANP): Land Forces, Naval Forces (…)`: the part before the
/// colon, and each after it that names its country.
fn forces(sources: &Sources, drafts: &mut Vec<Draft>) {
    for row in sources.table("factbook-forces.tsv").filter(|row| row.get("kind") == "forces") {
        let Some(country) = row.country() else { continue };
        let text = row.get("text").replace("the ", "");
        for part in outside_parentheses(&text) {
            let (name, other) = parenthesis(part.trim());
            let folded = fold(name);
            let plain = ["army", "navy", "air force", "police", "national police", "coast guard"];
            if !name.starts_with(char::is_uppercase)
                || !folded.contains(' ')
                || name.len() > 70
                || plain.contains(&folded.as_str())
            {
                continue;
            }
            let is_ministry = folded.contains("ministry");
            let sector = if folded.contains("police") || folded.contains("gendarmerie") {
                Sector::Police
            } else if is_ministry && !folded.contains("defen") {
                Sector::Government
            } else if folded.contains("intelligence") || folded.contains("security service") {
                Sector::Intelligence
            } else {
                Sector::Military
            };
            let full = if is_ministry {
                format!("{name} of {}", row.get("country"))
            } else {
                name.to_owned()
            };
            let mut draft = Draft::new(&full, Kind::Organization, Source::Factbook);
            draft.country = Some(country);
            draft.sectors = vec![sector];
            draft.rank = 4;
            if is_ministry {
                draft.names.push(DraftName {
                    text: name.to_owned(),
                    relation: Relation::Weak,
                    in_text: InText::Skipped,
                });
            }
            for other in other.split([',', ';']).map(|o| o.trim().trim_start_matches("aka ")) {
                let other = other.trim_start_matches("or ").trim();
                if other.len() > 1 && other.len() < 60 && other.starts_with(char::is_uppercase) {
                    draft.also(other, Relation::Alias);
                }
            }
            drafts.push(draft);
        }
    }
}

fn parties(sources: &Sources, drafts: &mut Vec<Draft>) {
    for row in sources.table("parties.tsv") {
        let last: u32 = row.get("last_year").parse().unwrap_or(9999);
        let native = row.get("name").split(" / ").next().unwrap_or_default();
        let english = row.get("english").split(" / ").next().unwrap_or_default();
        let plain = ["unknown", "other", "technical", "1 percent", "independent", "no party"];
        if last < 1990 || plain.contains(&fold(english).as_str()) || row.get("short") == "etc" {
            continue;
        }
        let name = if english.is_empty() { native } else { english };
        let mut draft = Draft::new(name, Kind::Organization, Source::PartyFacts);
        draft.country = row.country();
        draft.sectors = vec![Sector::Party];
        draft.rank = if last == 9999 { 3 } else { 2 };
        draft.wikidata = wikidata(row.get("qid"));
        for part in row.get("name").split(" / ").chain(row.get("english").split(" / ")) {
            if part != name && !part.is_empty() {
                draft.names.push(DraftName {
                    text: part.to_owned(),
                    relation: Relation::Alias,
                    in_text: if fold(part).contains(' ') { InText::Found } else { InText::Skipped },
                });
            }
        }
        for part in row.get("other").split(" / ") {
            let part = part.split_once(": ").map_or(part, |(_, text)| text).trim();
            if !part.is_empty() {
                draft.also(part, Relation::Weak);
            }
        }
        weak_acronym(&mut draft, row.get("short"));
        drafts.push(draft);
    }
    for row in sources.table("factbook-parties.tsv") {
        let text = row.get("text").split(['[', ';']).next().unwrap_or_default();
        let mut parts = text.split(" or ");
        let (name, other) = parenthesis(parts.next().unwrap_or_default().trim());
        let name = name.strip_prefix("The ").unwrap_or(name);
        if name.len() < 4 || name.len() > 80 || !name.starts_with(char::is_uppercase) {
            continue;
        }
        let mut draft = Draft::new(name, Kind::Organization, Source::Factbook);
        draft.country = row.country();
        draft.sectors = vec![Sector::Party];
        draft.rank = 3;
        if (4..60).contains(&other.len()) && !other.contains("formerly") {
            draft.also(other.trim_start_matches("also known as "), Relation::Alias);
        }
        parts.for_each(|short| weak_acronym(&mut draft, short.trim()));
        drafts.push(draft);
    }
}

/// A party's letters are borne by many: known in a look-up, not looked for in texts.
fn weak_acronym(draft: &mut Draft, short: &str) {
    if (2..12).contains(&short.len()) {
        draft.names.push(DraftName {
            text: short.to_owned(),
            relation: Relation::Alias,
            in_text: InText::Skipped,
        });
    }
}

fn petrarch(sources: &Sources, drafts: &mut Vec<Draft>) -> Result<()> {
    for file in ["armed-groups-phoenix.jsonl", "international.jsonl"] {
        for line in sources.text(file).lines() {
            let line: Value = serde_json::from_str(line).context(file)?;
            let code = line["codes"][0]["code"].as_str().unwrap_or_default();
            // Without a licence of their own: those only that the MIT copy has. Persons are in
            // other sources, companies of one country are not politics.
            let is_person = line["codes"][0].get("dates").is_some();
            if line["in_petrarch"] != true || is_person || code.starts_with("MNCUSA") {
                continue;
            }
            let name = from_capitals(line["name"].as_str().unwrap_or_default());
            if name.len() < 4 || name.len() > 80 || !name.contains(' ') {
                continue;
            }
            let mut draft = Draft::new(&name, Kind::Organization, Source::Petrarch);
            draft.sectors = code_sectors(code);
            draft.country = Country::new(code.get(..3).unwrap_or_default())
                .filter(|_| file.starts_with("armed"))
                .filter(|country| !["IMG", "IGO", "NGO", "REB", "UAF"].contains(&country.as_str()));
            draft.rank = 2;
            for alias in line["aliases"].as_array().into_iter().flatten() {
                let alias = from_capitals(alias.as_str().unwrap_or_default());
                if (3..80).contains(&alias.len()) {
                    let in_text = if alias.contains(' ') { InText::Found } else { InText::Skipped };
                    draft.names.push(DraftName { text: alias, relation: Relation::Alias, in_text });
                }
            }
            drafts.push(draft);
        }
    }
    Ok(())
}

/// `ADEN ABYAN ISLAMIC ARMY (AAIA)` as print has it.
fn from_capitals(name: &str) -> String {
    let name = name.split(['(', '+']).next().unwrap_or_default();
    let small = ["OF", "THE", "AND", "FOR", "IN", "ON", "DE", "LA", "DU", "DES", "AL"];
    let words = name.split(' ').filter(|word| !word.is_empty()).enumerate().map(|(idx, word)| {
        if idx > 0 && small.contains(&word) {
            return word.to_lowercase();
        }
        let mut chars = word.chars();
        chars
            .next()
            .map_or(String::new(), |first| first.to_string() + &chars.as_str().to_lowercase())
    });
    words.collect::<Vec<_>>().join(" ")
}

fn code_sectors(code: &str) -> Vec<Sector> {
    let parts = code.as_bytes().chunks(3).filter_map(|part| std::str::from_utf8(part).ok());
    let found: BTreeSet<Sector> = parts
        .filter_map(|part| match part {
            "UAF" | "SEP" | "INS" | "REB" => Some(Sector::Rebels),
            "MED" => Some(Sector::Media),
            "IMG" => Some(Sector::Rebels),
            "EUR" if code.starts_with("NGO") => None,
            _ => Sector::from_code(part),
        })
        .collect();
    if found.is_empty() { vec![Sector::Unknown] } else { found.into_iter().collect() }
}

fn outlets(sources: &Sources, drafts: &mut Vec<Draft>) {
    for row in sources.table("outlets.tsv") {
        let domain = row.get("domain");
        let given = row.get("name").split([':', '|', '»']).next().unwrap_or_default();
        let name = given.split(" - ").next().unwrap_or_default().split(" – ").next();
        let name = parenthesis(name.unwrap_or_default().trim()).0;
        let is_name = (3..40).contains(&name.len()) && name.split(' ').count() <= 5;
        let mut draft =
            Draft::new(if is_name { name } else { domain }, Kind::Organization, Source::Outlets);
        draft.country = row.country();
        draft.sectors = vec![Sector::Media];
        draft.rank = 1;
        if is_name && !domain.is_empty() {
            draft.names.push(DraftName {
                text: domain.to_owned(),
                relation: Relation::Alias,
                in_text: InText::Skipped,
            });
        }
        drafts.push(draft);
    }
}

/// `Senate (Sénat)` as its two names.
fn parenthesis(text: &str) -> (&str, &str) {
    match text.split_once('(') {
        Some((name, rest)) => (name.trim(), rest.split(')').next().unwrap_or_default().trim()),
        None => (text.trim(), ""),
    }
}

/// The parts between commas, semicolons and colons that are in no parenthesis.
fn outside_parentheses(text: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut parts = Vec::new();
    let mut start = 0;
    for (idx, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' | ';' | ':' if depth == 0 => {
                parts.push(&text[start..idx]);
                start = idx + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}
