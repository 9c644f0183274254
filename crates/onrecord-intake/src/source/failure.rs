//! Why what a file holds cannot be taken out of it.

use std::{fmt, io};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// More bytes than the limit.
    TooLarge { limit: u64 },
    /// Bytes of a known format that are missing or wrong.
    Damaged { what: &'static str, why: String },
    /// A few bytes that would unpack to very many.
    Bomb,
    /// Something that is not read, with what to do instead.
    Unsupported(&'static str),
    /// There is nothing in it to read.
    NoText(String),
    /// The bytes could not be read.
    Unreadable(String),
}

impl Failure {
    pub(crate) fn damaged(what: &'static str, why: impl fmt::Display) -> Failure {
        Failure::Damaged { what, why: why.to_string() }
    }

    /// A failure to read something in a container: the container's fault, unless the disk's.
    pub(crate) fn reading(what: &'static str, error: &io::Error) -> Failure {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Bomb>()) {
            Some(Bomb) => Failure::Bomb,
            None if error.raw_os_error().is_some() => Failure::Unreadable(error.to_string()),
            None => Failure::damaged(what, error),
        }
    }

    pub(crate) fn reason(&self) -> &'static str {
        match self {
            Failure::TooLarge { .. } => "too large",
            Failure::Damaged { .. } => "damaged",
            Failure::Bomb => "compression bomb",
            Failure::Unsupported(_) => "not supported",
            Failure::NoText(_) => "no text",
            Failure::Unreadable(_) => "unreadable",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::TooLarge { limit } => {
                write!(f, "larger than {}; split it into articles, a file each", Size(*limit))
            }
            Failure::Damaged { what, why } => write!(f, "{what} is damaged ({why}); skipped"),
            Failure::Bomb => f.write_str(
                "unpacks to hundreds of times its size, as files made to do harm do; \
                 if it is yours, unpack it and read what is in it",
            ),
            Failure::Unsupported(what) => f.write_str(what),
            Failure::NoText(why) => write!(f, "no text: {why}"),
            Failure::Unreadable(why) => write!(f, "{why}; check that it can be read"),
        }
    }
}

/// The error that a reader gives instead of more bytes of a compression bomb.
#[derive(Debug)]
pub(crate) struct Bomb;

impl fmt::Display for Bomb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a compression bomb")
    }
}

impl std::error::Error for Bomb {}

/// A number of bytes in the largest unit that leaves it whole.
struct Size(u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
        let unit =
            units.iter().find(|(bits, _)| self.0 >= 1 << bits && self.0.is_multiple_of(1 << bits));
        match unit {
            Some((bits, unit)) => write!(f, "{} {unit}", self.0 >> bits),
            None => write!(f, "{} bytes", self.0),
        }
    }
}
