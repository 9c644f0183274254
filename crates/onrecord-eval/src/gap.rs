//! Pronouns against GAP: an ambiguous pronoun and two names, and whether it stands for either.
//!
//! Rows are those of GAP's files; a record answers TRUE for a name when the pronoun's mention and
//! the name's mention are of the same actor. Scores are defined as by GAP's own `gap_scorer.py`:
//! each name is a case of its own, a row without an answer counts two false negatives, and bias is
//! the feminine F1 divided by the masculine.

use std::collections::BTreeSet;
use std::fmt;

use anyhow::{Context, Result, bail, ensure};
use onrecord::Article;
use serde_json::json;

use crate::record::{Items, Mention, Points};

/// The columns of GAP's files.
const COLUMNS: [&str; 11] = [
    "ID",
    "Text",
    "Pronoun",
    "Pronoun-offset",
    "A",
    "A-offset",
    "A-coref",
    "B",
    "B-offset",
    "B-coref",
    "URL",
];

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// `validation-1`.
    pub id: String,
    /// A paragraph or so.
    pub text: String,
    /// The pronoun's words.
    pub pronoun: Points,
    /// By the pronoun.
    pub gender: Gender,
    /// A and B.
    pub names: [Candidate; 2],
}

/// A name that the pronoun may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The name's words.
    pub span: Points,
    /// Whether the pronoun stands for it.
    pub is_antecedent: bool,
}

/// Of a pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// he, him, his.
    Masculine,
    /// she, her, hers.
    Feminine,
}

/// Reads a file: a line of column names, then a row a line.
///
/// # Errors
/// If the columns are others, a row's words are not where it says, or an id occurs twice.
pub fn rows(tsv: &str) -> Result<Vec<Row>> {
    let mut lines = tsv.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    ensure!(columns == COLUMNS, "the columns are not those of GAP: {columns:?}");
    let mut ids = BTreeSet::new();
    let rows = lines.enumerate().map(|(n, line)| {
        let row = row(line).with_context(|| format!("line {}", n + 2))?;
        ensure!(ids.insert(row.id.clone()), "line {}: a second row {}", n + 2, row.id);
        Ok(row)
    });
    rows.collect()
}

impl Row {
    /// What is read of it.
    pub fn article(&self) -> Article {
        Article { path: Some(format!("{}.txt", self.id)), ..Article::new(self.text.as_str()) }
    }

    /// Whether a record has the pronoun stand for A and for B.
    pub fn answer(&self, record: &Items) -> [bool; 2] {
        let pronoun = actors_at(record, self.pronoun, "pronoun");
        self.names.map(|name| !actors_at(record, name.span, "name").is_disjoint(&pronoun))
    }
}

/// The actors of the mention that is these words. If there is none: of the shortest mention of
/// this form around them, titles being part of a name; else of the longest within them.
fn actors_at<'a>(record: &'a Items, span: Points, form: &str) -> BTreeSet<&'a str> {
    // Less is better: the form does not matter where the words are the same.
    let fit = |mention: &Mention| {
        let (start, end) = mention.span;
        let n_points = end.saturating_sub(start);
        if mention.span == span {
            return Some((0, 0));
        } else if mention.form.as_deref() != Some(form) {
            return None;
        }
        let around = start <= span.0 && span.1 <= end;
        let within = span.0 <= start && end <= span.1;
        if around { Some((1, n_points)) } else { within.then_some((2, usize::MAX - n_points)) }
    };
    let mut best = None;
    let mut actors = BTreeSet::new();
    for actor in &record.actors {
        for fit in actor.mentions.iter().filter_map(fit) {
            if best.is_none_or(|best| fit < best) {
                best = Some(fit);
                actors.clear();
            }
            if best == Some(fit) {
                actors.insert(actor.id.as_str());
            }
        }
    }
    actors
}

/// The answers in the form that GAP's own scorer takes: ID, A-coref, B-coref; no column names.
pub fn to_tsv(rows: &[Row], answers: &[Option<[bool; 2]>]) -> String {
    let word = |is_antecedent: bool| if is_antecedent { "TRUE" } else { "FALSE" };
    let lines = rows.iter().zip(answers).filter_map(|(row, answer)| {
        answer.map(|[a, b]| format!("{}\t{}\t{}\n", row.id, word(a), word(b)))
    });
    lines.collect()
}

/// True and false, positive and negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Said TRUE, and is.
    pub true_positives: usize,
    /// Said TRUE, and is not.
    pub false_positives: usize,
    /// Said FALSE, and is not.
    pub true_negatives: usize,
    /// Said FALSE or nothing, and is; or said nothing.
    pub false_negatives: usize,
}

impl Counts {
    /// In percent; 0 where nothing was said.
    pub fn precision(self) -> f64 {
        percent(self.true_positives, self.true_positives + self.false_positives)
    }

    /// In percent; 0 where nothing was to be found.
    pub fn recall(self) -> f64 {
        percent(self.true_positives, self.true_positives + self.false_negatives)
    }

