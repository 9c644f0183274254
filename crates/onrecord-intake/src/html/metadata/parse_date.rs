//! Dates as publishers write them.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// A day and, where it was given, the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The day in the publisher's time zone.
    pub(crate) day: Date,
    /// RFC 3339, without an offset if none was given.
    pub(crate) at: Option<String>,
}

/// Finds the first date in a short text.
///
/// Reads ISO 8601 and its relatives, RFC 2822, `23 January 2026`, `January 23, 2026` and the same
/// in German, French, Spanish, Italian, Portuguese, Dutch and Polish, `23.01.2026`, and
/// `2026年1月23日`. Of `01/02/2026`, which is two dates, the day comes first unless it cannot
/// or `month_first`.
pub(crate) fn moment(text: &str, month_first: bool) -> Option<Moment> {
    let text = text.trim();
    let (day, rest) = year_first(text)
        .or_else(|| compact(text))
        .or_else(|| day_first(text, month_first))
        .or_else(|| with_month_name(text))?;
    Some(Moment { day, at: time(day, rest) })
}

/// The years that an article on the web is of.
fn plausible(year: i16, month: i8, day: i8) -> Option<Date> {
    let date = Date::new(year, month, day).ok()?;
    (1980..2100).contains(&year).then_some(date)
}

/// `2026-01-23`, `2026/1/23`, `2026.01.23`, `2026年1月23日`.
fn year_first(text: &str) -> Option<(Date, &str)> {
    numbers(text).find_map(|(start, year)| {
        let rest = &text[start + year.len()..];
        if year.len() != 4 || !rest.starts_with(['-', '/', '.', '年']) {
            return None;
        }
        let separator = rest.chars().next()?;
        let (month, rest) = number(&rest[separator.len_utf8()..])?;
        let second = rest.chars().next()?;
        if !(second == separator || second == '月') {
            return None;
        }
        let (day, rest) = number(&rest[second.len_utf8()..])?;
        let date = plausible(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        Some((date, rest))
    })
}

/// `20260123` and nothing but digits around, with a time perhaps.
fn compact(text: &str) -> Option<(Date, &str)> {
    let (start, digits) = numbers(text).find(|(_, digits)| digits.len() == 8)?;
    let (year, month, day) = (&digits[..4], &digits[4..6], &digits[6..]);
    let date = plausible(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some((date, &text[start + 8..]))
}

/// `23.01.2026`, `23/1/26`, `23-01-2026`.
fn day_first(text: &str, month_first: bool) -> Option<(Date, &str)> {
    numbers(text).find_map(|(start, first)| {
        let rest = &text[start + first.len()..];
        let separator = rest.chars().next().filter(|c| matches!(c, '.' | '/' | '-'))?;
        let (second, rest) = number(rest[1..].trim_start())?;
        let rest = rest.strip_prefix(separator)?;
        let (year, rest) = number(rest.trim_start())?;
        let year = match year.len() {
            4 => year.parse().ok()?,
            2 if separator != '-' => 2000 + year.parse::<i16>().ok()?,
            _ => return None,
        };
        let (first, second) = (first.parse().ok()?, second.parse().ok()?);
        let either = |day, month| plausible(year, month, day);
        let date = match month_first && separator == '/' {
            true => either(second, first).or_else(|| either(first, second)),
            false => either(first, second).or_else(|| either(second, first)),
        };
        Some((date?, rest))
    })
}

/// `23 January 2026`, `23. Januar 2026`, `le 23 janvier 2026`, `23 de enero de 2026`, `January 23rd, 2026`, `Jan. 23 2026`.
fn with_month_name(text: &str) -> Option<(Date, &str)> {
    let words: Vec<(usize, &str)> = words(text).take(60).collect();
    words.iter().enumerate().find_map(|(at, &(_, word))| {
        let month = month(word)?;
        let is_of = |word: &str| matches!(word.to_lowercase().as_str(), "de" | "del" | "of" | "di");
        let mut before = words[..at].iter().rev().filter(|(_, word)| !is_of(word));
        let mut after = words[at + 1..].iter().filter(|(_, word)| !is_of(word));
        let day = |word: &str| -> Option<i8> {
            let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == 'º');
            (1..=2).contains(&digits.len()).then(|| digits.parse().ok())?
        };
        let year = |word: &str| -> Option<i16> { (word.len() == 4).then(|| word.parse().ok())? };
        let next = after.next()?;
        let end = |&(start, word): &(usize, &'_ str)| start + word.len();
        if let Some(number) = year(next.1) {
            let date = plausible(number, month, day(before.next()?.1)?)?;
            return Some((date, &text[end(next)..]));
        }
        let then = after.next()?;
        let date = plausible(year(then.1)?, month, day(next.1)?)?;
        Some((date, &text[end(then)..]))
    })
}

/// The time after a date: `T10:05:00+01:00`, ` 10:05`, `, 10.05 Uhr` is not read.
fn time(day: Date, rest: &str) -> Option<String> {
    let rest = rest.strip_prefix('T').or_else(|| rest.strip_prefix(' ')).unwrap_or(rest);
    let (hour, rest) = number(rest.trim_start())?;
    let (minute, mut rest) = number(rest.strip_prefix(':')?)?;
    let mut second = 0;
    if let Some(after) = rest.strip_prefix(':')
        && let Some((digits, after)) = number(after)
    {
        second = digits.parse().ok()?;
        rest = after;
    }
    if let Some(after) = rest.strip_prefix('.') {
        rest = number(after).map_or(rest, |(_, after)| after);
    }
    let (mut hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let mark: String = rest.trim_start().chars().take(4).collect::<String>().to_lowercase();
    let mark = mark.replace('.', "");
    if mark.starts_with("pm") && hour < 12 {
        hour += 12;
    } else if mark.starts_with("am") && hour == 12 {
        hour = 0;
    }
    let moment: DateTime = day.at(hour.clamp(0, 23), minute.clamp(0, 59), second.min(59), 0);
    let offset = offset(rest.trim_start()).unwrap_or_default();
    Some(format!("{}{offset}", moment.strftime("%Y-%m-%dT%H:%M:%S")))
}

/// `Z`, `+01:00`, `+0100`, `GMT`, as RFC 3339 writes them.
fn offset(text: &str) -> Option<String> {
    let upper = text.get(..3).unwrap_or(text);
    if text.starts_with('Z') || upper == "GMT" || upper == "UTC" {
        return Some("Z".to_owned());
    }
    let sign = text.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits: String =
        text[1..].chars().filter(|&c| c != ':').take_while(char::is_ascii_digit).take(4).collect();
    let (hours, minutes) = match digits.len() {
        4 => (&digits[..2], &digits[2..]),
        2 => (&digits[..], "00"),
        _ => return None,
    };
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    Offset::from_seconds(seconds).ok()?;
    Some(format!("{sign}{hours}:{minutes}"))
}

/// Runs of ASCII digits with their offsets.
fn numbers(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c: char| c.is_ascii_digit())?;
        let (digits, _) = number(&text[start..])?;
        at = start + digits.len();
        Some((start, digits))
    })
}

