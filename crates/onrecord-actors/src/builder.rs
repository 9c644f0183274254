//! Writes knowledge in the form that [`Layer`](crate::layer::Layer) reads without unpacking.
//!
//! A file is the magic bytes, the lengths of the seven sections (u32, little-endian), and the
//! sections: string offsets, strings, entry offsets, entries, postings, the FST of folded names,
//! and the FST of other keys. A posting is an entry's number with a relation in the low bits; an
//! FST's value is a posting (odd) or the place of a list of postings (even). The other keys begin
//! with `v` (skeleton of a name), `s` (skeleton of a person's surname) or `f` (a first name, whose
//! value counts men and women).

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{Country, Kind, PartialDate, Sector};

use crate::entry::{Relation, Sex, Source};
use crate::fold::{fold, fold_expanded, skeleton};

/// The first bytes of a file; the digits are the version of the format.
pub(crate) const MAGIC: &[u8; 8] = b"ORACTOR1";

/// An entry to be written; the fields are those of [`Entry`](crate::Entry).
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its country.
    pub country: Option<Country>,
    /// Its sectors, in any order.
    pub sectors: Vec<Sector>,
    /// A person's sex.
    pub sex: Option<Sex>,
    /// The number after the Q; 0: none.
    pub wikidata: u32,
    /// ISO 3166-1 alpha-2 code of a state.
    pub iso2: String,
    /// From 0 to 9.
    pub rank: u8,
    /// Offices: title, first and last day, source.
    pub tenures: Vec<(String, Option<PartialDate>, Option<PartialDate>, Source)>,
    /// All other names.
    pub names: Vec<DraftName>,
    /// Where it comes from.
    pub source: Source,
}

/// A name that leads to an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftName {
    /// As printed.
    pub text: String,
    /// How it relates to the entry.
    pub relation: Relation,
    /// Whether [`find`](crate::Knowledge::find) looks for it in texts.
    pub in_text: InText,
}

/// Whether a name is looked for in texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InText {
    /// It is, if it has a capital.
    Found,
    /// Only if it is all capitals: WHO, US.
    Capitals,
    /// It is not: an ordinary word, or too rare.
    Skipped,
}

impl Draft {
    /// An entry of which only this is known.
    pub fn new(name: &str, kind: Kind, source: Source) -> Draft {
        Draft {
            name: name.to_owned(),
            kind,
            country: None,
            sectors: Vec::new(),
            sex: None,
            wikidata: 0,
            iso2: String::new(),
            rank: 0,
            tenures: Vec::new(),
            names: Vec::new(),
            source,
        }
    }

    /// Adds a name. Short acronyms are found in texts only in capitals.
    pub fn also(&mut self, text: &str, relation: Relation) {
        let in_text = if relation == Relation::Weak || relation == Relation::Contextual {
            InText::Skipped
        } else {
            found(text)
        };
        self.names.push(DraftName { text: text.to_owned(), relation, in_text });
    }
}

/// Whether a name is looked for in texts, as its letters suggest.
pub fn found(text: &str) -> InText {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = letters.iter().all(|c| !c.is_lowercase());
    match letters.len() {
        0 | 1 => InText::Skipped,
        2 | 3 if capitals => InText::Capitals,
        2 => InText::Skipped,
        _ => InText::Found,
    }
}

/// Collects entries and writes them.
#[derive(Default)]
pub struct Builder {
    drafts: Vec<Draft>,
}

impl Builder {
    /// Adds an entry. Entries are numbered in the order in which they are added.
    pub fn add(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }

    /// The file. The same entries in the same order give the same bytes.
    pub fn finish(self) -> Vec<u8> {
        let titles: BTreeSet<&str> =
            self.drafts.iter().flat_map(|d| &d.tenures).map(|t| t.0.as_str()).collect();
        let title_idx: BTreeMap<&str, u64> = titles.iter().copied().zip(0..).collect();
        let mut strings = Blob::default();
        titles.iter().for_each(|title| strings.push(title.as_bytes()));
        let mut entries = Blob::default();
        let mut names: BTreeMap<Vec<u8>, BTreeSet<u32>> = BTreeMap::new();
        let mut keys: BTreeMap<Vec<u8>, BTreeSet<u32>> = BTreeMap::new();
        let mut first_names: BTreeMap<String, [u64; 2]> = BTreeMap::new();
        for (idx, draft) in self.drafts.iter().enumerate() {
            entries.push(&encode(draft, &title_idx));
            let own = DraftName {
                text: draft.name.clone(),
                relation: Relation::Name,
                in_text: own_in_text(draft),
            };
            for name in std::iter::once(&own).chain(&draft.names) {
                index(idx as u32, draft, name, &mut names, &mut keys);
            }
            if let (Kind::Person, Some(sex)) = (draft.kind, draft.sex)
                && let folded = fold(&draft.name)
                && let Some((first, _)) = folded.split_once(' ')
                && first.len() > 2
            {
                first_names.entry(first.to_owned()).or_default()[sex as usize] += 1;
            }
        }
        let mut postings = Vec::new();
        let names: BTreeMap<_, _> =
            names.into_iter().map(|(key, list)| (key, value(&list, &mut postings))).collect();
        let mut keys: BTreeMap<_, _> =
            keys.into_iter().map(|(key, list)| (key, value(&list, &mut postings))).collect();
        for (name, [men, women]) in first_names {
            // Fewer than three say little, and are most of the list.
            if men + women >= 3 {
                keys.insert(format!("f{name}").into_bytes(), men << 20 | women);
            }
        }
        let sections = [
            strings.offsets(),
            strings.bytes,
            entries.offsets(),
            entries.bytes,
            postings,
            automaton(names),
            automaton(keys),
        ];
        let mut file = MAGIC.to_vec();
        for section in &sections {
            file.extend(u32::try_from(section.len()).expect("below 4 GiB").to_le_bytes());
        }
        sections.iter().for_each(|section| file.extend(section));
        file
    }
}

