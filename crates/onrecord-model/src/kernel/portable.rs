//! The reference: plain Rust, in loops that LLVM vectorises for the target's baseline.

use super::isa::{Block, DEPTH, Isa, Kernel, LANES, Packing};

/// Any machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portable;

type V = [f32; LANES];

#[inline(always)]
fn lanes(f: impl Fn(usize) -> f32) -> V {
    let mut out = [0.0; LANES];
    for (i, x) in out.iter_mut().enumerate() {
        *x = f(i);
    }
    out
}

#[inline(always)]
fn fold(mut v: V, f: impl Fn(f32, f32) -> f32) -> f32 {
    for width in [8, 4, 2, 1] {
        for i in 0..width {
            v[i] = f(v[i], v[i + width]);
        }
    }
    v[0]
}

impl Isa for Portable {
    type V = V;

    const PACKING: Packing = Packing::Rows;

    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) -> K::Output {
        kernel.call(self)
    }

    #[inline(always)]
    fn splat(self, x: f32) -> V {
        [x; LANES]
    }

    #[inline(always)]
    fn load(self, x: &[f32; LANES]) -> V {
        *x
    }

    #[inline(always)]
    fn store(self, v: V, out: &mut [f32; LANES]) {
        *out = v;
    }

    #[inline(always)]
    fn add(self, a: V, b: V) -> V {
        lanes(|i| a[i] + b[i])
    }

    #[inline(always)]
    fn sub(self, a: V, b: V) -> V {
        lanes(|i| a[i] - b[i])
    }

    #[inline(always)]
    fn mul(self, a: V, b: V) -> V {
        lanes(|i| a[i] * b[i])
    }

    #[inline(always)]
    fn fma(self, a: V, b: V, c: V) -> V {
        lanes(|i| a[i].mul_add(b[i], c[i]))
    }

    #[inline(always)]
    fn min(self, a: V, b: V) -> V {
        lanes(|i| if a[i] < b[i] { a[i] } else { b[i] })
    }

    #[inline(always)]
    fn max(self, a: V, b: V) -> V {
        lanes(|i| if a[i] > b[i] { a[i] } else { b[i] })
    }

    #[inline(always)]
    fn sum(self, v: V) -> f32 {
        fold(v, |a, b| a + b)
    }

    #[inline(always)]
    fn least(self, v: V) -> f32 {
        fold(v, |a, b| if a < b { a } else { b })
    }

    #[inline(always)]
    fn greatest(self, v: V) -> f32 {
        fold(v, |a, b| if a > b { a } else { b })
    }

    #[inline(always)]
    fn corrected(self, x: &[i32; LANES], zero: i32, weights: &[i32; LANES]) -> V {
        lanes(|i| (x[i] - zero * weights[i]) as f32)
    }

    #[inline(always)]
    fn power_of_two(self, v: V) -> V {
        lanes(|i| f32::from_bits(v[i].to_bits().wrapping_add(127) << 23))
    }

    #[inline(always)]
    fn store_bytes(self, v: V, out: &mut [u8; LANES]) {
        for i in 0..LANES {
            out[i] = v[i].to_bits() as u8;
        }
    }

    #[inline(always)]
    fn multiply<const M: usize, const P: usize>(
        self,
        k: usize,
        x: &[u8],
        weights: &[Block],
        out: &mut [[[i32; LANES]; P]; M],
    ) {
        // Dot products of plain rows are what LLVM vectorises best, on aarch64 as on x86.
        for (row, out) in x.chunks_exact(k).zip(out) {
            for (blocks, out) in weights.chunks_exact(k / DEPTH).zip(out) {
                for (w, out) in bytes(blocks).chunks_exact(k).zip(out) {
                    *out = row.iter().zip(w).map(|(&x, &w)| i32::from(x) * i32::from(w)).sum();
                }
            }
        }
    }
}

/// The weights of blocks, one after the other.
fn bytes(blocks: &[Block]) -> &[i8] {
    // SAFETY: a block is an array of i8 without padding (its size is its alignment), so blocks in a row
    // are one array.
    unsafe { std::slice::from_raw_parts(blocks.as_ptr().cast(), size_of_val(blocks)) }
}
