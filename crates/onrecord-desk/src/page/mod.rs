//! The pages: one table of them, and a file for each question.

mod actor;
mod actors;
mod article;
mod marked;
mod notes;
mod parameter;
mod search;
mod table;

pub(crate) use parameter::{Kind, Parameter};
pub(crate) use table::{MEDIA, PAGES, PLACES, Page, media_of};
