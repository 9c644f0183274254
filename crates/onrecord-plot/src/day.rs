//! Days as the record writes them, and as a reader does.

use jiff::ToSpan;
use jiff::civil::Date;

/// The first day of `2026`, `2026-01` or `2026-01-31`; `None` for anything else.
pub(crate) fn day(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    // The last year of the calendar has no next one, which an axis may need.
    let year = parts.next()?.parse().ok().filter(|year| (1..=9998).contains(year))?;
    let month = parts.next().map_or(Ok(1), str::parse).ok()?;
    let day = parts.next().map_or(Ok(1), str::parse).ok()?;
    Date::new(year, month, day).ok()
}

/// Days from one to the other.
pub(crate) fn days(from: Date, to: Date) -> f64 {
    to.duration_since(from).as_secs_f64() / 86_400.0
}

/// The day after some days; the same for those that the calendar does not have.
pub(crate) fn plus(date: Date, days: i64) -> Date {
    date.checked_add(days.days()).unwrap_or(date)
}

/// The first of the next month.
pub(crate) fn next_month(date: Date) -> Date {
    plus(date.last_of_month(), 1)
}

/// `January`.
pub(crate) fn month(date: Date) -> String {
    date.strftime("%B").to_string()
}

/// `31 January 2026`.
pub(crate) fn written(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `31 January 2026`, or the text itself if it is no day.
pub(crate) fn written_or(text: &str) -> String {
    day(text).filter(|_| text.len() == 10).map_or_else(|| text.to_owned(), written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read() {
        let cases = [
            ("2026-01-31", Some("2026-01-31")),
            ("2026-02", Some("2026-02-01")),
            ("2026", Some("2026-01-01")),
            ("2026-02-30", None),
            ("9999-12-31", None),
            ("-1-2", None),
            ("", None),
            ("<b>", None),
        ];
        for (text, expected) in cases {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
        assert_eq!(written_or("2026-01-31"), "31 January 2026");
        assert_eq!(written_or("2026"), "2026");
    }
}
