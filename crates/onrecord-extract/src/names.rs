//! What extraction asks of a knowledge base.

use jiff::civil::Date;
use onrecord_record::{Country, Kind, Sector};

/// A knowledge base of names.
pub trait Names: Sync {
    /// The entry that a name (without titles) stands for, if it is of this kind; `None` where that is not sure.
    ///
    /// `on` is the day on which offices are held.
    fn known(&self, name: &str, kind: Kind, on: Option<Date>) -> Option<Known>;

    /// Whether a first name is a man's or a woman's.
    fn sex(&self, first_name: &str) -> Option<Sex>;
}

/// An entry of the knowledge base.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The same for all names of an entry.
    pub id: u64,
    /// How the entry is called.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The country that it belongs to.
    pub country: Option<Country>,
    /// Its parts in politics.
    pub sectors: Vec<Sector>,
    /// Its ids elsewhere.
    pub links: Vec<(String, String)>,
    /// The office that it holds on the day asked for.
    pub office: Option<String>,
}

/// Of a person, as pronouns go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// She.
    Female,
    /// He.
    Male,
}

/// A knowledge base that knows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoNames;

impl Names for NoNames {
    fn known(&self, _name: &str, _kind: Kind, _on: Option<Date>) -> Option<Known> {
        None
    }

    fn sex(&self, _first_name: &str) -> Option<Sex> {
        None
    }
}
