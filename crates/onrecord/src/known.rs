//! The knowledge base, as extraction asks for it.

use jiff::civil::Date;
use onrecord_actors::{Knowledge, Sex as KnownSex};
use onrecord_extract::{Known, Names, Sex};
use onrecord_record::Kind;

/// Knowledge under extraction's trait.
pub(crate) struct KnownNames(pub(crate) Knowledge);

impl Names for KnownNames {
    fn known(&self, name: &str, kind: Kind, on: Option<Date>) -> Option<Known> {
        let resolved = self.0.resolve(&[name], kind, on)?;
        let entry = self.0.entry(resolved.entry);
        let office = on.and_then(|day| {
            let offices = entry.offices_on(day);
            offices.first().map(|(tenure, _)| tenure.title.to_owned())
        });
        Some(Known {
            id: resolved.entry.into(),
            name: entry.name.to_owned(),
            // A country's name may be meant as a place.
            kind: if kind == Kind::Place { kind } else { entry.kind },
            country: entry.country,
            sectors: entry.sectors.clone(),
            links: entry.links.iter().map(|(name, id)| (name.to_string(), id.clone())).collect(),
            office,
        })
    }

    fn sex(&self, first_name: &str) -> Option<Sex> {
        self.0.first_name_sex(first_name).map(|sex| match sex {
            KnownSex::Female => Sex::Female,
            KnownSex::Male => Sex::Male,
        })
    }
}
