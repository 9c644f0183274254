//! All that is known: the embedded knowledge, and the user's entries over it.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::entry::{Entry, EntryId, Relation, Sex};
use crate::error::{Error, Kind as ErrorKind};
use crate::fold::fold;
use crate::layer::{Layer, Posting};

static EMBEDDED: &[u8] = include_bytes!("../knowledge/actors.bin");

/// Who is who. Cheap to copy as long as there are few entries of the user's.
#[derive(Clone)]
pub struct Knowledge {
    /// The embedded one first, at most 256; where names meet, a later one rules.
    layers: Vec<Layer>,
}

impl Knowledge {
    /// The knowledge that is part of this crate.
    pub fn embedded() -> &'static Knowledge {
        static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
        KNOWLEDGE.get_or_init(|| {
            let layer = Layer::open(Cow::Borrowed(EMBEDDED)).expect("a test opens it");
            Knowledge { layers: vec![layer] }
        })
    }

    /// Knowledge from a file that a [`Builder`](crate::Builder) wrote.
    ///
    /// # Errors
    /// If it is of another version, or no such file.
    pub fn from_file(file: Vec<u8>) -> Result<Knowledge, Error> {
        Ok(Knowledge { layers: vec![Layer::open(Cow::Owned(file))?] })
    }

    /// The size of the embedded file.
    pub fn embedded_len() -> usize {
        EMBEDDED.len()
    }

    /// This with a user's entries over it: where a name is one of theirs, the others that bear it
    /// are no longer found by it. The format is described in `docs/actors.md`:
    ///
    /// ```
    /// use onrecord_actors::Knowledge;
    ///
    /// let tsv = "name\taliases\tkind\tcountry\toffice\tsince\n\
    ///            Lena Tereny\tL. M. Tereny|Тереньи\tperson\tOST\tForeign Minister\t2025-03\n";
    /// let knowledge = Knowledge::embedded().with_user_entries(tsv).unwrap();
    /// let found = knowledge.look_up("Tereny", None);
    /// assert_eq!(knowledge.entry(found[0].entry).name, "Lena Tereny");
    ///
    /// let error = Knowledge::embedded().with_user_entries("name\tkind\nX\tking\n").err().unwrap();
    /// assert_eq!(error.line(), Some(2));
    /// ```
    ///
    /// # Errors
    /// With the number of the first line that is wrong.
    pub fn with_user_entries(&self, tsv: &str) -> Result<Knowledge, Error> {
        if self.layers.len() > 255 {
            return Err(Error::new(ErrorKind::TooMany));
        }
        let mut layers = self.layers.clone();
        layers.push(Layer::open(Cow::Owned(crate::user::read(tsv)?.finish()))?);
        Ok(Knowledge { layers })
    }

    /// An entry of this knowledge.
    ///
    /// # Panics
    /// If the number comes from another knowledge that has more entries.
    pub fn entry(&self, id: EntryId) -> Entry<'_> {
        self.layers[usize::from(id.layer)].entry(id.layer, id.idx)
    }

    /// All entries, in order.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        let layers = self.layers.iter().zip(0u8..);
        layers.flat_map(|(layer, no)| (0..layer.n_entries()).map(move |idx| layer.entry(no, idx)))
    }

    /// The state that a word stands for, and how: its name, its people, its capital, the seat of
    /// its government, a description. `None` too where two states are meant alike.
    pub fn state_of(&self, word: &str) -> Option<(EntryId, Relation)> {
        let mut states: Vec<(EntryId, Relation, u8)> = self
            .named(crate::look_up::without_article(&fold(word)))
            .filter_map(|(id, posting)| {
                let entry = self.entry(id);
                let is_state = entry.kind == onrecord_record::Kind::State;
                is_state.then_some((id, posting.relation, entry.rank))
            })
            .collect();
        states.sort_by_key(|&(id, relation, rank)| (relation, std::cmp::Reverse(rank), id));
        states.dedup_by_key(|state| state.0);
        match states[..] {
            [] => None,
            [(_, a, rank_a), (_, b, rank_b), ..] if a == b && rank_a == rank_b => None,
            [(id, relation, _), ..] => Some((id, relation)),
        }
    }

    /// The sex of nine in ten of the politicians with this first name, if there are three or more.
    pub fn first_name_sex(&self, name: &str) -> Option<Sex> {
        let (mut men, mut women) = (0, 0);
        for layer in &self.layers {
            let counts = layer.keys.get(format!("f{}", fold(name))).unwrap_or(0);
            men += counts >> 20;
            women += counts & 0xf_ffff;
        }
        match (men, women) {
            (0, 0) => None,
            _ if men >= 9 * women => Some(Sex::Male),
            _ if women >= 9 * men => Some(Sex::Female),
            _ => None,
        }
    }

    pub(crate) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The layers with their numbers, the uppermost first.
    fn downwards(&self) -> impl Iterator<Item = (&Layer, u8)> {
        (0..self.layers.len()).rev().map(|no| (&self.layers[no], no as u8))
    }

    /// The entries that bear a folded name, of the uppermost layer that has it.
    pub(crate) fn named(&self, folded: &str) -> impl Iterator<Item = (EntryId, Posting)> {
        let found: Vec<(EntryId, Posting)> = self
            .downwards()
            .map(|(layer, no)| layer.named(folded).map(move |p| (id(no, p), p)).collect())
            .find(|found: &Vec<_>| !found.is_empty())
            .unwrap_or_default();
        found.into_iter()
    }

    /// The entries with another key, of all layers, the user's first.
    pub(crate) fn keyed(
        &self,
        letter: char,
        key: &str,
    ) -> impl Iterator<Item = (EntryId, Posting)> {
        let found = self.downwards().flat_map(|(layer, no)| {
            layer.keyed(letter, key).map(move |p| (id(no, p), p)).collect::<Vec<_>>()
        });
        found.collect::<Vec<_>>().into_iter()
    }
}

fn id(layer: u8, posting: Posting) -> EntryId {
    EntryId { layer, idx: posting.idx }
}
