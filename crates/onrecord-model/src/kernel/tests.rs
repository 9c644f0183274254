//! Each kernel on each instruction set against its definition in exact integers or f64.

use std::fmt::Write;

use super::attention::{HEAD, Room};
use super::cpu::Cpu;
use super::float::{Norm, exp, gelu, lanes, lanes_mut};
use super::isa::{Isa, Kernel, LANES};
use super::linear::{Linear, Rows, Then};

/// Numbers that look random, the same in every run (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Sum of four uniform numbers: within ±2, most within ±1.
    fn floats(&mut self, n: usize) -> Vec<f32> {
        let mut one = || (self.next() >> 40) as f32 / (1 << 24) as f32;
        (0..n).map(|_| one() + one() + one() + one() - 2.0).collect()
    }
}

/// Panics with all that was written to `wrong`.
fn report(wrong: &str) {
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn products_are_exact() {
    let mut wrong = String::new();
    let mut numbers = Numbers(1);
    let (n_in, n_out) = (192, 128);
    let random: Vec<u8> =
        (0..n_in * n_out).map(|_| ((numbers.next() % 255) as i32 - 127) as u8).collect();
    // With inputs of 255 and of 0, sums of pairs reach what would saturate 16 bits.
    let weights =
        [("random", random), ("127", vec![127; n_in * n_out]), ("-127", vec![129; n_in * n_out])];
    for (name, weights) in weights {
        let (scale, bias) = (numbers.floats(n_out), numbers.floats(n_out));
        for (n_rows, first) in [(1, 0), (2, 1), (3, 0), (5, 2), (6, 0), (7, 3), (13, 0), (25, 1)] {
            let mut x = Rows::new(first + n_rows, n_in);
            let mut plain = Vec::new();
            for row in 0..first + n_rows {
                let step = numbers.floats(1)[0];
                let zero = (numbers.next() % 256) as i32;
                let values = x.row_mut(row, n_in);
                values.fill_with(|| if row % 3 == 0 { 255 } else { numbers.next() as u8 });
                plain.push((values.to_vec(), step, zero));
                x.set(row, step, zero);
            }
            let before = numbers.floats(n_rows * n_out);
            let expected: Vec<f32> = (0..n_rows * n_out)
                .map(|i| {
                    let (values, step, zero) = &plain[first + i / n_out];
                    let output = i % n_out;
                    let row = &weights[output * n_in..][..n_in];
                    let products = values.iter().zip(row);
                    let sum: i32 =
                        products.map(|(&x, &w)| (i32::from(x) - zero) * i32::from(w as i8)).sum();
                    (sum as f32).mul_add(step * scale[output], bias[output])
                })
                .collect();
            for cpu in Cpu::all() {
                let (scale, bias) = (scale.clone(), bias.clone());
                let linear = Linear::new(cpu.packing(), n_in, &weights, scale, bias);
                let mut out = before.clone();
                cpu.multiply(&linear, &x, first, Then::Store, &mut out);
                if out != expected {
                    writeln!(wrong, "{}, {name}, {n_rows} rows: stored", cpu.name()).unwrap();
                }
                let mut out = before.clone();
                cpu.multiply(&linear, &x, first, Then::Add, &mut out);
                if !out.iter().zip(&before).zip(&expected).all(|((o, b), e)| *o == e + b) {
                    writeln!(wrong, "{}, {name}, {n_rows} rows: added", cpu.name()).unwrap();
                }
            }
        }
    }
    report(&wrong);
}

#[derive(Clone, Copy)]
enum Function {
    Exp,
    Gelu,
}

struct Map<'a>(Function, &'a mut [f32]);

impl Kernel for Map<'_> {
    type Output = ();

    #[inline(always)]
    fn call<I: Isa>(self, isa: I) {
        for x in self.1.chunks_exact_mut(LANES) {
            let v = isa.load(lanes(x, 0));
            let y = match self.0 {
                Function::Exp => exp(isa, v),
                Function::Gelu => gelu(isa, v),
            };
            isa.store(y, lanes_mut(x, 0));
        }
    }
}

