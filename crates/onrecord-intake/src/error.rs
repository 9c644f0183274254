//! Why bytes are no article.

use std::fmt;

use crate::source::Failure;

/// Bytes that cannot be read as an article. Its message says what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The byte order mark of another Unicode encoding, named as `iconv` names it.
    OtherUnicode(&'static str),
    Nul {
        offset: usize,
    },
    NotUtf8 {
        offset: usize,
        byte: u8,
    },
    TooLong {
        len: usize,
    },
    /// What a file holds could not be taken out of it.
    Source(Failure),
}

impl Error {
    pub(crate) fn new(kind: Kind) -> Error {
        Error { kind }
    }

    /// Whether the bytes are text in another encoding, or may be: converting them could help.
    pub fn is_encoding(&self) -> bool {
        matches!(self.kind, Kind::OtherUnicode(_) | Kind::NotUtf8 { .. })
    }

    /// Whether the bytes look like no text at all.
    pub fn is_binary(&self) -> bool {
        matches!(self.kind, Kind::Nul { .. })
    }

    /// Whether the text is longer than spans can reach.
    pub fn is_too_long(&self) -> bool {
        matches!(self.kind, Kind::TooLong { .. } | Kind::Source(Failure::TooLarge { .. }))
    }

    /// Whether the bytes are those of a known format, but some are missing or wrong.
    pub fn is_damaged(&self) -> bool {
        matches!(self.kind, Kind::Source(Failure::Damaged { .. }))
    }

    /// In a word or two, for a list of what was skipped.
    pub fn reason(&self) -> &'static str {
        match &self.kind {
            Kind::OtherUnicode(_) | Kind::NotUtf8 { .. } => "other encoding",
            Kind::Nul { .. } => "not a text",
            Kind::TooLong { .. } => "too large",
            Kind::Source(failure) => failure.reason(),
        }
    }

    /// The first byte that is wrong, counted from 0; a byte order mark counts.
    pub fn offset(&self) -> Option<usize> {
        match self.kind {
            Kind::OtherUnicode(_) => Some(0),
            Kind::Nul { offset } | Kind::NotUtf8 { offset, .. } => Some(offset),
            Kind::TooLong { .. } | Kind::Source(_) => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::OtherUnicode(encoding) => write!(
                f,
                "{encoding}, not UTF-8, by the byte order mark at byte offset 0; \
                 convert it with `iconv -f {encoding} -t UTF-8`"
            ),
            Kind::Nul { offset } => write!(
                f,
                "not a text: a NUL byte at byte offset {offset}; if it is UTF-16 without a byte \
                 order mark, convert it with `iconv -f UTF-16LE -t UTF-8`"
            ),
            Kind::NotUtf8 { offset, byte } => write!(
                f,
                "not UTF-8: byte 0x{byte:02X} at byte offset {offset}; if it is text in another \
                 encoding, convert it, for example with `iconv -f WINDOWS-1252 -t UTF-8`"
            ),
            Kind::TooLong { len } => {
                write!(f, "a text of {len} bytes is too long; split it into articles")
            }
            Kind::Source(failure) => failure.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Error {
        Error::new(Kind::Source(failure))
    }
}
