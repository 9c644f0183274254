//! The same words of one speaker, quoted differently.
//!
//! Two quotations are variants if most words of the shorter one stand in the other in the same order.
//! Known misses: a translation done twice; a quotation cut to fewer than five words.

use onrecord_record::Form;

use super::SaidRow;
use super::filter::{Filter, form_code};
use crate::error::Result;
use crate::fold::fold;
use crate::names::Names;
use crate::store::Store;

/// Quotations with fewer words are alike by chance: "we are ready".
const N_WORDS: usize = 5;

/// Share of the shorter one's words that the longer has to have, in order.
const ALIKE: f64 = 0.7;

/// Quotations of the same words.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct VariantGroup {
    /// The speaker.
    pub speaker: Option<String>,
    /// In order of publication.
    pub variants: Vec<Variant>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Variant {
    /// The words with what differs from the first one: `[left out]` and `{put in}`.
    pub difference: String,
    /// The statement.
    pub said: SaidRow,
}

impl Store {
    /// Groups of two or more quotations of the same words, those quoted last first. `filter.form` is not
    /// looked at: only quotations are.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn variants(&self, filter: &Filter, names: &dyn Names) -> Result<Vec<VariantGroup>> {
        let all = Filter { form: None, limit: None, ..filter.clone() };
        let mut conditions = all.of_statements(self, names)?;
        conditions.add("statement.form <> ?", form_code(Form::Indirect));
        let said = self.said_where(&conditions, "article.published, statement.id", -1)?;
        let mut groups = group(said);
        groups.reverse();
        groups.truncate(filter.limit.map_or(usize::MAX, |limit| limit as usize));
        Ok(groups)
    }
}

/// Brings quotations in order of publication together, each with the first group it is like.
fn group(said: Vec<SaidRow>) -> Vec<VariantGroup> {
    use std::collections::BTreeMap;
    let mut groups: Vec<(Vec<String>, Vec<SaidRow>)> = Vec::new();
    // Groups by speaker and each run of three words of their first quotation.
    let mut by_words: BTreeMap<(Option<i64>, [String; 3]), usize> = BTreeMap::new();
    for row in said {
        let words = words(&row.words);
        if words.len() < N_WORDS || row.speaker_id.is_none() {
            continue;
        }
        let runs = || words.windows(3).map(|run| [run[0].clone(), run[1].clone(), run[2].clone()]);
        let found = runs().find_map(|run| {
            let idx = *by_words.get(&(row.speaker_id, run))?;
            is_alike(&groups[idx].0, &words).then_some(idx)
        });
        match found {
            Some(idx) => groups[idx].1.push(row),
            None => {
                for run in runs() {
                    by_words.entry((row.speaker_id, run)).or_insert(groups.len());
                }
                groups.push((words, vec![row]));
            }
        }
    }
    let several = groups.into_iter().filter(|(_, rows)| rows.len() > 1);
    let group = |(_, rows): (Vec<String>, Vec<SaidRow>)| {
        let first = rows[0].words.clone();
        let variant = |said: SaidRow| Variant { difference: difference(&first, &said.words), said };
        VariantGroup {
            speaker: rows[0].speaker.clone(),
            variants: rows.into_iter().map(variant).collect(),
        }
    };
    several.map(group).collect()
}

fn words(quotation: &str) -> Vec<String> {
    fold(quotation).split(' ').map(str::to_owned).collect()
}

fn is_alike(left: &[String], right: &[String]) -> bool {
    let n_same = common(left, right).len();
    n_same as f64 >= ALIKE * left.len().min(right.len()) as f64
}

/// What differs from the first quotation, word by word; punctuation is no difference.
fn difference(first: &str, other: &str) -> String {
    let split = |text: &str| -> Vec<String> {
        text.split_whitespace().filter(|word| !fold(word).is_empty()).map(str::to_owned).collect()
    };
    let (old, new) = (split(first), split(other));
    let folded = |words: &[String]| words.iter().map(|word| fold_word(word)).collect::<Vec<_>>();
    let mut parts: Vec<String> = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    let ends = [(old.len(), new.len())];
    for (old_idx, new_idx) in common(&folded(&old), &folded(&new)).into_iter().chain(ends) {
        if at_old < old_idx {
            parts.push(format!("[{}]", old[at_old..old_idx].join(" ")));
        }
        if at_new < new_idx {
            parts.push(format!("{{{}}}", new[at_new..new_idx].join(" ")));
        }
        parts.extend(new.get(new_idx).cloned());
        (at_old, at_new) = (old_idx + 1, new_idx + 1);
    }
    parts.join(" ")
}

/// [`fold`], but "the" is a word here.
fn fold_word(word: &str) -> String {
    match word.trim_matches(|c: char| !c.is_alphanumeric()) {
        the if the.eq_ignore_ascii_case("the") => "the".to_owned(),
        word => fold(word),
    }
}

/// The places of a longest common subsequence.
fn common<T: PartialEq>(left: &[T], right: &[T]) -> Vec<(usize, usize)> {
    let width = right.len() + 1;
    let mut longest = vec![0_u32; (left.len() + 1) * width];
    for l in (0..left.len()).rev() {
        for r in (0..right.len()).rev() {
            longest[l * width + r] = match left[l] == right[r] {
                true => longest[(l + 1) * width + r + 1] + 1,
                false => longest[(l + 1) * width + r].max(longest[l * width + r + 1]),
            };
        }
    }
    let (mut l, mut r) = (0, 0);
    let mut places = Vec::new();
    while l < left.len() && r < right.len() {
        if left[l] == right[r] {
            places.push((l, r));
            (l, r) = (l + 1, r + 1);
        } else if longest[(l + 1) * width + r] >= longest[l * width + r + 1] {
            l += 1;
        } else {
            r += 1;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_shown() {
        let cases = [
            (
                "“We will open the road,” … “soon.”",
                "“We will open the road soon”",
                "“We will open the road soon”",
            ),
            (
                "We will open the road",
                "We shall open a road",
                "We [will] {shall} open [the] {a} road",
            ),
            ("We will", "We will not", "We will {not}"),
            ("We will not", "We will", "We will [not]"),
        ];
        for (first, other, expected) in cases {
            assert_eq!(difference(first, other), expected);
        }
    }
}
