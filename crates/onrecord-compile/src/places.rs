//! Cities of 15,000 people and more: GeoNames.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use onrecord_actors::{Draft, InText, Relation, Source, fold};
use onrecord_record::{Country, Kind};

use crate::Sources;
use crate::table::Table;

pub(crate) fn drafts(sources: &Sources, states: &mut [Draft]) -> Result<Vec<Draft>> {
    let countries: BTreeMap<String, Country> = states
        .iter()
        .filter_map(|state| Some((state.iso2.clone(), state.country?)))
        .filter(|(iso2, _)| !iso2.is_empty())
        .collect();
    let mut drafts = Vec::new();
    let rows: Table<'_> = sources.table("cities15000.tsv");
    for row in rows {
        let population: u64 = row.get("population").parse().unwrap_or(0);
        let mut draft = Draft::new(row.get("name"), Kind::Place, Source::GeoNames);
        draft.country = countries.get(row.get("iso2")).copied();
        draft.rank = match population {
            5_000_000.. => 6,
            1_000_000.. => 5,
            300_000.. => 4,
            100_000.. => 3,
            50_000.. => 2,
            _ => 1,
        };
        // Names of great cities in other languages; those of small ones are many and not printed.
        if population >= 100_000 {
            let own = fold(&draft.name);
            let mut known = BTreeSet::from([own]);
            for name in row.list("alternates") {
                let folded = fold(name);
                let is_code = name.len() <= 3 && name.is_ascii();
                let is_wide = population >= 1_000_000 || name.is_ascii();
                if is_code || !is_wide || !name.starts_with(char::is_alphabetic) {
                    continue;
                }
                if known.insert(folded) {
                    draft.also(name, Relation::Weak);
                }
            }
        }
        draft.names.iter_mut().for_each(|name| name.in_text = InText::Skipped);
        drafts.push(draft);
    }
    Ok(drafts)
}
