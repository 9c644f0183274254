//! The functions of f32 between the products: exponential, error function, norm, quantisation.

use super::isa::{Isa, Kernel, LANES, ROUND};
use super::linear::Rows;

/// Sixteen numbers of a slice as an array.
#[inline(always)]
pub(crate) fn lanes(x: &[f32], at: usize) -> &[f32; LANES] {
    x[at..].first_chunk().expect("lengths are multiples of LANES")
}

/// Sixteen numbers of a slice as an array.
#[inline(always)]
pub(crate) fn lanes_mut(x: &mut [f32], at: usize) -> &mut [f32; LANES] {
    x[at..].first_chunk_mut().expect("lengths are multiples of LANES")
}

/// A polynomial, leading coefficient first, of odd degree if `N` is even.
///
/// Odd and even powers apart: two chains of half the length, so that more vectors are under way at once.
#[inline(always)]
fn polynomial<I: Isa, const N: usize>(isa: I, x: I::V, coefficients: &[f32; N]) -> I::V {
    let square = isa.mul(x, x);
    let mut sums = [isa.splat(coefficients[0]), isa.splat(coefficients[1])];
    for (i, c) in coefficients.iter().enumerate().skip(2) {
        sums[i % 2] = isa.fma(sums[i % 2], square, isa.splat(*c));
    }
    // The last coefficient belongs to the even powers.
    isa.fma(sums[N % 2], x, sums[(N - 1) % 2])
}

/// (e^x − 1 − x) / x² over |x| ≤ ln 2 / 2, from Cephes; leading term first.
const EXP: [f32; 6] =
    [1.987_569_1e-4, 1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 5.0e-1];

/// e^x for x at most 0; below -87 the result stays e^-87. Relative error below 2e-7 (Cephes' polynomial).
#[inline(always)]
pub(crate) fn exp<I: Isa>(isa: I, x: I::V) -> I::V {
    let x = isa.max(x, isa.splat(-87.0));
    let rounded = isa.fma(x, isa.splat(std::f32::consts::LOG2_E), isa.splat(ROUND));
    let n = isa.sub(rounded, isa.splat(ROUND));
    // ln 2 in two parts, the first with few bits, so that `n` times it is exact.
    let r = isa.fma(n, isa.splat(-0.693_359_4), x);
    let r = isa.fma(n, isa.splat(2.121_944_4e-4), r);
    let p = polynomial(isa, r, &EXP);
    let p = isa.fma(isa.mul(r, r), p, isa.add(r, isa.splat(1.0)));
    isa.mul(p, isa.power_of_two(rounded))
}

/// erf(x / √2) / x as a polynomial in x² · 2/25 − 1 over |x| ≤ 5, by Chebyshev fit; leading term first.
const ERF: [f32; 13] = [
    0.0014707528,
    -0.0033534619,
    0.0027491923,
    -0.0050538336,
    0.013533055,
    -0.02261425,
    0.03247218,
    -0.046426255,
    0.06295352,
    -0.08090256,
    0.10303586,
    -0.14059182,
    0.28272763,
];

/// x · Φ(x), the GELU of BERT. Absolute error below 3e-6.
#[inline(always)]
pub(crate) fn gelu<I: Isa>(isa: I, x: I::V) -> I::V {
    let c = isa.max(isa.min(x, isa.splat(5.0)), isa.splat(-5.0));
    let u = isa.fma(isa.mul(c, c), isa.splat(0.08), isa.splat(-1.0));
    let p = polynomial(isa, u, &ERF);
    let half = isa.mul(x, isa.splat(0.5));
    isa.fma(half, isa.mul(p, c), half)
}

