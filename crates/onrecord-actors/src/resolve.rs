//! From the names of an actor in an article to one entry, or none.

use std::collections::BTreeMap;

use jiff::civil::Date;
use onrecord_record::{Country, Kind};

use crate::Knowledge;
use crate::entry::{Entry, EntryId, Holding, Relation};
use crate::look_up::Why;

/// The entry that an actor of an article is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resolved {
    /// Which.
    pub entry: EntryId,
    /// From 0 to 1, higher the surer; not calibrated.
    pub confidence: f32,
}

/// An office so high that its holder is named by surname alone.
const WELL_KNOWN: u8 = 7;

/// An organisation so well known that its initials alone name it: three letters are the initials of many.
const WELL_KNOWN_INITIALS: u8 = 6;

/// What another candidate has to fall behind by.
const MARGIN: f32 = 0.015;

impl Knowledge {
    /// The entry that bears all of `names`, of a fitting kind; `None` where that is not sure.
    ///
    /// A person needs a first name or initial with the surname, except where only one well-known
    /// holder of an office on the day bears the surname.
    pub fn resolve(&self, names: &[&str], kind: Kind, on: Option<Date>) -> Option<Resolved> {
        self.resolve_among(names, kind, on, &[])
    }

    /// As [`resolve`](Knowledge::resolve), with the countries that the article names otherwise:
    /// between entries that are named alike, one of these countries is meant.
    pub fn resolve_among(
        &self,
        names: &[&str],
        kind: Kind,
        on: Option<Date>,
        countries: &[Country],
    ) -> Option<Resolved> {
        let mut total: BTreeMap<EntryId, (f32, Why)> = BTreeMap::new();
        let mut n_names = 0;
        for name in names.iter().filter(|name| !name.trim().is_empty()) {
            n_names += 1;
            for found in self.look_up(name, on) {
                let known = total.entry(found.entry).or_insert((0.0, found.why));
                known.0 += found.score;
                known.1 = known.1.min(found.why);
            }
        }
        let mut candidates: Vec<(f32, Why, Entry<'_>)> = total
            .into_iter()
            .map(|(id, (sum, why))| (sum / n_names as f32, why, self.entry(id)))
            .filter(|(_, why, entry)| may_be(entry, kind, *why))
            .filter(|(_, _, entry)| entry.rank >= WELL_KNOWN_INITIALS || !initials_only(names))
            .map(|(score, why, entry)| {
                // Washington and Moscow act as the capitals they are, not as parts of their states.
                let part = kind == Kind::State && !is_country(&entry);
                let score = if part { score - 0.15 } else { score };
                let there = entry.country.is_some_and(|country| countries.contains(&country));
                (score + if there { 0.06 } else { 0.0 }, why, entry)
            })
            .collect();
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.id.cmp(&b.2.id)));
        let (score, why, best) = candidates.first()?;
        if *why == Why::Surname {
            return surname_only(&candidates, on);
        }
        if matches!(why, Why::Listed(Relation::Contextual)) {
            return None;
        }
        // One word names a person no better than a surname does.
        if best.kind == Kind::Person && names.iter().all(|name| !name.trim().contains(' ')) {
            return surname_only(&candidates, on);
        }
        let behind = candidates.get(1).map_or(1.0, |second| score - second.0);
        if behind < MARGIN {
            return None;
        }
        let confidence = (score * (0.8 + 0.2 * (behind / 0.1).min(1.0))).clamp(0.0, 1.0);
        Some(Resolved { entry: best.id, confidence })
    }
}

/// Whether all names are a few letters, capitals where they are more than three.
fn initials_only(names: &[&str]) -> bool {
    let capitals = |name: &str| name.chars().all(|c| c.is_ascii_uppercase());
    let short = |name: &str| name.len() <= 3 || name.len() <= 6 && capitals(name);
    names.iter().all(|name| short(name.trim()))
}

/// Whether an entry has a country code of its own.
fn is_country(entry: &Entry<'_>) -> bool {
    entry.links.iter().any(|(name, _)| *name == "iso3166")
}

/// Whether an entry is what the reader believes it to be.
fn may_be(entry: &Entry<'_>, kind: Kind, why: Why) -> bool {
    match (kind, entry.kind) {
        (kind, Kind::Organization | Kind::State) if why == Why::Listed(Relation::Epithet) => {
            kind != Kind::Person
        }
        (Kind::Place, Kind::State) => {
            matches!(
                why,
                Why::Listed(Relation::Name | Relation::Alias | Relation::Weak) | Why::Variant
            )
        }
        // Brussels, the Alliance: what is taken for a state may be an organisation.
        (Kind::State, Kind::Organization) => matches!(
            why,
            Why::Listed(Relation::Seat | Relation::Epithet | Relation::Name | Relation::Alias)
        ),
        (Kind::Organization, Kind::State) => matches!(
            why,
            Why::Listed(
                Relation::Name
                    | Relation::Alias
                    | Relation::Seat
                    | Relation::Capital
                    | Relation::Epithet
            )
        ),
        (kind, own) => kind == own,
    }
}

/// The only one of the candidates who is well known and in office on the day.
fn surname_only(candidates: &[(f32, Why, Entry<'_>)], on: Option<Date>) -> Option<Resolved> {
    let day = on?;
    let mut well_known = candidates.iter().filter(|(_, _, entry)| {
        entry.offices_on(day).iter().any(|(tenure, holding)| {
            *holding == Holding::Holds && crate::office::rank(tenure.title) >= WELL_KNOWN
        })
    });
    match (well_known.next(), well_known.next()) {
        (Some((score, _, entry)), None) => {
            Some(Resolved { entry: entry.id, confidence: score.min(0.6) })
        }
        _ => None,
    }
}