    /// In percent.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }

    fn count(&mut self, gold: bool, answer: Option<bool>) {
        *match (gold, answer) {
            (_, None) | (true, Some(false)) => &mut self.false_negatives,
            (true, Some(true)) => &mut self.true_positives,
            (false, Some(true)) => &mut self.false_positives,
            (false, Some(false)) => &mut self.true_negatives,
        } += 1;
    }
}

/// The counts of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// Rows.
    pub n_rows: usize,
    /// Rows without an answer.
    pub missing: usize,
    /// Of all rows.
    pub overall: Counts,
    /// Of those with he, him, his.
    pub masculine: Counts,
    /// Of those with she, her, hers.
    pub feminine: Counts,
}

/// Scores answers, one a row.
///
/// # Errors
/// If they are not as many as the rows.
pub fn score(rows: &[Row], answers: &[Option<[bool; 2]>]) -> Result<Scores> {
    ensure!(rows.len() == answers.len(), "answers for {} rows expected", rows.len());
    let mut scores = Scores { n_rows: rows.len(), ..Scores::default() };
    for (row, answer) in rows.iter().zip(answers) {
        scores.missing += usize::from(answer.is_none());
        let of_gender = match row.gender {
            Gender::Masculine => &mut scores.masculine,
            Gender::Feminine => &mut scores.feminine,
        };
        for counts in [&mut scores.overall, of_gender] {
            for (i, name) in row.names.iter().enumerate() {
                counts.count(name.is_antecedent, answer.map(|answer| answer[i]));
            }
        }
    }
    Ok(scores)
}

impl Scores {
    /// The feminine F1 divided by the masculine; `None` where either is 0.
    pub fn bias(&self) -> Option<f64> {
        let (masculine, feminine) = (self.masculine.f1(), self.feminine.f1());
        (masculine > 0.0 && feminine > 0.0).then(|| feminine / masculine)
    }

    /// All on one line, percentages with two decimals.
    pub fn to_json(&self) -> String {
        let two_decimals = |value: f64| (value * 100.0).round() / 100.0;
        let counts = |c: Counts| {
            json!({
                "p": two_decimals(c.precision()), "r": two_decimals(c.recall()),
                "f1": two_decimals(c.f1()), "tp": c.true_positives, "fp": c.false_positives,
                "tn": c.true_negatives, "fn": c.false_negatives,
            })
        };
        let json = json!({
            "rows": self.n_rows, "missing": self.missing, "overall": counts(self.overall),
            "masculine": counts(self.masculine), "feminine": counts(self.feminine),
            "bias": self.bias().map(two_decimals),
        });
        json.to_string()
    }
}

/// The scorecard that GAP's own scorer prints.
impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all =
            [("Overall", self.overall), ("Masculine", self.masculine), ("Feminine", self.feminine)];
        for (name, c) in all {
            let (r, p, f1) = (c.recall(), c.precision(), c.f1());
            writeln!(f, "{name} recall: {r:.1} precision: {p:.1} f1: {f1:.1}")?;
            writeln!(f, "\t\ttp {}\tfp {}", c.true_positives, c.false_positives)?;
            writeln!(f, "\t\tfn {}\ttn {}", c.false_negatives, c.true_negatives)?;
        }
        match self.bias() {
            Some(bias) => writeln!(f, "Bias (F/M): {bias:.2}"),
            None => writeln!(f, "Bias (F/M): -"),
        }
    }
}

fn row(line: &str) -> Result<Row> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, text, pronoun, pronoun_offset, a, a_offset, a_coref, b, b_offset, b_coref, _url] =
        fields[..]
    else {
        bail!("{} columns, not {}", fields.len(), COLUMNS.len());
    };
    let gender = match pronoun.to_lowercase().as_str() {
        "she" | "her" | "hers" => Gender::Feminine,
        "he" | "him" | "his" => Gender::Masculine,
        _ => bail!("not a pronoun of GAP: {pronoun}"),
    };
    let span = |words: &str, offset: &str| -> Result<Points> {
        let start: usize = offset.parse().with_context(|| format!("not an offset: {offset}"))?;
        let at = text.char_indices().map(|(at, _)| at).nth(start);
        let is_there = at.is_some_and(|at| text[at..].starts_with(words));
        ensure!(is_there, "{words} is not at {start}");
        Ok((start, start + words.chars().count()))
    };
    let candidate = |words: &str, offset: &str, coref: &str| {
        let is_antecedent = match coref.to_lowercase().as_str() {
            "true" => true,
            "false" => false,
            _ => bail!("neither TRUE nor FALSE: {coref}"),
        };
        Ok(Candidate { span: span(words, offset)?, is_antecedent })
    };
    Ok(Row {
        id: id.to_owned(),
        text: text.to_owned(),
        pronoun: span(pronoun, pronoun_offset)?,
        gender,
        names: [candidate(a, a_offset, a_coref)?, candidate(b, b_offset, b_coref)?],
    })
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}
