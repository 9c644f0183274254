//! The record in other people's formats. All of it is written in the order in which it was added.

mod annotation;
mod csv;
mod ftm;
mod graph;
mod jsonl;
mod parquet;
mod polecat;
mod relations;

use std::io::Write;

use crate::error::Result;
use crate::store::Store;

/// A format to write a record in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `onrecord/1`, an article a line: all there is, and what `onrecord add` takes.
    Jsonl,
    /// A statement a line, comma-separated, with a heading.
    Csv,
    /// A statement a row, in typed columns.
    Parquet,
    /// An event a line, tab-separated, in the columns of POLECAT.
    Polecat,
    /// The network of actors, for Gephi, igraph, networkx.
    Graphml,
    /// The same with the days on which each edge is there, for Gephi's timeline.
    Gexf,
    /// W3C Web Annotations in JSON-LD, a statement a line.
    Annotation,
    /// FollowTheMoney entities, one a line, with statements as evidence.
    Ftm,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 8] = [
        Format::Jsonl,
        Format::Csv,
        Format::Parquet,
        Format::Polecat,
        Format::Graphml,
        Format::Gexf,
        Format::Annotation,
        Format::Ftm,
    ];

    /// The name by which it is asked for: `jsonl`.
    pub fn name(self) -> &'static str {
        self.described().0
    }

    /// What it is, in a line.
    pub fn about(self) -> &'static str {
        self.described().1
    }

    /// The one with this name.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether it is no text.
    pub fn is_binary(self) -> bool {
        self == Format::Parquet
    }

    fn described(self) -> (&'static str, &'static str) {
        match self {
            Format::Jsonl => (
                "jsonl",
                "Records, an article a line, as `onrecord read --json` prints them and `onrecord add` takes them",
            ),
            Format::Csv => ("csv", "Statements, comma-separated"),
            Format::Parquet => ("parquet", "Statements, for Spark, DuckDB, pandas"),
            Format::Polecat => ("polecat", "Events, tab-separated, in the columns of POLECAT"),
            Format::Graphml => ("graphml", "The network of actors"),
            Format::Gexf => ("gexf", "The network of actors over time"),
            Format::Annotation => ("annotation", "W3C Web Annotations, JSON-LD"),
            Format::Ftm => ("ftm", "FollowTheMoney entities"),
        }
    }
}

impl Store {
    /// Writes all of the record.
    ///
    /// # Errors
    /// If the file cannot be read or the output cannot be written.
    pub fn export(&self, format: Format, out: &mut dyn Write) -> Result<()> {
        let _snapshot = self.snapshot()?;
        match format {
            Format::Jsonl => jsonl::write(self, out)?,
            Format::Csv => csv::write(self, out)?,
            Format::Parquet => parquet::write(self, out)?,
            Format::Polecat => polecat::write(self, out)?,
            Format::Graphml => graph::graphml(self, out)?,
            Format::Gexf => graph::gexf(self, out)?,
            Format::Annotation => annotation::write(self, out)?,
            Format::Ftm => ftm::write(self, out)?,
        }
        Ok(out.flush()?)
    }
}
