//! The record in a browser.
//!
//! [`Desk::open`] opens a record and listens, [`Desk::serve`] answers until it is stopped. Every page is a
//! question that `onrecord-store` answers, and an entry of one table, from which come the routes, the pages'
//! other forms (JSON, CSV, Atom) and the OpenAPI document. Pages are rendered on the server and work without
//! JavaScript.

mod add;
mod answer;
mod asked;
mod assets;
mod desk;
mod error;
mod guard;
mod kept;
mod look;
mod medium;
mod openapi;
mod options;
mod page;
mod problem;
mod query;
mod records;
mod routes;
mod server;
mod sign_in;

pub use desk::{Desk, SharedNames, Stop};
pub use error::{Error, Result};
pub use guard::new_token;
pub use options::Options;
