//! Articles that say the same in the same words: copies, and copies with a few changes.
//!
//! An article's [`Signature`] is made from its text alone, and two of them tell how alike the
//! texts are. [`Groups`] puts alike articles together, one after the other as they come; nothing is
//! dropped. The signatures' [bands](Signature::bands) are plain numbers that a database can index:
//! articles without a band in common are not alike.
//!
//! The method is MinHash with locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman and
//! Ullman, *Mining of Massive Datasets*, ch. 3) over runs of four words.

use std::collections::BTreeMap;

use onrecord_record::ArticleId;

/// Words in a shingle. Fewer make articles of one topic alike, more make every edit count.
const SHINGLE: usize = 4;

/// Minima in a signature. The estimate's standard error is √(j(1-j)/128), at most .044.
const N_MINIMA: usize = 128;

/// Minima in a band. With 32 bands of 4, a pair with half of its shingles in common has a band
/// in common with a probability of .87, with two thirds of .999, with a tenth of .003.
const N_ROWS: usize = 4;

/// Bands in a signature.
pub const N_BANDS: usize = N_MINIMA / N_ROWS;

/// From here on two texts are near duplicates, as a share of their shingles. Changing a word
/// takes four shingles: half is left when every eighth to ninth word of a text has changed, or
/// a copy was cut to half.
pub const ALIKE: f64 = 0.5;

/// What tells whether two texts say the same in the same words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    exact: ArticleId,
    minima: Box<[u32; N_MINIMA]>,
}

impl Signature {
    /// The signature of a text. Case, punctuation and spaces do not count.
    pub fn of(text: &str) -> Signature {
        let words: Vec<u64> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| hash(word.chars().flat_map(char::to_lowercase)))
            .collect();
        let mut minima = Box::new([u32::MAX; N_MINIMA]);
        let mut add = |shingle: &[u64]| {
            let seed = shingle.iter().fold(0, |sum: u64, &word| mix(sum.rotate_left(21) ^ word));
            // Two hashes make all others (Kirsch and Mitzenmacher 2006).
            let (mut value, step) = (seed, mix(seed) | 1);
            for minimum in minima.iter_mut() {
                value = value.wrapping_add(step);
                *minimum = (*minimum).min((mix(value) >> 32) as u32);
            }
        };
        if words.len() < SHINGLE {
            if !words.is_empty() {
                add(&words);
            }
        } else {
            words.windows(SHINGLE).for_each(&mut add);
        }
        Signature { exact: ArticleId::of(text), minima }
    }

    /// Keys that two alike texts most likely have one of in common; the key of a band is never
    /// that of another band.
    pub fn bands(&self) -> [u64; N_BANDS] {
        std::array::from_fn(|band| {
            let rows = &self.minima[band * N_ROWS..(band + 1) * N_ROWS];
            let hash = rows.iter().fold(0, |sum: u64, &row| mix(sum ^ u64::from(row)));
            // The band's number in the low bits, so that one table can hold them all.
            hash / N_BANDS as u64 * N_BANDS as u64 + band as u64
        })
    }

    /// The share of shingles that two texts have in common, as far as their signatures tell;
    /// 1 for the same text.
    pub fn likeness(&self, other: &Signature) -> f64 {
        if self.exact == other.exact {
            return 1.0;
        }
        // Texts without words have nothing in common.
        if self.minima.iter().all(|&minimum| minimum == u32::MAX) {
            return 0.0;
        }
        let n_same = self.minima.iter().zip(other.minima.iter()).filter(|(a, b)| a == b).count();
        n_same as f64 / N_MINIMA as f64
    }

    /// As bytes, to be kept: the text's hash, then the minima, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let minima = self.minima.iter().flat_map(|minimum| minimum.to_le_bytes());
        self.exact.as_bytes().iter().copied().chain(minima).collect()
    }

    /// What [`to_bytes`](Signature::to_bytes) made; `None` if it is anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Signature> {
        let (exact, rest) = bytes.split_first_chunk::<32>()?;
        let (words, end) = rest.as_chunks::<4>();
        let minima: Vec<u32> = words.iter().map(|word| u32::from_le_bytes(*word)).collect();
        let minima: Box<[u32; N_MINIMA]> = minima.into_boxed_slice().try_into().ok()?;
        end.is_empty().then(|| Signature { exact: ArticleId::from_bytes(*exact), minima })
    }
}

/// Groups of alike articles, made one article at a time.
///
/// Being alike is carried on: if a is like b and b like c, all three are one group. Which groups
/// there are does not depend on the order in which articles come.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    signatures: Vec<Signature>,
    /// The article that this one was joined to; itself if it is its group's first.
    parents: Vec<usize>,
    bands: BTreeMap<u64, Vec<usize>>,
}

impl Groups {
    /// No articles yet.
    pub fn new() -> Groups {
        Groups::default()
    }

    /// Adds an article; its number is how many there were before. Returns the articles that it is
    /// alike to, in order.
    pub fn add(&mut self, signature: Signature) -> Vec<usize> {
        let idx = self.signatures.len();
        let bands = signature.bands();
        let mut candidates: Vec<usize> =
            bands.iter().filter_map(|band| self.bands.get(band)).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.retain(|&other| signature.likeness(&self.signatures[other]) >= ALIKE);
        for band in bands {
            self.bands.entry(band).or_default().push(idx);
        }
        self.signatures.push(signature);
        self.parents.push(idx);
        for &other in &candidates {
            let (a, b) = (self.first_of(idx), self.first_of(other));
            self.parents[a.max(b)] = a.min(b);
        }
        candidates
    }

