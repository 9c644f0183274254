//! The names in a by-line, without what stands around them.

use crate::html::text::line;

/// Ends of words that say what somebody is, before a name.
#[rustfmt::skip] // a vertical list of words says no more
const ROLES: &[&str] = &[
    "experte", "expertin", "redakteur", "redakteurin", "reporter", "reporterin", "korrespondent",
    "korrespondentin", "gastautor", "gastautorin", "rechtsanwalt", "rechtsanwältin",
];

/// Beginnings of the words before the number of a day; some are names too.
#[rustfmt::skip] // a vertical list of words says no more
const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "mär", "apr", "may", "mai", "jun", "jul", "aug", "sep", "oct", "okt",
    "nov", "dec", "dez",
];

#[rustfmt::skip] // a vertical list of words says no more
const WEEKDAYS: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag",
    "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
];

/// What stands before a name.
#[rustfmt::skip] // a vertical list of words says no more
const BEFORE: &[&str] = &[
    "by ", "by:", "von ", "von:", "par ", "por ", "di ", "author:", "post author by ", "author ", "autor:",
    "autor ", "autorin:", "auteur :", "written by", "posted by", "published by",
    "veröffentlicht von", "geschrieben von", "zeige alle beiträge von",
    "alle beiträge von", "alles von", "view all posts by", "all posts by", "artikel von",
    "pressemitteilung von", "auteur:", "autore:", "erstellt von", "gespeichert von",
    "eingestellt von", "verfasst von", "interview:", "text;", "autoren:", "words by",
    "story by", "reported by", "text:", "text von", "über ", "about ", "a cura di ",
    "redaktion:", "ein artikel von", "ein beitrag von", "eine analyse von",
    "ein kommentar von", "eine kolumne von", "publié par", "-", "–", "|", "/", ":", "@",
    ",",
];

/// What stands where a name should and is none.
#[rustfmt::skip] // a vertical list of words says no more
const NOT: &[&str] = &[
    "admin", "posted", "follow", "datum:", "datum", "stand", "por", "by", "von", "autoren",
    "authors", "no author", "news service reports", "view profile", "wordpressadmin",
    "wire reports", "agencies", "administrator", "unknown", "guest", "editor", "staff",
    "webmaster", "anonymous", "author", "autor", "phd", "ph.d.", "md", "jr.", "name", "null",
    "undefined", "none", "redaktion online", "quelle", "source", "login", "vor",
    "publiziert", "veröffentlicht", "veröffentlicht am",
];

/// The names in a by-line.
pub(crate) fn people(text: &str) -> Vec<String> {
    let mut text = line(text);
    if text.contains("://") || text.starts_with("www.") {
        return Vec::new();
    }
    // `ByAda Lind`: the space was in the style sheet.
    if let Some(rest) = text.strip_prefix("By").filter(|rest| rest.starts_with(char::is_uppercase))
    {
        text = rest.to_owned();
    }
    loop {
        let lower = text.to_lowercase();
        let Some(before) = BEFORE.iter().find(|before| lower.starts_with(**before)) else { break };
        // Lower case may change the length of other letters, not of those.
        match text.get(before.len()..) {
            Some(rest) => text = rest.trim().to_owned(),
            None => break,
        }
    }
    // After these a by-line goes on with other things.
    for after in [
        " am ", " on ", " | ", " • ", " · ", " – ", " — ", " in ", " at ", " um ", "(", " le ",
        " - ", " vor ", " hace ", " Hace ",
    ] {
        if let Some((head, _)) = text.split_once(after) {
            text = head.trim().to_owned();
        }
    }
    for after in [
        "veröffentlicht",
        "stand:",
        "foto:",
        "fotos:",
        "published",
        "publiziert",
        "updated",
        "aktualisiert",
    ] {
        if let Some(at) = text.to_lowercase().find(after)
            && at > 0
            && text.is_char_boundary(at)
        {
            text.truncate(at);
        }
    }
    let number = text.find(|c: char| c.is_ascii_digit());
    if let Some(at) = number.filter(|&at| text[..at].ends_with(' ')) {
        text.truncate(at);
        drop_last_word(&mut text, MONTHS);
        drop_last_word(&mut text, WEEKDAYS);
    }
    if let Some((first, rest)) = text.split_once(' ')
        && ROLES.iter().any(|role| first.to_lowercase().ends_with(role))
        && rest.contains(' ')
    {
        text = rest.to_owned();
    }
    let text = text
        .replace(" und ", ",")
        .replace(" and ", ",")
        .replace(" et ", ",")
        .replace(" y ", ",")
        .replace(" & ", ",")
        .replace(" with ", ",")
        .replace(" im Gespräch mit ", ",")
        .replace(" mit ", ",");
    text.split([',', ';', '/', '|', '\n'])
        .map(|name| {
            name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | ':' | ')'))
        })
        .filter(|name| is_name(name))
        .map(str::to_owned)
        .collect()
}

/// Drops the last word if it is one of these and not the only one.
fn drop_last_word(text: &mut String, words: &[&str]) {
    let kept = text.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    if let Some((before, last)) = kept.rsplit_once(' ')
        && words.iter().any(|word| last.to_lowercase().starts_with(word))
    {
        *text = before.to_owned();
    }
}

fn is_name(name: &str) -> bool {
    let n_chars = name.chars().count();
    let lower = name.to_lowercase();
    // Names that users give themselves may be half of digits.
    let max_digits = if name.contains(' ') { n_chars / 3 } else { n_chars / 2 };
    (2..=60).contains(&n_chars)
        && name.chars().any(char::is_alphabetic)
        && name.split_whitespace().count() <= 6
        && !name.contains('@')
        && !lower.contains("http")
        && !lower.contains(": ")
        && name.chars().filter(char::is_ascii_digit).count() <= max_digits
        && !NOT.contains(&lower.as_str())
}
