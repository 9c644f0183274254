//! Names against sets of tagged tokens: CrossNER's politics.
//!
//! A line is `{"tokens": [...], "tags": [...]}` with BIO tags. A name is right if its words and
//! its class are. The classes, and the types of tags that stand for them, are in [`CLASSES`];
//! [`LEFT_OUT`] are types that a record has no actors for: they are not gold, and a name that is
//! exactly such an entity's words is not judged.

use std::collections::BTreeSet;
use std::fmt;

use anyhow::{Context, Result, bail, ensure};
use onrecord::{Reader, Text};
use serde_json::{Value, json};

use crate::record::{Actor, Items, Points};
use crate::threads;

/// Classes, the types of tags, and the kinds of actors that belong to each.
pub const CLASSES: [(&str, &[&str], &[&str]); 3] = [
    ("person", &["politician", "person"], &["person"]),
    ("organization", &["organisation", "politicalparty"], &["organization"]),
    ("place-or-state", &["country", "location"], &["place", "state"]),
];

/// Types of tags that are not gold.
pub const LEFT_OUT: [&str; 3] = ["election", "event", "misc"];

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The line's number, from 1.
    pub id: String,
    /// The tokens with a space between each two.
    pub text: String,
    /// The gold.
    pub names: Names,
    /// Words of entities that are not gold.
    pub left_out: BTreeSet<Points>,
}

/// Reads a file, a sentence a line.
///
/// # Errors
/// If a line is not of the format, or a type of tag is unknown.
pub fn sentences(jsonl: &str) -> Result<Vec<Sentence>> {
    let lines = jsonl.lines().enumerate();
    lines
        .map(|(n, line)| sentence(n + 1, line).with_context(|| format!("line {}", n + 1)))
        .collect()
}

/// Words, and the number of their class in [`CLASSES`].
pub type Names = BTreeSet<(Points, usize)>;

/// The names that the reader finds in each sentence.
pub fn read_all(reader: &Reader, sentences: &[Sentence]) -> Vec<Option<Names>> {
    let read = |sentence: &Sentence| Some(read(reader, &sentence.text));
    threads::map(threads::all_cores(), sentences, read)
}

/// Groups and documents belong to no class.
fn read(reader: &Reader, text: &str) -> Names {
    let text = Text::new(text);
    let names = reader.names(&text).into_iter().filter_map(|(span, kind)| {
        let [start, end] = text.code_points(span).map(|point| point as usize);
        Some(((start, end), class(kind.as_str())?))
    });
    names.collect()
}

/// The names in a record, without titles and articles, for records that others have read.
///
/// A record has no list of bare names. Those here are its mentions by name or metonym; where a
/// role of the actor stands in the mention with a capital after it, the name begins there
/// ("Defence Minister **Hakan Özdilek**"); "the" before a name is no part of it. Groups and
/// documents belong to no class.
pub fn bare_names(text: &str, record: &Items) -> Names {
    let chars: Vec<char> = text.chars().collect();
    let mut names = BTreeSet::new();
    for actor in &record.actors {
        let Some(class) = actor.kind.as_deref().and_then(class) else { continue };
        for mention in &actor.mentions {
            if matches!(mention.form.as_deref(), Some("name" | "metonym")) {
                names.insert((bare(mention.span, actor, &chars), class));
            }
        }
    }
    names
}

/// The number of the class that actors of a kind belong to.
fn class(kind: &str) -> Option<usize> {
    CLASSES.iter().position(|(_, _, kinds)| kinds.contains(&kind))
}

/// A name without what stands before it.
fn bare((start, end): Points, actor: &Actor, chars: &[char]) -> Points {
    let ends = actor.roles.iter().filter_map(|role| role.span);
    let ends = ends.filter(|role| start <= role.0 && role.1 < end).map(|role| role.1);
    let is_capital = |at: &usize| chars.get(*at).is_some_and(|c| c.is_uppercase());
    let after = ends.map(|at| at + 1).filter(|at| *at < end && is_capital(at)).max();
    let start = after.unwrap_or(start);
    let words: String = chars.iter().skip(start).take(4).collect();
    if words.eq_ignore_ascii_case("the ") && start + 4 < end {
        (start + 4, end)
    } else {
        (start, end)
    }
}

/// Right, predicted and in the gold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Predicted and right.
    pub tp: usize,
    /// Predicted.
    pub predicted: usize,
    /// In the gold.
    pub gold: usize,
}

impl Counts {
    /// Precision, recall and F1; 0 where there is nothing.
    pub fn prf(self) -> [f64; 3] {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let both = self.predicted + self.gold;
        [share(self.tp, self.predicted), share(self.tp, self.gold), share(2 * self.tp, both)]
    }
}

