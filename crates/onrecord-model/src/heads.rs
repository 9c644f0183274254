//! What is asked of the words' vectors: scores of tags, and of pointers from word to word.

use onrecord_extract::{N_LAYERS, N_TAGS, Pointer};

use crate::error::Error;
use crate::kernel::Cpu;
use crate::weights::Weights;

/// Distances that have a score of their own; see [`distance`].
const N_DISTANCES: usize = 18;

/// Width of queries and keys.
const POINTER_WIDTH: usize = 128;

/// Weights of all heads, in f32.
#[derive(Debug)]
pub(crate) struct Heads {
    tags: Vec<TagHead>,
    heads: Vec<PointerHead>,
    sources: Vec<PointerHead>,
}

#[derive(Debug)]
struct TagHead {
    /// [N_TAGS, width]
    emission: Vec<f32>,
    bias: Vec<f32>,
    transitions: [[f32; N_TAGS]; N_TAGS],
}

#[derive(Debug)]
struct PointerHead {
    /// [POINTER_WIDTH, width]
    query: Vec<f32>,
    query_bias: Vec<f32>,
    /// [width, POINTER_WIDTH]: the key matrix transposed.
    key: Vec<f32>,
    key_bias: Vec<f32>,
    distances: Vec<f32>,
}

impl Heads {
    pub(crate) fn load(weights: &Weights, width: usize) -> Result<Self, Error> {
        let layers = 0..N_LAYERS;
        Ok(Self {
            tags: layers
                .clone()
                .map(|l| TagHead::load(weights, l, width))
                .collect::<Result<_, _>>()?,
            heads: layers
                .clone()
                .map(|l| PointerHead::load(weights, &format!("head.{l}"), width))
                .collect::<Result<_, _>>()?,
            sources: layers
                .map(|l| PointerHead::load(weights, &format!("source.{l}"), width))
                .collect::<Result<_, _>>()?,
        })
    }

    /// Scores of a row's tags.
    pub(crate) fn tags(&self, cpu: Cpu, layer: usize, row: &[f32]) -> [f32; N_TAGS] {
        let head = &self.tags[layer];
        let mut out = [0.0; N_TAGS];
        cpu.dots(row, &head.emission, &mut out);
        for (x, bias) in out.iter_mut().zip(&head.bias) {
            *x += bias;
        }
        out
    }

    pub(crate) fn transitions(&self, layer: usize) -> &[[f32; N_TAGS]; N_TAGS] {
        &self.tags[layer].transitions
    }

    /// Scores of pointing from row `from` of `vectors` to row 0, then to each of `to`.
    pub(crate) fn point(
        &self,
        cpu: Cpu,
        pointer: Pointer,
        vectors: &[f32],
        from: usize,
        to: &[usize],
    ) -> Vec<f32> {
        let head = match pointer {
            Pointer::Head(layer) => &self.heads[layer],
            Pointer::Source(layer) => &self.sources[layer],
        };
        let width = head.query.len() / POINTER_WIDTH;
        let row = |row: usize| &vectors[row * width..][..width];
        let mut query = [0.0; POINTER_WIDTH];
        cpu.dots(row(from), &head.query, &mut query);
        for (x, bias) in query.iter_mut().zip(&head.query_bias) {
            *x += bias;
        }
        // q · (K x + b) = (Kᵀ q) · x + q · b: one matrix product in all, not one for each row.
        let mut seen = vec![0.0; width];
        let mut constant = [0.0];
        cpu.dots(&query, &head.key, &mut seen);
        cpu.dots(&query, &head.key_bias, &mut constant);
        let score = |to: usize, distance: usize| {
            let mut dot = [0.0];
            cpu.dots(&seen, row(to), &mut dot);
            (dot[0] + constant[0]) / (POINTER_WIDTH as f32).sqrt() + head.distances[distance]
        };
        let nothing = score(0, N_DISTANCES - 1);
        std::iter::once(nothing).chain(to.iter().map(|&to| score(to, distance(from, to)))).collect()
    }
}

impl TagHead {
    fn load(weights: &Weights, layer: usize, width: usize) -> Result<Self, Error> {
        let name = format!("tags.{layer}");
        let flat = weights.floats(&format!("{name}.transition"), &[N_TAGS, N_TAGS])?;
        let mut transitions = [[0.0; N_TAGS]; N_TAGS];
        for (to, from) in transitions.iter_mut().zip(flat.chunks_exact(N_TAGS)) {
            to.copy_from_slice(from);
        }
        Ok(Self {
            emission: weights
                .matrix(&format!("{name}.emission.weight"), Some(N_TAGS), width)?
                .dequantised(),
            bias: weights.floats(&format!("{name}.emission.bias"), &[N_TAGS])?,
            transitions,
        })
    }
}

impl PointerHead {
    fn load(weights: &Weights, name: &str, width: usize) -> Result<Self, Error> {
        let matrix = |part: &str| {
            let matrix =
                weights.matrix(&format!("{name}.{part}.weight"), Some(POINTER_WIDTH), width)?;
            Ok::<_, Error>(matrix.dequantised())
        };
        let bias = |part: &str| weights.floats(&format!("{name}.{part}.bias"), &[POINTER_WIDTH]);
        let key = matrix("key")?;
        let transposed =
            (0..width).flat_map(|column| key.iter().skip(column).step_by(width)).copied().collect();
        Ok(Self {
            query: matrix("query")?,
            query_bias: bias("query")?,
            key: transposed,
            key_bias: bias("key")?,
            distances: weights.floats(&format!("{name}.distance"), &[N_DISTANCES])?,
        })
    }
}

/// Bucket of the distance between rows: 0 here; by magnitude in powers of two, 1 to 8 ahead, 9 to 16 behind.
///
/// 17 is the bucket of pointing to nothing. The same as `distance_bucket` in
/// `train/onrecord_train/model.py`.
fn distance(from: usize, to: usize) -> usize {
    let size = |d: usize| (d.ilog2() as usize + 1).min(8);
    match to.cmp(&from) {
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => size(to - from),
        std::cmp::Ordering::Less => size(from - to) + 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_training() {
        let cases = [
            (5, 5, 0),
            (5, 6, 1),
            (5, 7, 2),
            (5, 8, 2),
            (5, 9, 3),
            (5, 12, 3),
            (5, 13, 4),
            (1, 128, 7),
            (1, 129, 8),
            (1, 257, 8),
            (1, 320, 8),
            (6, 5, 9),
            (7, 5, 10),
            (9, 5, 11),
            (129, 1, 16),
            (320, 1, 16),
        ];
        let wrong: Vec<_> =
            cases.into_iter().filter(|&(from, to, bucket)| distance(from, to) != bucket).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
