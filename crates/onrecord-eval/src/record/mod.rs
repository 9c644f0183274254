//! Scores whole records: the figures of `score_record.py`, to the last digit.
//!
//! Gold ([`gold`]) and predictions ([`predicted`]) are brought to one plain form ([`Items`]); an
//! article is scored by [`score_article`], a corpus by [`score`].

pub mod gold;
pub mod predicted;

mod actors;
mod events;
mod figures;
mod items;
mod pairing;
mod score;
mod statements;

pub use figures::{Counts, Figure, Figures};
pub use items::{Actor, Event, Items, Mention, Points, Role, Statement};
pub use score::{DocumentScores, Scores, score, score_article};
