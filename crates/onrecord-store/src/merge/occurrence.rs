//! What tells one event from another, whoever reports it.
//!
//! Reports have one key if they have the same type, actors and recipients; of one key, those whose
//! windows of days touch or lie at most [`GAP`] days apart are one event. Joining windows is
//! associative, so that reports may come in any order. Known misses: a party left out by one outlet;
//! two meetings of the same parties within three days count as one.

use jiff::ToSpan;
use jiff::civil::Date;
use onrecord_record::{EventType, PartialDate};

use crate::hash::fnv_1a;

/// Windows at most this many days apart are one event: outlets report a day or two later, and
/// time zones differ.
const GAP: i64 = 2;

/// A longer window says too little to bring events together, unless both have the very same.
const LONG: i64 = 45;

/// How many days before its article an event without a date is looked for.
const LATELY: i64 = 3;

/// A report of an event, as far as it matters for whether it is the same as another.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) kind: EventType,
    /// Numbers of actors.
    pub(crate) actors: Vec<i64>,
    pub(crate) recipients: Vec<i64>,
    pub(crate) dates: Option<(PartialDate, PartialDate)>,
    pub(crate) place: Option<i64>,
    /// The trigger's last word.
    pub(crate) word: String,
    pub(crate) article: i64,
    pub(crate) published: Option<Date>,
}

/// From the first through the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) start: Date,
    pub(crate) end: Date,
}

impl Window {
    /// Whether two windows are one event's.
    pub(crate) fn meets(self, other: Window) -> bool {
        let near = |date: Date| date.saturating_add(GAP.days());
        self.start <= near(other.end) && other.start <= near(self.end)
    }

    /// Both together.
    pub(crate) fn join(self, other: Window) -> Window {
        Window { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The last day on which another window that meets this one may begin.
    pub(crate) fn reach(self) -> Date {
        self.end.saturating_add(GAP.days())
    }
}

/// When it happened, for grouping; `None` for standing relations and where nothing is known.
pub(crate) fn window(report: &Report) -> Option<Window> {
    if matches!(report.kind, EventType::Align | EventType::Rival) {
        return None;
    }
    match (report.dates, report.published) {
        (Some((start, end)), _) => {
            let (start, end) = (start.first_day(), end.last_day());
            Some(Window { start: start.min(end), end: start.max(end) })
        }
        (None, Some(published)) => {
            Some(Window { start: published.saturating_sub(LATELY.days()), end: published })
        }
        (None, None) => None,
    }
}

/// What reports of one event have in common.
pub(crate) fn key(report: &Report) -> i64 {
    let list = |ids: &[i64]| {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
    };
    let parties = match report.kind.is_reciprocal() {
        true => list(&[&report.actors[..], &report.recipients].concat()),
        false => format!("{}>{}", list(&report.actors), list(&report.recipients)),
    };
    let mut key = format!("{} {parties}", report.kind);
    if report.actors.len() + report.recipients.len() < 2 {
        // Said of one party only, type and day are too little: the same place, else the same word.
        match report.place {
            Some(place) => key += &format!(" in {place}"),
            None => key += &format!(" {}", report.word),
        }
    }
    match window(report) {
        Some(window)
            if window
                .end
                .since(window.start)
                .is_ok_and(|span| i64::from(span.get_days()) > LONG) =>
        {
            key += &format!(" {}/{}", window.start, window.end);
        }
        None if !matches!(report.kind, EventType::Align | EventType::Rival) => {
            key += &format!(" article {}", report.article);
        }
        _ => {}
    }
    hash(&key)
}

/// FNV-1a, mixed: among ten million keys, the chance that two have the same is one in 300,000.
fn hash(key: &str) -> i64 {
    super::copies::mix(fnv_1a(key.bytes())) as i64
}
