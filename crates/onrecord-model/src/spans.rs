//! Heads on spans of words: which spans there are, what they are, and which belong together.
//!
//! The same is computed by `train/onrecord_train/spans.py`.

use std::ops::Range;

use onrecord_extract::{Label, ScoredSpan, SpanKind, SpanLink, SpanVector, Standing, Vectors};

use crate::error::Error;
use crate::kernel::Cpu;
use crate::weights::Weights;

/// Distances that have a score of their own; see [`distance`].
const N_DISTANCES: usize = 21;

/// Kinds of looks and of matches; and of all that can be told of how two spans stand to each other, see [`cell`].
const N_LOOKS: usize = 3;
const N_MATCHES: usize = 4;
const N_CELLS: usize = N_LOOKS * N_LOOKS * N_MATCHES * 4;

/// Width of a span's vector.
const SPAN_WIDTH: usize = 256;

/// Weights of all heads on spans, in f32.
#[derive(Debug)]
pub(crate) struct SpanHeads {
    spans: Vec<SpanHead>,
    /// From a span's first and last words' vectors to its own.
    mention: Affine,
    trigger: Affine,
    labels: Vec<Affine>,
    links: Vec<LinkHead>,
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
    /// Of each word of the span.
    inside: Affine,
    /// A score for each length in words, from one.
    length: Vec<f32>,
}

/// Dot products of `query` and `key`, and the `sum` of a hidden layer to which both spans, their distance and their
/// standing add.
#[derive(Debug)]
struct LinkHead {
    query: Affine,
    key: Affine,
    one: Affine,
    other: Affine,
    /// A row for each distance.
    distances: Vec<f32>,
    /// A row for each standing.
    cells: Vec<f32>,
    sum: Affine,
    nothing: Affine,
}

