//! The record in other people's formats. All of it is written in the order in which it was added.

mod annotation;
mod csv;
mod ftm;
mod graph;
mod jsonl;
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
            Format::Polecat => polecat::write(self, out)?,
            Format::Graphml => graph::graphml(self, out)?,
            Format::Gexf => graph::gexf(self, out)?,
            Format::Annotation => annotation::write(self, out)?,
            Format::Ftm => ftm::write(self, out)?,
        }
        Ok(out.flush()?)
    }
}
