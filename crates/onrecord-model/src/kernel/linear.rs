//! The int8 matrix product: packed weights, quantised rows, and what is done with each sum at once.

use super::float::{gelu, lanes, lanes_mut};
use super::isa::{Block, DEPTH, Isa, Kernel, LANES, Packing};

/// A linear layer with weights of int8, packed for an instruction set.
#[derive(Debug)]
pub(crate) struct Linear {
    n_in: usize,
    n_out: usize,
    blocks: Vec<Block>,
    /// Sum of the weights of each output: what the rows' zero point adds to a product.
    sums: Vec<i32>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// Packs `weights[output][input]`; each output is multiplied by its `scale`, then `bias` added.
    ///
    /// `n_out` must be a multiple of [`PANEL`] lanes, `n_in` of sixteen.
    pub(crate) fn new(
        packing: Packing,
        n_in: usize,
        weights: &[u8],
        scale: Vec<f32>,
        bias: Vec<f32>,
    ) -> Self {
        let n_out = scale.len();
        assert!(n_out.is_multiple_of(PANEL * LANES) && n_in.is_multiple_of(LANES));
        assert_eq!(bias.len(), n_out);
        assert_eq!(weights.len(), n_in * n_out);
        let n_blocks = n_in / DEPTH;
        let mut blocks = vec![Block([0; LANES * DEPTH]); n_out / LANES * n_blocks];
        let mut sums = vec![0; n_out];
        for (output, row) in weights.chunks_exact(n_in).enumerate() {
            let (group, lane) = (output / LANES, output % LANES);
            let into = &mut blocks[group * n_blocks..][..n_blocks];
            for (i, four) in row.chunks_exact(DEPTH).enumerate() {
                let (block, at) = match packing {
                    Packing::Fours => (i, lane),
                    Packing::Rows => {
                        let at = lane * n_blocks + i;
                        (at / LANES, at % LANES)
                    }
                };
                for (to, &from) in into[block].0[at * DEPTH..][..DEPTH].iter_mut().zip(four) {
                    *to = from as i8;
                }
            }
            sums[output] = row.iter().map(|&w| i32::from(w as i8)).sum();
        }
        Self { n_in, n_out, blocks, sums, scale, bias }
    }

    /// Multiplies the first `n` outputs by a constant.
    pub(crate) fn rescale(&mut self, n: usize, factor: f32) {
        for x in self.scale[..n].iter_mut().chain(&mut self.bias[..n]) {
            *x *= factor;
        }
    }
}

/// Blocks of outputs that the widest kernel takes at once.
pub(crate) const PANEL: usize = 4;

/// Rows quantised to u8, each by itself: `x ~ scale * (u - zero)`.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    values: Vec<u8>,
    scale: Vec<f32>,
    zero: Vec<i32>,
}

impl Rows {
    /// Room for `n` rows of `width`.
    pub(crate) fn new(n: usize, width: usize) -> Self {
        Self { values: vec![0; n * width], scale: vec![0.0; n], zero: vec![0; n] }
    }

    #[inline(always)]
    pub(crate) fn row_mut(&mut self, row: usize, width: usize) -> &mut [u8] {
        &mut self.values[row * width..(row + 1) * width]
    }

    #[inline(always)]
    pub(crate) fn set(&mut self, row: usize, scale: f32, zero: i32) {
        self.scale[row] = scale;
        self.zero[row] = zero;
    }

    /// The numbers that a row stands for, and its step.
    #[cfg(test)]
    pub(crate) fn dequantised(&self, row: usize, width: usize) -> (Vec<f32>, f32) {
        let of = |&u: &u8| self.scale[row] * (i32::from(u) - self.zero[row]) as f32;
        (self.values[row * width..][..width].iter().map(of).collect(), self.scale[row])
    }
}

/// What becomes of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// It is stored.
    Store,
    /// Its GELU is stored.
    Gelu,
    /// It is added to what is there.
    Add,
}

/// `out[row] = linear(x[first + row])` for as many rows as `out` has; `M` rows times `P` blocks at once.
pub(crate) struct Multiply<'a, const M: usize, const P: usize> {
    pub(crate) linear: &'a Linear,
    pub(crate) x: &'a Rows,
    pub(crate) first: usize,
    pub(crate) then: Then,
    pub(crate) out: &'a mut [f32],
}

impl<const M: usize, const P: usize> Kernel for Multiply<'_, M, P> {
    type Output = ();

    #[inline(always)]
    fn call<I: Isa>(mut self, isa: I) {
        let n_rows = self.out.len() / self.linear.n_out;
        // Panels outside, rows inside: a panel's weights are read once from far and stay in the first
        // cache, the rows in the second.
        for panel in 0..self.linear.n_out / (LANES * P) {
            let mut row = 0;
            while row + M <= n_rows {
                self.tile::<M, I>(isa, panel, row);
                row += M;
            }
            while row + 2 <= n_rows {
                self.tile::<2, I>(isa, panel, row);
                row += 2;
            }
            if row < n_rows {
                self.tile::<1, I>(isa, panel, row);
            }
        }
    }
}

impl<const M: usize, const P: usize> Multiply<'_, M, P> {
    #[inline(always)]
    fn tile<const N: usize, I: Isa>(&mut self, isa: I, panel: usize, row: usize) {
        let &Linear { n_in, n_out, .. } = self.linear;
        let first = self.first + row;
        let blocks = &self.linear.blocks[panel * P * (n_in / DEPTH)..][..P * (n_in / DEPTH)];
        let mut sums = [[[0; LANES]; P]; N];
        isa.multiply(n_in, &self.x.values[first * n_in..][..N * n_in], blocks, &mut sums);
        for p in 0..P {
            let output = (panel * P + p) * LANES;
            let scale = isa.load(lanes(&self.linear.scale, output));
            let bias = isa.load(lanes(&self.linear.bias, output));
            let weights = self.linear.sums[output..].first_chunk().expect("outputs come in lanes");
            for (m, sums) in sums.iter().enumerate() {
                let y = isa.corrected(&sums[p], self.x.zero[first + m], weights);
                let scale = isa.mul(isa.splat(self.x.scale[first + m]), scale);
                let y = isa.fma(y, scale, bias);
                let out = lanes_mut(self.out, (row + m) * n_out + output);
                match self.then {
                    Then::Store => isa.store(y, out),
                    Then::Gelu => isa.store(gelu(isa, y), out),
                    Then::Add => isa.store(isa.add(y, isa.load(out)), out),
                }
            }
        }
    }
}
