//! The outlet's name at an end of a page's title.

use crate::html::text::{letters, line};

/// Signs between a headline and the outlet's name.
#[rustfmt::skip] // a vertical list of words says no more
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " • ", " · ", " « ", " » ", " :: ", " / ", " ‹ ", " › ", " ~ ",
    " : ", " │ ", " ← ", " → ", " ▸ ", ": ", "|",
];

/// The last of them also stand within headlines.
const N_SURE: usize = SEPARATORS.len() - 2;

/// What a page's outlet is called.
pub(crate) struct Outlets {
    /// Letters of its names, as far as they are known.
    names: Vec<String>,
    /// Letters of the host that the page came from.
    host: String,
}

impl Outlets {
    pub(crate) fn new<const N: usize>(names: [Option<&str>; N], url: Option<&str>) -> Outlets {
        let names = names.into_iter().flatten().map(letters).filter(|name| !name.is_empty());
        Outlets { names: names.collect(), host: letters(host(url)) }
    }

    /// Whether a text is the outlet's name and nothing else.
    pub(crate) fn is_one(&self, text: &str) -> bool {
        self.names.contains(&letters(text))
    }

    /// A title without the outlet's name, and what stands after it.
    pub(crate) fn cut_off(&self, title: &str) -> String {
        let title = line(title);
        // A bar separates headline, section and outlet, and stands in no headline.
        if title.contains(['|', '│']) {
            let parts: Vec<&str> = title.split(['|', '│']).map(str::trim).collect();
            // Of equally long ones the first.
            let longest = parts
                .into_iter()
                .rev()
                .max_by_key(|part| (!self.is_one(part), part.chars().count()));
            return self.cut_off(longest.unwrap_or_default());
        }
        for separator in SEPARATORS {
            for (at, _) in title.rmatch_indices(separator) {
                let (head, tail) = (title[..at].trim(), title[at + separator.len()..].trim());
                if self.is_nearly(tail) && !head.is_empty() {
                    return head.to_owned();
                }
            }
            if let Some((head, tail)) = title.split_once(separator)
                && self.is_one(head)
                && !tail.trim().is_empty()
            {
                return tail.trim().to_owned();
            }
        }
        without_spaces(&title).unwrap_or(&title).to_owned()
    }

    /// The longest part between separators: outlets and sections have short names.
    pub(crate) fn longest_part(&self, title: &str) -> String {
        let cut = self.cut_off(title);
        if cut != title {
            return cut;
        }
        for separator in &SEPARATORS[..N_SURE] {
            if title.contains(separator) {
                let parts: Vec<&str> = title.split(separator).map(str::trim).collect();
                let parts = parts.into_iter().rev().filter(|part| !self.is_host(part));
                let longest = parts.max_by_key(|part| part.chars().count());
                return longest.unwrap_or(title).to_owned();
            }
        }
        title.to_owned()
    }

    /// `Example – news for all` where the outlet is `Example`, and the other way round.
    fn is_nearly(&self, text: &str) -> bool {
        let text = letters(text);
        let is_nearly = |name: &String| {
            text == *name
                || (text.len() > 3 && name.starts_with(&text))
                || (name.len() > 3 && text.starts_with(name.as_str()))
        };
        self.names.iter().any(is_nearly)
    }

    /// Whether a text is the address of the page's site: `example.org //`.
    fn is_host(&self, text: &str) -> bool {
        let text = letters(text);
        text.len() >= 5 && self.host.contains(&text)
    }
}

/// The host in an address, without its port; empty if there is none.
pub(crate) fn host(url: Option<&str>) -> &str {
    let rest = url.and_then(|url| url.split_once("://")).map_or("", |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or_default()
}

/// Chinese and Japanese titles have no spaces around the sign before the outlet.
fn without_spaces(title: &str) -> Option<&str> {
    let is_ideograph = |c: char| ('\u{3040}'..='\u{9fff}').contains(&c);
    let (head, tail) = title.rsplit_once(['-', '_', '－'])?;
    let is_outlet = tail.chars().all(is_ideograph) && (2..=8).contains(&tail.chars().count());
    (is_outlet && head.chars().filter(|&c| is_ideograph(c)).count() > 4).then_some(head)
}
