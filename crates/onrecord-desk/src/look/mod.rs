//! How things look: the frame of each page, and what several pages show.

mod bar;
mod codes;
mod count;
mod day;
mod event;
mod facet;
mod feed;
mod figure;
mod form;
mod layout;
mod link;
mod pager;
mod said;
mod sheet;
mod table;

pub(crate) use bar::bar;
pub(crate) use codes::{
    form_name, kind_and_country, kind_name, sector_name, sectors, stance, status_name, type_name,
};
pub(crate) use count::{counted, grouped};
pub(crate) use day::{day, month, period};
pub(crate) use event::{event_cells, event_table, events, happened};
pub(crate) use facet::{Value, facet};
pub(crate) use feed::atom;
pub(crate) use figure::{figure, stance_figure};
pub(crate) use form::{Field, form};
pub(crate) use layout::layout;
pub(crate) use link::{actor, actor_path, article_path, outside, place, place_in_article};
pub(crate) use pager::pager;
pub(crate) use said::{
    Citation, citation, percent, pieces, said, said_entry, said_table, stance_mark,
};
pub(crate) use sheet::Sheet;
pub(crate) use table::csv;
