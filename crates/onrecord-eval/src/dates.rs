//! Expressions of time: found and given the right days?
//!
//! Two gold sets. The Desk corpus marks them as news has them; there spans are scored by precision and recall and
//! values among the spans that agree. Recognizers-Text (Microsoft, MIT) has commands to an assistant, each with all
//! that a result may mean; there a result is right or wrong.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::civil::Date;
use onrecord::Text;
use onrecord::dates::{self, Days, Expression, Modifier, Shape};
use roxmltree::Node;
use serde_json::Value;

/// Counts on the Desk corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskScore {
    /// Expressions marked by annotators.
    pub n_gold: usize,
    /// Expressions found.
    pub n_found: usize,
    /// Found with the marked words, but for "in", "on", "since", "the" and the like before them.
    pub n_span: usize,
    /// Of these, with exactly the marked value.
    pub n_value: usize,
    /// What was not right, a line each.
    pub wrong: Vec<String>,
}

/// Scores the articles of a folder of Desk XML.
pub fn desk(folder: &Path) -> Result<DeskScore> {
    let mut score = DeskScore::default();
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        paths.push(entry?.path());
    }
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|e| e == "xml")) {
        let xml = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        desk_article(&xml, &mut score).with_context(|| path.display().to_string())?;
    }
    Ok(score)
}

fn desk_article(xml: &str, score: &mut DeskScore) -> Result<()> {
    let xml = roxmltree::Document::parse(xml)?;
    let root = xml.root_element();
    let written = root.attribute("date").and_then(|date| date.parse::<Date>().ok());
    let body = root.children().find(|node| node.has_tag_name("text")).context("no <text>")?;
    let mut article = (String::new(), Vec::new());
    for paragraph in body.children().filter(Node::is_element) {
        walk(paragraph, &mut article);
        article.0 += "\n\n";
    }
    let (text, gold) = article;
    let text = Text::new(text);
    let found = dates::find(&text, 0..text.len(), written);
    score.n_gold += gold.len();
    score.n_found += found.len();
    let mut hit = vec![false; found.len()];
    for (range, value) in &gold {
        let core = without_preposition(&text, range.clone());
        let same = found.iter().position(|dated| {
            without_preposition(&text, dated.span.start()..dated.span.end()) == core
        });
        let date = written.map(|date| date.to_string()).unwrap_or_default();
        let words = &text.as_str()[range.clone()];
        let Some(i) = same else {
            score.wrong.push(format!("missed\t{date}\t{}\t{value}", context(&text, range)));
            continue;
        };
        hit[i] = true;
        score.n_span += 1;
        let ours = found[i].value.map(|(start, end)| {
            if start == end { start.to_string() } else { format!("{start}/{end}") }
        });
        if ours.as_deref() == Some(value) {
            score.n_value += 1;
        } else {
            let ours = ours.unwrap_or_default();
            score.wrong.push(format!(
                "value\t{date}\t{}\t{value}\t{ours}\t{words}",
                context(&text, range)
            ));
        }
    }
    for (dated, _) in found.iter().zip(&hit).filter(|(_, hit)| !**hit) {
        let range = dated.span.start()..dated.span.end();
        score.wrong.push(format!("spurious\t\t{}", context(&text, &range)));
    }
    Ok(())
}

fn walk(element: Node, article: &mut (String, Vec<(Range<usize>, String)>)) {
    let start = article.0.len();
    for child in element.children() {
        if child.is_element() {
            walk(child, article);
        } else if child.is_text() {
            article.0 += child.text().unwrap_or_default();
        }
    }
    if let Some(value) = element.attribute("v").filter(|_| element.has_tag_name("t")) {
        article.1.push((start..article.0.len(), value.to_owned()));
    }
}

