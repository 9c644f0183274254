//! Scores attribution: the figures of `score_attribution.py`, to the last digit.
//!
//! Words are runs of letters, digits and underscores that hold a letter or a digit. Each figure
//! counts true positives, predicted and gold items:
//!
//! - `words.ROLE`: content, source and cue words, regardless of whose statement they are.
//! - `piece.ROLE`: single spans of content, source and cue, words identical.
//! - `span`: a predicted statement matches a gold one when the words of their contents overlap
//!   with intersection over union of at least 0.5 (one to one, best first).
//! - `said`: the same, and the source agrees too: both empty, or words' IoU of at least 0.5.
//! - `exact`: the same, with content words identical and source words identical.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use anyhow::{Result, ensure};

use crate::corpus::Corpus;
use crate::csv_field;
use crate::gold::Attribution;
use crate::words::{touched, words};

/// The figures, in the order in which they are printed.
pub const FIGURES: [&str; 9] = [
    "words.content",
    "words.source",
    "words.cue",
    "piece.content",
    "piece.source",
    "piece.cue",
    "span",
    "said",
    "exact",
];

/// From this intersection over union on, two sets of words are the same.
const SAME: f64 = 0.5;

/// The counts behind one figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// True positives: predicted and right.
    pub tp: usize,
    /// Predicted.
    pub predicted: usize,
    /// In the gold.
    pub gold: usize,
}

impl Counts {
    /// Share of the predicted that is right, in four decimals; 0 if nothing was predicted.
    pub fn precision(self) -> f64 {
        four_decimals(self.tp, self.predicted)
    }

    /// Share of the gold that was found, in four decimals; 0 if there is no gold.
    pub fn recall(self) -> f64 {
        four_decimals(self.tp, self.gold)
    }

    /// Harmonic mean of the two, in four decimals.
    pub fn f1(self) -> f64 {
        four_decimals(2 * self.tp, self.predicted + self.gold)
    }
}

/// The counts of all figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures([Counts; FIGURES.len()]);

impl Figures {
    /// Names and counts, in the order of [`FIGURES`].
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Counts)> + '_ {
        FIGURES.into_iter().zip(self.0)
    }

    fn add(&mut self, other: &Figures) {
        for (sum, counts) in self.0.iter_mut().zip(other.0) {
            sum.tp += counts.tp;
            sum.predicted += counts.predicted;
            sum.gold += counts.gold;
        }
    }
}

/// The scores of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentScores {
    /// The document's name.
    pub document: String,
    /// What was counted in it.
    pub figures: Figures,
    /// For each predicted statement whether it is right as `said` counts it; `None` where its
    /// content holds no word, which no figure counts.
    pub said: Vec<Option<bool>>,
}

/// The scores of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scores {
    /// Sorted by name.
    pub documents: Vec<DocumentScores>,
    /// Documents that nothing was predicted for, not even an empty list.
    pub missing: usize,
    /// The counts of all documents.
    pub total: Figures,
}

/// Scores predictions, one item a document of the corpus and in its order.
pub fn score(corpus: &Corpus, predictions: &[Option<Vec<Attribution>>]) -> Result<Scores> {
    let n_documents = corpus.documents.len();
    ensure!(predictions.len() == n_documents, "predictions for {n_documents} documents expected");
    let mut scores = Scores { documents: Vec::new(), missing: 0, total: Figures::default() };
    for (document, predicted) in corpus.documents.iter().zip(predictions) {
        scores.missing += usize::from(predicted.is_none());
        let predicted = predicted.as_deref().unwrap_or_default();
        let (figures, said) = score_document(&document.text, predicted, &document.attributions);
        scores.total.add(&figures);
        scores.documents.push(DocumentScores { document: document.name.clone(), figures, said });
    }
    Ok(scores)
}

impl Scores {
    /// The counts as CSV, a row a document under one line of column names.
    pub fn to_csv(&self) -> String {
        let columns = FIGURES.map(|name| format!("{name}.tp,{name}.predicted,{name}.gold"));
        let mut csv = format!("document,{}\n", columns.join(","));
        for DocumentScores { document, figures, .. } in &self.documents {
            csv += &csv_field(document);
            for (_, counts) in figures.iter() {
                csv += &format!(",{},{},{}", counts.tp, counts.predicted, counts.gold);
            }
            csv.push('\n');
        }
        csv
    }

    /// The figures as the last line of `score_attribution.py` has them.
    pub fn to_json(&self) -> String {
        let mut json =
            format!("{{\"documents\": {}, \"missing\": {}", self.documents.len(), self.missing);
        for (name, counts) in self.total.iter() {
            let (p, r, f1) = (counts.precision(), counts.recall(), counts.f1());
            json += &format!(", \"{name}\": {{\"p\": {p:?}, \"r\": {r:?}, \"f1\": {f1:?}}}");
        }
        json + "}"
    }
}

