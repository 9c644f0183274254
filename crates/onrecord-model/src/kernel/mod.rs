//! The computations that take the time, each for the best instruction set of the machine.
//!
//! All instruction sets give the same bits: integer sums are exact, and float kernels are written once
//! over sixteen lanes with a fixed order (`isa.rs`). `unsafe` lives in this folder only.

mod attention;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod cpu;
mod float;
mod isa;
mod linear;
mod portable;
#[cfg(test)]
mod tests;

pub(crate) use attention::{HEAD, Room};
pub(crate) use cpu::Cpu;
pub(crate) use float::Norm;
pub(crate) use isa::Packing;
pub(crate) use linear::{Linear, Rows, Then};
