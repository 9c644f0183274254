//! Where the items of a live blog begin.
//!
//! **Finds** lines that are a time of day and nothing else, if there are several among the
//! paragraphs. They separate one item from the next, and stay: the one of the first item too, which
//! would be taken for a label of the page.
//!
//! **Why it is believed.** Items are stamped with their time; in other articles, a time stands next
//! to a day or in a sentence.
//!
//! **Known misses.** Items stamped with a day; times whose class calls them a timestamp, which are
//! removed with those of by-lines.

use crate::html::segments::Segment;

/// So many times between the first paragraph and the last make a live blog.
const MIN_TIMES: usize = 2;

/// Whether paragraphs are those of a live blog.
pub(crate) fn are_of_a_live_blog(segments: &[Segment]) -> bool {
    let Some(first) = segments.iter().position(Segment::is_prose) else { return false };
    let last = segments.iter().rposition(Segment::is_prose).unwrap_or(first);
    let among = segments[first..=last].iter();
    among.filter(|segment| is_time_of_day(&segment.text)).count() >= MIN_TIMES
}

/// Whether a line is a time of day and nothing else: `14:10`, `2.10pm`, `14h10`, `14.10 Uhr`.
pub(crate) fn is_time_of_day(text: &str) -> bool {
    const AFTER: [&str; 12] =
        ["", "am", "pm", "h", "uhr", "gmt", "utc", "bst", "cet", "cest", "est", "et"];
    let is_digit = |c: char| c.is_ascii_digit();
    let Some((hour, rest)) = text.split_once([':', '.', 'h']) else { return false };
    let n_digits = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
    let (minute, after) = rest.split_at(n_digits);
    let at_most = |digits: &str, most: u8| {
        digits.chars().all(is_digit) && digits.parse().is_ok_and(|n: u8| n <= most)
    };
    let after: String = (after.chars().filter(|c| !matches!(c, ' ' | '.')).take(5))
        .flat_map(char::to_lowercase)
        .collect();
    at_most(hour, 23) && minute.len() == 2 && at_most(minute, 59) && AFTER.contains(&&*after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day() {
        let times = ["14:10", "9:05", "2.10pm", "2:10 p.m.", "14h10", "14.10 Uhr", "18:04 CEST"];
        let others = [
            "",
            ":",
            "14",
            "1410",
            "24:10",
            "14:60",
            "14:1",
            "14:100",
            "14:10:59",
            "at 14:10",
            "+1:10",
            "14:10 €",
            "14.10.2026",
            "14:10, Norhaven",
            "Sechs Uhr",
        ];
        let wrong: Vec<&&str> = (times.iter().filter(|text| !is_time_of_day(text)))
            .chain(others.iter().filter(|text| is_time_of_day(text)))
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