/// Annotators of half of the batches mark "on Friday", of the other "Friday": both are the same.
fn without_preposition(text: &str, range: Range<usize>) -> Range<usize> {
    let mut start = range.start;
    const WORDS: &[&str] = &[
        "on ", "in ", "since ", "by ", "from ", "until ", "at ", "for ", "late ", "before ",
        "over ", "after ", "during ", "to ", "between ", "the ", "of ",
    ];
    while let Some(word) = WORDS.iter().find(|word| {
        text.get(start..start + word.len()).is_some_and(|t| t.eq_ignore_ascii_case(word))
            && start + word.len() < range.end
    }) {
        start += word.len();
    }
    start..range.end
}

fn context(text: &str, range: &Range<usize>) -> String {
    let mut start = range.start.saturating_sub(40);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (range.end + 20).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let words = format!(
        "{}[{}]{}",
        &text[start..range.start],
        &text[range.start..range.end],
        &text[range.end..end]
    );
    words.replace('\n', " ")
}

impl fmt::Display for DeskScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        let (precision, recall) =
            (ratio(self.n_span, self.n_found), ratio(self.n_span, self.n_gold));
        let f1 = ratio(2 * self.n_span, self.n_found + self.n_gold);
        writeln!(
            f,
            "spans: precision {precision:.1} recall {recall:.1} F1 {f1:.1} ({} marked, {} found); values: {:.1} % of {} spans",
            self.n_gold,
            self.n_found,
            ratio(self.n_value, self.n_span),
            self.n_span,
        )
    }
}

/// Counts on Recognizers-Text, by type of result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecognizersScore {
    /// By type: how many are right of how many, and of these with the words alone right.
    pub types: BTreeMap<String, [usize; 3]>,
    /// Results of ours in the same cases that are no result of any type there.
    pub n_spurious: usize,
    /// What was not right, a line each.
    pub wrong: Vec<String>,
}

/// The types that are compared. Times of day, durations and repetitions are none of a record's dates.
const TYPES: [&str; 3] = ["date", "daterange", "datetimerange"];

/// Scores the cases of `DateTimeModel.json`.
pub fn recognizers(path: &Path) -> Result<RecognizersScore> {
    let json = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let cases: Vec<Value> = serde_json::from_str(json.trim_start_matches('\u{feff}'))?;
    let mut score = RecognizersScore::default();
    for case in &cases {
        let input = case["Input"].as_str().context("a case without input")?;
        let written = case["Context"]["ReferenceDateTime"].as_str().unwrap_or("2016-11-07");
        let written: Date = written[..10].parse()?;
        let results = case["Results"].as_array().context("a case without results")?;
        let text = Text::new(input);
        let found = dates::expressions(&text, 0..text.len(), written);
        for result in results {
            let name = result["TypeName"].as_str().unwrap_or_default();
            let kind = name.rsplit('.').next().unwrap_or_default();
            if !TYPES.contains(&kind) {
                continue;
            }
            let words = result["Text"].as_str().context("a result without text")?;
            let at = found.iter().find(|e| same_words(&text[e.span], words));
            let right = at.is_some_and(|e| is_right(e, result));
            let counts = score.types.entry(kind.to_owned()).or_default();
            counts[1] += 1;
            counts[2] += usize::from(at.is_some());
            counts[0] += usize::from(right);
            if !right {
                let ours: Vec<String> = found.iter().map(|e| show(&text, e)).collect();
                let values = result["Resolution"]["values"].to_string();
                score.wrong.push(format!(
                    "{kind}\t{written}\t{input}\t{words}\t{values}\t{}",
                    ours.join(" ; ")
                ));
            }
        }
        let within = |e: &&Expression| {
            !results.iter().any(|r| {
                let words = r["Text"].as_str().unwrap_or_default().to_lowercase();
                let ours = text[e.span].to_lowercase();
                words.contains(&ours) || ours.contains(&words)
            })
        };
        let spurious: Vec<&Expression> = found.iter().filter(within).collect();
        score.n_spurious += spurious.len();
        for e in spurious {
            score.wrong.push(format!("spurious\t{written}\t{input}\t{}", show(&text, e)));
        }
    }
    Ok(score)
}

