//! The knowledge base, as the record asks for further names.

use onrecord_actors::Knowledge;
use onrecord_store::{Names, OtherName};

/// Below this score a look-up is a guess: part of a person's name, or a surname.
const SURE: f32 = 0.7;

/// What the embedded knowledge says of the names that an analyst types.
pub(super) struct Known;

impl Names for Known {
    fn others(&self, name: &str) -> Vec<OtherName> {
        let knowledge = Knowledge::embedded();
        let found = knowledge.look_up(name, None);
        // Baku is a city and stands for a government: both are looked for in the record.
        let sure = found.iter().filter(|found| found.score >= SURE).take(3);
        sure.flat_map(|found| {
            let entry = knowledge.entry(found.entry);
            let wikidata = entry.links.iter().filter(|(kind, _)| *kind == "wikidata");
            let links = wikidata.map(|(kind, id)| OtherName::Link(format!("{kind}:{id}")));
            links.chain([OtherName::Name(entry.name.to_owned())]).collect::<Vec<_>>()
        })
        .collect()
    }
}
