//! Days and months as they are read.

use jiff::civil::Date;
use maud::{Markup, html};

/// A day, a month or a year of the record: `2026-01-23`, `2026-01`, `2026`.
pub(crate) fn day(day: &str) -> Markup {
    html! { time datetime=(day) { (written(day)) } }
}

/// A month: `2026-01`.
pub(crate) fn month(month: &str) -> String {
    written(month)
}

/// From a day to another, or one of them.
pub(crate) fn period(start: Option<&str>, end: Option<&str>) -> Option<Markup> {
    match (start, end) {
        (Some(start), Some(end)) if start != end => Some(html! { (day(start)) " – " (day(end)) }),
        (Some(one), _) | (None, Some(one)) => Some(day(one)),
        (None, None) => None,
    }
}

/// As a reader writes it; what is no day stays as it is.
fn written(day: &str) -> String {
    let (full, format) = match day.len() {
        10 => (day.to_owned(), "%-d %B %Y"),
        7 => (format!("{day}-01"), "%B %Y"),
        _ => return day.to_owned(),
    };
    let date: Result<Date, _> = full.parse();
    date.map_or_else(|_| day.to_owned(), |date| date.strftime(format).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_out() {
        let cases = [
            ("2026-01-03", "3 January 2026"),
            ("2026-01", "January 2026"),
            ("2026", "2026"),
            ("2026-99-01", "2026-99-01"),
            ("<b>", "<b>"),
        ];
        for (day, expected) in cases {
            assert_eq!(written(day), expected, "{day}");
        }
    }
}
