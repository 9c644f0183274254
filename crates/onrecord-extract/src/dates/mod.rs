//! Dates and other expressions of time, with the days they stand for as seen from the day of writing.
//!
//! One family is one file. [`find`] reads as news does; [`expressions`] gives both readings of what stays open.

mod clock;
mod cursor;
mod day;
mod find;
mod holiday;
mod modifier;
mod news;
mod part;
mod period;
mod range;
mod relative;
mod token;
mod value;
mod weekday;

pub use find::{Dated, Expression, expressions, find};
pub use value::{Days, Modifier, Reading, Shape};

use find::simple;
