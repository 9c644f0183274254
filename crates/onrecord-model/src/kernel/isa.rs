//! Sixteen lanes of f32 and one integer product, as each instruction set has them.
//!
//! Every operation is exact or correctly rounded and defined for each lane by itself, so that all
//! implementations give the same bits. What is built on them ([`Kernel`]s) fixes the order of sums.

/// Lanes of a vector.
pub(crate) const LANES: usize = 16;

/// Added to a number below 2^22, leaves it rounded to an integer, ties to even, in the low bits.
pub(crate) const ROUND: f32 = 12_582_912.0;

/// Inputs that an integer product takes at once, and that lie together in packed weights.
pub(crate) const DEPTH: usize = 4;

/// How the weights of sixteen outputs lie, which come one group after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// A block has [`DEPTH`] inputs of each output, output by output; blocks follow the inputs.
    Fours,
    /// All inputs of an output, then those of the next.
    Rows,
}

/// 64 weights; what they are, [`Packing`] says.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct Block(pub(crate) [i8; LANES * DEPTH]);

/// An instruction set; a value is the proof that this machine has it.
pub(crate) trait Isa: Copy {
    /// Sixteen f32.
    type V: Copy;

    /// The order of weights that `multiply` wants.
    const PACKING: Packing;

    /// Runs a kernel compiled for this instruction set.
    fn run<K: Kernel>(self, kernel: K) -> K::Output;

    fn splat(self, x: f32) -> Self::V;
    fn load(self, x: &[f32; LANES]) -> Self::V;
    fn store(self, v: Self::V, out: &mut [f32; LANES]);
    fn add(self, a: Self::V, b: Self::V) -> Self::V;
    fn sub(self, a: Self::V, b: Self::V) -> Self::V;
    fn mul(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a * b + c`, rounded once.
    fn fma(self, a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    /// `a < b ? a : b`
    fn min(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a > b ? a : b`
    fn max(self, a: Self::V, b: Self::V) -> Self::V;
    /// The sum of the lanes, halves onto halves: first lanes i and i + 8, last 0 and 1.
    fn sum(self, v: Self::V) -> f32;
    /// The least lane, in the same order.
    fn least(self, v: Self::V) -> f32;
    /// The greatest lane, in the same order.
    fn greatest(self, v: Self::V) -> f32;
    /// `x - zero * weights` to the nearest f32, ties to even.
    fn corrected(self, x: &[i32; LANES], zero: i32, weights: &[i32; LANES]) -> Self::V;
    /// 2^n where `v` is `ROUND + n`, n from -126 to 127.
    fn power_of_two(self, v: Self::V) -> Self::V;
    /// n where `v` is `ROUND + n`, n from 0 to 255.
    fn store_bytes(self, v: Self::V, out: &mut [u8; LANES]);

    /// Sums of products, exact: `out[m][p][lane]` over the `k` inputs of row `m` of `x` (row-major,
    /// `M` rows) with output `lane` of group `p` of the weights (each of `k / DEPTH` blocks), which lie
    /// as [`Self::PACKING`] says.
    fn multiply<const M: usize, const P: usize>(
        self,
        k: usize,
        x: &[u8],
        weights: &[Block],
        out: &mut [[[i32; LANES]; P]; M],
    );
}

/// A computation written once for all instruction sets.
///
/// `call` and all that it calls are `#[inline(always)]`: only so are they compiled with the
/// instructions of `I`.
pub(crate) trait Kernel {
    type Output;

    fn call<I: Isa>(self, isa: I) -> Self::Output;
}
