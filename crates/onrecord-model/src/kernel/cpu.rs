//! The choice of the instruction set, and its tile sizes.

use super::attention::{Attention, Room};
#[cfg(target_arch = "x86_64")]
use super::avx2::Avx2;
#[cfg(target_arch = "x86_64")]
use super::avx512::Avx512;
use super::float::{Dots, Gelu, Meet, Norm, Normalise, Products, Quantise};
use super::isa::{Isa, Kernel, Packing};
use super::linear::{Linear, Multiply, Rows, Then};
use super::portable::Portable;

/// An instruction set of this machine.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cpu {
    #[cfg(target_arch = "x86_64")]
    Avx512(Avx512),
    #[cfg(target_arch = "x86_64")]
    Avx2Vnni(Avx2<true>),
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2<false>),
    Portable(Portable),
}

impl Cpu {
    /// All that this machine can run, the fastest first.
    pub(crate) fn all() -> Vec<Self> {
        let mut all = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            all.extend(Avx512::detect().map(Self::Avx512));
            all.extend(Avx2::<true>::detect().map(Self::Avx2Vnni));
            all.extend(Avx2::<false>::detect().map(Self::Avx2));
        }
        all.push(Self::Portable(Portable));
        all
    }

    /// How weights are to be packed for [`Self::multiply`].
    pub(crate) fn packing(self) -> Packing {
        fn of<I: Isa>(_: I) -> Packing {
            I::PACKING
        }
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(isa) => of(isa),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2Vnni(isa) => of(isa),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(isa) => of(isa),
            Self::Portable(isa) => of(isa),
        }
    }

    /// For people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(_) => "AVX-512 VNNI",
            #[cfg(target_arch = "x86_64")]
            Self::Avx2Vnni(_) => "AVX-VNNI",
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(_) => "AVX2",
            Self::Portable(_) => "portable",
        }
    }

    /// `out[row] = linear(x[first + row])`, or as `then` says, for as many rows as `out` has.
    pub(crate) fn multiply(
        self,
        linear: &Linear,
        x: &Rows,
        first: usize,
        then: Then,
        out: &mut [f32],
    ) {
        // Sums in registers: 24 of 32 on AVX-512; 12 of 16 on AVX2, where sixteen lanes take two
        // registers with VNNI and four without.
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(isa) => isa.run(Multiply::<6, 4> { linear, x, first, then, out }),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2Vnni(isa) => isa.run(Multiply::<6, 1> { linear, x, first, then, out }),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(isa) => isa.run(Multiply::<2, 1> { linear, x, first, then, out }),
            Self::Portable(isa) => isa.run(Multiply::<1, 1> { linear, x, first, then, out }),
        }
    }

    /// Attention of all rows; `qkv` [n, 3 · width] with the queries scaled, `out` [n, width].
    pub(crate) fn attend(self, qkv: &[f32], width: usize, room: &mut Room, out: &mut [f32]) {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(isa) => isa.run(Attention::<8> { qkv, width, room, out }),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2Vnni(isa) => isa.run(Attention::<2> { qkv, width, room, out }),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(isa) => isa.run(Attention::<2> { qkv, width, room, out }),
            Self::Portable(isa) => isa.run(Attention::<1> { qkv, width, room, out }),
        }
    }

    /// LayerNorm of rows in place, and their quantised form into `out` from row `first` on.
    pub(crate) fn normalise(self, x: &mut [f32], norm: &Norm, out: &mut Rows, first: usize) {
        self.run(Normalise { x, norm, out, first });
    }

    /// The quantised form of rows, into the first rows of `out`.
    pub(crate) fn quantise(self, x: &[f32], width: usize, out: &mut Rows) {
        self.run(Quantise { x, width, out });
    }

    /// Dot products of `x` with the rows of `matrix`, as many as `out` has.
    pub(crate) fn dots(self, x: &[f32], matrix: &[f32], out: &mut [f32]) {
        self.run(Dots { x, matrix, out });
    }

    /// Dot products of each row of `x` with the rows of `matrix`, row after row of `x`; bit by bit those of `dots`.
    pub(crate) fn products(self, width: usize, x: &[f32], matrix: &[f32], out: &mut [f32]) {
        self.run(Products { width, x, matrix, out });
    }

    /// GELU of numbers in place, as many as there are whole vectors.
    pub(crate) fn gelu(self, x: &mut [f32]) {
        self.run(Gelu { x });
    }

    /// `weight · max(0, x + the sum of the terms)` for each of `terms`.
    pub(crate) fn meet(self, x: &[f32], terms: &[[&[f32]; 3]], weight: &[f32], out: &mut [f32]) {
        self.run(Meet { x, terms, weight, out });
    }

    pub(super) fn run<K: Kernel>(self, kernel: K) -> K::Output {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(isa) => isa.run(kernel),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2Vnni(isa) => isa.run(kernel),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(isa) => isa.run(kernel),
            Self::Portable(isa) => isa.run(kernel),
        }
    }
}
