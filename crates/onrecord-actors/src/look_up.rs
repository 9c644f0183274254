//! From a name to all that may bear it, best first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use onrecord_record::Kind;

use crate::Knowledge;
use crate::entry::{Entry, EntryId, Holding, Relation};
use crate::fold::{fold, fold_expanded, skeleton};

/// An entry that may be meant by a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Which.
    pub entry: EntryId,
    /// From 0 to 1, to compare within one look-up; no probability.
    pub score: f32,
    /// What the name has to do with it.
    pub why: Why,
}

/// What a name has to do with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The name leads to it as printed, case, diacritics and script aside.
    Listed(Relation),
    /// Another romanisation of one of its names.
    Variant,
    /// The person's surname and some of the other names, or their initials.
    Shortened,
    /// The person's surname alone.
    Surname,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Listed(relation) => f.pad(relation.as_str()),
            Why::Variant => f.pad("other spelling"),
            Why::Shortened => f.pad("shortened name"),
            Why::Surname => f.pad("surname"),
        }
    }
}

/// No more candidates than this are weighed for a surname: the ones best known.
const MOST_CANDIDATES: usize = 4000;

impl Knowledge {
    /// All entries that may be meant by `name`, best first: by how the name is related to them,
    /// then by whether their office is held `on` the day, and how high it is.
    ///
    /// Equal spellings are all returned: who is meant is for the reader of the article to say.
    pub fn look_up(&self, name: &str, on: Option<Date>) -> Vec<Found> {
        let folded = without_article(&fold(name)).to_owned();
        let mut best: BTreeMap<EntryId, Why> = BTreeMap::new();
        let mut add = |id: EntryId, why: Why| {
            let known = best.entry(id).or_insert(why);
            *known = why.min(*known);
        };
        let mut overruled = false;
        for (id, posting) in self.named(&folded) {
            overruled |= id.layer > 0;
            add(id, Why::Listed(posting.relation));
        }
        if !overruled && !folded.is_empty() {
            let spellings = [skeleton(&folded), skeleton(&fold_expanded(name))];
            for spelling in &spellings {
                self.keyed('v', spelling).for_each(|(id, _)| add(id, Why::Variant));
            }
            self.persons(&folded, &spellings, &mut add);
        }
        let mut found: Vec<(Found, u8)> = best
            .into_iter()
            .map(|(id, why)| {
                let entry = self.entry(id);
                (Found { entry: id, score: score(&entry, why, on), why }, entry.rank)
            })
            .collect();
        found.sort_by_key(|(found, rank)| {
            (Reverse((found.score * 1e4) as u32), found.why, Reverse(*rank), found.entry)
        });
        found.into_iter().map(|(found, _)| found).collect()
    }

    /// Persons by surname, with what else is given of the name.
    fn persons(&self, folded: &str, spellings: &[String], add: &mut impl FnMut(EntryId, Why)) {
        let given: Vec<&str> = folded.split(' ').collect();
        for spelling in spellings {
            let words: Vec<&str> = spelling.split(' ').collect();
            let ends = [words.len() - 1, 0];
            for &end in &ends[..ends.len().min(words.len())] {
                let candidates = self.keyed('s', words[end]).take(MOST_CANDIDATES);
                for (id, _) in candidates {
                    if words.len() == 1 {
                        add(id, Why::Surname);
                    } else if let Some(why) = fits(&self.entry(id), &given, &words) {
                        add(id, why);
                    }
                }
            }
        }
    }
}

/// Whether the words of a name are all found in a person's, in order or with the surname first.
fn fits(entry: &Entry<'_>, given: &[&str], words: &[&str]) -> Option<Why> {
    let own = fold(entry.name);
    let own: Vec<(String, char)> =
        own.split(' ').filter_map(|w| Some((skeleton(w), w.chars().next()?))).collect();
    let own_expanded: Vec<String> =
        skeleton(&fold_expanded(entry.name)).split(' ').map(str::to_owned).collect();
    let mut used = vec![false; own.len()];
    let mut whole = 0;
    for (idx, word) in words.iter().enumerate() {
        let printed = given.get(idx).copied().unwrap_or(word);
        let is_initial = printed.chars().count() == 1;
        let place = (0..own.len()).find(|&at| {
            !used[at]
                && if is_initial {
                    printed.starts_with(own[at].1)
                } else {
                    own[at].0 == *word || own_expanded.get(at).is_some_and(|e| e == word)
                }
        })?;
        used[place] = true;
        whole += usize::from(!is_initial);
    }
    // An initial and another initial name nobody.
    if whole == 0 {
        return None;
    }
    Some(if whole == own.len() { Why::Variant } else { Why::Shortened })
}

fn score(entry: &Entry<'_>, why: Why, on: Option<Date>) -> f32 {
    let base = match why {
        Why::Listed(Relation::Name) => 0.9,
        Why::Listed(Relation::Alias) => 0.88,
        Why::Listed(Relation::Demonym | Relation::Capital | Relation::Seat) => 0.82,
        Why::Listed(Relation::Epithet) => 0.8,
        Why::Listed(Relation::Weak) => 0.7,
        Why::Listed(Relation::Contextual) => 0.4,
        Why::Variant => 0.72,
        Why::Shortened => 0.55,
        Why::Surname => 0.25,
    };
    // Less than the steps above, so that it only orders what is named alike; a person out of
    // office falls behind.
    let known = f32::from(entry.rank) / 9.0;
    let weight = match (entry.kind, on) {
        (Kind::Person, Some(day)) => match entry.offices_on(day).first() {
            Some((_, Holding::Holds)) => 0.6 + 0.4 * known,
            Some(_) => 0.4 + 0.4 * known,
            None if entry.tenures.iter().all(|t| t.on(day) == Holding::NotYet) => 0.0,
            None => 0.5 * known,
        },
        _ => known,
    };
    let spread = if matches!(why, Why::Surname) { 0.25 } else { 0.1 };
    base + spread * weight
}

/// A name without its article.
pub(crate) fn without_article(folded: &str) -> &str {
    folded.strip_prefix("the ").unwrap_or(folded)
}
