//! Actors: who is named in an article, and by which words.

use std::fmt;

use crate::Span;
use crate::codes::codes;

/// Number of an actor within its record, from 0; printed `a1`, `a2`, ….
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActorId(pub u32);

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a{}", self.0 + 1)
    }
}

/// Someone or something that speaks, acts, is acted on or is spoken of.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Its number.
    pub id: ActorId,
    /// Its name: the knowledge base's, else the fullest in the article, else its first words there.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The country it belongs to.
    pub country: Option<Country>,
    /// Its parts in politics, in the order of [`Sector::ALL`].
    pub sectors: Vec<Sector>,
    /// The organisation that it speaks or works for, where the text says so.
    pub organization: Option<ActorId>,
    /// The office that it held on the day of publication, by the knowledge base.
    pub office: Option<String>,
    /// Its ids elsewhere, `("wikidata", "Q227")`, in the order of their names.
    pub links: Vec<(String, String)>,
    /// Its offices and capacities as printed, in order.
    pub roles: Vec<Role>,
    /// The words that refer to it, in order; never empty.
    pub mentions: Vec<Mention>,
}

/// An office or capacity as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// The title, article left out: "MP and political analyst".
    pub span: Span,
    /// Where the office is held.
    pub organization: Option<ActorId>,
}

/// Words that refer to an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// How they refer.
    pub form: MentionForm,
}

codes! {
    /// What an actor is.
    Kind {
        /// A person.
        Person = "person",
        /// A country or its government, or a region's.
        State = "state",
        /// An alliance, ministry, party, company, army, outlet, court.
        Organization = "organization",
        /// Unnamed people: protesters, analysts, residents.
        Group = "group",
        /// A location that does not stand for its government.
        Place = "place",
        /// A communiqué, report, law or treaty that speaks or is spoken of.
        Document = "document",
    }
}

codes! {
    /// How a mention refers.
    MentionForm {
        /// A proper name, alias, acronym or demonym.
        Name = "name",
        /// A name that stands for something else: Baku for a government.
        Metonym = "metonym",
        /// A common noun: the expert, this organisation.
        Nominal = "nominal",
        /// A pronoun.
        Pronoun = "pronoun",
    }
}

/// ISO 3166-1 alpha-3 code of a country.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country([u8; 3]);

impl Country {
    /// From three capital letters.
    pub fn new(code: &str) -> Option<Country> {
        let code: [u8; 3] = code.as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_uppercase).then_some(Country(code))
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("capital letters")
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Country({self})")
    }
}

codes! {
    /// An actor's part in politics, by PLOVER's sectors.
    Sector {
        /// Government.
        Government = "GOV",
        /// Armed forces.
        Military = "MIL",
        /// Legislature.
        Legislature = "LEG",
        /// Courts.
        Judiciary = "JUD",
        /// Police.
        Police = "COP",
        /// Intelligence services.
        Intelligence = "SPY",
        /// A party.
        Party = "PTY",
        /// Opposition.
        Opposition = "OPP",
        /// Rebels.
        Rebels = "REB",
        /// Paramilitaries and militias.
        Paramilitary = "PRM",
        /// An international governmental organisation.
        International = "IGO",
        /// The European Union.
        EuropeanUnion = "EUR",
        /// The United Nations.
        UnitedNations = "UNO",
        /// A non-governmental organisation.
        NonGovernmental = "NGO",
        /// Business.
        Business = "BUS",
        /// A multinational corporation.
        Multinational = "MNC",
        /// Media and journalists.
        Media = "JRN",
        /// Education and research; analysts.
        Education = "EDU",
        /// Religion.
        Religion = "REL",
        /// Labour and unions.
        Labor = "LAB",
        /// Civilians.
        Civilian = "CVL",
        /// Civil society.
        Society = "SOC",
        /// Refugees.
        Refugees = "REF",
        /// Criminals.
        Criminal = "CRM",
        /// Elites, former officials.
        Elite = "ELI",
        /// Unknown.
        Unknown = "UNK",
    }
}
