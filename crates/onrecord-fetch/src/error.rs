//! Why something could not be fetched.

use std::fmt;
use std::time::Duration;

/// Why something could not be fetched. Its message leaves out the URL.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
}

#[derive(Debug)]
pub(crate) enum Kind {
    Url(String),
    Private(String),
    Robots,
    Downgrade(String),
    Redirects(usize),
    Status(u16),
    Later(Duration),
    TooLarge(u64),
    Timeout,
    Transfer(String),
    State(String),
}

impl Error {
    pub(crate) fn new(kind: Kind) -> Error {
        Error { kind }
    }

    /// Whether the site's robots.txt asks not to fetch it.
    pub fn is_robots(&self) -> bool {
        matches!(self.kind, Kind::Robots)
    }

    /// Whether its address is one that only machines nearby have.
    pub fn is_private(&self) -> bool {
        matches!(self.kind, Kind::Private(_))
    }

    /// Whether it is larger than the options allow.
    pub fn is_too_large(&self) -> bool {
        matches!(self.kind, Kind::TooLarge(_))
    }

    /// Whether trying again later may help.
    pub fn is_temporary(&self) -> bool {
        match self.kind {
            Kind::Later(_) | Kind::Timeout | Kind::Transfer(_) => true,
            Kind::Status(status) => status >= 500,
            _ => false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Url(why) => write!(f, "no URL of a page: {why}"),
            Kind::Private(address) => write!(
                f,
                "{address} is a private address; if you trust the URL, add `--allow-private`"
            ),
            Kind::Robots => f.write_str("the site's robots.txt asks not to fetch it"),
            Kind::Downgrade(url) => {
                write!(f, "is redirected to {url}, without encryption; name that URL to fetch it")
            }
            Kind::Redirects(max) => write!(f, "is redirected more than {max} times"),
            Kind::Status(status) => write!(f, "the server answered with status {status}"),
            Kind::Later(wait) => {
                write!(f, "the server asks to wait for {} s; try again later", wait.as_secs())
            }
            Kind::TooLarge(max) => write!(f, "larger than {} MiB", max >> 20),
            Kind::Timeout => f.write_str("the server took too long; try again later"),
            Kind::Transfer(why) => write!(f, "{why}; check the URL and the connection"),
            Kind::State(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Error {}
