//! Events: what is reported to have happened between whom, and on whose word.

use std::fmt;
use std::str::FromStr;

use crate::codes::codes;
use crate::{ActorId, Span, StatementId};

/// Number of an event within its record, from 0; printed `e1`, `e2`, ….
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventId(pub u32);

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "e{}", self.0 + 1)
    }
}

/// A happening or a standing relation between actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its number.
    pub id: EventId,
    /// What was done.
    pub kind: EventType,
    /// The words that name it, one span a telling, in order; never empty.
    pub trigger: Vec<Span>,
    /// Who did it; all parties where it is reciprocal.
    pub actors: Vec<ActorId>,
    /// To whom.
    pub recipients: Vec<ActorId>,
    /// When.
    pub date: Option<EventDate>,
    /// Where.
    pub place: Option<ActorId>,
    /// What it has to do with, in the order of [`Context::ALL`].
    pub contexts: Vec<Context>,
    /// Whether it happened.
    pub status: Status,
    /// The innermost statement on whose word it is reported; `None`: the outlet's own voice.
    pub said: Option<StatementId>,
    /// Calibrated probability that it is an event of this type.
    pub confidence: f32,
}

/// When an event happened: from `start` through `end`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventDate {
    /// The first day, month or year.
    pub start: PartialDate,
    /// The last.
    pub end: PartialDate,
    /// The words that say so.
    pub span: Option<Span>,
}

/// A day, a month or a year of the Gregorian calendar: `2026-01-21`, `2026-01`, `2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    year: i16,
    /// 1 to 12; 0 where only the year is known.
    month: i8,
    /// 1 to 31; 0 where only the month is known.
    day: i8,
}

impl PartialDate {
    /// A day.
    pub fn day(date: jiff::civil::Date) -> PartialDate {
        PartialDate { year: date.year(), month: date.month(), day: date.day() }
    }

    /// The month that a day lies in.
    pub fn month(date: jiff::civil::Date) -> PartialDate {
        PartialDate { day: 0, ..PartialDate::day(date) }
    }

    /// The year that a day lies in.
    pub fn year(date: jiff::civil::Date) -> PartialDate {
        PartialDate { year: date.year(), month: 0, day: 0 }
    }

    /// Its first day.
    pub fn first_day(self) -> jiff::civil::Date {
        jiff::civil::date(self.year, self.month.max(1), self.day.max(1))
    }

    /// Its last day.
    pub fn last_day(self) -> jiff::civil::Date {
        match (self.month, self.day) {
            (0, _) => jiff::civil::date(self.year, 12, 31),
            (month, 0) => jiff::civil::date(self.year, month, 1).last_of_month(),
            (month, day) => jiff::civil::date(self.year, month, day),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

/// What was to be a [`PartialDate`] is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date of the form 2026-01-21, 2026-01 or 2026")
    }
}

impl std::error::Error for NotADate {}

impl FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<PartialDate, NotADate> {
        let day = |text: &str| text.parse::<jiff::civil::Date>().map_err(|_| NotADate);
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        match text.len() {
            _ if !digits(text) => Err(NotADate),
            4 => Ok(PartialDate::year(day(&format!("{text}-01-01"))?)),
            7 => Ok(PartialDate::month(day(&format!("{text}-01"))?)),
            10 => Ok(PartialDate::day(day(text)?)),
            _ => Err(NotADate),
        }
    }
}

codes! {
    /// What was done: PLOVER 2's sixteen types, and two standing relations.
    EventType {
        /// Agrees, promises or offers to cooperate.
        Agree = "AGREE",
        /// Meets, visits, phones, negotiates, mediates.
        Consult = "CONSULT",
        /// Praises, endorses; signs or ratifies; improves relations.
        Support = "SUPPORT",
        /// Yields in words or law.
        Concede = "CONCEDE",
        /// Cooperates materially.
        Cooperate = "COOPERATE",
        /// Helps: economic, military, humanitarian.
        Aid = "AID",
        /// Yields materially: ceasefire, withdrawal, release.
        Retreat = "RETREAT",
        /// Asks, demands, urges.
        Request = "REQUEST",
        /// Criticises, blames, charges.
        Accuse = "ACCUSE",
        /// Refuses, vetoes.
        Reject = "REJECT",
        /// Threatens, warns of consequences.
        Threaten = "THREATEN",
        /// Demonstrates, strikes.
        Protest = "PROTEST",
        /// Cuts or reduces relations.
        Sanction = "SANCTION",
        /// Raises, deploys or shows forces.
        Mobilize = "MOBILIZE",
        /// Arrests, bans, seizes, deports; short of violence.
        Coerce = "COERCE",
        /// Attacks, kills.
        Assault = "ASSAULT",
        /// Is allied with, partner or member of, dependent on.
        Align = "ALIGN",
        /// Competes with, is hostile to, distrusts.
        Rival = "RIVAL",
    }
}

