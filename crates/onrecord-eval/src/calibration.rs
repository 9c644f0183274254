//! Whether confidences are honest: of the statements given 0.8, eight in ten should be right.

use std::fmt;

use onrecord::Record;

use crate::attribution::Scores;

/// How many bins of equal width between 0 and 1.
const N_BINS: usize = 10;

/// Confidences against the share of statements that are right as `said` counts it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reliability {
    bins: [Bin; N_BINS],
}

/// The statements of like confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Bin {
    n: usize,
    n_right: usize,
    /// Of all confidences.
    sum: f64,
}

impl Reliability {
    /// Sorts the statements of `records` into bins by their confidence.
    ///
    /// The scores are those of the records, in the same order. Statements whose content holds no
    /// word are left out, as in the scores.
    pub fn of(records: &[Record], scores: &Scores) -> Reliability {
        let said = scores.documents.iter().flat_map(|document| &document.said);
        let statements = records.iter().flat_map(|record| &record.statements);
        let judged = statements.zip(said).filter_map(|(statement, said)| {
            said.map(|is_right| (f64::from(statement.confidence), is_right))
        });
        Reliability::from_judged(judged)
    }

    fn from_judged(judged: impl Iterator<Item = (f64, bool)>) -> Reliability {
        let mut bins = [Bin::default(); N_BINS];
        for (confidence, is_right) in judged {
            let at = ((confidence * N_BINS as f64) as usize).min(N_BINS - 1);
            bins[at].n += 1;
            bins[at].n_right += usize::from(is_right);
            bins[at].sum += confidence;
        }
        Reliability { bins }
    }

    /// The expected calibration error: the bins' distances between mean confidence and share
    /// right, weighted by their statements; 0 if there are none.
    pub fn expected_error(&self) -> f64 {
        let n: usize = self.bins.iter().map(|bin| bin.n).sum();
        let off: f64 = self.bins.iter().map(|bin| (bin.sum - bin.n_right as f64).abs()).sum();
        off / n.max(1) as f64
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "confidence     mean  right      n")?;
        for (i, bin) in self.bins.iter().enumerate() {
            let [from, to] = [i, i + 1].map(|edge| edge as f64 / N_BINS as f64);
            if bin.n == 0 {
                writeln!(f, "{from:.1} to {to:.1}        –      –      0")?;
                continue;
            }
            let (mean, right) = (bin.sum / bin.n as f64, bin.n_right as f64 / bin.n as f64);
            writeln!(f, "{from:.1} to {to:.1}    {mean:.3}  {right:.3} {:>6}", bin.n)?;
        }
        writeln!(f, "expected calibration error {:.4}", self.expected_error())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_weighs_bins_by_their_statements() {
        let cases: [(&[(f64, bool)], f64); 4] = [
            (&[], 0.0),
            (&[(1.0, true), (0.0, false)], 0.0),
            (&[(0.75, true), (0.75, true), (0.75, true), (0.75, false)], 0.0),
            (&[(0.95, false), (0.05, false), (0.05, false), (0.05, false)], 0.275),
        ];
        for (judged, expected) in cases {
            let error = Reliability::from_judged(judged.iter().copied()).expected_error();
            assert!((error - expected).abs() < 1e-12, "{judged:?}: {error}");
        }
    }
}