/// x · Φ(x) by the series of the error function, good to 1e-8 for |x| < 6.
fn exact_gelu(x: f64) -> f64 {
    let y = x.abs().min(6.0) / std::f64::consts::SQRT_2;
    let mut term = y;
    let mut sum = y;
    for n in 1..200 {
        term *= -y * y / f64::from(n);
        sum += term / f64::from(2 * n + 1);
    }
    let erf = sum * 2.0 / std::f64::consts::PI.sqrt();
    0.5 * x * (1.0 + erf * x.signum())
}

#[test]
fn functions_are_close() {
    let mut wrong = String::new();
    let n = 4096 * LANES;
    let exp_at = |i: usize| -87.0 * i as f32 / n as f32;
    let gelu_at = |i: usize| 24.0 * i as f32 / n as f32 - 12.0;
    for cpu in Cpu::all() {
        let mut x: Vec<f32> = (0..n).map(exp_at).collect();
        cpu.run(Map(Function::Exp, &mut x));
        for (i, y) in x.iter().enumerate() {
            let expected = f64::from(exp_at(i)).exp();
            let error = (f64::from(*y) / expected - 1.0).abs();
            if error.is_nan() || error > 2e-7 {
                writeln!(wrong, "{}: exp({}) = {y}", cpu.name(), exp_at(i)).unwrap();
            }
        }
        let mut x: Vec<f32> = (0..n).map(gelu_at).collect();
        cpu.run(Map(Function::Gelu, &mut x));
        for (i, y) in x.iter().enumerate() {
            let error = (f64::from(*y) - exact_gelu(f64::from(gelu_at(i)))).abs();
            // Beyond ±5 the error function stays what it is there, 6e-7 from 1.
            if error.is_nan() || error > 6e-6 {
                writeln!(wrong, "{}: gelu({}) = {y}, off by {error}", cpu.name(), gelu_at(i))
                    .unwrap();
            }
        }
    }
    report(&wrong);
}

#[test]
fn rows_are_normalised_and_quantised() {
    let mut wrong = String::new();
    let mut numbers = Numbers(2);
    let (width, n) = (384, 5);
    let norm = Norm { gain: numbers.floats(width), bias: numbers.floats(width) };
    let mut x = numbers.floats(n * width);
    x.iter_mut().skip(2 * width).for_each(|x| *x = *x * 30.0 + 100.0);
    for cpu in Cpu::all() {
        let mut found = x.clone();
        let mut rows = Rows::new(n + 1, width);
        cpu.normalise(&mut found, &norm, &mut rows, 1);
        for row in 0..n {
            let before = &x[row * width..][..width];
            let mean = before.iter().map(|x| f64::from(*x)).sum::<f64>() / width as f64;
            let variance =
                before.iter().map(|x| (f64::from(*x) - mean).powi(2)).sum::<f64>() / width as f64;
            let found = &found[row * width..][..width];
            let (quantised, step) = rows.dequantised(row + 1, width);
            for i in 0..width {
                let expected = (f64::from(before[i]) - mean) / variance.sqrt()
                    * f64::from(norm.gain[i])
                    + f64::from(norm.bias[i]);
                if (f64::from(found[i]) - expected).abs() > 1e-5 {
                    writeln!(wrong, "{} {row} {i}: {} for {expected}", cpu.name(), found[i])
                        .unwrap();
                }
                if (quantised[i] - found[i]).abs() > 0.5001 * step {
                    writeln!(wrong, "{} {row} {i}: {} step {step}", cpu.name(), quantised[i])
                        .unwrap();
                }
            }
            let range = found.iter().copied().fold(0.0, f32::max)
                - found.iter().copied().fold(0.0, f32::min);
            assert!((step * 255.0 / range - 1.0).abs() < 1e-5, "step {step} for range {range}");
        }
    }
    report(&wrong);
}

