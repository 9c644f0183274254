//! Persons in office: Wikidata's until 2022, the Factbook's heads of state and government, and our
//! own table of those who came later.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use onrecord_actors::{Draft, Relation, Sex, Source, fold, office_rank, skeleton};
use onrecord_record::{Country, Kind, PartialDate, Sector};

use crate::Sources;
use crate::factbook;
use crate::table::{sectors, wikidata};

/// Offices that ended before are history rather than news.
const FIRST_YEAR: i16 = 1990;

pub(crate) fn drafts(sources: &Sources) -> Result<Vec<Draft>> {
    let mut people: BTreeMap<String, Draft> = BTreeMap::new();
    for row in sources.table("offices.tsv") {
        let (since, until) = (date(row.get("start")), date(row.get("end")));
        let year = until.or(since).map(|date| date.last_day().year());
        let title = row.get("position");
        // Envoys make half of the offices, and hardly ever the news.
        if row.get("person").is_empty()
            || year.is_some_and(|year| year < FIRST_YEAR)
            || title.to_lowercase().starts_with("ambassador")
            || title.starts_with("Substitute member")
        {
            continue;
        }
        let id = row.get("person_qid");
        let key = if id.is_empty() { row.get("person") } else { id };
        let draft = people.entry(key.to_owned()).or_insert_with(|| {
            let english = without_disambiguator(row.get("enwiki"));
            let name = if english.is_empty() { row.get("person") } else { english };
            let mut draft = Draft::new(name, Kind::Person, Source::Politicians);
            draft.wikidata = wikidata(id);
            draft
        });
        for name in [row.get("person"), without_disambiguator(row.get("enwiki"))] {
            add_name(draft, name);
        }
        draft.sex = match row.get("gender") {
            "male" => Some(Sex::Male),
            "female" => Some(Sex::Female),
            _ => draft.sex,
        };
        draft.country = row.country().or(draft.country);
        draft.tenures.push((title.to_owned(), since, until, Source::Politicians));
    }
    let mut drafts: Vec<Draft> = people.into_values().collect();
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (idx, draft) in drafts.iter().enumerate() {
        let names = std::iter::once(&draft.name).chain(draft.names.iter().map(|name| &name.text));
        for key in names.map(|name| key(name)).collect::<std::collections::BTreeSet<_>>() {
            by_name.entry(key).or_default().push(idx);
        }
    }
    factbook::leaders(sources, &mut drafts, &mut by_name);
    own(sources, &mut drafts, &mut by_name)?;
    for draft in &mut drafts {
        finish(draft);
    }
    // The long tail: members of a legislature long ago, whom English print hardly ever names.
    drafts.retain(|draft| {
        let last = draft.tenures.iter().filter_map(|t| t.2.or(t.1)).map(|d| d.last_day().year());
        draft.rank > 1 || last.max().is_none_or(|year| year >= 2005)
    });
    Ok(drafts)
}

/// Adds a name that the draft lacks.
pub(crate) fn add_name(draft: &mut Draft, name: &str) {
    let is_known = draft.name == name || draft.names.iter().any(|known| known.text == name);
    if !name.is_empty() && !is_known {
        draft.also(name, Relation::Alias);
    }
}

/// Where two sources' names of one person meet.
pub(crate) fn key(name: &str) -> String {
    let mut words: Vec<String> = skeleton(&fold(name)).split(' ').map(str::to_owned).collect();
    words.sort();
    words.join(" ")
}

/// The person of this name and country among the drafts, or a new one.
pub(crate) fn person<'d>(
    drafts: &'d mut Vec<Draft>,
    by_name: &mut BTreeMap<String, Vec<usize>>,
    name: &str,
    country: Option<Country>,
    source: Source,
) -> &'d mut Draft {
    let ids = by_name.entry(key(name)).or_default();
    let known = ids.iter().copied().filter(|&idx| drafts[idx].country == country);
    // Of two of a name and country, the one in the higher office.
    let known = known.max_by_key(|&idx| {
        (drafts[idx].tenures.iter().map(|tenure| office_rank(&tenure.0)).max(), idx)
    });
    let idx = known.unwrap_or_else(|| {
        drafts.push(Draft::new(name, Kind::Person, source));
        ids.push(drafts.len() - 1);
        drafts.len() - 1
    });
    let draft = &mut drafts[idx];
    draft.country = country;
    add_name(draft, name);
    draft
}

fn own(
    sources: &Sources,
    drafts: &mut Vec<Draft>,
    by_name: &mut BTreeMap<String, Vec<usize>>,
) -> Result<()> {
    for row in sources.table("people.tsv") {
        let name = row.get("name");
        let country = Country::new(row.get("country")).with_context(|| name.to_owned())?;
        let draft = person(drafts, by_name, name, Some(country), Source::Own);
        if draft.name != name {
            let other = std::mem::replace(&mut draft.name, name.to_owned());
            draft.names.retain(|known| known.text != name);
            add_name(draft, &other);
        }
        draft.sex = Some(if row.get("sex") == "male" { Sex::Male } else { Sex::Female });
        if draft.wikidata == 0 {
            draft.wikidata = wikidata(row.get("wikidata"));
        }
        draft.sectors = sectors(row.get("sectors"));
        for alias in row.list("aliases") {
            match alias.strip_suffix('~') {
                Some(alias) => draft.also(alias, Relation::Contextual),
                None => add_name(draft, alias),
            }
        }
        let since = date(row.get("since"));
        add_tenure(draft, row.get("office"), since, date(row.get("until")));
        for earlier in row.list("earlier") {
            let parts: Vec<&str> = earlier.split(':').collect();
            let [title, since, until] = parts[..] else { anyhow::bail!("{name}: {earlier}") };
            add_tenure(draft, title, date(since), date(until));
        }
    }
    Ok(())
}

fn add_tenure(
    draft: &mut Draft,
    title: &str,
    since: Option<PartialDate>,
    until: Option<PartialDate>,
) {
    // The same office from another source, begun in the same month.
    let month =
        |date: Option<PartialDate>| date.map(|d| d.to_string().chars().take(7).collect::<String>());
    draft.tenures.retain(|known| {
        month(known.1) != month(since) || office_rank(&known.0) != office_rank(title)
    });
    draft.tenures.push((title.to_owned(), since, until, Source::Own));
}

/// Sectors and rank, by the offices.
fn finish(draft: &mut Draft) {
    let best = draft.tenures.iter().map(|tenure| office_rank(&tenure.0)).max().unwrap_or(1);
    draft.rank = best;
    if draft.sectors.is_empty() {
        let mut found = std::collections::BTreeSet::new();
        for (title, ..) in &draft.tenures {
            found.insert(sector(title));
        }
        draft.sectors = found.into_iter().collect();
    }
}

fn sector(title: &str) -> Sector {
    let title = fold(title);
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(&["judge", "justice of", "supreme court", "constitutional court"]) {
        Sector::Judiciary
    } else if has(&["army", "general staff", "armed forces", "navy", "chiefs of staff"]) {
        Sector::Military
    } else if has(&["police"]) {
        Sector::Police
    } else if has(&["intelligence"]) {
        Sector::Intelligence
    } else if office_rank(&title) == 1 || has(&["speaker", "parliament", "assembly", "senate"]) {
        Sector::Legislature
    } else {
        Sector::Government
    }
}

pub(crate) fn date(text: &str) -> Option<PartialDate> {
    text.parse().ok()
}

fn without_disambiguator(title: &str) -> &str {
    title.split(" (").next().unwrap_or_default()
}
