//! Which articles are copies of one text: syndicated, or lightly edited.
//!
//! MinHash of word shingles in one permutation (Li, Owen and Zhang, 2012): each shingle falls into a
//! bin, each bin keeps its least hash. Three bins are a band; two texts that share two of eight bands are
//! compared in full. At an overlap of .8, that misses 3 copies in 100; at .9, none in 1,000.

use crate::hash::fnv_1a;

const N_WORDS: usize = 5;
const N_BANDS: usize = 8;
const ROWS: usize = 3;

/// The keys under which a text is found by its copies; fewer or none if it is short.
pub(crate) fn bands(text: &str) -> Vec<i64> {
    let mut least = [u64::MAX; N_BANDS * ROWS];
    for shingle in shingles(text) {
        let bin = (shingle >> 32) as usize % least.len();
        least[bin] = least[bin].min(shingle);
    }
    let bands = least.chunks(ROWS).enumerate().filter(|(_, band)| !band.contains(&u64::MAX));
    // 40 bits: SQLite stores them in six bytes, and a wrong candidate only costs a comparison.
    let key = |(idx, band): (usize, &[u64])| {
        (band.iter().fold(idx as u64, |hash, &value| mix(hash ^ value)) >> 24) as i64
    };
    bands.map(key).collect()
}

/// The word shingles of a text, to be compared with those of others.
pub(crate) struct Shingles {
    /// A table in which a shingle stands at its first bits, or after; 0: nothing.
    slots: Vec<u64>,
    shift: u32,
    n: usize,
}

impl Shingles {
    /// Those of a text.
    pub(crate) fn of(text: &str) -> Shingles {
        let all: Vec<u64> = shingles(text).collect();
        let n_slots = (all.len() * 2).next_power_of_two().max(64);
        let shift = u64::BITS - n_slots.trailing_zeros();
        let mut table = Shingles { slots: vec![0; n_slots], shift, n: 0 };
        for shingle in all {
            let slot = table.slot(shingle);
            table.n += usize::from(table.slots[slot] == 0);
            table.slots[slot] = shingle.max(1);
        }
        table
    }

    /// Each once.
    pub(crate) fn distinct(&self) -> Vec<u64> {
        self.slots.iter().copied().filter(|&shingle| shingle != 0).collect()
    }

    /// Where a shingle stands, or would.
    fn slot(&self, shingle: u64) -> usize {
        let shingle = shingle.max(1);
        let mut slot = (shingle >> self.shift) as usize;
        while self.slots[slot] != 0 && self.slots[slot] != shingle {
            slot = (slot + 1) % self.slots.len();
        }
        slot
    }

    /// Whether another text, of which these are the distinct shingles, has this share, or more, in common with it (Jaccard).
    pub(crate) fn overlaps(&self, others: &[u64], share: f64) -> bool {
        // Once so many are missed, the share is out of reach, whatever else there is.
        let most_missed = (self.n as f64 * (1.0 - share) / share) as usize;
        let mut n_missed = 0;
        for &shingle in others {
            n_missed += usize::from(self.slots[self.slot(shingle)] == 0);
            if n_missed > most_missed {
                return false;
            }
        }
        let n_both = others.len() - n_missed;
        n_both as f64 >= share * (self.n + n_missed).max(1) as f64
    }
}

/// Hashes of each run of five words.
fn shingles(text: &str) -> impl Iterator<Item = u64> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let hash = |word: &str| fnv_1a(word.bytes().map(|byte| byte.to_ascii_lowercase()));
    let mut last = [0_u64; N_WORDS];
    words.enumerate().filter_map(move |(idx, word)| {
        last.rotate_left(1);
        last[N_WORDS - 1] = hash(word);
        let shingle = || last.iter().fold(0, |hash, &word| mix(hash ^ word));
        (idx + 1 >= N_WORDS).then(shingle)
    })
}

/// Spreads every bit over all others (the finaliser of SplitMix64).
pub(super) fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three hundred sentences of our own making, all different.
    fn text(seed: usize) -> String {
        let words =
            ["river", "council", "met", "on", "pledge", "water", "after", "border", "minister"];
        let sentence = |n: usize| {
            let word =
                |k: usize| words[mix((seed * 1000 + n * 7 + k) as u64) as usize % words.len()];
            format!("The {} {} {} {} the {} {n}.", word(0), word(1), word(2), word(3), word(4))
        };
        (0..300).map(sentence).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_edited_copy_shares_bands_and_another_text_does_not() {
        let mut n_missed = 0;
        for seed in 0..50 {
            let original = text(seed);
            let copy =
                original.replace("17.", "17, agencies report.").replace("The council", "A council");
            let shared = |other: &str| {
                let bands = bands(other);
                self::bands(&original).iter().filter(|band| bands.contains(band)).count()
            };
            n_missed += usize::from(shared(&copy) < 2);
            assert!(shared(&text(seed + 100)) < 2, "{seed}");
            let shingles = Shingles::of(&original);
            let overlaps =
                |other: &str, share| shingles.overlaps(&Shingles::of(other).distinct(), share);
            assert!(overlaps(&original, 1.0));
            assert!(overlaps(&copy, 0.7) && !overlaps(&copy, 0.95));
            assert!(!overlaps(&text(seed + 100), 0.2));
        }
        assert!(n_missed <= 2, "{n_missed} of 50");
    }
}
