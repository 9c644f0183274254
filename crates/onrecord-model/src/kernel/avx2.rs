//! AVX2 with FMA: two registers a vector; products by widening to 16 bits, which is exact
//! (`vpmaddubsw` would saturate), or by `vpdpbusd` where the machine has AVX-VNNI.

use std::arch::x86_64::*;

use super::isa::{Block, DEPTH, Isa, Kernel, LANES, Packing};

/// A machine with AVX2 and FMA, and with AVX-VNNI if `VNNI`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx2<const VNNI: bool>(());

impl Avx2<false> {
    pub(crate) fn detect() -> Option<Self> {
        (is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")).then_some(Self(()))
    }
}

impl Avx2<true> {
    pub(crate) fn detect() -> Option<Self> {
        (Avx2::<false>::detect().is_some() && is_x86_feature_detected!("avxvnni"))
            .then_some(Self(()))
    }
}

#[target_feature(enable = "avx2,fma")]
fn enter<K: Kernel>(isa: Avx2<false>, kernel: K) -> K::Output {
    kernel.call(isa)
}

#[target_feature(enable = "avx2,fma,avxvnni")]
fn enter_vnni<K: Kernel>(isa: Avx2<true>, kernel: K) -> K::Output {
    kernel.call(isa)
}

/// Folds the lanes, halves onto halves, by the operation for 256 bits and that for 128.
macro_rules! fold {
    ($low:expr, $high:expr, $wide:ident, $narrow:ident) => {{
        let v = $wide($low, $high);
        let v = $narrow(_mm256_castps256_ps128(v), _mm256_extractf128_ps::<1>(v));
        let v = $narrow(v, _mm_movehl_ps(v, v));
        _mm_cvtss_f32($narrow(v, _mm_movehdup_ps(v)))
    }};
}
pub(super) use fold;

/// Both halves of sixteen lanes.
type V = [__m256; 2];

impl<const VNNI: bool> Isa for Avx2<VNNI> {
    type V = V;

    const PACKING: Packing = Packing::Fours;

    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) -> K::Output {
        // SAFETY: a value of this type comes only from `detect`, which found the features.
        unsafe { if VNNI { enter_vnni(Avx2(()), kernel) } else { enter(Avx2(()), kernel) } }
    }

    #[inline(always)]
    fn splat(self, x: f32) -> V {
        // SAFETY: `self` proves the features.
        unsafe { [_mm256_set1_ps(x); 2] }
    }

    #[inline(always)]
    fn load(self, x: &[f32; LANES]) -> V {
        // SAFETY: `self` proves the features; sixteen numbers are behind the reference.
        unsafe { [_mm256_loadu_ps(x.as_ptr()), _mm256_loadu_ps(x.as_ptr().add(8))] }
    }

    #[inline(always)]
    fn store(self, v: V, out: &mut [f32; LANES]) {
        // SAFETY: `self` proves the features; sixteen numbers are behind the reference.
        unsafe {
            _mm256_storeu_ps(out.as_mut_ptr(), v[0]);
            _mm256_storeu_ps(out.as_mut_ptr().add(8), v[1]);
        }
    }

