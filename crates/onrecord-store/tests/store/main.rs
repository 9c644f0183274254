//! The store over real files: what goes in comes out, and answers are right.

mod answers;
mod desk;
mod golden;
mod keeping;
mod oracle;
mod pages;
mod people;
mod sample;
