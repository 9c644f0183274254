//! Plots of answers: whole, well-formed, harmless, and with labels that can be read.

mod answers;
mod drawn;
mod seen;