    #[inline(always)]
    fn add(self, a: V, b: V) -> V {
        // SAFETY: `self` proves the features.
        unsafe { [_mm256_add_ps(a[0], b[0]), _mm256_add_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn sub(self, a: V, b: V) -> V {
        // SAFETY: `self` proves the features.
        unsafe { [_mm256_sub_ps(a[0], b[0]), _mm256_sub_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn mul(self, a: V, b: V) -> V {
        // SAFETY: `self` proves the features.
        unsafe { [_mm256_mul_ps(a[0], b[0]), _mm256_mul_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn fma(self, a: V, b: V, c: V) -> V {
        // SAFETY: `self` proves the features.
        unsafe { [_mm256_fmadd_ps(a[0], b[0], c[0]), _mm256_fmadd_ps(a[1], b[1], c[1])] }
    }

    #[inline(always)]
    fn min(self, a: V, b: V) -> V {
        // SAFETY: `self` proves the features.
        unsafe { [_mm256_min_ps(a[0], b[0]), _mm256_min_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn max(self, a: V, b: V) -> V {
        // SAFETY: `self` proves the features.
        unsafe { [_mm256_max_ps(a[0], b[0]), _mm256_max_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn sum(self, v: V) -> f32 {
        // SAFETY: `self` proves the features.
        unsafe { fold!(v[0], v[1], _mm256_add_ps, _mm_add_ps) }
    }

    #[inline(always)]
    fn least(self, v: V) -> f32 {
        // SAFETY: `self` proves the features.
        unsafe { fold!(v[0], v[1], _mm256_min_ps, _mm_min_ps) }
    }

    #[inline(always)]
    fn greatest(self, v: V) -> f32 {
        // SAFETY: `self` proves the features.
        unsafe { fold!(v[0], v[1], _mm256_max_ps, _mm_max_ps) }
    }

    #[inline(always)]
    fn corrected(self, x: &[i32; LANES], zero: i32, weights: &[i32; LANES]) -> V {
        [0, 8].map(|half| {
            // SAFETY: `self` proves the features; sixteen numbers are behind each reference.
            unsafe {
                let weights = _mm256_loadu_si256(weights.as_ptr().add(half).cast());
                let excess = _mm256_mullo_epi32(_mm256_set1_epi32(zero), weights);
                let x = _mm256_loadu_si256(x.as_ptr().add(half).cast());
                _mm256_cvtepi32_ps(_mm256_sub_epi32(x, excess))
            }
        })
    }

    #[inline(always)]
    fn power_of_two(self, v: V) -> V {
        v.map(|half| {
            // SAFETY: `self` proves the features.
            unsafe {
                let biased = _mm256_add_epi32(_mm256_castps_si256(half), _mm256_set1_epi32(127));
                _mm256_castsi256_ps(_mm256_slli_epi32::<23>(biased))
            }
        })
    }

    #[inline(always)]
    fn store_bytes(self, v: V, out: &mut [u8; LANES]) {
        // SAFETY: `self` proves the features; sixteen bytes are behind the reference. After the mask
        // all values are below 256, so that the packs do not saturate.
        unsafe {
            let mask = _mm256_set1_epi32(0xff);
            let a = _mm256_and_si256(_mm256_castps_si256(v[0]), mask);
            let b = _mm256_and_si256(_mm256_castps_si256(v[1]), mask);
            // Packing works within halves of 128 bits: the permutation puts them in order again.
            let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi32(a, b));
            let low = _mm256_castsi256_si128(words);
            let high = _mm256_extracti128_si256::<1>(words);
            _mm_storeu_si128(out.as_mut_ptr().cast(), _mm_packus_epi16(low, high));
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
            let (x, weights) = (x.as_ptr(), weights.as_ptr());
            if VNNI {
                let mut sums = [[[_mm256_setzero_si256(); 2]; P]; M];
                for i in 0..n_blocks {
                    for (m, sums) in sums.iter_mut().enumerate() {
                        let four = x.add(m * k + DEPTH * i).cast::<i32>().read_unaligned();
                        let four = _mm256_set1_epi32(four);
                        for (p, sums) in sums.iter_mut().enumerate() {
                            let w = weights.add(p * n_blocks + i).cast::<__m256i>();
                            for (half, sum) in sums.iter_mut().enumerate() {
                                let w = _mm256_load_si256(w.add(half));
                                *sum = _mm256_dpbusd_avx_epi32(*sum, four, w);
                            }
                        }
                    }
                }
                for (sums, out) in sums.iter().zip(out) {
                    for (sums, out) in sums.iter().zip(out) {
                        let out = out.as_mut_ptr().cast::<__m256i>();
                        _mm256_storeu_si256(out, sums[0]);
                        _mm256_storeu_si256(out.add(1), sums[1]);
                    }
                }
            } else {
                // A register holds four outputs with two half sums each.
                let mut sums = [[[_mm256_setzero_si256(); 4]; P]; M];
                for i in 0..n_blocks {
                    let mut fours = [_mm256_setzero_si256(); M];
                    for (m, four) in fours.iter_mut().enumerate() {
                        let bytes = x.add(m * k + DEPTH * i).cast::<i32>().read_unaligned();
                        *four = _mm256_cvtepu8_epi16(_mm_set1_epi32(bytes));
                    }
                    for p in 0..P {
                        let w = weights.add(p * n_blocks + i).cast::<__m128i>();
                        for quarter in 0..4 {
                            let w = _mm256_cvtepi8_epi16(_mm_load_si128(w.add(quarter)));
                            for (sums, four) in sums.iter_mut().zip(fours) {
                                let sum = &mut sums[p][quarter];
                                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(four, w));
                            }
                        }
                    }
                }
                for (sums, out) in sums.iter().zip(out) {
                    for (sums, out) in sums.iter().zip(out) {
                        let out = out.as_mut_ptr().cast::<__m256i>();
                        for pair in 0..2 {
                            // `hadd` works within halves of 128 bits: the permutation restores order.
                            let joined = _mm256_hadd_epi32(sums[2 * pair], sums[2 * pair + 1]);
                            let ordered = _mm256_permute4x64_epi64::<0b11_01_10_00>(joined);
                            _mm256_storeu_si256(out.add(pair), ordered);
                        }
                    }
                }
            }
        }
    }
}
