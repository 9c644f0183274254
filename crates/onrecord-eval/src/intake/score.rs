//! The sets' own measures.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::intake::{Found, Page, Set};

/// Chunks found that belong to the text, found that do not, and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chunks {
    /// Of the text, found.
    pub tp: usize,
    /// Not of the text, found.
    pub fp: usize,
    /// Of the text, missed.
    pub fn_: usize,
}

/// Precision and recall of a page's sequences of four words.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shingles {
    /// From 0 to 1.
    pub precision: f64,
    /// From 0 to 1.
    pub recall: f64,
}

/// Whether a field is right; `None` where the gold does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// Same characters in any case, white space collapsed, soft hyphens apart.
    pub title: Option<bool>,
    /// Same day.
    pub published: Option<bool>,
    /// Same names in any order and case.
    pub authors: Option<bool>,
}

/// The score of a page, by the measure of its set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PageScore {
    /// Of [`Set::Trafilatura`].
    Chunks(Chunks, Fields),
    /// Of [`Set::Scrapinghub`].
    Shingles(Shingles),
}

/// The figures of a set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Total {
    /// From 0 to 1.
    pub precision: f64,
    /// From 0 to 1.
    pub recall: f64,
    /// Right and asked: titles, days, authors.
    pub fields: [(usize, usize); 3],
}

impl Total {
    /// Harmonic mean.
    pub fn f1(&self) -> f64 {
        harmonic_mean(self.precision, self.recall)
    }

    /// Sums up the pages of a set.
    pub fn of(scores: &[PageScore]) -> Total {
        let mut total = Total::default();
        let mut sum = Chunks::default();
        let mut n_whole = 0usize;
        for score in scores {
            match score {
                PageScore::Chunks(chunks, fields) => {
                    sum.tp += chunks.tp;
                    sum.fp += chunks.fp;
                    sum.fn_ += chunks.fn_;
                    let fields = [fields.title, fields.published, fields.authors];
                    for ((right, asked), field) in total.fields.iter_mut().zip(fields) {
                        *right += usize::from(field == Some(true));
                        *asked += usize::from(field.is_some());
                    }
                }
                PageScore::Shingles(page) => {
                    n_whole += 1;
                    total.precision += page.precision;
                    total.recall += page.recall;
                }
            }
        }
        if n_whole > 0 {
            total.precision /= n_whole as f64;
            total.recall /= n_whole as f64;
        } else {
            total.precision = ratio(sum.tp, sum.tp + sum.fp);
            total.recall = ratio(sum.tp, sum.tp + sum.fn_);
        }
        total
    }
}

/// Scores what was found in a page.
pub(super) fn score(set: Set, page: &Page, found: &Found) -> PageScore {
    match set {
        Set::Trafilatura => {
            PageScore::Chunks(chunks(&page.gold, &found.text), fields(&page.gold, found))
        }
        Set::Scrapinghub => {
            let gold = page.gold["articleBody"].as_str().unwrap_or("");
            PageScore::Shingles(shingles(gold, &found.text))
        }
    }
}

fn chunks(gold: &Value, text: &str) -> Chunks {
    let text = collapsed(text);
    let count = |name: &str| {
        let chunks = gold[name].as_array().into_iter().flatten().filter_map(Value::as_str);
        let (found, missed): (Vec<String>, Vec<String>) =
            chunks.map(collapsed).partition(|chunk| text.contains(chunk));
        (found.len(), missed.len())
    };
    let (tp, fn_) = count("with");
    let (fp, _) = count("without");
    Chunks { tp, fp, fn_ }
}