/// Quantises a row by itself: `x ~ scale * (u - zero)`.
#[inline(always)]
fn quantise<I: Isa>(isa: I, x: &[f32], out: &mut [u8]) -> (f32, i32) {
    let (mut low, mut high) = (isa.splat(0.0), isa.splat(0.0));
    for x in x.chunks_exact(LANES) {
        let x = isa.load(lanes(x, 0));
        low = isa.min(low, x);
        high = isa.max(high, x);
    }
    let low = isa.least(low);
    let high = isa.greatest(high);
    // The floor keeps a row of zeros from dividing by zero.
    let scale = ((high - low) / 255.0).max(1e-30);
    let zero = (-low / scale + ROUND) - ROUND;
    let (inverse, offset) = (isa.splat(1.0 / scale), isa.splat(zero));
    for (x, out) in x.chunks_exact(LANES).zip(out.chunks_exact_mut(LANES)) {
        let u = isa.fma(isa.load(lanes(x, 0)), inverse, offset);
        let u = isa.min(isa.max(u, isa.splat(0.0)), isa.splat(255.0));
        let out = out.first_chunk_mut().expect("chunks of LANES");
        isa.store_bytes(isa.add(u, isa.splat(ROUND)), out);
    }
    (scale, zero as i32)
}

/// Quantises rows of f32 into `out`, from its first row on.
pub(crate) struct Quantise<'a> {
    pub(crate) x: &'a [f32],
    pub(crate) width: usize,
    pub(crate) out: &'a mut Rows,
}

impl Kernel for Quantise<'_> {
    type Output = ();

    #[inline(always)]
    fn call<I: Isa>(self, isa: I) {
        for (i, x) in self.x.chunks_exact(self.width).enumerate() {
            let (scale, zero) = quantise(isa, x, self.out.row_mut(i, self.width));
            self.out.set(i, scale, zero);
        }
    }
}

/// LayerNorm of rows in place; then quantises them into `out`, from row `first` on.
pub(crate) struct Normalise<'a> {
    pub(crate) x: &'a mut [f32],
    pub(crate) norm: &'a Norm,
    pub(crate) out: &'a mut Rows,
    pub(crate) first: usize,
}

/// Gain and bias of a LayerNorm.
#[derive(Debug)]
pub(crate) struct Norm {
    pub(crate) gain: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// Added to the variance, as in training.
const EPSILON: f32 = 1e-12;

impl Kernel for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn call<I: Isa>(self, isa: I) {
        let width = self.norm.gain.len();
        for (i, x) in self.x.chunks_exact_mut(width).enumerate() {
            let mut sum = isa.splat(0.0);
            for x in x.chunks_exact(LANES) {
                sum = isa.add(sum, isa.load(lanes(x, 0)));
            }
            let mean = isa.splat(isa.sum(sum) / width as f32);
            let mut squares = isa.splat(0.0);
            for x in x.chunks_exact(LANES) {
                let d = isa.sub(isa.load(lanes(x, 0)), mean);
                squares = isa.fma(d, d, squares);
            }
            let variance = isa.sum(squares) / width as f32;
            let inverse = isa.splat(1.0 / (variance + EPSILON).sqrt());
            let affine = self.norm.gain.chunks_exact(LANES).zip(self.norm.bias.chunks_exact(LANES));
            for (x, (gain, bias)) in x.chunks_exact_mut(LANES).zip(affine) {
                let x = lanes_mut(x, 0);
                let d = isa.mul(isa.sub(isa.load(x), mean), inverse);
                isa.store(isa.fma(d, isa.load(lanes(gain, 0)), isa.load(lanes(bias, 0))), x);
            }
            let (scale, zero) = quantise(isa, x, self.out.row_mut(self.first + i, width));
            self.out.set(self.first + i, scale, zero);
        }
    }
}

/// Dot products of `x` with the rows of `matrix`, into `out`.
pub(crate) struct Dots<'a> {
    pub(crate) x: &'a [f32],
    pub(crate) matrix: &'a [f32],
    pub(crate) out: &'a mut [f32],
}

