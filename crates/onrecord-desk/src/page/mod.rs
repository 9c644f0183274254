//! The pages: one table of them, and a file for each question.

mod actor;
mod actors;
mod article;
mod between;
mod compare;
mod disputes;
mod marked;
mod network;
mod notes;
mod parameter;
mod search;
mod shifts;
mod sources;
mod table;

pub(crate) use parameter::{Kind, Parameter};
pub(crate) use table::{MEDIA, PAGES, PLACES, Page, media_of};
