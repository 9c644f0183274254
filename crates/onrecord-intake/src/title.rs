//! Finds the headline of a plain text.
//!
//! **Finds** the first line that is not blank, if it is short, does not end like a sentence, and
//! stands on a line of its own: before a blank line, or before a line so long that the text has
//! a line a paragraph.
//!
//! **Why it is believed.** Newspapers print headlines without a full stop. The line after tells
//! a headline from the first line of a paragraph broken at 60 to 100 columns.
//!
//! **Example.** `Talks resume⏎⏎They met in Baku.` → "Talks resume".
//!
//! **Known misses.** Headlines that end in a question mark or in an abbreviation's full stop;
//! those with a by-line right below.

/// The longest title, in characters.
const MAX_TITLE: usize = 200;

/// A line with more characters than this was not broken to fit a column.
const MAX_COLUMN: usize = 120;

pub(crate) fn title(text: &str) -> Option<String> {
    let mut lines = text.lines().map(str::trim).skip_while(|line| line.is_empty());
    let first = lines.next()?;
    let next = lines.next()?;
    let alone = next.is_empty() || is_longer(next, MAX_COLUMN);
    let is_title = alone && !is_longer(first, MAX_TITLE) && !ends_like_a_sentence(first);
    is_title.then(|| first.to_owned())
}

fn is_longer(line: &str, n_chars: usize) -> bool {
    line.chars().nth(n_chars).is_some()
}

fn ends_like_a_sentence(line: &str) -> bool {
    let closing = ['"', '\'', '”', '’', '»', '“', ')', ']', '」', '』'];
    let line = line.trim_end_matches(closing);
    line.ends_with(['.', '!', '?', '…', ',', ';', ':', '。', '！', '？', '؟', '۔', '।'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        let long = "word ".repeat(40);
        let cases = [
            ("Talks resume\n\nThey met.".to_owned(), Some("Talks resume")),
            ("\r\n \r\n  Talks resume \r\n\r\nThey met.\r\n".to_owned(), Some("Talks resume")),
            (format!("Talks resume\n{long}"), Some("Talks resume")),
            ("“We agree”\n\nThey met.".to_owned(), Some("“We agree”")),
            ("They met in Baku and\ntalked.".to_owned(), None),
            ("They met.\n\nThey talked.".to_owned(), None),
            ("“They met.”\n\nThey talked.".to_owned(), None),
            ("他们见面了。\n\n…".to_owned(), None),
            (format!("{long}x\n\nThey met."), None),
            ("They met in Baku".to_owned(), None),
            ("".to_owned(), None),
            (" \n\n".to_owned(), None),
        ];
        let mut failures = Vec::new();
        for (text, expected) in &cases {
            let found = title(text);
            if found.as_deref() != *expected {
                failures.push(format!("{text:?}: {found:?}"));
            }
        }
        assert!(failures.is_empty(), "{failures:#?}");
    }
}