#[test]
fn a_row_of_one_sign_or_of_zeros_is_quantised() {
    let mut wrong = String::new();
    for value in [0.0, 1.0, -1.0, 1e-20, 3e4] {
        let x = vec![value; 32];
        for cpu in Cpu::all() {
            let mut rows = Rows::new(1, 32);
            cpu.quantise(&x, 32, &mut rows);
            let (found, _) = rows.dequantised(0, 32);
            if !found.iter().all(|x| (x - value).abs() <= value.abs() * 1e-6) {
                writeln!(wrong, "{}: {value} became {:?}", cpu.name(), found[0]).unwrap();
            }
        }
    }
    report(&wrong);
}

#[test]
fn attention_is_a_softmax() {
    let mut wrong = String::new();
    let mut numbers = Numbers(3);
    let n_heads = 2;
    let width = n_heads * HEAD;
    // One room for all, as in the encoder: what a longer window left must not be seen.
    let mut room = Room::default();
    for n in [100, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 65] {
        let qkv = numbers.floats(n * 3 * width);
        let at = |row: usize, part: usize, head: usize| {
            &qkv[row * 3 * width + part * width + head * HEAD..][..HEAD]
        };
        for cpu in Cpu::all() {
            let mut out = vec![0.0; n * width];
            cpu.attend(&qkv, width, &mut room, &mut out);
            for (row, head) in (0..n).flat_map(|row| (0..n_heads).map(move |head| (row, head))) {
                let dot = |a: &[f32], b: &[f32]| -> f64 {
                    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
                };
                let weights: Vec<f64> =
                    (0..n).map(|to| dot(at(row, 0, head), at(to, 1, head)).exp()).collect();
                let total: f64 = weights.iter().sum();
                for d in 0..HEAD {
                    let values = (0..n).map(|to| weights[to] * f64::from(at(to, 2, head)[d]));
                    let expected = values.sum::<f64>() / total;
                    let found = out[row * width + head * HEAD + d];
                    if (f64::from(found) - expected).abs() > 2e-5 {
                        writeln!(
                            wrong,
                            "{} n {n} row {row} head {head} {d}: {found} for {expected}",
                            cpu.name()
                        )
                        .unwrap();
                    }
                }
            }
        }
    }
    report(&wrong);
}

#[test]
fn products_are_dots_bit_by_bit() {
    let mut numbers = Numbers(5);
    let (width, n_rows) = (384, 5);
    let matrix = numbers.floats(width * n_rows);
    for cpu in Cpu::all() {
        for n in [0, 1, 3, 4, 9] {
            let x = numbers.floats(width * n);
            let mut out = vec![0.0; n * n_rows];
            cpu.products(width, &x, &matrix, &mut out);
            let mut expected = vec![0.0; n * n_rows];
            for (x, out) in x.chunks_exact(width).zip(expected.chunks_exact_mut(n_rows)) {
                cpu.dots(x, &matrix, out);
            }
            let bits = |of: &[f32]| -> Vec<u32> { of.iter().map(|x| x.to_bits()).collect() };
            assert_eq!(bits(&out), bits(&expected), "{}: {n} rows", cpu.name());
        }
    }
}

#[test]
fn dots_are_dots() {
    let mut numbers = Numbers(4);
    let (x, matrix) = (numbers.floats(384), numbers.floats(384 * 3));
    for cpu in Cpu::all() {
        let mut out = [0.0; 3];
        cpu.dots(&x, &matrix, &mut out);
        for (row, found) in matrix.chunks_exact(384).zip(out) {
            let expected: f64 = x.iter().zip(row).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
            assert!(
                (f64::from(found) - expected).abs() < 1e-4,
                "{}: {found} {expected}",
                cpu.name()
            );
        }
    }
}