impl Kernel for Dots<'_> {
    type Output = ();

    #[inline(always)]
    fn call<I: Isa>(self, isa: I) {
        for (row, out) in self.matrix.chunks_exact(self.x.len()).zip(self.out) {
            let mut sum = isa.splat(0.0);
            for (a, b) in self.x.chunks_exact(LANES).zip(row.chunks_exact(LANES)) {
                sum = isa.fma(isa.load(lanes(a, 0)), isa.load(lanes(b, 0)), sum);
            }
            *out = isa.sum(sum);
        }
    }
}

/// Dot products of each row of `x` with the rows of `matrix`, row after row of `x` into `out`.
pub(crate) struct Products<'a> {
    pub(crate) width: usize,
    pub(crate) x: &'a [f32],
    pub(crate) matrix: &'a [f32],
    pub(crate) out: &'a mut [f32],
}

impl Kernel for Products<'_> {
    type Output = ();

    /// Four rows of `x` at once, so that the matrix, larger than the nearest cache, is loaded a quarter as often.
    #[inline(always)]
    fn call<I: Isa>(self, isa: I) {
        let Products { width, x, matrix, out } = self;
        let n_rows = matrix.len() / width;
        for (x, out) in x.chunks(4 * width).zip(out.chunks_mut(4 * n_rows)) {
            if x.len() < 4 * width {
                for (x, out) in x.chunks_exact(width).zip(out.chunks_exact_mut(n_rows)) {
                    Dots { x, matrix, out }.call(isa);
                }
                break;
            }
            let (a, b) = x.split_at(2 * width);
            let ((a, b), (c, d)) = (a.split_at(width), b.split_at(width));
            for (i, row) in matrix.chunks_exact(width).enumerate() {
                let zero = isa.splat(0.0);
                let mut sums = (zero, zero, zero, zero);
                let vectors = |row| <[f32]>::as_chunks::<LANES>(row).0.iter();
                let columns = vectors(a).zip(vectors(b)).zip(vectors(c).zip(vectors(d)));
                for (y, ((a, b), (c, d))) in vectors(row).zip(columns) {
                    let y = isa.load(y);
                    sums.0 = isa.fma(isa.load(a), y, sums.0);
                    sums.1 = isa.fma(isa.load(b), y, sums.1);
                    sums.2 = isa.fma(isa.load(c), y, sums.2);
                    sums.3 = isa.fma(isa.load(d), y, sums.3);
                }
                out[i] = isa.sum(sums.0);
                out[n_rows + i] = isa.sum(sums.1);
                out[2 * n_rows + i] = isa.sum(sums.2);
                out[3 * n_rows + i] = isa.sum(sums.3);
            }
        }
    }
}

/// GELU of each number, in place.
pub(crate) struct Gelu<'a> {
    pub(crate) x: &'a mut [f32],
}

impl Kernel for Gelu<'_> {
    type Output = ();

    #[inline(always)]
    fn call<I: Isa>(self, isa: I) {
        for x in self.x.chunks_exact_mut(LANES) {
            let x = lanes_mut(x, 0);
            isa.store(gelu(isa, isa.load(x)), x);
        }
    }
}

/// `out = weight · max(0, x + the sum of the terms)` for each of `terms`.
pub(crate) struct Meet<'a> {
    pub(crate) x: &'a [f32],
    pub(crate) terms: &'a [[&'a [f32]; 3]],
    pub(crate) weight: &'a [f32],
    pub(crate) out: &'a mut [f32],
}

impl Kernel for Meet<'_> {
    type Output = ();

    #[inline(always)]
    fn call<I: Isa>(self, isa: I) {
        let zero = isa.splat(0.0);
        for (terms, out) in self.terms.iter().zip(self.out) {
            let mut sum = zero;
            for at in (0..self.x.len()).step_by(LANES) {
                let load = |x: &[f32]| isa.load(lanes(x, at));
                let near = isa.add(load(terms[1]), load(terms[2]));
                let spans = isa.add(load(self.x), load(terms[0]));
                let x = isa.max(isa.add(spans, near), zero);
                sum = isa.fma(x, load(self.weight), sum);
            }
            *out = isa.sum(sum);
        }
    }
}
