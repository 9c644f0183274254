//! Adding articles: pasted, as files, or by their address. One thread reads and writes; those who added look on.

mod form;
mod job;
mod pages;
mod writer;

pub(crate) use pages::{progress, show, submit};
pub(crate) use writer::Adding;
