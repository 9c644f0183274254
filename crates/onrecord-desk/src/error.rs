//! Why a desk cannot be opened.

use std::fmt;
use std::net::SocketAddr;

/// A desk could not be opened or went down. What goes wrong in a request is answered, and is no error here.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
}

#[derive(Debug)]
pub(crate) enum Kind {
    Address { address: SocketAddr, error: std::io::Error },
    NoToken(SocketAddr),
    Record(onrecord_store::Error),
    Random,
    Runtime(std::io::Error),
}

/// What this crate's functions return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn new(kind: Kind) -> Error {
        Error { kind }
    }

    /// Whether the address is taken or may not be listened on.
    pub fn is_address(&self) -> bool {
        matches!(self.kind, Kind::Address { .. })
    }

    /// Whether others could reach the desk, and it has no token to tell them from its users.
    pub fn is_open_to_all(&self) -> bool {
        matches!(self.kind, Kind::NoToken(_))
    }
}

impl From<onrecord_store::Error> for Error {
    fn from(error: onrecord_store::Error) -> Error {
        Error::new(Kind::Record(error))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Address { address, error } => {
                write!(f, "cannot listen on {address}: {error}; choose another port")
            }
            Kind::NoToken(address) => write!(
                f,
                "{address} can be reached from other machines: a token of at least {} characters is needed",
                crate::options::MIN_TOKEN
            ),
            Kind::Record(error) => write!(f, "{error}"),
            Kind::Random => f.write_str("the system has no random numbers to give"),
            Kind::Runtime(error) => write!(f, "the server cannot be started: {error}"),
        }
    }
}

impl std::error::Error for Error {}
