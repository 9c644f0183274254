//! The pieces and their numbers.

use std::ops::Range;

use crate::error::{Error, Kind};

/// All pieces, found by their text.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    text: &'static str,
    /// Bytes of each piece in `text`, without the `##` of continuations.
    pieces: Vec<Range<u32>>,
    /// Open addressing by hash; a power of two long and at most half full.
    table: Vec<Slot>,
    /// Bytes of the longest piece.
    longest: usize,
    unknown: u32,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u32,
    id: u32,
}

const EMPTY: u32 = u32::MAX;

/// Hashes of the empty piece at the beginning of a word and inside it.
const BEGIN: u64 = 0x9e37_79b9_7f4a_7c15;
const INSIDE: u64 = 0xd1b5_4a32_d192_ed03;

#[inline]
fn extend(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(23)
}

impl Vocabulary {
    /// From pieces joined by newlines, in the order of their numbers.
    pub(crate) fn new(bytes: &'static [u8], n_pieces: usize) -> Result<Self, Error> {
        let text = str::from_utf8(bytes).map_err(|_| Kind::Vocabulary("is not UTF-8"))?;
        let mut out = Self {
            text,
            pieces: Vec::with_capacity(n_pieces),
            table: vec![Slot { hash: 0, id: EMPTY }; (2 * n_pieces).next_power_of_two()],
            longest: 0,
            unknown: EMPTY,
        };
        let mut start = 0;
        for (id, piece) in text.split('\n').enumerate() {
            if id == n_pieces {
                return Err(Kind::Vocabulary("is longer than its embeddings").into());
            }
            let id = id as u32;
            let end = start + piece.len();
            if piece == "[UNK]" {
                out.unknown = id;
            }
            let (seed, bare) = match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => (INSIDE, rest),
                _ => (BEGIN, piece),
            };
            out.pieces.push((end - bare.len()) as u32..end as u32);
            out.longest = out.longest.max(bare.len());
            let hash = bare.bytes().fold(seed, extend);
            let mut at = out.slot(hash);
            while out.table[at].id != EMPTY {
                at = (at + 1) & (out.table.len() - 1);
            }
            out.table[at] = Slot { hash: (hash >> 32) as u32, id };
            start = end + 1;
        }
        if out.pieces.len() != n_pieces {
            return Err(Kind::Vocabulary("is shorter than its embeddings").into());
        }
        if out.unknown == EMPTY {
            return Err(Kind::Vocabulary("has no [UNK]").into());
        }
        Ok(out)
    }

    /// Appends the pieces of a normalised word: the longest that fit, from its beginning on; `[UNK]` if
    /// none does somewhere.
    pub(crate) fn split(&self, word: &[u8], ids: &mut Vec<u32>) {
        let before = ids.len();
        let mut hashes = [0; 64];
        let longest = self.longest.min(hashes.len());
        let mut start = 0;
        while start < word.len() {
            let rest = &word[start..word.len().min(start + longest)];
            let mut hash = if start == 0 { BEGIN } else { INSIDE };
            for (to, &byte) in hashes.iter_mut().zip(rest) {
                hash = extend(hash, byte);
                *to = hash;
            }
            let found = (1..=rest.len())
                .rev()
                .find_map(|n| Some((n, self.find(hashes[n - 1], &rest[..n], start == 0)?)));
            let Some((n, id)) = found else {
                ids.truncate(before);
                ids.push(self.unknown);
                return;
            };
            ids.push(id);
            start += n;
        }
    }

    pub(crate) fn unknown(&self) -> u32 {
        self.unknown
    }

    fn find(&self, hash: u64, piece: &[u8], begins: bool) -> Option<u32> {
        let mut at = self.slot(hash);
        loop {
            let slot = self.table[at];
            if slot.id == EMPTY {
                return None;
            }
            let range = &self.pieces[slot.id as usize];
            let range = range.start as usize..range.end as usize;
            if slot.hash == (hash >> 32) as u32
                && self.text.as_bytes()[range.clone()] == *piece
                && self.begins(range) == begins
            {
                return Some(slot.id);
            }
            at = (at + 1) & (self.table.len() - 1);
        }
    }

    /// Whether a piece stands at the beginning of a line, so that it begins a word.
    fn begins(&self, piece: Range<usize>) -> bool {
        piece.start == 0 || self.text.as_bytes()[piece.start - 1] == b'\n'
    }

    fn slot(&self, hash: u64) -> usize {
        hash as usize & (self.table.len() - 1)
    }
}
