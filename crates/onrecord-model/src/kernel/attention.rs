//! Attention in f32, one head after the other, so that its keys and values stay in the caches.

use super::float::{exp, lanes, lanes_mut};
use super::isa::{Isa, Kernel, LANES};

/// Width of a head: two vectors.
pub(crate) const HEAD: usize = 2 * LANES;

/// Keys taken at once.
const STEP: usize = 2 * LANES;

/// Room for one head's attention.
#[derive(Debug, Default)]
pub(crate) struct Room {
    /// [HEAD, n padded]: keys with the padding's zero.
    keys: Vec<f32>,
    /// [n, HEAD]
    values: Vec<f32>,
    /// [M, n padded]
    scores: Vec<f32>,
}

/// `out[row]` = mixed values of row; `M` rows at once.
///
/// `qkv` is [n, 3 · width], the queries scaled already; `out` is [n, width].
pub(crate) struct Attention<'a, const M: usize> {
    pub(crate) qkv: &'a [f32],
    pub(crate) width: usize,
    pub(crate) room: &'a mut Room,
    pub(crate) out: &'a mut [f32],
}

impl<const M: usize> Kernel for Attention<'_, M> {
    type Output = ();

    #[inline(always)]
    fn call<I: Isa>(self, isa: I) {
        let Self { qkv, width, room, out } = self;
        let n = out.len() / width;
        let padded = n.next_multiple_of(STEP);
        let Room { keys, values, scores } = room;
        keys.resize(HEAD * padded, 0.0);
        values.resize(n * HEAD, 0.0);
        scores.resize(M * padded, 0.0);
        for head in 0..width / HEAD {
            let at = head * HEAD;
            for (row, qkv) in qkv.chunks_exact(3 * width).enumerate() {
                for (d, k) in qkv[width + at..][..HEAD].iter().enumerate() {
                    keys[d * padded + row] = *k;
                }
                values[row * HEAD..][..HEAD].copy_from_slice(&qkv[2 * width + at..][..HEAD]);
            }
            for row in n..padded {
                for d in 0..HEAD {
                    keys[d * padded + row] = 0.0;
                }
            }
            let head = Head { keys, values, n, padded, qkv, width, at };
            let mut row = 0;
            while row + M <= n {
                head.rows::<M, I>(isa, row, scores, out);
                row += M;
            }
            while row < n {
                head.rows::<1, I>(isa, row, scores, out);
                row += 1;
            }
        }
    }
}

struct Head<'a> {
    keys: &'a [f32],
    values: &'a [f32],
    n: usize,
    padded: usize,
    qkv: &'a [f32],
    width: usize,
    at: usize,
}

impl Head<'_> {
    #[inline(always)]
    fn rows<const N: usize, I: Isa>(
        &self,
        isa: I,
        row: usize,
        scores: &mut [f32],
        out: &mut [f32],
    ) {
        let Self { n, padded, width, at, .. } = *self;
        let mut queries = [[0.0; HEAD]; N];
        for (m, query) in queries.iter_mut().enumerate() {
            query.copy_from_slice(&self.qkv[(row + m) * 3 * width + at..][..HEAD]);
        }
        for to in (0..padded).step_by(STEP) {
            let mut sums = [[isa.splat(0.0); 2]; N];
            for (d, keys) in self.keys.chunks_exact(padded).enumerate().take(HEAD) {
                let keys = [isa.load(lanes(keys, to)), isa.load(lanes(keys, to + LANES))];
                for (sums, query) in sums.iter_mut().zip(&queries) {
                    let q = isa.splat(query[d]);
                    sums[0] = isa.fma(q, keys[0], sums[0]);
                    sums[1] = isa.fma(q, keys[1], sums[1]);
                }
            }
            for (m, sums) in sums.iter().enumerate() {
                isa.store(sums[0], lanes_mut(scores, m * padded + to));
                isa.store(sums[1], lanes_mut(scores, m * padded + to + LANES));
            }
        }
        let mut inverse = [0.0; N];
        for (scores, inverse) in scores.chunks_exact_mut(padded).zip(&mut inverse) {
            *inverse = 1.0 / exponentials(isa, scores, n);
        }
        let mut sums = [[isa.splat(0.0); 2]; N];
        for (from, values) in self.values.chunks_exact(HEAD).enumerate().take(n) {
            let values = [isa.load(lanes(values, 0)), isa.load(lanes(values, LANES))];
            for (m, sums) in sums.iter_mut().enumerate() {
                let p = isa.splat(scores[m * padded + from]);
                sums[0] = isa.fma(p, values[0], sums[0]);
                sums[1] = isa.fma(p, values[1], sums[1]);
            }
        }
        for (m, (sums, inverse)) in sums.iter().zip(inverse).enumerate() {
            let out = &mut out[(row + m) * width + at..][..HEAD];
            let inverse = isa.splat(inverse);
            isa.store(isa.mul(sums[0], inverse), lanes_mut(out, 0));
            isa.store(isa.mul(sums[1], inverse), lanes_mut(out, LANES));
        }
    }
}

/// Turns the first `n` scores into exponentials relative to the highest, the padding into zeros; their sum.
#[inline(always)]
fn exponentials<I: Isa>(isa: I, scores: &mut [f32], n: usize) -> f32 {
    scores[n..].fill(f32::MIN);
    let mut highest = isa.splat(f32::MIN);
    for scores in scores.chunks_exact(LANES) {
        highest = isa.max(highest, isa.load(lanes(scores, 0)));
    }
    let highest = isa.splat(isa.greatest(highest));
    let (whole, rest) = scores.split_at_mut(n / LANES * LANES);
    let mut sum = isa.splat(0.0);
    for scores in whole.chunks_exact_mut(LANES) {
        let scores = lanes_mut(scores, 0);
        let e = exp(isa, isa.sub(isa.load(scores), highest));
        sum = isa.add(sum, e);
        isa.store(e, scores);
    }
    if !rest.is_empty() {
        let scores = lanes_mut(rest, 0);
        isa.store(exp(isa, isa.sub(isa.load(scores), highest)), scores);
        rest[n % LANES..].fill(0.0);
        sum = isa.add(sum, isa.load(lanes(rest, 0)));
    }
    isa.sum(sum)
}
