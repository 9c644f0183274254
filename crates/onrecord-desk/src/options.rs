//! How a desk is opened.

use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZero;
use std::time::Duration;

/// A shorter token could be guessed.
pub(crate) const MIN_TOKEN: usize = 16;

/// How a desk is opened, and what it bears.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where it listens; port 0: any that is free.
    pub address: SocketAddr,
    /// What a visitor has to know. Needed where the address is not one of this machine alone.
    pub token: Option<String>,
    /// Whether pages may be fetched from private addresses when their URL is added.
    pub allow_private: bool,
    /// Requests that an address may make a second, over some time; `None`: as many as it likes, which is the
    /// rule on this machine itself.
    pub rate: Option<NonZero<u32>>,
    /// The most time for the head of a request to come in, and for a connection to be idle.
    pub head_time: Duration,
    /// The most time for a request, its body and answer included.
    pub request_time: Duration,
    /// The most time for a question to the record: beyond it, it is given up, and others have its place.
    pub question_time: Duration,
    /// The largest body of a request, in bytes.
    pub max_body: usize,
    /// Connections at the same time; others wait.
    pub max_connections: usize,
    /// Questions that are answered at the same time; others wait.
    pub readers: NonZero<usize>,
}

impl Default for Options {
    /// A desk for this machine alone, on port 7070.
    fn default() -> Options {
        let cores = std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        Options {
            address: (Ipv4Addr::LOCALHOST, 7070).into(),
            token: None,
            allow_private: false,
            rate: None,
            head_time: Duration::from_secs(10),
            request_time: Duration::from_secs(30),
            question_time: Duration::from_secs(5),
            max_body: 32 << 20,
            max_connections: 512,
            readers: cores.saturating_add(1),
        }
    }
}

impl Options {
    /// A desk that other machines can reach, for those who know the token.
    pub fn listening(address: SocketAddr, token: String) -> Options {
        let rate = NonZero::new(20);
        Options { address, token: Some(token), rate, ..Options::default() }
    }

    /// Whether only this machine can reach it.
    pub(crate) fn is_local(&self) -> bool {
        self.address.ip().is_loopback()
    }

    /// Whether it may be opened like this.
    pub(crate) fn is_guarded(&self) -> bool {
        match &self.token {
            Some(token) => token.len() >= MIN_TOKEN,
            None => self.is_local(),
        }
    }
}