/// The table that `score_attribution.py` prints, a figure a line.
impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, counts) in self.iter() {
            let (p, r, f1) = (counts.precision(), counts.recall(), counts.f1());
            writeln!(f, "{name:14} P {p:.3}  R {r:.3}  F1 {f1:.3}")?;
        }
        Ok(())
    }
}

/// The words of an attribution's roles: content, source, cue.
type Covered = [BTreeSet<usize>; 3];

fn roles(attribution: &Attribution) -> [&[Range<usize>]; 3] {
    [&attribution.content, &attribution.source, &attribution.cue]
}

fn covered(attribution: &Attribution, words: &[Range<usize>]) -> Covered {
    roles(attribution).map(|spans| spans.iter().flat_map(|span| touched(span, words)).collect())
}

fn score_document(
    text: &str,
    predicted: &[Attribution],
    gold: &[Attribution],
) -> (Figures, Vec<Option<bool>>) {
    let words = words(text);
    let mut figures = Figures::default();
    let (predicted_pieces, gold_pieces) = (pieces(predicted, &words), pieces(gold, &words));
    for role in 0..3 {
        figures.0[3 + role] = shared(&predicted_pieces[role], &gold_pieces[role]);
    }
    let with_words = |attributions: &[Attribution]| -> Vec<(usize, Covered)> {
        let covered = attributions.iter().map(|attribution| covered(attribution, &words));
        covered.enumerate().filter(|(_, covered)| !covered[0].is_empty()).collect()
    };
    let mut said = vec![None; predicted.len()];
    let (predicted, gold) = (with_words(predicted), with_words(gold));
    for role in 0..3 {
        figures.0[role] = shared(&union(&predicted, role), &union(&gold, role));
    }
    let [.., span, said_counts, exact] = &mut figures.0;
    for counts in [&mut *span, &mut *said_counts, &mut *exact] {
        (counts.predicted, counts.gold) = (predicted.len(), gold.len());
    }
    for (at, _) in &predicted {
        said[*at] = Some(false);
    }
    for (p, g) in pair(&predicted, &gold) {
        let ((at, [content, source, _]), (_, [gold_content, gold_source, _])) =
            (&predicted[p], &gold[g]);
        span.tp += 1;
        // Two empty sets have an IoU of 1, an empty and another one of 0.
        if iou(source, gold_source) >= SAME {
            said_counts.tp += 1;
            said[*at] = Some(true);
        }
        exact.tp += usize::from(content == gold_content && source == gold_source);
    }
    (figures, said)
}

/// The word ranges of all single spans, by role.
fn pieces(attributions: &[Attribution], words: &[Range<usize>]) -> [BTreeSet<(usize, usize)>; 3] {
    let mut pieces = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
    for attribution in attributions {
        for (pieces, spans) in pieces.iter_mut().zip(roles(attribution)) {
            let touched = spans.iter().map(|span| touched(span, words));
            pieces.extend(touched.filter(|r| !r.is_empty()).map(|r| (r.start, r.end)));
        }
    }
    pieces
}

fn union(attributions: &[(usize, Covered)], role: usize) -> BTreeSet<usize> {
    attributions.iter().flat_map(|(_, covered)| &covered[role]).copied().collect()
}

fn shared<T: Ord>(predicted: &BTreeSet<T>, gold: &BTreeSet<T>) -> Counts {
    Counts {
        tp: predicted.intersection(gold).count(),
        predicted: predicted.len(),
        gold: gold.len(),
    }
}

/// Pairs contents one to one, the best overlap first; of equal ones the later prediction, then
/// the later gold, as `sorted(..., reverse=True)` has it.
fn pair(predicted: &[(usize, Covered)], gold: &[(usize, Covered)]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (p, (_, covered)) in predicted.iter().enumerate() {
        for (g, (_, gold_covered)) in gold.iter().enumerate() {
            let overlap = iou(&covered[0], &gold_covered[0]);
            if overlap >= SAME {
                candidates.push((overlap, p, g));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    let (mut free_predicted, mut free_gold) = (vec![true; predicted.len()], vec![true; gold.len()]);
    candidates.retain(|&(_, p, g)| {
        let free = free_predicted[p] && free_gold[g];
        if free {
            (free_predicted[p], free_gold[g]) = (false, false);
        }
        free
    });
    candidates.into_iter().map(|(_, p, g)| (p, g)).collect()
}

/// Intersection over union; 1 of two empty sets.
fn iou(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let both = a.intersection(b).count();
    let either = a.len() + b.len() - both;
    if either == 0 { 1.0 } else { both as f64 / either as f64 }
}

/// Rounds as Python's `round(part / whole, 4)` does: on the exact decimals of the quotient.
fn four_decimals(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    let decimals = format!("{:.4}", part as f64 / whole as f64);
    decimals.parse().expect("a printed number is a number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_round_as_in_python() {
        let cases = [(1, 32, 0.0312), (3, 32, 0.0938), (1, 20000, 0.0001), (2, 3, 0.6667)];
        for (part, whole, rounded) in cases {
            assert_eq!(four_decimals(part, whole), rounded, "{part}/{whole}");
        }
    }
}