impl EventType {
    /// Whether all parties are actors: neither does it to the other.
    pub fn is_reciprocal(self) -> bool {
        use EventType::*;
        matches!(self, Consult | Cooperate | Agree | Align | Rival | Support)
    }

    /// The weight of an event for a relation, by PLOVER's quad classes: 2 material cooperation, 1 verbal
    /// cooperation, -1 verbal conflict, -2 material conflict.
    pub fn weight(self) -> i32 {
        use EventType::*;
        match self {
            Agree | Consult | Support | Concede | Align => 1,
            Cooperate | Aid | Retreat => 2,
            Request | Accuse | Reject | Threaten | Rival => -1,
            Protest | Sanction | Mobilize | Coerce | Assault => -2,
        }
    }
}

codes! {
    /// Whether an event happened.
    Status {
        /// It happened.
        Occurred = "occurred",
        /// It is under way.
        Ongoing = "ongoing",
        /// It is announced or scheduled.
        Planned = "planned",
        /// Someone wants it.
        CalledFor = "called_for",
        /// It may, could or would happen.
        Possible = "possible",
        /// It is said not to have happened or not to be intended.
        Denied = "denied",
    }
}

codes! {
    /// What an event has to do with: PLOVER's contexts, and a few that news needs.
    Context {
        /// Armed forces.
        Military = "military",
        /// Intelligence services.
        Intelligence = "intelligence",
        /// Government.
        Executive = "executive",
        /// Legislature.
        Legislative = "legislative",
        /// Elections.
        Election = "election",
        /// Political institutions.
        PoliticalInstitutions = "political_institutions",
        /// Economy.
        Economic = "economic",
        /// Law and courts.
        Legal = "legal",
        /// Human rights.
        HumanRights = "human_rights",
        /// Rights and freedoms.
        RightsFreedoms = "rights_freedoms",
        /// Repression.
        Repression = "repression",
        /// Human security.
        HumanSecurity = "human_security",
        /// Diplomacy.
        Diplomatic = "diplomatic",
        /// Territory and borders.
        Territory = "territory",
        /// Peacekeeping.
        Peacekeeping = "peacekeeping",
        /// Health.
        Health = "health",
        /// Migration.
        Migration = "migration",
        /// Disasters.
        Disasters = "disasters",
        /// Natural resources.
        NaturalResource = "natural_resource",
        /// Environment.
        Environment = "environment",
        /// Technology.
        Technology = "technology",
        /// Terrorism.
        Terrorism = "terrorism",
        /// Chemical, biological, radiological and nuclear arms.
        Cbrn = "cbrn",
        /// Cyberspace.
        Cyber = "cyber",
        /// Misinformation.
        Misinformation = "misinformation",
        /// Crime.
        Crime = "crime",
        /// Corruption.
        Corruption = "corruption",
        /// Energy.
        Energy = "energy",
        /// Education.
        Education = "education",
        /// Transport.
        Transport = "transport",
        /// Culture and sport.
        Culture = "culture",
        /// Clearing of mines.
        Demining = "demining",
    }
}

#[cfg(test)]
mod tests {
    use super::PartialDate;

    #[test]
    fn dates_are_read_as_they_are_written() {
        for text in ["2026", "2026-01", "2026-01-21", "0987-12-31"] {
            let date: PartialDate = text.parse().unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(date.to_string(), text);
        }
        for text in ["", "26", "2026-13", "2026-02-30", "2026-1-1", "20260121", "２０２６"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_month_has_its_days() {
        let month: PartialDate = "2028-02".parse().unwrap();
        assert_eq!(month.first_day().to_string(), "2028-02-01");
        assert_eq!(month.last_day().to_string(), "2028-02-29");
    }
}
