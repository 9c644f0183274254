//! Dates and times as feeds, tables and mails write them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::temporal::Pieces;
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;

/// A day, in the time zone that its writer meant, and the moment if that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The day.
    pub(crate) day: Date,
    /// RFC 3339, with the offset from UTC where one was given.
    pub(crate) at: Option<String>,
}

/// Notations without a time that people and spreadsheets write.
const DAYS: &[&str] = &["%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y", "%Y/%m/%d"];

/// Reads RFC 3339 and its relatives, RFC 2822, seconds since 1970, and some notations of days.
/// Day and month in figures are read only where no other order is in use.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return from_seconds(text.parse().ok()?);
    }
    if let Ok(pieces) = Pieces::parse(text) {
        let day = pieces.date();
        let at = pieces.time().map(|time| {
            let offset = pieces.to_numeric_offset();
            let offset = offset.map(|offset| {
                let seconds = offset.seconds();
                let sign = if seconds < 0 { '-' } else { '+' };
                let minutes = seconds.abs() / 60;
                format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            });
            let (h, m, s) = (time.hour(), time.minute(), time.second());
            format!("{day}T{h:02}:{m:02}:{s:02}{}", offset.unwrap_or_default())
        });
        return Some(Moment { day, at });
    }
    let mail = rfc2822::DateTimeParser::new().relaxed_weekday(true);
    if let Ok(zoned) = mail.parse_zoned_datetime(text) {
        let at = strtime::format("%Y-%m-%dT%H:%M:%S%:z", &zoned).ok();
        return Some(Moment { day: zoned.date(), at });
    }
    let day = DAYS.iter().find_map(|format| Date::strptime(format, text).ok());
    day.map(|day| Moment { day, at: None })
}

fn from_seconds(number: i64) -> Option<Moment> {
    // Past the year 5138 they are milliseconds.
    let seconds = if number >= 100_000_000_000 { number / 1000 } else { number };
    let zoned = Timestamp::from_second(seconds).ok()?.to_zoned_datetime(TimeZone::UTC);
    let at = strtime::format("%Y-%m-%dT%H:%M:%S%:z", &zoned).ok();
    Some(Moment { day: zoned.date(), at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        let cases = [
            ("2026-01-23", Some(("2026-01-23", None))),
            ("2026-01-23T23:30:00+04:00", Some(("2026-01-23", Some("2026-01-23T23:30:00+04:00")))),
            ("2026-01-23T01:30:00Z", Some(("2026-01-23", Some("2026-01-23T01:30:00+00:00")))),
            ("2026-01-23 01:30:00", Some(("2026-01-23", Some("2026-01-23T01:30:00")))),
            (
                "Fri, 23 Jan 2026 23:30:00 -0500",
                Some(("2026-01-23", Some("2026-01-23T23:30:00-05:00"))),
            ),
            (
                "Mon, 23 Jan 2026 10:00:00 GMT",
                Some(("2026-01-23", Some("2026-01-23T10:00:00+00:00"))),
            ),
            ("1769162400", Some(("2026-01-23", Some("2026-01-23T10:00:00+00:00")))),
            ("1769162400000", Some(("2026-01-23", Some("2026-01-23T10:00:00+00:00")))),
            ("January 23, 2026", Some(("2026-01-23", None))),
            ("23.01.2026", Some(("2026-01-23", None))),
            ("01/02/2026", None),
            ("yesterday", None),
            ("", None),
        ];
        let mut failures = Vec::new();
        for (text, expected) in cases {
            let found = moment(text);
            let pair = found.as_ref().map(|found| (found.day.to_string(), found.at.as_deref()));
            if pair != expected.map(|(day, at)| (day.to_owned(), at)) {
                failures.push(format!("{text:?}: {found:?}"));
            }
        }
        assert!(failures.is_empty(), "{failures:#?}");
    }
}
