//! The Factbook's way of writing names and dates.

use std::collections::BTreeMap;

use onrecord_actors::{Draft, Source, office_rank};
use onrecord_record::{Country, PartialDate};

use crate::Sources;
use crate::people;

/// Heads of state and government in office; whoever held the office before, by another source, does so no more.
pub(crate) fn leaders(
    sources: &Sources,
    drafts: &mut Vec<Draft>,
    by_name: &mut BTreeMap<String, Vec<usize>>,
) {
    let mut country_names: BTreeMap<Country, &str> = BTreeMap::new();
    let mut in_office: Vec<(Country, PartialDate, String)> = Vec::new();
    for row in sources.table("factbook-leaders.tsv") {
        let (Some(country), Some(since)) = (row.country(), date(row.get("since"))) else {
            continue;
        };
        let (title, name) = (row.get("title"), row.get("name"));
        // Viceroys and foreign monarchs are told under their own country.
        let elsewhere = ["Governor", "King CHARLES", "of China", "High Commissioner"];
        if title.is_empty()
            || name.is_empty()
            || elsewhere.iter().any(|words| format!("{title} {name}").contains(words))
            || (name == "Emmanuel MACRON" && country.as_str() != "FRA")
        {
            continue;
        }
        country_names.insert(country, row.get("country"));
        let name = printed(name);
        let title = format!("{title} of {}", row.get("country"));
        let draft = known_as(drafts, by_name, &name, country);
        draft.tenures.retain(|known| {
            known.1.map(|known| known.first_day().year()) != Some(since.first_day().year())
                || office_rank(&known.0) < 8
        });
        draft.tenures.push((title.clone(), Some(since), None, Source::Factbook));
        in_office.push((country, since, people::key(&draft.name)));
    }
    for draft in drafts.iter_mut() {
        let Some(country) = draft.country else { continue };
        let key = people::key(&draft.name);
        let mut heads = in_office.iter().filter(|(of, ..)| *of == country).peekable();
        if heads.peek().is_none() || heads.clone().any(|(.., name)| *name == key) {
            continue;
        }
        let first = heads.map(|(_, since, _)| *since).min_by_key(|since| since.first_day());
        for tenure in &mut draft.tenures {
            let begun = tenure.1.map(|since| since.first_day());
            let is_open = tenure.2.is_none() && office_rank(&tenure.0) == 8;
            if is_open && first.is_some_and(|first| begun.is_none_or(|b| b < first.first_day())) {
                tenure.2 = first;
            }
        }
    }
    let charles =
        people::person(drafts, by_name, "Charles III", Country::new("GBR"), Source::Factbook);
    charles.tenures.push((
        "King of the United Kingdom".to_owned(),
        people::date("2022-09-08"),
        None,
        Source::Factbook,
    ));
    people::add_name(charles, "King Charles III");
    people::add_name(charles, "King Charles");
}

/// The person, whom the other source may know by fewer names ("Abdelmadjid Tebboune", "Vladimir
/// Putin" for "Vladimir Vladimirovich PUTIN").
fn known_as<'d>(
    drafts: &'d mut Vec<Draft>,
    by_name: &mut BTreeMap<String, Vec<usize>>,
    name: &str,
    country: Country,
) -> &'d mut Draft {
    let words: Vec<&str> = name.split(' ').collect();
    let shorter = [
        name.to_owned(),
        format!("{} {}", words[0], words[words.len() - 1]),
        format!("{} {}", words[0], words[1.min(words.len() - 1)]),
        words.iter().skip(1).copied().collect::<Vec<_>>().join(" "),
    ];
    let known = shorter.iter().find(|name| {
        by_name.get(&people::key(name)).is_some_and(|ids| {
            ids.iter().any(|&idx| {
                let offices = drafts[idx].tenures.iter().map(|tenure| office_rank(&tenure.0));
                drafts[idx].country == Some(country) && offices.max() >= Some(4)
            })
        })
    });
    let found = known.cloned().unwrap_or_else(|| name.to_owned());
    let draft = people::person(drafts, by_name, &found, Some(country), Source::Factbook);
    people::add_name(draft, name);
    draft
}

/// `Abdelmadjid TEBBOUNE` as print has it.
pub(crate) fn printed(name: &str) -> String {
    let name = name.split(" (").next().unwrap_or_default();
    let without_rank = ["Gen. ", "Col. ", "Lt. Gen. ", "Sir ", "Dr. ", "Maj. Gen. "]
        .iter()
        .find_map(|rank| name.strip_prefix(rank))
        .unwrap_or(name);
    let words = without_rank.split(' ').filter(|word| !word.is_empty()).map(|word| {
        let is_number = word.chars().all(|c| "IVX".contains(c));
        let n_capitals = word.chars().filter(|c| c.is_uppercase()).count();
        if is_number || n_capitals < 2 || word.ends_with('.') {
            return word.trim_matches(',').to_owned();
        }
        let parts = word.split('-').map(capitalised);
        parts.collect::<Vec<_>>().join("-")
    });
    words.collect::<Vec<_>>().join(" ").replace('"', "")
}

fn capitalised(word: &str) -> String {
    let mut at_start = true;
    let mut out = String::new();
    for c in word.chars() {
        if at_start || !c.is_uppercase() {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        at_start = matches!(c, '\'' | '’' | '.');
    }
    out
}

/// `12 December 2019` as a date.
fn date(text: &str) -> Option<PartialDate> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let words: Vec<&str> = text.split(' ').collect();
    let month = |word: &str| MONTHS.iter().position(|month| *month == word).map(|idx| idx + 1);
    match words[..] {
        [day, name, year] => format!("{year}-{:02}-{:0>2}", month(name)?, day).parse().ok(),
        [name, year] => format!("{year}-{:02}", month(name)?).parse().ok(),
        [year] => year.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{date, printed};

    #[test]
    fn names_are_printed_as_in_news() {
        let cases = [
            ("Abdelmadjid TEBBOUNE", "Abdelmadjid Tebboune"),
            ("CHARLES III", "Charles III"),
            ("Jenniffer GONZÁLEZ-COLÓN", "Jenniffer González-Colón"),
            ("Gen. Horta Nta Na MAN", "Horta Nta Na Man"),
            ("CHO Jung-tai (President of the Executive Yuan)", "Cho Jung-tai"),
            ("Hilda C. HEINE", "Hilda C. Heine"),
            ("TUIMALEALI'IFANO", "Tuimaleali'Ifano"),
        ];
        let wrong: Vec<_> = cases.iter().filter(|(raw, to)| printed(raw) != *to).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(date("4 May 2021").unwrap().to_string(), "2021-05-04");
        assert_eq!(date("June 2022").unwrap().to_string(), "2022-06");
    }
}