/// The ASCII digits in front, and what is after.
fn number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// Runs of letters and digits with their offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == 'º';
    text.split(move |c| !is_word(c))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// The number of a month by its name.
fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    if word.chars().count() < 3 {
        return None;
    }
    const NAMES: [&[&str]; 12] = [
        &[
            "january", "januar", "jänner", "janvier", "enero", "gennaio", "janeiro", "januari",
            "stycznia", "jan", "ene", "gen", "janv",
        ],
        &[
            "february",
            "februar",
            "feber",
            "février",
            "fevrier",
            "febrero",
            "febbraio",
            "fevereiro",
            "februari",
            "lutego",
            "feb",
            "fév",
            "févr",
            "fev",
        ],
        &["march", "märz", "mars", "marzo", "março", "maart", "marca", "mar", "mär", "mrz"],
        &["april", "avril", "abril", "aprile", "kwietnia", "apr", "avr", "abr"],
        &["may", "mai", "mayo", "maggio", "maio", "mei", "maja", "mag"],
        &["june", "juni", "juin", "junio", "giugno", "junho", "czerwca", "jun", "giu"],
        &["july", "juli", "juillet", "julio", "luglio", "julho", "lipca", "jul", "lug", "juil"],
        &["august", "août", "aout", "agosto", "augustus", "sierpnia", "aug", "ago", "aoû"],
        &[
            "september",
            "septembre",
            "septiembre",
            "setiembre",
            "settembre",
            "setembro",
            "września",
            "sept",
            "sep",
            "set",
        ],
        &[
            "october",
            "oktober",
            "octobre",
            "octubre",
            "ottobre",
            "outubro",
            "października",
            "oct",
            "okt",
            "ott",
            "out",
        ],
        &["november", "novembre", "noviembre", "novembro", "listopada", "nov"],
        &[
            "december",
            "dezember",
            "décembre",
            "decembre",
            "diciembre",
            "dicembre",
            "dezembro",
            "grudnia",
            "dec",
            "dez",
            "déc",
            "dic",
        ],
    ];
    let at = NAMES.iter().position(|names| names.contains(&word.as_str()))?;
    Some(at as i8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_publishers_write_them() {
        let cases = [
            ("2026-01-23", "2026-01-23", None),
            ("2026-01-23T09:05:07+01:00", "2026-01-23", Some("2026-01-23T09:05:07+01:00")),
            ("2026-01-23T23:30:00.123-0500", "2026-01-23", Some("2026-01-23T23:30:00-05:00")),
            ("2026-01-23T09:05Z", "2026-01-23", Some("2026-01-23T09:05:00Z")),
            ("2026-01-23 09:05:07", "2026-01-23", Some("2026-01-23T09:05:07")),
            ("Fri, 23 Jan 2026 09:05:07 GMT", "2026-01-23", Some("2026-01-23T09:05:07Z")),
            ("20260123", "2026-01-23", None),
            ("Veröffentlicht am 23. Januar 2026 um 9 Uhr", "2026-01-23", None),
            ("23.1.26", "2026-01-23", None),
            ("1/23/2026", "2026-01-23", None),
            ("January 23rd, 2026 4:05 PM", "2026-01-23", Some("2026-01-23T16:05:00")),
            ("Jan. 23, 2026", "2026-01-23", None),
            ("le 1er février 2026 à 9h", "2026-02-01", None),
            ("23 de enero de 2026", "2026-01-23", None),
            ("2026年1月23日", "2026-01-23", None),
        ];
        let mut failures = Vec::new();
        for (text, day, at) in cases {
            let found = moment(text, false);
            let expected = Moment { day: day.parse().unwrap(), at: at.map(str::to_owned) };
            if found.as_ref() != Some(&expected) {
                failures.push(format!("{text:?}: {found:?}"));
            }
        }
        for text in [
            "",
            "23",
            "2026",
            "page 3-4-5",
            "31.02.2026",
            "99999999",
            "1.2.3",
            "+",
            "é-é-é",
            "12345678901234567890-1-1",
        ] {
            if let Some(found) = moment(text, false) {
                failures.push(format!("{text:?} is no date: {found:?}"));
            }
        }
        assert!(failures.is_empty(), "{failures:#?}");
    }
}
