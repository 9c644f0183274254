//! The desk and the plots in a real browser, as a reader sees them: Chromium, told what to do by its driver.
//!
//! `set-up` in this folder installs what is missing. Pictures of every page are kept in `target/screenshots`.

mod add;
mod axe;
mod browser;
mod desk;
mod driver;
mod hostile;
mod pages;
mod plots;
mod reader;
mod set_up;
