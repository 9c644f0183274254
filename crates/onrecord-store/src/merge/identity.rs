//! Which capacities of one name are one actor.
//!
//! Believed because a name of two words or more is seldom borne by two newsmakers of one country with
//! the same kind of office; and where it is, their countries, occupations or places of office differ.
//! What is known best is placed first; a capacity that could be either of two actors is neither.
//! Known misses: a person who changes both country and occupation becomes two; two mayors of one name
//! of whom one is only called "the mayor" are kept apart from that one.

use onrecord_record::Kind;

use super::capacity::Capacity;
use super::occupation::{Occupations, are_apart};
use crate::fold::fold;

/// A capacity that was given the number of its group, and why it is there; `None` for the first of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) group: usize,
    pub(super) reason: Option<String>,
}

/// Groups the capacities of one key. The result belongs to the set: their order does not matter,
/// except that groups are numbered by it.
pub(super) fn group(capacities: &[Capacity]) -> Vec<Placed> {
    let facts: Vec<Facts> = capacities.iter().map(Facts::of).collect();
    let mut order: Vec<usize> = (0..capacities.len()).collect();
    order.sort_by(|&left, &right| {
        let known = |idx: usize| std::cmp::Reverse(facts[idx].n_known());
        known(left).cmp(&known(right)).then_with(|| capacities[left].cmp(&capacities[right]))
    });
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut reasons = vec![None; capacities.len()];
    for idx in order {
        let new = &facts[idx];
        let fits = |group: &&mut Vec<usize>| group.iter().all(|&old| new.fits(&facts[old]));
        let mut open: Vec<&mut Vec<usize>> = groups.iter_mut().filter(fits).collect();
        if open.len() > 1 {
            // Could be either: only shared company decides, the same organization or exactly the same facts.
            let close =
                |group: &&mut Vec<usize>| group.iter().any(|&old| new.is_close(&facts[old]));
            open.retain(close);
        }
        match open.as_mut_slice() {
            [group] => {
                reasons[idx] = Some(new.reason(&facts[group[0]]));
                group.push(idx);
            }
            _ => groups.push(vec![idx]),
        }
    }
    let mut placed = vec![Placed { group: 0, reason: None }; capacities.len()];
    for (number, group) in groups.iter().enumerate() {
        for &idx in group {
            placed[idx] = Placed { group: number, reason: std::mem::take(&mut reasons[idx]) };
        }
    }
    placed
}

/// What is compared.
struct Facts {
    is_person: bool,
    class: u8,
    country: Option<String>,
    link: Option<String>,
    organization: Option<String>,
    titles: Vec<String>,
    occupations: Occupations,
}

impl Facts {
    fn of(capacity: &Capacity) -> Facts {
        let titles = capacity
            .role
            .iter()
            .flat_map(|role| role.split(" | "))
            .chain(capacity.office.as_deref());
        let titles: Vec<String> = titles.map(fold).collect();
        let sector = capacity.sector.as_deref().unwrap_or("");
        Facts {
            is_person: capacity.kind == Kind::Person,
            class: match capacity.kind {
                Kind::State | Kind::Place => 0,
                Kind::Organization | Kind::Group => 1,
                Kind::Person => 2,
                Kind::Document => 3,
            },
            country: capacity.country.clone(),
            link: capacity.link.clone(),
            organization: capacity.organization.as_deref().map(fold),
            occupations: Occupations::of(&titles.join(" "), sector),
            titles,
        }
    }

    fn n_known(&self) -> usize {
        let occupations = self.is_person && !self.occupations.is_empty();
        8 * usize::from(self.link.is_some())
            + 4 * usize::from(self.country.is_some())
            + 2 * usize::from(occupations)
            + usize::from(self.organization.is_some())
    }

    /// Whether nothing speaks against the two being one.
    fn fits(&self, other: &Facts) -> bool {
        let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        if self.link.is_some() && self.link == other.link {
            return true;
        }
        if self.class != other.class
            || differ(&self.link, &other.link)
            || differ(&self.country, &other.country)
        {
            return false;
        }
        if !self.is_person {
            return true;
        }
        self.occupations.go_with(other.occupations)
            && !self.titles.iter().any(|title| other.titles.iter().any(|old| are_apart(title, old)))
    }

    /// Whether they share more than not contradicting each other.
    fn is_close(&self, other: &Facts) -> bool {
        let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
        let is_same = self.n_known() == other.n_known()
            && self.country == other.country
            && self.occupations == other.occupations;
        same(&self.link, &other.link) || same(&self.organization, &other.organization) || is_same
    }

    fn reason(&self, first: &Facts) -> String {
        let country = self.country.as_ref().filter(|_| self.country == first.country);
        match (&self.link, country) {
            (Some(link), _) if self.link == first.link => format!("same {link}"),
            (_, Some(country)) if self.is_person && self.occupations.share(first.occupations) => {
                format!("same name, occupation and country {country}")
            }
            (_, Some(country)) => format!("same name and country {country}"),
            _ if self.is_person && self.occupations.share(first.occupations) => {
                "same name and occupation".to_owned()
            }
            _ => "same name, and nothing speaks against it".to_owned(),
        }
    }
}
