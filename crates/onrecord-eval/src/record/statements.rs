//! Statements: their content, speakers, forms, nesting and stances.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::figures::{Figure, Figures};
use super::items::Statement;
use super::pairing::{Name, Names, covered, iou, pair, to_gold};

/// From this intersection over union of content words on, two statements are the same.
const SAME: f64 = 0.5;

/// A stance beyond this, either way, is one.
const TAKES_A_STANCE: f64 = 0.33;

/// Counts, and says which predicted statement is which gold one.
pub(super) fn score<'a>(
    gold: &'a [Statement],
    predicted: &'a [Statement],
    words: &[Range<usize>],
    names: &Names<'a>,
    figures: &mut Figures,
) -> BTreeMap<&'a str, &'a str> {
    let pairs = matched(gold, predicted, words);
    let gold_ids = to_gold(&pairs);
    let (mut n_said, mut stances, mut predicted_stances, mut right_stances) = (0, 0, 0, 0);
    for statement in gold {
        let Some(found) = pairs.get(statement.id.as_str()) else { continue };
        let found = predicted.iter().find(|predicted| predicted.id == *found);
        let found = found.expect("pairs are made of predicted statements");
        let good = same_speaker(statement, found, names);
        n_said += usize::from(good);
        figures.judge(Figure::Speaker, good);
        figures.judge(Figure::Form, statement.form == found.form);
        let within = found.within.as_deref();
        figures.judge(Figure::Within, refers(statement.within.as_deref(), within, &gold_ids));
        let wanted = taken(statement, Name::Gold);
        let got = taken(found, |actor| names.of(actor));
        right_stances += wanted.intersection(&got).count();
        predicted_stances += got.len();
        stances += wanted.len();
    }
    figures.add(Figure::Content, pairs.len(), predicted.len(), gold.len());
    figures.add(Figure::Said, n_said, predicted.len(), gold.len());
    figures.add(Figure::Stance, right_stances, predicted_stances, stances);
    gold_ids
}

/// Whether a reference to a statement is right: both to none, or to the two of a pair.
pub(super) fn refers(
    gold: Option<&str>,
    predicted: Option<&str>,
    gold_ids: &BTreeMap<&str, &str>,
) -> bool {
    match (gold, predicted) {
        (None, None) => true,
        (Some(gold), Some(predicted)) => gold_ids.get(predicted) == Some(&gold),
        _ => false,
    }
}

fn matched<'a>(
    gold: &'a [Statement],
    predicted: &'a [Statement],
    words: &[Range<usize>],
) -> BTreeMap<&'a str, &'a str> {
    let contents: Vec<_> = predicted.iter().map(|s| covered(&s.content, words)).collect();
    let mut candidates = Vec::new();
    for statement in gold {
        let content = covered(&statement.content, words);
        for (found, found_content) in predicted.iter().zip(&contents) {
            let overlap = iou(&content, found_content);
            if overlap >= SAME {
                candidates.push((overlap, statement.id.as_str(), found.id.as_str()));
            }
        }
    }
    pair(candidates)
}

/// Whether both have no speaker, or share one.
fn same_speaker(gold: &Statement, predicted: &Statement, names: &Names) -> bool {
    if gold.speakers.is_empty() || predicted.speakers.is_empty() {
        return gold.speakers.is_empty() && predicted.speakers.is_empty();
    }
    let mut speakers = predicted.speakers.iter().map(|speaker| names.of(speaker));
    speakers.any(|name| matches!(name, Name::Gold(id) if gold.speakers.contains(id)))
}

/// Whom the speaker is for or against, and which of the two.
fn taken<'a>(
    statement: &'a Statement,
    name: impl Fn(&'a str) -> Name<'a>,
) -> BTreeSet<(Name<'a>, bool)> {
    let taken = statement.about.iter().filter(|(_, stance)| stance.abs() > TAKES_A_STANCE);
    taken.map(|(actor, stance)| (name(actor), *stance > 0.0)).collect()
}
