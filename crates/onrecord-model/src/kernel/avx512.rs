//! AVX-512 with VNNI: one register a vector, `vpdpbusd` for the products.

use std::arch::x86_64::*;

use super::avx2::fold;
use super::isa::{Block, DEPTH, Isa, Kernel, LANES, Packing};

/// A machine with AVX-512 F, BW, DQ, VL and VNNI.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx512(());

impl Avx512 {
    pub(crate) fn detect() -> Option<Self> {
        (is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vnni")
            && is_x86_feature_detected!("fma"))
        .then_some(Self(()))
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma")]
fn enter<K: Kernel>(isa: Avx512, kernel: K) -> K::Output {
    kernel.call(isa)
}

impl Isa for Avx512 {
    type V = __m512;

    const PACKING: Packing = Packing::Fours;

    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) -> K::Output {
        // SAFETY: a value of this type comes only from `detect`, which found the features.
        unsafe { enter(self, kernel) }
    }

    #[inline(always)]
    fn splat(self, x: f32) -> __m512 {
        // SAFETY: `self` proves the features.
        unsafe { _mm512_set1_ps(x) }
    }

    #[inline(always)]
    fn load(self, x: &[f32; LANES]) -> __m512 {
        // SAFETY: `self` proves the features; sixteen numbers are behind the reference.
        unsafe { _mm512_loadu_ps(x.as_ptr()) }
    }

    #[inline(always)]
    fn store(self, v: __m512, out: &mut [f32; LANES]) {
        // SAFETY: `self` proves the features; sixteen numbers are behind the reference.
        unsafe { _mm512_storeu_ps(out.as_mut_ptr(), v) }
    }

    #[inline(always)]
    fn add(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: `self` proves the features.
        unsafe { _mm512_add_ps(a, b) }
    }

    #[inline(always)]
    fn sub(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: `self` proves the features.
        unsafe { _mm512_sub_ps(a, b) }
    }

    #[inline(always)]
    fn mul(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: `self` proves the features.
        unsafe { _mm512_mul_ps(a, b) }
    }

    #[inline(always)]
    fn fma(self, a: __m512, b: __m512, c: __m512) -> __m512 {
        // SAFETY: `self` proves the features.
        unsafe { _mm512_fmadd_ps(a, b, c) }
    }

    #[inline(always)]
    fn min(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: `self` proves the features.
        unsafe { _mm512_min_ps(a, b) }
    }

    #[inline(always)]
    fn max(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: `self` proves the features.
        unsafe { _mm512_max_ps(a, b) }
    }

    #[inline(always)]
    fn sum(self, v: __m512) -> f32 {
        // SAFETY: `self` proves the features.
        unsafe {
            fold!(
                _mm512_castps512_ps256(v),
                _mm512_extractf32x8_ps::<1>(v),
                _mm256_add_ps,
                _mm_add_ps
            )
        }
    }

    #[inline(always)]
    fn least(self, v: __m512) -> f32 {
        // SAFETY: `self` proves the features.
        unsafe {
            fold!(
                _mm512_castps512_ps256(v),
                _mm512_extractf32x8_ps::<1>(v),
                _mm256_min_ps,
                _mm_min_ps
            )
        }
    }

    #[inline(always)]
    fn greatest(self, v: __m512) -> f32 {
        // SAFETY: `self` proves the features.
        unsafe {
            fold!(
                _mm512_castps512_ps256(v),
                _mm512_extractf32x8_ps::<1>(v),
                _mm256_max_ps,
                _mm_max_ps
            )
        }
    }

    #[inline(always)]
    fn corrected(self, x: &[i32; LANES], zero: i32, weights: &[i32; LANES]) -> __m512 {
        // SAFETY: `self` proves the features; sixteen numbers are behind each reference.
        unsafe {
            let weights = _mm512_loadu_epi32(weights.as_ptr());
            let excess = _mm512_mullo_epi32(_mm512_set1_epi32(zero), weights);
            _mm512_cvtepi32_ps(_mm512_sub_epi32(_mm512_loadu_epi32(x.as_ptr()), excess))
        }
    }

    #[inline(always)]
    fn power_of_two(self, v: __m512) -> __m512 {
        // SAFETY: `self` proves the features.
        unsafe {
            let biased = _mm512_add_epi32(_mm512_castps_si512(v), _mm512_set1_epi32(127));
            _mm512_castsi512_ps(_mm512_slli_epi32::<23>(biased))
        }
    }

    #[inline(always)]
    fn store_bytes(self, v: __m512, out: &mut [u8; LANES]) {
        // SAFETY: `self` proves the features; sixteen bytes are behind the reference.
        unsafe {
            let bytes = _mm512_cvtepi32_epi8(_mm512_castps_si512(v));
            _mm_storeu_si128(out.as_mut_ptr().cast(), bytes);
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
        let n_blocks = k / DEPTH;
        assert!(x.len() >= M * k && weights.len() >= P * n_blocks);
        // SAFETY: `self` proves the features; the assertion keeps every read inside the slices:
        // row m < M and step i < n_blocks read x[m * k + 4 * i..][..4], block weights[p * n_blocks + i].
        unsafe {
            let mut sums = [[_mm512_setzero_si512(); P]; M];
            let (x, weights) = (x.as_ptr(), weights.as_ptr());
            for i in 0..n_blocks {
                let mut w = [_mm512_setzero_si512(); P];
                for (p, w) in w.iter_mut().enumerate() {
                    *w = _mm512_load_si512(weights.add(p * n_blocks + i).cast());
                }
                for (m, sums) in sums.iter_mut().enumerate() {
                    let four = x.add(m * k + DEPTH * i).cast::<i32>().read_unaligned();
                    let four = _mm512_set1_epi32(four);
                    for (sum, w) in sums.iter_mut().zip(w) {
                        *sum = _mm512_dpbusd_epi32(*sum, four, w);
                    }
                }
            }
            for (sums, out) in sums.iter().zip(out) {
                for (sum, out) in sums.iter().zip(out) {
                    _mm512_storeu_epi32(out.as_mut_ptr(), *sum);
                }
            }
        }
    }
}