    /// The first article of the group that this one is in.
    ///
    /// # Panics
    /// If there is no such article.
    pub fn first_of(&mut self, mut idx: usize) -> usize {
        while self.parents[idx] != idx {
            self.parents[idx] = self.parents[self.parents[idx]];
            idx = self.parents[idx];
        }
        idx
    }

    /// All groups with their articles, both in the order in which they came.
    pub fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for idx in 0..self.parents.len() {
            groups.entry(self.first_of(idx)).or_default().push(idx);
        }
        groups.into_values().collect()
    }
}

/// FNV-1a over the characters, then mixed: the same on every machine and for ever, as kept
/// signatures have to be.
fn hash(characters: impl Iterator<Item = char>) -> u64 {
    let fnv = characters.fold(0xCBF2_9CE4_8422_2325, |sum: u64, character| {
        (sum ^ u64::from(u32::from(character))).wrapping_mul(0x0100_0000_01B3)
    });
    mix(fnv)
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words in an order that a seed decides, like those of an article.
    fn article(seed: u64, n_words: usize) -> Vec<String> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            mix(state)
        };
        (0..n_words).map(|_| format!("word{}", next() % 2000)).collect()
    }

    /// The article with every `every`th word another.
    fn edited(article: &[String], every: usize) -> Vec<String> {
        let edit = |(idx, word): (usize, &String)| match idx % every {
            0 => format!("{word}x"),
            _ => word.clone(),
        };
        article.iter().enumerate().map(edit).collect()
    }

    #[test]
    fn perturbed_copies_are_found_and_other_articles_are_not() {
        const N: usize = 300;
        let originals: Vec<_> = (0..N as u64).map(|seed| article(seed * 7 + 1, 400)).collect();
        let cut = |article: &[String], n: usize| article[..n].to_vec();
        let led = |article: &[String]| [article, &self::article(999, 40)].concat();
        // How the copy was made, and the least share of copies that has to be found.
        let copies: [(&str, Vec<Vec<String>>, f64); 6] = [
            ("every 40th word", originals.iter().map(|a| edited(a, 40)).collect(), 1.0),
            ("every 20th word", originals.iter().map(|a| edited(a, 20)).collect(), 0.99),
            ("cut by a fifth", originals.iter().map(|a| cut(a, 320)).collect(), 1.0),
            ("cut by a third", originals.iter().map(|a| cut(a, 267)).collect(), 0.98),
            ("40 words more", originals.iter().map(|a| led(a)).collect(), 1.0),
            ("every 4th word: no copy", originals.iter().map(|a| edited(a, 4)).collect(), 0.0),
        ];
        let mut failures = Vec::new();
        for (name, copies, least) in copies {
            let mut groups = Groups::new();
            for article in &originals {
                let alike = groups.add(Signature::of(&article.join(" ")));
                assert!(alike.is_empty(), "articles that have nothing to do with each other");
            }
            let mut n_found = 0;
            let mut n_wrong = 0;
            for (idx, copy) in copies.iter().enumerate() {
                let alike = groups.add(Signature::of(&copy.join(" ")));
                n_found += usize::from(alike.contains(&idx));
                // Copies with a paragraph in common are no copies of each other.
                n_wrong += alike.iter().filter(|&&other| other != idx).count();
            }
            let share = n_found as f64 / N as f64;
            if share < least || n_wrong > 0 || (least == 0.0 && n_found > 0) {
                failures.push(format!("{name}: {share} found, {n_wrong} wrong"));
            }
        }
        assert!(failures.is_empty(), "{failures:#?}");
    }

    #[test]
    fn groups_do_not_depend_on_the_order() {
        let a = article(1, 300);
        let texts = [a.clone(), edited(&a, 30), edited(&edited(&a, 30), 17), article(2, 300)];
        let signatures: Vec<_> = texts.iter().map(|text| Signature::of(&text.join(" "))).collect();
        let mut shapes = Vec::new();
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
            let mut groups = Groups::new();
            for idx in order {
                groups.add(signatures[idx].clone());
            }
            let mut shape: Vec<Vec<usize>> = groups
                .groups()
                .into_iter()
                .map(|group| {
                    let mut group: Vec<_> = group.into_iter().map(|at| order[at]).collect();
                    group.sort_unstable();
                    group
                })
                .collect();
            shape.sort();
            shapes.push(shape);
        }
        assert_eq!(shapes, vec![vec![vec![0, 1, 2], vec![3]]; 3]);
    }

    #[test]
    fn short_and_empty_texts() {
        let likeness = |a: &str, b: &str| Signature::of(a).likeness(&Signature::of(b));
        assert_eq!(likeness("They met.", "they MET"), 1.0);
        assert_eq!(likeness("They met.", "They left."), 0.0);
        assert_eq!(likeness("…", "!"), 0.0);
        assert_eq!(likeness("", ""), 1.0);
    }

    #[test]
    fn signatures_can_be_kept() {
        let signature = Signature::of("They met in Baku and talked about water.");
        assert_eq!(Signature::from_bytes(&signature.to_bytes()), Some(signature.clone()));
        assert_eq!(Signature::from_bytes(&signature.to_bytes()[1..]), None);
        // A database has them: they must never change.
        assert_eq!(
            signature.bands().map(|band| band % N_BANDS as u64),
            std::array::from_fn(|i| i as u64)
        );
    }
}
