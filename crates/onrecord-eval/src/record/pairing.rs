//! Who is whom, and which is which: one-to-one pairs of gold and predicted items.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::items::Points;
use crate::words::touched;

/// A candidate: how well the two fit, and the ids of gold and prediction.
pub(super) type Candidate<'a> = (f64, &'a str, &'a str);

/// Pairs one to one, the best first; of equal ones the first by ids. Gold to predicted.
pub(super) fn pair<'a>(mut candidates: Vec<Candidate<'a>>) -> BTreeMap<&'a str, &'a str> {
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (_, gold, predicted) in candidates {
        if !pairs.contains_key(gold) && taken.insert(predicted) {
            pairs.insert(gold, predicted);
        }
    }
    pairs
}

/// The same pairs from predicted to gold.
pub(super) fn to_gold<'a>(pairs: &BTreeMap<&'a str, &'a str>) -> BTreeMap<&'a str, &'a str> {
    pairs.iter().map(|(&gold, &predicted)| (predicted, gold)).collect()
}

/// An actor as both sides know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name<'a> {
    /// A gold actor, or the prediction that is paired with it.
    Gold(&'a str),
    /// A predicted actor that is paired with none.
    Unpaired(&'a str),
}

/// The names of predicted actors.
pub(super) struct Names<'a>(pub(super) BTreeMap<&'a str, &'a str>);

impl<'a> Names<'a> {
    pub(super) fn of(&self, predicted: &'a str) -> Name<'a> {
        self.0.get(predicted).map_or(Name::Unpaired(predicted), |gold| Name::Gold(gold))
    }
}

/// The numbers of the words that spans touch.
pub(super) fn covered(spans: &[Points], words: &[Range<usize>]) -> BTreeSet<usize> {
    spans.iter().flat_map(|&(start, end)| touched(&(start..end), words)).collect()
}

/// Intersection over union, 0 if nothing is shared.
pub(super) fn iou(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let both = a.intersection(b).count();
    if both == 0 { 0.0 } else { both as f64 / (a.len() + b.len() - both) as f64 }
}
