//! The stance of a sentence toward a target that is given, against NewsMTSC (Hamborg and Donnay 2021).

use anyhow::{Context, Result};
use onrecord::{Reader, Span, Text};
use serde::Deserialize;

/// Classes, in the order of [`Reader::stance`].
const CLASSES: [&str; 3] = ["negative", "neutral", "positive"];

/// A target of a sentence.
#[derive(Debug)]
pub struct Case {
    sentence: Text,
    target: Span,
    /// Its class.
    pub gold: &'static str,
}

#[derive(Deserialize)]
struct Line {
    sentence: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    span: [u32; 2],
    polarity: i8,
}

/// Reads a file: `{"sentence", "targets": [{"span", "polarity"}]}` a line, spans in code points, polarity -1, 0 or 1.
///
/// # Errors
/// If a line is not so.
pub fn cases(jsonl: &str) -> Result<Vec<Case>> {
    let mut out = Vec::new();
    for (n, line) in jsonl.lines().enumerate() {
        let Line { sentence, targets } =
            serde_json::from_str(line).with_context(|| format!("line {}", n + 1))?;
        let sentence = Text::new(sentence);
        for Target { span, polarity } in targets {
            let class = CLASSES.get(usize::try_from(polarity + 1).unwrap_or(usize::MAX));
            let case = || {
                let (target, gold) = (sentence.span_of_points(span)?, *class?);
                Some(Case { sentence: sentence.clone(), target, gold })
            };
            let target = format!("target {span:?} of polarity {polarity}");
            out.push(case().with_context(|| format!("line {}: {target}", n + 1))?);
        }
    }
    Ok(out)
}

impl Case {
    /// The likeliest class.
    pub fn answer(&self, reader: &Reader) -> &'static str {
        let Some(stance) = reader.stance(&self.sentence, self.target) else { return "neutral" };
        let best = (0..CLASSES.len()).max_by(|&a, &b| stance[a].total_cmp(&stance[b]));
        CLASSES[best.expect("there are classes")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_code_points() {
        let cases = cases(
            r#"{"sentence": "“Çelik” failed", "targets": [{"span": [1, 6], "polarity": -1}]}"#,
        );
        let case = &cases.unwrap()[0];
        assert_eq!((&case.sentence[case.target], case.gold), ("Çelik", "negative"));
    }

    #[test]
    fn a_wrong_line_is_named() {
        for (line, error) in [
            (r#"{"sentence": "a"}"#, "line 1: missing field"),
            (
                r#"{"sentence": "a", "targets": [{"span": [0, 9], "polarity": 0}]}"#,
                "line 1: target [0, 9]",
            ),
            (
                r#"{"sentence": "a", "targets": [{"span": [0, 1], "polarity": 2}]}"#,
                "line 1: target [0, 1] of polarity 2",
            ),
        ] {
            let found = format!("{:#}", cases(line).unwrap_err());
            assert!(found.starts_with(error), "{found}");
        }
    }
}
