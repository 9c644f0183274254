//! One compiled file of knowledge, read in place.

use std::borrow::Cow;
use std::ops::Range;

use fst::Map;
use onrecord_record::{Country, Kind, PartialDate, Sector};

use crate::builder::{InText, MAGIC};
use crate::entry::{Entry, EntryId, Relation, Sex, Source, Tenure};
use crate::error::{Error, Kind as ErrorKind};

type Bytes = Cow<'static, [u8]>;

/// A file as [`Builder`](crate::Builder) writes it.
#[derive(Clone)]
pub(crate) struct Layer {
    string_offsets: Bytes,
    strings: Bytes,
    entry_offsets: Bytes,
    entries: Bytes,
    postings: Bytes,
    pub(crate) names: Map<Bytes>,
    pub(crate) keys: Map<Bytes>,
}

/// A name's way to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    pub(crate) idx: u32,
    pub(crate) relation: Relation,
    pub(crate) in_text: InText,
}

impl Layer {
    /// Opens a file. What lies in its sections is trusted: only a [`Builder`](crate::Builder) writes them.
    pub(crate) fn open(file: Bytes) -> Result<Layer, Error> {
        let not = || Error::new(ErrorKind::NotKnowledge);
        let header = MAGIC.len() + 7 * 4;
        if file.len() < header || !file.starts_with(MAGIC) {
            return Err(not());
        }
        let mut start = header;
        let mut sections = Vec::new();
        for idx in 0..7 {
            let end = start + u32_at(&file, MAGIC.len() / 4 + idx) as usize;
            sections.push(part(&file, start..end).ok_or_else(not)?);
            start = end;
        }
        let mut sections = sections.into_iter();
        let mut next = || sections.next().expect("seven");
        Ok(Layer {
            string_offsets: next(),
            strings: next(),
            entry_offsets: next(),
            entries: next(),
            postings: next(),
            names: Map::new(next()).map_err(|_| not())?,
            keys: Map::new(next()).map_err(|_| not())?,
        })
    }

    pub(crate) fn n_entries(&self) -> u32 {
        (self.entry_offsets.len() / 4) as u32 - 1
    }

    pub(crate) fn entry(&self, layer: u8, idx: u32) -> Entry<'_> {
        let mut bytes = piece(&self.entry_offsets, &self.entries, idx);
        let [kind, sex, rank, source, a, b, c] = take(&mut bytes, 7).try_into().expect("7 bytes");
        let country = [a, b, c];
        let bits = varint(&mut bytes);
        let wikidata = varint(&mut bytes);
        let iso2 = text(&mut bytes);
        let name = text(&mut bytes);
        let tenures = (0..varint(&mut bytes)).map(|_| self.tenure(&mut bytes)).collect();
        let mut links = Vec::new();
        if !iso2.is_empty() {
            links.push(("iso3166", iso2.to_owned()));
        }
        if wikidata > 0 {
            links.push(("wikidata", format!("Q{wikidata}")));
        }
        Entry {
            id: EntryId { layer, idx },
            name,
            kind: Kind::ALL[usize::from(kind)],
            country: std::str::from_utf8(&country).ok().and_then(Country::new),
            sectors: Sector::ALL.iter().filter(|s| bits & 1 << **s as u64 != 0).copied().collect(),
            sex: [None, Some(Sex::Male), Some(Sex::Female)][usize::from(sex)],
            links,
            tenures,
            rank,
            source: Source::ALL[usize::from(source)],
        }
    }

    fn tenure<'k>(&'k self, bytes: &mut &'k [u8]) -> Tenure<'k> {
        let title = piece(&self.string_offsets, &self.strings, varint(bytes) as u32);
        Tenure {
            title: std::str::from_utf8(title).expect("written as text"),
            since: date(varint(bytes)),
            until: date(varint(bytes)),
            source: Source::ALL[usize::from(take(bytes, 1)[0])],
        }
    }

    /// What an FST's value stands for, in the order of entries.
    pub(crate) fn postings(&self, value: u64) -> impl ExactSizeIterator<Item = Posting> + '_ {
        let (single, list): (u32, &[u8]) = if value & 1 == 1 {
            ((value >> 1) as u32, &[])
        } else {
            let start = (value >> 1) as usize;
            let len = u32_at(&self.postings[start..], 0) as usize;
            (0, &self.postings[start + 4..start + 4 + len * 4])
        };
        let n = if value & 1 == 1 { 1 } else { list.len() / 4 };
        (0..n).map(move |idx| {
            let bits = if value & 1 == 1 { single } else { u32_at(list, idx) };
            Posting {
                idx: bits >> 6,
                relation: Relation::ALL[(bits >> 2 & 15) as usize],
                in_text: [InText::Found, InText::Capitals, InText::Skipped][(bits & 3) as usize],
            }
        })
    }

    pub(crate) fn named(&self, folded: &str) -> impl Iterator<Item = Posting> + '_ {
        self.names.get(folded).into_iter().flat_map(|value| self.postings(value))
    }

    pub(crate) fn keyed(&self, letter: char, key: &str) -> impl Iterator<Item = Posting> + '_ {
        let value = self.keys.get(format!("{letter}{key}"));
        value.into_iter().flat_map(|value| self.postings(value))
    }
}

/// A part of a file: of the embedded one without copying.
fn part(file: &Bytes, range: Range<usize>) -> Option<Bytes> {
    Some(match file {
        Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(range)?),
        Cow::Owned(bytes) => Cow::Owned(bytes.get(range)?.to_vec()),
    })
}

/// The u32 at `idx`, counted in fours.
fn u32_at(bytes: &[u8], idx: usize) -> u32 {
    u32::from_le_bytes(bytes[idx * 4..idx * 4 + 4].try_into().expect("four bytes"))
}

fn piece<'k>(offsets: &[u8], bytes: &'k [u8], idx: u32) -> &'k [u8] {
    let idx = idx as usize;
    &bytes[u32_at(offsets, idx) as usize..u32_at(offsets, idx + 1) as usize]
}

fn take<'k>(bytes: &mut &'k [u8], n: usize) -> &'k [u8] {
    let (taken, rest) = bytes.split_at(n);
    *bytes = rest;
    taken
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in (0..).step_by(7) {
        let byte = take(bytes, 1)[0];
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    value
}

fn text<'k>(bytes: &mut &'k [u8]) -> &'k str {
    let len = varint(bytes) as usize;
    std::str::from_utf8(take(bytes, len)).expect("written as text")
}

fn date(number: u64) -> Option<PartialDate> {
    let (year, month, day) = (number / 416, number / 32 % 13, number % 32);
    let text = match (year, month, day) {
        (0, ..) => return None,
        (_, 0, _) => format!("{year:04}"),
        (_, _, 0) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    };
    text.parse().ok()
}