/// A person's name is found in texts only whole.
fn own_in_text(draft: &Draft) -> InText {
    match draft.kind {
        Kind::Person if !draft.name.contains(' ') => InText::Skipped,
        // Names of towns are often words or surnames.
        Kind::Place if draft.rank < 3 => InText::Skipped,
        Kind::Organization if draft.rank < 4 && !fold(&draft.name).contains(' ') => InText::Skipped,
        _ => found(&draft.name),
    }
}

fn index(
    idx: u32,
    draft: &Draft,
    name: &DraftName,
    names: &mut BTreeMap<Vec<u8>, BTreeSet<u32>>,
    keys: &mut BTreeMap<Vec<u8>, BTreeSet<u32>>,
) {
    let folded = fold(&name.text);
    if folded.is_empty() || folded.len() > 200 {
        return;
    }
    let post = posting(idx, name.relation, name.in_text);
    let weak = posting(idx, name.relation, InText::Skipped);
    names.entry(folded.clone().into_bytes()).or_default().insert(post);
    // A look-up leaves the article out.
    if let Some(bare) = folded.strip_prefix("the ") {
        names.entry(bare.as_bytes().to_vec()).or_default().insert(weak);
    }
    let expanded = fold_expanded(&name.text);
    if expanded != folded && name.relation < Relation::Weak {
        names.entry(expanded.clone().into_bytes()).or_default().insert(post);
    }
    for spelling in BTreeSet::from([folded, expanded]) {
        let spelling = skeleton(&spelling);
        if draft.kind == Kind::Person {
            let words: Vec<&str> = spelling.split(' ').collect();
            let family_first = draft.country.is_some_and(|country| {
                ["CHN", "TWN", "HKG", "MAC", "KOR", "PRK", "VNM", "KHM", "JPN", "HUN", "SGP"]
                    .contains(&country.as_str())
            });
            let last = words.last().filter(|_| words.len() > 1);
            for surname in last.into_iter().chain(words.first().filter(|_| family_first)) {
                let key = format!("s{surname}").into_bytes();
                keys.entry(key).or_default().insert(posting(idx, Relation::Name, InText::Skipped));
            }
        } else if name.relation < Relation::Weak && spelling.chars().count() > 3 {
            keys.entry(format!("v{spelling}").into_bytes()).or_default().insert(weak);
        }
    }
}

/// Entry, relation (4 bits), where to find it (2 bits).
fn posting(idx: u32, relation: Relation, in_text: InText) -> u32 {
    assert!(idx < 1 << 26, "at most 2^26 entries");
    idx << 6 | (relation as u32) << 2 | in_text as u32
}

fn value(list: &BTreeSet<u32>, postings: &mut Vec<u8>) -> u64 {
    match list.first() {
        Some(&only) if list.len() == 1 => u64::from(only) << 1 | 1,
        _ => {
            let start = postings.len() as u64;
            postings.extend((list.len() as u32).to_le_bytes());
            list.iter().for_each(|posting| postings.extend(posting.to_le_bytes()));
            start << 1
        }
    }
}

fn automaton(values: BTreeMap<Vec<u8>, u64>) -> Vec<u8> {
    let map = fst::Map::from_iter(values).expect("keys in order, in memory");
    map.into_fst().into_inner()
}

fn encode(draft: &Draft, title_idx: &BTreeMap<&str, u64>) -> Vec<u8> {
    let mut out = vec![draft.kind as u8, draft.sex.map_or(0, |sex| sex as u8 + 1)];
    out.extend([draft.rank, draft.source as u8]);
    let country = draft.country.map_or([0; 3], |c| c.as_str().as_bytes().try_into().expect("3"));
    out.extend(country);
    let bits = draft.sectors.iter().fold(0, |bits, sector| bits | 1 << *sector as u64);
    varint(&mut out, bits);
    varint(&mut out, draft.wikidata.into());
    for text in [&draft.iso2, &draft.name] {
        varint(&mut out, text.len() as u64);
        out.extend(text.as_bytes());
    }
    let mut tenures: Vec<_> = draft.tenures.iter().collect();
    tenures.sort_by_key(|(title, since, until, _)| {
        (since.map(|d| d.first_day()), until.map(|d| d.last_day()), title)
    });
    tenures.dedup();
    varint(&mut out, tenures.len() as u64);
    for (title, since, until, source) in tenures {
        varint(&mut out, title_idx[title.as_str()]);
        varint(&mut out, since.map_or(0, number));
        varint(&mut out, until.map_or(0, number));
        out.push(*source as u8);
    }
    out
}

/// A partial date as one number, 0 being none.
fn number(date: PartialDate) -> u64 {
    let text = date.to_string();
    let mut parts = text.split('-').map(|part| part.parse::<u64>().expect("digits"));
    let mut next = || parts.next().unwrap_or(0);
    let (year, month, day) = (next(), next(), next());
    (year * 13 + month) * 32 + day
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Pieces of bytes, one after the other.
#[derive(Default)]
struct Blob {
    bytes: Vec<u8>,
    starts: Vec<u32>,
}

impl Blob {
    fn push(&mut self, piece: &[u8]) {
        self.starts.push(self.bytes.len() as u32);
        self.bytes.extend(piece);
    }

    fn offsets(&self) -> Vec<u8> {
        let end = self.bytes.len() as u32;
        self.starts.iter().chain([&end]).flat_map(|start| start.to_le_bytes()).collect()
    }
}
