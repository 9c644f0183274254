//! What can go wrong with a file of records.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// A question or an addition failed. The file is as it was before.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    path: Option<PathBuf>,
}

#[derive(Debug)]
enum Kind {
    Missing,
    NotARecord,
    Newer { schema: i64 },
    Busy,
    Full,
    ReadOnly,
    Damaged(String),
    Unknown(String),
    Ambiguous { name: String, candidates: Vec<Candidate> },
    Record { article: String, problem: String },
    Query(String),
    GivenUp,
    Output(std::io::Error),
    Sql(rusqlite::Error),
}

/// Whom or what an ambiguous name may stand for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Candidate {
    /// What to ask for instead: the number of an actor, `#12`, or the id of an article.
    pub id: String,
    /// What tells it from the others: `Mila Tereny (person, OST, minister)`; empty for an article.
    pub description: String,
}

/// What this crate's functions return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn missing() -> Error {
        Kind::Missing.into()
    }

    pub(crate) fn not_a_record() -> Error {
        Kind::NotARecord.into()
    }

    pub(crate) fn newer(schema: i64) -> Error {
        Kind::Newer { schema }.into()
    }

    pub(crate) fn damaged(what: impl Into<String>) -> Error {
        Kind::Damaged(what.into()).into()
    }

    pub(crate) fn unknown(name: &str) -> Error {
        Kind::Unknown(name.to_owned()).into()
    }

    pub(crate) fn ambiguous(name: &str, candidates: Vec<Candidate>) -> Error {
        Kind::Ambiguous { name: name.to_owned(), candidates }.into()
    }

    pub(crate) fn record(article: impl ToString, problem: impl Into<String>) -> Error {
        Kind::Record { article: article.to_string(), problem: problem.into() }.into()
    }

    pub(crate) fn query(problem: impl Into<String>) -> Error {
        Kind::Query(problem.into()).into()
    }

    pub(crate) fn at(self, path: &Path) -> Error {
        Error { path: Some(path.to_owned()), ..self }
    }

    /// Whether another process was writing for too long.
    pub fn is_busy(&self) -> bool {
        matches!(self.kind, Kind::Busy)
    }

    /// Whether the disk is full.
    pub fn is_full(&self) -> bool {
        matches!(self.kind, Kind::Full)
    }

    /// Whether the file may not be written.
    pub fn is_read_only(&self) -> bool {
        matches!(self.kind, Kind::ReadOnly)
    }

    /// Whether a later version of onrecord wrote the file.
    pub fn is_newer(&self) -> bool {
        matches!(self.kind, Kind::Newer { .. })
    }

    /// Whether the file is damaged.
    pub fn is_damaged(&self) -> bool {
        matches!(self.kind, Kind::Damaged(_))
    }

    /// Whether whoever reads the output has gone away.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(&self.kind, Kind::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe)
    }

    /// Whether a name stands for nobody.
    pub fn is_unknown_name(&self) -> bool {
        matches!(self.kind, Kind::Unknown(_))
    }

    /// Whether a name stands for several.
    pub fn is_ambiguous_name(&self) -> bool {
        matches!(self.kind, Kind::Ambiguous { .. })
    }

    /// Whether the words that were searched for cannot be understood.
    pub fn is_unclear_search(&self) -> bool {
        matches!(self.kind, Kind::Query(_))
    }

    /// Whether the answer took longer than [`Store::give_up_at`](crate::Store::give_up_at) allows.
    pub fn is_given_up(&self) -> bool {
        matches!(self.kind, Kind::GivenUp)
    }

    /// Those that an ambiguous name may stand for, 20 at most; none of any other error.
    pub fn candidates(&self) -> &[Candidate] {
        match &self.kind {
            Kind::Ambiguous { candidates, .. } => candidates,
            _ => &[],
        }
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Error {
        Error { kind, path: None }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        Kind::Output(error).into()
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        let message = error.to_string();
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Busy,
            Some(ErrorCode::DiskFull) => Kind::Full,
            // A file that may not grow, by a quota or limit, fails in writing.
            Some(ErrorCode::SystemIoFailure) if is_write_failure(&error) => Kind::Full,
            Some(ErrorCode::ReadOnly) => Kind::ReadOnly,
            Some(ErrorCode::NotADatabase) => Kind::NotARecord,
            Some(ErrorCode::DatabaseCorrupt) => Kind::Damaged(message),
            Some(ErrorCode::CannotOpen) => Kind::Missing,
            Some(ErrorCode::OperationInterrupted) => Kind::GivenUp,
            _ if message.contains("fts5: ") => Kind::Query(message),
            _ => Kind::Sql(error),
        };
        kind.into()
    }
}

fn is_write_failure(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    code == Some(rusqlite::ffi::SQLITE_IOERR_WRITE)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        match &self.kind {
            Kind::Missing => f.write_str("cannot be opened; check the path"),
            Kind::NotARecord => f.write_str("not a record made by `onrecord add`"),
            Kind::Newer { schema } => write!(
                f,
                "written by a later onrecord (schema {schema}, this one knows {}); update onrecord",
                crate::schema::VERSION
            ),
            Kind::Busy => {
                f.write_str("another program is writing to it; try again when it is done")
            }
            Kind::Full => f.write_str(
                "no space left; what was added before is kept: make room and run the command again",
            ),
            Kind::ReadOnly => f.write_str("may not be written; change its permissions"),
            Kind::Damaged(what) => write!(
                f,
                "damaged ({what}); take a backup of it, or add the articles to a new file"
            ),
            Kind::Unknown(name) => write!(f, "nobody in the record is called {name:?}"),
            Kind::Ambiguous { name, candidates } => {
                write!(f, "{name:?} may be several; name one of them by its number:")?;
                let mut lines = candidates.iter().map(|c| format!("{} {}", c.id, c.description));
                lines.try_for_each(|line| write!(f, "\n  {}", line.trim_end()))
            }
            Kind::Record { article, problem } => write!(f, "article {article}: {problem}"),
            Kind::Query(problem) => write!(f, "the search cannot be understood: {problem}"),
            Kind::GivenUp => f.write_str("the answer takes too long; narrow the question"),
            Kind::Output(error) => write!(f, "the output cannot be written: {error}"),
            Kind::Sql(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for Error {}
