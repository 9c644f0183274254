//! Fetches pages and feeds over HTTP, politely and without being led astray.
//!
//! - **Politely**: robots.txt is followed, requests to one host keep a distance, a server that asks
//!   for patience gets it, and what has not changed is not transferred again.
//! - **Not astray**: an article's or a feed's links must not make this machine ask for what lies
//!   behind its firewall. Addresses are checked after they were resolved and right before they are
//!   connected to, for every redirect too, so that no name can mean one address when it is
//!   checked and another when it is used. Size, time and redirects are bounded.
//!
//! It is made of `ureq`, which is blocking and brings no runtime of its own: pages of one host are
//! fetched one after the other, and [`Fetches`] asks several hosts at the same time.

mod address;
mod archive;
mod client;
mod error;
mod fetches;
mod robots;
mod state;
mod watch;

pub use archive::Archive;
pub use client::{Client, Known, Options, Response};
pub use error::Error;
pub use fetches::Fetches;
pub use state::{FeedState, State};
pub use watch::look;
