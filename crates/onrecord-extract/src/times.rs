//! The expressions of time in a page, and the days that an event's triggers point to.

use std::ops::Range;

use jiff::civil::Date;
use onrecord_record::{EventDate, Status, Text};

use crate::actors::likeliest;
use crate::dates::{self, Dated};
use crate::found::{FoundTrigger, Links};
use crate::page::Page;

/// How much less nothing is believed in than the model does. Tuned on Desk dev.
const BOLDNESS: f32 = 0.5;

/// A time expression: its words, and the days from the first through the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// Words of the page.
    pub words: Range<usize>,
    /// What they stand for, as seen from the day of publication.
    pub date: EventDate,
    /// The same on the other side of that day, where a weekday alone leaves it open.
    pub other: Option<EventDate>,
}

/// The time expressions of the text as far as it is the page's and they stand for some days.
pub(crate) fn times(page: &Page, text: &Text, written: Option<Date>) -> Vec<Time> {
    let time = |dated: Dated| {
        let (start, end) = dated.value?;
        let words = page.words(dated.span);
        let date = |(start, end)| EventDate { start, end, span: Some(dated.span) };
        let (date, other) = (date((start, end)), dated.other.map(date));
        (!words.is_empty()).then_some(Time { words, date, other })
    };
    let end = page.tokens.last().map_or(0, |token| token.span.end);
    dates::find(text, 0..end, written).into_iter().filter_map(time).collect()
}

/// The times of a text, those that stand for the same days together.
pub(crate) struct Calendar<'a> {
    times: &'a [Time],
    /// The number of each time's days, and how many there are.
    number_of: Vec<Option<usize>>,
    n_days: usize,
}

impl Calendar<'_> {
    pub(crate) fn new(times: &[Time]) -> Calendar<'_> {
        let days = |time: &Time| (time.date.start, time.date.end);
        let mut all: Vec<_> = times.iter().map(days).collect();
        all.sort_unstable();
        all.dedup();
        let number_of = times.iter().map(|time| all.binary_search(&days(time)).ok()).collect();
        Calendar { times, number_of, n_days: all.len() }
    }

    /// When an event happened, by the links of its triggers. Expressions that stand for the same days add up; of those the
    /// nearest to the first trigger is named. What is still to come is not past, and what has happened not to come.
    pub(crate) fn date_of(&self, triggers: &[&FoundTrigger], status: Status) -> Option<EventDate> {
        let bolder = |trigger: &&FoundTrigger| Links {
            nothing: trigger.time.nothing - BOLDNESS,
            ..trigger.time.clone()
        };
        let links: Vec<Links> = triggers.iter().map(bolder).collect();
        let number = likeliest(&links, &self.number_of, self.n_days, |_| true)?;
        let at = triggers[0].words.start;
        let same = self.times.iter().zip(&self.number_of).filter(|(_, of)| **of == Some(number));
        let (time, _) = same.min_by_key(|(time, _)| time.words.start.abs_diff(at))?;
        let fits = |other: &EventDate| match status {
            Status::Planned | Status::CalledFor | Status::Possible => other.start > time.date.start,
            Status::Occurred => other.start < time.date.start,
            Status::Ongoing | Status::Denied => false,
        };
        Some(time.other.filter(fits).unwrap_or(time.date))
    }
}
