//! Answers of the record, drawn: how a relation went, what a speaker thinks of somebody, who is tied to whom.
//!
//! Pure functions from what `onrecord-store` answers to SVG. What is drawn can be read without colour: by
//! place, shape and fill. A page sets [`CSS`] once; a file of its own has its style inside.
//!
//! ```
//! use onrecord_plot::{network, nowhere};
//! use onrecord_store::NetworkAnswer;
//!
//! let nobody =
//!     NetworkAnswer { nodes: vec![], edges: vec![], n_edges: 0, n_articles: 0, of_articles: 0 };
//! assert!(network(&nobody, &nowhere).to_svg().starts_with("<svg "));
//! ```

mod axis;
mod balance;
mod canvas;
mod day;
mod group;
mod legend;
mod network;
mod part;
mod plot;
mod said;
mod stance;
mod timeline;
mod words;

pub use balance::balance;
pub use network::network;
pub use part::{Links, Part, nowhere};
pub use plot::{CSS, Plot};
pub use stance::stance;
pub use timeline::timeline;
pub use words::number;
