//! Why a user's file or a knowledge file cannot be used.

use std::fmt;

/// Entries that cannot be read. Its message says where and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A line of the user's file, counted from 1.
    Line { line: usize, message: String },
    /// Bytes that are no knowledge file of this version.
    NotKnowledge,
    /// More files than can be laid over each other.
    TooMany,
}

impl Error {
    pub(crate) fn new(kind: Kind) -> Error {
        Error { kind }
    }

    /// The line that is wrong, counted from 1.
    pub fn line(&self) -> Option<usize> {
        match self.kind {
            Kind::Line { line, .. } => Some(line),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Line { line, message } => write!(f, "line {line}: {message}"),
            Kind::NotKnowledge => f.write_str("not a knowledge file of this version of onrecord"),
            Kind::TooMany => f.write_str("at most 255 files of entries can be used together"),
        }
    }
}

impl std::error::Error for Error {}
