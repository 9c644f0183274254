//! The same words of one speaker, quoted differently.
//!
//! Two quotations are variants if most words of the shorter one stand in the other in the same order.
//! Known misses: a translation done twice; a quotation cut to fewer than five words.

use std::collections::HashMap;

use onrecord_record::Form;
use rusqlite::{Connection, params_from_iter};

use super::SaidRow;
use super::filter::{Conditions, Filter, form_code};
use crate::error::Result;
use crate::fold::fold;
use crate::hash::fnv_1a;
use crate::names::Names;
use crate::store::Store;
use crate::words::{Part, cut, points_of};

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
        let _snapshot = self.snapshot()?;
        let all = Filter { form: None, limit: None, ..filter.clone() };
        let mut conditions = all.of_statements(self, names)?;
        conditions.add("statement.form <> ?", form_code(Form::Indirect));
        let mut groups = group(quotations(&self.db, &conditions)?);
        groups.reverse();
        groups.truncate(filter.limit.map_or(usize::MAX, |limit| limit as usize));
        groups.into_iter().map(|group| self.variant_group(&group)).collect()
    }

    fn variant_group(&self, statements: &[i64]) -> Result<VariantGroup> {
        let said = statements.iter().map(|&id| self.statement(id)).collect::<Result<Vec<_>>>()?;
        let first = said[0].words.clone();
        let variant = |said: SaidRow| Variant { difference: difference(&first, &said.words), said };
        Ok(VariantGroup {
            speaker: said[0].speaker.clone(),
            variants: said.into_iter().map(variant).collect(),
        })
    }
}

/// A quotation as far as it is compared.
struct Quotation {
    statement: i64,
    speaker: i64,
    /// Hashes of its words.
    words: Vec<u64>,
}

/// Quotations under conditions whose speaker is named, in order of publication; short ones are left out.
fn quotations(db: &Connection, conditions: &Conditions) -> Result<Vec<Quotation>> {
    // Texts are read one by one: with them, what has to be sorted would be a hundred times as large.
    let sql = format!(
        "SELECT statement.id, capacity.actor_id, article.id, content_start, content_end, more FROM {} \
         CROSS JOIN appearance ON appearance.id = statement.speaker_id \
         CROSS JOIN capacity ON capacity.id = appearance.capacity_id{} \
         ORDER BY article.published, statement.id",
        conditions.from(),
        conditions.sql()
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&conditions.values))?;
    let mut text = db.prepare_cached("SELECT text FROM article WHERE id = ?")?;
    let mut quotations = Vec::new();
    while let Some(row) = rows.next()? {
        let content = points_of(row, [3, 4, 5], Part::Content)?;
        let article: i64 = row.get(2)?;
        let words = text.query_row([article], |row| {
            Ok(words(&cut(row.get_ref(0)?.as_str().unwrap_or(""), &content)))
        })?;
        if words.len() >= N_WORDS {
            quotations.push(Quotation { statement: row.get(0)?, speaker: row.get(1)?, words });
        }
    }
    Ok(quotations)
}

/// Brings quotations in order of publication together, each with the first group it is like; gives the
/// statements of each group of several.
fn group(quotations: Vec<Quotation>) -> Vec<Vec<i64>> {
    let mut groups: Vec<(Vec<u64>, Vec<i64>)> = Vec::new();
    // Groups by speaker and each run of three words of their first quotation.
    let mut by_words: HashMap<(i64, [u64; 3]), usize> = HashMap::new();
    for Quotation { statement, speaker, words } in quotations {
        let runs = || words.windows(3).map(|run| (speaker, [run[0], run[1], run[2]]));
        let mut last = None;
        let found = runs().find_map(|run| {
            let idx = *by_words.get(&run)?;
            // The next run often leads to the same group.
            let is_new = last.replace(idx) != Some(idx);
            (is_new && is_alike(&groups[idx].0, &words)).then_some(idx)
        });
        match found {
            Some(idx) => groups[idx].1.push(statement),
            None => {
                for run in runs() {
                    by_words.entry(run).or_insert(groups.len());
                }
                groups.push((words, vec![statement]));
            }
        }
    }
    groups.into_iter().map(|(_, statements)| statements).filter(|group| group.len() > 1).collect()
}

/// Hashes of the words of a quotation, folded.
fn words(quotation: &str) -> Vec<u64> {
    fold(quotation).split(' ').map(|word| fnv_1a(word.bytes())).collect()
}

fn is_alike(left: &[u64], right: &[u64]) -> bool {
    // The length of a longest common subsequence, a row at a time.
    let mut longest = vec![0_u32; right.len() + 1];
    for word in left {
        let mut diagonal = 0;
        for (idx, other) in right.iter().enumerate() {
            let above = longest[idx + 1];
            longest[idx + 1] = if word == other { diagonal + 1 } else { above.max(longest[idx]) };
            diagonal = above;
        }
    }
    let n_same = longest.last().copied().unwrap_or(0);
    f64::from(n_same) >= ALIKE * left.len().min(right.len()) as f64
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
