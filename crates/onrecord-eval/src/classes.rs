//! Answers that are one of some classes: accuracy, and the mean of the classes' F1.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// (gold, answer), a pair a case.
pub struct Answers<'a>(pub Vec<(&'a str, &'a str)>);

impl Answers<'_> {
    /// Share of answers that are right; 0 of none.
    pub fn accuracy(&self) -> f64 {
        let right = self.0.iter().filter(|(gold, answer)| gold == answer).count();
        right as f64 / self.0.len().max(1) as f64
    }

    /// Mean F1 of the classes that occur in the gold; 0 of none.
    pub fn macro_f1(&self) -> f64 {
        let classes: BTreeSet<&str> = self.0.iter().map(|(gold, _)| *gold).collect();
        let f1 = |class: &&str| {
            let count = |of: fn(&(&str, &str), &str) -> bool| {
                self.0.iter().filter(|pair| of(pair, class)).count() as f64
            };
            let right = count(|(gold, answer), class| *gold == class && *answer == class);
            let all = count(|(gold, _), class| *gold == class)
                + count(|(_, answer), class| *answer == class);
            2.0 * right / all
        };
        classes.iter().map(f1).sum::<f64>() / classes.len().max(1) as f64
    }

    /// `{"n", "accuracy", "macro_f1"}`, four digits.
    pub fn json(&self) -> Value {
        let digits = |x: f64| (x * 1e4).round() / 1e4;
        json!({
            "n": self.0.len(),
            "accuracy": digits(self.accuracy()),
            "macro_f1": digits(self.macro_f1()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_that_is_never_right_counts_as_zero() {
        let answers = Answers(vec![("a", "a"), ("a", "b"), ("b", "b"), ("c", "a")]);
        assert_eq!(answers.json(), json!({"n": 4, "accuracy": 0.5, "macro_f1": 0.3889}));
    }

    #[test]
    fn a_class_that_is_only_answered_costs_the_others() {
        let answers = Answers(vec![("a", "a"), ("a", "x")]);
        assert_eq!(answers.json(), json!({"n": 2, "accuracy": 0.5, "macro_f1": 0.6667}));
    }
}
