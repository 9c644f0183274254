//! What is known of an actor.

use jiff::civil::Date;
use onrecord_record::{Country, Kind, PartialDate, Sector};

/// An entry's number in a [`Knowledge`](crate::Knowledge); not stable from one version to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId {
    /// 0 is the embedded knowledge, the others are the user's, the latest last.
    pub(crate) layer: u8,
    pub(crate) idx: u32,
}

impl From<EntryId> for u64 {
    fn from(id: EntryId) -> u64 {
        u64::from(id.layer) << 32 | u64::from(id.idx)
    }
}

/// An actor: a state, a person, an organisation, a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'k> {
    /// Its number.
    pub id: EntryId,
    /// Its name in English print, as far as known.
    pub name: &'k str,
    /// What it is.
    pub kind: Kind,
    /// The country it belongs to; of a person, the one of its latest office.
    pub country: Option<Country>,
    /// Its parts in politics, in the order of [`Sector::ALL`].
    pub sectors: Vec<Sector>,
    /// A person's sex.
    pub sex: Option<Sex>,
    /// Its ids elsewhere, `("wikidata", "Q227")`, in the order of their names.
    pub links: Vec<(&'static str, String)>,
    /// A person's offices, in the order of their start.
    pub tenures: Vec<Tenure<'k>>,
    /// How much it is in the news, from 0 to 9: by office, population, or kind. It breaks ties.
    pub rank: u8,
    /// Where it comes from.
    pub source: Source,
}

/// A person's time in an office or a legislature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure<'k> {
    /// The office: "Minister of Foreign Affairs of Azerbaijan".
    pub title: &'k str,
    /// First day, month or year; `None`: not known.
    pub since: Option<PartialDate>,
    /// Last; `None`: still going on when the source was made, or not known.
    pub until: Option<PartialDate>,
    /// Where it comes from.
    pub source: Source,
}

/// Whether an office is held on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holding {
    /// It begins later.
    NotYet,
    /// It ended before.
    Former,
    /// It was held when its source was made; the day is later.
    Perhaps,
    /// It is.
    Holds,
}

impl Tenure<'_> {
    /// Whether it is held on `day`.
    pub fn on(&self, day: Date) -> Holding {
        if self.since.is_some_and(|since| since.first_day() > day) {
            return Holding::NotYet;
        }
        match self.until {
            Some(until) if until.last_day() < day => Holding::Former,
            Some(_) => Holding::Holds,
            // Open since half a lifetime: the end was forgotten, not the office kept.
            None if self.since.is_none_or(|since| day.year() - since.first_day().year() > 30) => {
                Holding::Former
            }
            None if self.source.made().is_some_and(|made| day > made) => Holding::Perhaps,
            None => Holding::Holds,
        }
    }
}

impl<'k> Entry<'k> {
    /// The offices held on `day`, or perhaps held, the surest and highest first.
    pub fn offices_on(&self, day: Date) -> Vec<(&Tenure<'k>, Holding)> {
        let held = self.tenures.iter().map(|tenure| (tenure, tenure.on(day)));
        let mut held: Vec<_> = held.filter(|(_, holding)| *holding >= Holding::Perhaps).collect();
        held.sort_by_key(|(tenure, holding)| {
            (std::cmp::Reverse(*holding), std::cmp::Reverse(crate::office::rank(tenure.title)))
        });
        held
    }
}

/// Male or female, as Wikidata has it of persons in politics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// He.
    Male,
    /// She.
    Female,
}

impl Sex {
    /// `male` or `female`.
    pub fn as_str(self) -> &'static str {
        match self {
            Sex::Male => "male",
            Sex::Female => "female",
        }
    }
}

macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// All of them, in the order of declaration, which the file format counts on.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// In words.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }
        }
    };
}

numbered! {
    /// How a name relates to the entry that it leads to; the closest first.
    Relation {
        /// Its name.
        Name = "name",
        /// Another of its names: former, local, official, an acronym.
        Alias = "alias",
        /// Its people, or what belongs to it: Azerbaijani.
        Demonym = "demonym",
        /// A state by its capital: Baku.
        Capital = "capital",
        /// A state or organisation by a building or place where it has its seat: the Kremlin.
        Seat = "seat",
        /// A description that stands for it: the Old Continent.
        Epithet = "epithet",
        /// A description that stands for it if the article is about it: the bloc.
        Contextual = "epithet in context",
        /// Another of its names that is easily mistaken: a name in another language.
        Weak = "weak alias",
    }
}

numbered! {
    /// Where a fact comes from; `knowledge/ATTRIBUTION.md` has the licences.
    Source {
        /// Written by hand for onrecord.
        Own = "onrecord",
        /// The user's file.
        User = "user",
        /// opensanctions/rigour: territories.
        Rigour = "opensanctions/rigour",
        /// every-politician-scrapers: offices and seats from Wikidata, until 2022.
        Politicians = "every-politician-scrapers (Wikidata)",
        /// The CIA World Factbook of 2026-05.
        Factbook = "World Factbook",
        /// Party Facts.
        PartyFacts = "Party Facts",
        /// PETRARCH dictionaries.
        Petrarch = "PETRARCH",
        /// newscatcher and feed lists.
        Outlets = "newscatcher",
        /// GeoNames.
        GeoNames = "GeoNames",
    }
}

impl Source {
    /// The day up to which it knows who is in office; `None`: always.
    pub fn made(self) -> Option<Date> {
        match self {
            Source::Politicians => Some(jiff::civil::date(2022, 12, 31)),
            _ => None,
        }
    }
}
