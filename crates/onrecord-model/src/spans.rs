//! Heads on spans of words: which spans there are, what they are, and which belong together.
//!
//! The same is computed by `train/onrecord_train/spans.py`.

use onrecord_extract::{Label, Looks, Match, ScoredSpan, SpanKind, SpanLink, SpanVector, Vectors};

use crate::error::Error;
use crate::kernel::Cpu;
use crate::weights::Weights;

/// Distances that have a score of their own; see [`distance`].
const N_DISTANCES: usize = 21;

/// Kinds of looks and of matches.
const N_LOOKS: usize = 3;
const N_MATCHES: usize = 3;

/// Weights of all heads on spans, in f32.
#[derive(Debug)]
pub(crate) struct SpanHeads {
    spans: Vec<SpanHead>,
    labels: Vec<Affine>,
    links: Vec<LinkHead>,
    matches: Vec<f32>,
}

/// `weight · x + bias`.
#[derive(Debug)]
struct Affine {
    /// Row by row.
    weight: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Debug)]
struct SpanHead {
    first: Affine,
    last: Affine,
    /// A score for each length in words, from one.
    length: Vec<f32>,
}

#[derive(Debug)]
struct LinkHead {
    query: Affine,
    key: Affine,
    nothing: Affine,
    distances: Vec<f32>,
}

impl SpanHeads {
    pub(crate) fn load(weights: &Weights, width: usize) -> Result<Self, Error> {
        let span = |kind: SpanKind| {
            let name = format!("spans.span.{}", kind.as_str());
            Ok(SpanHead {
                first: Affine::load(weights, &format!("{name}.first"), width)?,
                last: Affine::load(weights, &format!("{name}.last"), width)?,
                length: weights.vector(&format!("{name}.length"))?,
            })
        };
        let label = |label: Label| {
            Affine::load(weights, &format!("spans.label.{}", label.as_str()), 2 * width)
        };
        let link = |link: SpanLink| {
            let name = format!("spans.pair.{}", link.as_str());
            let query = Affine::load(weights, &format!("{name}.query"), 2 * width)?;
            let nothing = Affine::load(weights, &format!("{name}.nothing"), query.bias.len())?;
            Ok(LinkHead {
                query,
                key: Affine::load(weights, &format!("{name}.key"), 2 * width)?,
                nothing,
                distances: weights.floats(&format!("{name}.distance"), &[N_DISTANCES])?,
            })
        };
        let n_cells = N_LOOKS * N_LOOKS * N_MATCHES;
        Ok(Self {
            spans: SpanKind::ALL.into_iter().map(span).collect::<Result<_, Error>>()?,
            labels: Label::ALL.into_iter().map(label).collect::<Result<_, Error>>()?,
            links: SpanLink::ALL.into_iter().map(link).collect::<Result<_, Error>>()?,
            matches: weights.matrix("spans.match", Some(n_cells), 1)?.dequantised(),
        })
    }

    /// The spans of the words from `from` on whose log-odds of being of a kind are above `floor`, by their first word,
    /// the shortest first.
    pub(crate) fn spans(
        &self,
        cpu: Cpu,
        kind: SpanKind,
        vectors: &Vectors,
        from: usize,
        floor: f32,
    ) -> Vec<ScoredSpan> {
        let head = &self.spans[kind as usize];
        let n_words = vectors.n_rows().saturating_sub(1 + from);
        if n_words == 0 {
            return Vec::new();
        }
        let rank = head.first.bias.len();
        let own = &vectors.values[vectors.width * (1 + from)..];
        let of_all = |affine: &Affine| affine.apply_to_rows(cpu, vectors.width, own);
        let (firsts, lasts) = (of_all(&head.first), of_all(&head.last));
        let scale = 1.0 / (rank as f32).sqrt();
        let mut dots = vec![0.0; head.length.len()];
        let mut out = Vec::new();
        for (first, query) in firsts.chunks_exact(rank).enumerate() {
            let n = head.length.len().min(n_words - first);
            cpu.dots(query, &lasts[first * rank..], &mut dots[..n]);
            for (more, (dot, length)) in dots[..n].iter().zip(&head.length).enumerate() {
                let score = dot * scale + length;
                if score > floor {
                    let words = from + first..from + first + more + 1;
                    out.push(ScoredSpan { words, score });
                }
            }
        }
        out
    }

    /// Scores of a label's values.
    pub(crate) fn label(&self, cpu: Cpu, label: Label, span: &SpanVector) -> Vec<f32> {
        self.labels[label as usize].apply(cpu, &span.values)
    }

    /// Scores from each span to nothing, then to each of `to`.
    pub(crate) fn link(
        &self,
        cpu: Cpu,
        link: SpanLink,
        from: &[SpanVector],
        to: &[SpanVector],
    ) -> Vec<Vec<f32>> {
        let head = &self.links[link as usize];
        let keys: Vec<f32> = to.iter().flat_map(|span| head.key.apply(cpu, &span.values)).collect();
        let scale = 1.0 / (head.key.bias.len() as f32).sqrt();
        let row = |span: &SpanVector| {
            let query = head.query.apply(cpu, &span.values);
            let mut out = head.nothing.apply(cpu, &query);
            let mut dots = vec![0.0; to.len()];
            cpu.dots(&query, &keys, &mut dots);
            let scores = dots.iter().zip(to);
            out.extend(
                scores.map(|(dot, to)| dot * scale + head.distances[distance(span.word, to.word)]),
            );
            out
        };
        from.iter().map(row).collect()
    }

    /// What is added to the score of an antecedent.
    pub(crate) fn matches(&self, from: Looks, to: Looks, words: Match) -> f32 {
        self.matches[(from as usize * N_LOOKS + to as usize) * N_MATCHES + words as usize]
    }
}

impl Affine {
    fn load(weights: &Weights, name: &str, width: usize) -> Result<Self, Error> {
        let bias = weights.vector(&format!("{name}.bias"))?;
        let weight = weights.matrix(&format!("{name}.weight"), Some(bias.len()), width)?;
        Ok(Self { weight: weight.dequantised(), bias })
    }

    fn apply(&self, cpu: Cpu, x: &[f32]) -> Vec<f32> {
        self.apply_to_rows(cpu, x.len(), x)
    }

    /// Of each row of `rows`, one after the other.
    fn apply_to_rows(&self, cpu: Cpu, width: usize, rows: &[f32]) -> Vec<f32> {
        let n = self.bias.len();
        let mut out = vec![0.0; rows.len() / width * n];
        cpu.products(width, rows, &self.weight, &mut out);
        for row in out.chunks_exact_mut(n) {
            row.iter_mut().zip(&self.bias).for_each(|(x, bias)| *x += bias);
        }
        out
    }
}

/// Bucket of the distance between words of a text: 0 here; by magnitude in powers of two, 1 to 10 ahead,
/// 11 to 20 behind. The same as `distance` in `train/onrecord_train/spans.py`.
fn distance(from: usize, to: usize) -> usize {
    let size = |d: usize| (d.ilog2() as usize + 1).min(10);
    match to.cmp(&from) {
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => size(to - from),
        std::cmp::Ordering::Less => size(from - to) + 10,
    }
}
