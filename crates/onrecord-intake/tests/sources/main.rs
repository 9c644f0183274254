//! Sources of every kind, whole and damaged.

mod build;
mod containers;
mod mutated;
mod warc;