fn show(text: &Text, e: &Expression) -> String {
    let days = |d: Option<Days>| d.map_or("-".to_owned(), |d| format!("{}/{}", d.start, d.end));
    format!(
        "{:?} {} {} {:?} {:?}",
        &text[e.span],
        days(e.reading.past),
        days(e.reading.future),
        e.reading.shape,
        e.reading.modifier
    )
}

fn same_words(ours: &str, theirs: &str) -> bool {
    ours.trim_end_matches(['.', ',']).eq_ignore_ascii_case(theirs.trim_end_matches(['.', ',']))
}

type Bounds = (Option<Date>, Option<Date>);

/// Whether all that the result may mean, and nothing else, is what the expression means.
///
/// Days only: hours are cut off. Where the set gives no value, or names a part of a period ("end of 2000": its last
/// four months there, its last day in the Desk corpus), the words decide, and that our days meet the set's.
fn is_right(e: &Expression, result: &Value) -> bool {
    let values = result["Resolution"]["values"].as_array().map_or(&[][..], Vec::as_slice);
    let mut theirs: Vec<Bounds> = Vec::new();
    let mut part = e.reading.part;
    for value in values {
        if value["value"] == "not resolved" {
            return true;
        }
        let date = |name: &str| value[name].as_str().and_then(|t| t.get(..10)?.parse().ok());
        let modifier = value["Mod"].as_str().unwrap_or_default();
        part |= modifier.contains("start") || modifier.contains("end") || modifier.contains("mid");
        let bounds = match date("value") {
            Some(day) => (Some(day), Some(day)),
            None => (date("start"), date("end")),
        };
        if !theirs.contains(&bounds) {
            theirs.push(bounds);
        }
    }
    let is_hours = result["TypeName"] == "datetimeV2.datetimerange";
    let mut ours: Vec<Bounds> = Vec::new();
    for days in [e.reading.past, e.reading.future].into_iter().flatten() {
        let bounds = in_their_form(days, e, is_hours);
        if !ours.contains(&bounds) {
            ours.push(bounds);
        }
    }
    if part {
        let meets = |a: &Bounds, b: &Bounds| {
            let (a_start, a_end) = (a.0.unwrap_or(Date::MIN), a.1.unwrap_or(Date::MAX));
            a_start <= b.1.unwrap_or(Date::MAX) && b.0.unwrap_or(Date::MIN) <= a_end
        };
        return !ours.is_empty() && ours.iter().all(|a| theirs.iter().any(|b| meets(a, b)));
    }
    ours.sort();
    theirs.sort();
    ours == theirs
}

/// Recognizers-Text ends a period on the day after it, and a range on the first day of its last period.
fn in_their_form(days: Days, e: &Expression, is_hours: bool) -> Bounds {
    let (first, last) = (days.start.first_day(), days.end.last_day());
    let after = last.tomorrow().unwrap_or(last);
    let hours = is_hours || e.reading.shape == Shape::Day;
    match e.reading.modifier {
        Some(Modifier::Since) => (Some(first), None),
        Some(Modifier::After) => {
            (Some(if e.reading.shape == Shape::Day || hours { first } else { after }), None)
        }
        Some(Modifier::Before) => (None, Some(first)),
        None => match e.reading.shape {
            _ if hours => (Some(first), Some(last)),
            Shape::Range => (Some(first), Some(days.end.first_day())),
            _ => (Some(first), Some(after)),
        },
    }
}

impl fmt::Display for RecognizersScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = [0; 3];
        let percent = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        for (kind, counts) in &self.types {
            let [right, n, words] = *counts;
            writeln!(
                f,
                "{kind}: {right} of {n} right ({:.1} %), words {words}",
                percent(right, n)
            )?;
            all.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        let [right, n, words] = all;
        writeln!(
            f,
            "all: {right} of {n} right ({:.1} %), words {words}; found beside them: {}",
            percent(right, n),
            self.n_spurious
        )
    }
}