impl SpanHeads {
    pub(crate) fn load(weights: &Weights, width: usize) -> Result<Self, Error> {
        let span = |kind: SpanKind| {
            let name = format!("spans.span.{}", kind.as_str());
            Ok(SpanHead {
                first: Affine::load(weights, &format!("{name}.first"), width)?,
                last: Affine::load(weights, &format!("{name}.last"), width)?,
                inside: Affine::load(weights, &format!("{name}.inside"), width)?,
                length: weights.vector(&format!("{name}.length"))?,
            })
        };
        let vector = |name: &str| {
            let map = Affine::load(weights, &format!("spans.vector.{name}.map"), 2 * width)?;
            Ok::<_, Error>(map)
        };
        let label = |label: Label| {
            Affine::load(weights, &format!("spans.label.{}", label.as_str()), SPAN_WIDTH)
        };
        let link = |link: SpanLink| {
            let name = format!("spans.pair.{}", link.as_str());
            let affine = |part: &str| Affine::load(weights, &format!("{name}.{part}"), SPAN_WIDTH);
            let one = affine("one")?;
            let width = one.bias.len();
            let rows = |part: &str, n: usize| {
                let matrix = weights.matrix(&format!("{name}.{part}"), Some(n), width)?;
                Ok::<_, Error>(matrix.dequantised())
            };
            Ok(LinkHead {
                query: affine("query")?,
                key: affine("key")?,
                other: affine("other")?,
                distances: rows("distance", N_DISTANCES)?,
                cells: rows("cell", N_CELLS)?,
                sum: Affine::load(weights, &format!("{name}.sum"), width)?,
                nothing: affine("nothing")?,
                one,
            })
        };
        Ok(Self {
            spans: SpanKind::ALL.into_iter().map(span).collect::<Result<_, Error>>()?,
            mention: vector("mention")?,
            trigger: vector("trigger")?,
            labels: Label::ALL.into_iter().map(label).collect::<Result<_, Error>>()?,
            links: SpanLink::ALL.into_iter().map(link).collect::<Result<_, Error>>()?,
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
        let sums: Vec<f32> = std::iter::once(0.0)
            .chain(of_all(&head.inside).into_iter().scan(0.0, |sum, x| {
                *sum += x;
                Some(*sum)
            }))
            .collect();
        let scale = 1.0 / (rank as f32).sqrt();
        let mut dots = vec![0.0; head.length.len()];
        let mut out = Vec::new();
        for (first, query) in firsts.chunks_exact(rank).enumerate() {
            let n = head.length.len().min(n_words - first);
            cpu.dots(query, &lasts[first * rank..], &mut dots[..n]);
            for (more, (dot, length)) in dots[..n].iter().zip(&head.length).enumerate() {
                let inside = sums[first + more + 1] - sums[first];
                let score = dot * scale + inside + length;
                if score > floor {
                    let words = from + first..from + first + more + 1;
                    out.push(ScoredSpan { words, score });
                }
            }
        }
        out
    }

    /// What labels and links see of spans: of words of a window whose first word is the text's word `offset`.
    pub(crate) fn vectors(
        &self,
        cpu: Cpu,
        kind: SpanKind,
        vectors: &Vectors,
        spans: &[Range<usize>],
        offset: usize,
    ) -> Vec<SpanVector> {
        let map = if kind == SpanKind::Trigger { &self.trigger } else { &self.mention };
        let ends: Vec<f32> = spans
            .iter()
            .flat_map(|words| [vectors.row(1 + words.start), vectors.row(words.end)])
            .flatten()
            .copied()
            .collect();
        let mut values = map.apply_to_rows(cpu, 2 * vectors.width, &ends);
        cpu.gelu(&mut values);
        let vectors = spans.iter().zip(values.chunks_exact(SPAN_WIDTH));
        let vector = |(words, values): (&Range<usize>, &[f32])| SpanVector {
            word: offset + words.start,
            values: values.to_vec(),
        };
        vectors.map(vector).collect()
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
        standing: impl Fn(usize, usize) -> Standing,
    ) -> Vec<Vec<f32>> {
        let head = &self.links[link as usize];
        let rows = |spans: &[SpanVector]| -> Vec<f32> {
            spans.iter().flat_map(|span| &span.values).copied().collect()
        };
        let of = |affine: &Affine, rows: &[f32]| affine.apply_to_rows(cpu, SPAN_WIDTH, rows);
        let (from_rows, to_rows) = (rows(from), rows(to));
        let (queries, ones) = (of(&head.query, &from_rows), of(&head.one, &from_rows));
        let (keys, others) = (of(&head.key, &to_rows), of(&head.other, &to_rows));
        let nothing = of(&head.nothing, &from_rows);
        let (rank, width) = (head.query.bias.len(), head.one.bias.len());
        let scale = 1.0 / (rank as f32).sqrt();
        let mut dots = vec![0.0; to.len()];
        let mut hidden = vec![0.0; to.len()];
        let row = |i: usize| {
            cpu.dots(&queries[i * rank..][..rank], &keys, &mut dots);
            let terms = to.iter().enumerate().map(|(j, span)| {
                let far = distance(from[i].word, span.word) * width;
                let cell = cell(standing(i, j)) * width;
                let other = &others[j * width..][..width];
                [other, &head.distances[far..][..width], &head.cells[cell..][..width]]
            });
            let terms: Vec<[&[f32]; 3]> = terms.collect();
            cpu.meet(&ones[i * width..][..width], &terms, &head.sum.weight, &mut hidden);
            let scores = dots.iter().zip(&hidden);
            let scores = scores.map(|(dot, hidden)| dot * scale + hidden + head.sum.bias[0]);
            std::iter::once(nothing[i]).chain(scores).collect()
        };
        (0..from.len()).map(row).collect()
    }
}

/// The number of a standing; the same as `cells` in `train/onrecord_train/spans.py`.
fn cell(standing: Standing) -> usize {
    let Standing { from, to, words, overlap, same_paragraph } = standing;
    let words = (from as usize * N_LOOKS + to as usize) * N_MATCHES + words as usize;
    (words * 2 + usize::from(overlap)) * 2 + usize::from(same_paragraph)
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