/// The counts of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// Sentences.
    pub n_sentences: usize,
    /// Sentences of which nothing was read.
    pub missing: usize,
    /// By class, in the order of [`CLASSES`].
    pub classes: [Counts; CLASSES.len()],
}

/// Scores names, a set a sentence; `None` where nothing was read.
///
/// # Errors
/// If they are not as many as the sentences.
pub fn score(sentences: &[Sentence], predictions: &[Option<Names>]) -> Result<Scores> {
    let n_sentences = sentences.len();
    ensure!(predictions.len() == n_sentences, "names of {n_sentences} sentences expected");
    let mut scores = Scores { n_sentences, ..Scores::default() };
    for (sentence, predicted) in sentences.iter().zip(predictions) {
        scores.missing += usize::from(predicted.is_none());
        for name in predicted.iter().flatten() {
            if !sentence.left_out.contains(&name.0) {
                let counts = &mut scores.classes[name.1];
                counts.predicted += 1;
                counts.tp += usize::from(sentence.names.contains(name));
            }
        }
        for &(_, class) in &sentence.names {
            scores.classes[class].gold += 1;
        }
    }
    Ok(scores)
}

impl Scores {
    /// The counts of all classes.
    pub fn total(&self) -> Counts {
        let sum = |count: fn(&Counts) -> usize| self.classes.iter().map(count).sum();
        Counts { tp: sum(|c| c.tp), predicted: sum(|c| c.predicted), gold: sum(|c| c.gold) }
    }

    /// Names and counts of the classes and of all.
    fn rows(&self) -> impl Iterator<Item = (&'static str, Counts)> + '_ {
        let classes = CLASSES.iter().zip(self.classes).map(|(class, counts)| (class.0, counts));
        classes.chain([("all", self.total())])
    }

    /// All on one line, with four decimals.
    pub fn to_json(&self) -> String {
        let mut json = json!({"sentences": self.n_sentences, "missing": self.missing});
        for (name, counts) in self.rows() {
            let [p, r, f1] = counts.prf().map(|value| (value * 10_000.0).round() / 10_000.0);
            json[name] = json!({"p": p, "r": r, "f1": f1});
        }
        json.to_string()
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows().try_for_each(|(name, counts)| {
            let [p, r, f1] = counts.prf();
            writeln!(f, "{name:14} P {p:.3}  R {r:.3}  F1 {f1:.3}")
        })
    }
}

fn sentence(number: usize, line: &str) -> Result<Sentence> {
    let line: Value = serde_json::from_str(line)?;
    let strings = |field: &str| -> Result<Vec<String>> {
        let values = line[field].as_array().with_context(|| format!("no list of {field}"))?;
        let strings = values.iter().map(|value| value.as_str().map(str::to_owned));
        strings.collect::<Option<_>>().with_context(|| format!("{field} are not strings"))
    };
    let (tokens, tags) = (strings("tokens")?, strings("tags")?);
    ensure!(tokens.len() == tags.len(), "{} tokens, {} tags", tokens.len(), tags.len());
    let mut sentence = Sentence {
        id: number.to_string(),
        text: tokens.join(" "),
        names: BTreeSet::new(),
        left_out: BTreeSet::new(),
    };
    let mut start = 0;
    let mut open: Option<(Points, &str)> = None;
    for (token, tag) in tokens.iter().zip(&tags) {
        let span = (start, start + token.chars().count());
        start = span.1 + 1;
        match (tag.split_once('-'), &mut open) {
            // An I- that goes on from nothing of its type begins an entity, as in conlleval.
            (Some(("I", kind)), Some((words, known))) if *known == kind => words.1 = span.1,
            (Some(("B" | "I", kind)), _) => {
                sentence.close(open.replace((span, kind)))?;
            }
            (None, _) if tag == "O" => sentence.close(open.take())?,
            _ => bail!("not a BIO tag: {tag}"),
        }
    }
    sentence.close(open)?;
    Ok(sentence)
}

impl Sentence {
    fn close(&mut self, entity: Option<(Points, &str)>) -> Result<()> {
        let Some((span, kind)) = entity else { return Ok(()) };
        match CLASSES.iter().position(|(_, kinds, _)| kinds.contains(&kind)) {
            Some(class) => self.names.insert((span, class)),
            None if LEFT_OUT.contains(&kind) => self.left_out.insert(span),
            None => bail!("unknown type of name: {kind}"),
        };
        Ok(())
    }
}