fn fields(gold: &Value, found: &Found) -> Fields {
    let right = |name: &str, same: &dyn Fn(&str) -> bool| match &gold[name] {
        Value::String(gold) if !gold.is_empty() => Some(same(gold)),
        Value::Array(golds) if !golds.is_empty() => {
            let golds: Vec<&str> = golds.iter().filter_map(Value::as_str).collect();
            // Several authors are all asked for; of several titles and days any one is right.
            Some(if name == "author" {
                same(&golds.join(";"))
            } else {
                golds.into_iter().any(same)
            })
        }
        _ => None,
    };
    let folded = |text: &str| collapsed(&text.replace('\u{ad}', "")).to_lowercase();
    Fields {
        title: right("title", &|gold| folded(gold) == folded(&found.title)),
        published: right("date", &|gold| gold == found.published),
        authors: right("author", &|gold| names(gold) == names(&found.authors)),
    }
}

/// The names in a by-line, in lower case and sorted.
fn names(text: &str) -> Vec<String> {
    let mut text = collapsed(text).to_lowercase();
    for before in ["von ", "by ", "par ", "de "] {
        if let Some(rest) = text.strip_prefix(before) {
            text = rest.to_owned();
        }
    }
    for and in [" und ", " and ", " et "] {
        text = text.replace(and, ";");
    }
    let names = text.split([',', ';', '&', '/', '|']).map(|name| name.trim().to_owned());
    let mut names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
    names.sort();
    names
}

/// The benchmark's measure: shingles of four tokens, the whole text where it is shorter.
fn shingles(gold: &str, found: &str) -> Shingles {
    let (gold, found) = (tokens(gold), tokens(found));
    let (gold, found) = (count(&gold), count(&found));
    let n_gold: usize = gold.values().sum();
    let n_found: usize = found.values().sum();
    let common =
        |(shingle, n): (&&[&str], &usize)| (*n).min(found.get(shingle).copied().unwrap_or(0));
    let n_common: usize = gold.iter().map(common).sum();
    match (n_gold, n_found) {
        (0, 0) => Shingles { precision: 1.0, recall: 1.0 },
        (_, 0) => Shingles { precision: 0.0, recall: 0.0 },
        (0, _) => Shingles { precision: 0.0, recall: 0.0 },
        _ => Shingles { precision: ratio(n_common, n_found), recall: ratio(n_common, n_gold) },
    }
}

fn tokens(text: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.split(|c| !is_word(c)).filter(|token| !token.is_empty()).collect()
}

fn count<'a>(tokens: &'a [&'a str]) -> BTreeMap<&'a [&'a str], usize> {
    let mut counts = BTreeMap::new();
    let n = tokens.len().min(4);
    if n > 0 {
        for shingle in tokens.windows(n) {
            *counts.entry(shingle).or_insert(0) += 1;
        }
    }
    counts
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn harmonic_mean(a: f64, b: f64) -> f64 {
    if a + b == 0.0 { 0.0 } else { 2.0 * a * b / (a + b) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn chunks_count_what_is_and_what_should_not_be_there() {
        let gold =
            json!({"with": ["They  met", "in Baku"], "without": ["Share", "Menu", "met in"]});
        let found = chunks(&gold, "They\nmet in\n\nVienna. Share");
        assert_eq!(found, Chunks { tp: 1, fp: 2, fn_: 1 });
    }

    #[test]
    fn shingles_are_a_multiset_of_four_tokens() {
        let cases = [
            ("a b c d e", "a b c d e", 1.0, 1.0),
            ("a b c d e", "a, b! c d", 1.0, 0.5),
            ("a b c d", "a b c d a b c d", 0.2, 1.0),
            ("a b", "a b", 1.0, 1.0),
            ("a b", "a b c", 0.0, 0.0),
            ("", "", 1.0, 1.0),
            ("a b", "", 0.0, 0.0),
        ];
        for (gold, found, precision, recall) in cases {
            assert_eq!(shingles(gold, found), Shingles { precision, recall }, "{gold:?} {found:?}");
        }
    }

    #[test]
    fn authors_are_the_same_in_any_order() {
        assert_eq!(names("Von Ada Lind und Bo Ek"), names("Bo Ek; Ada Lind"));
        assert_ne!(names("Ada Lind"), names("Ada Lind; Bo Ek"));
    }
}
