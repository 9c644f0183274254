//! Words in a plot: escaped, measured, cut and wrapped.

/// Text as it may stand between tags and in attributes. What XML does not allow is U+FFFD, white space is a
/// space, and what overrides the direction of writing is left out.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            _ if c.is_whitespace() => out.push(' '),
            _ if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            _ => out.push(c),
        }
    }
    out
}

/// The size of all words but a headline.
pub(crate) const SIZE: f64 = 12.0;

/// About how wide a text is at [`SIZE`], rather more than less: which font a reader has is not known.
/// The widths are Arial's, and a tenth more.
pub(crate) fn width(text: &str) -> f64 {
    let em = |c: char| match c {
        'i' | 'j' | 'l' | '\'' | '|' => 0.23,
        'f' | 't' | 'I' | ' ' | '.' | ',' | ':' | ';' | '!' | '(' | ')' | '/' | '-' => 0.3,
        'r' => 0.34,
        'm' | 'M' => 0.84,
        'w' => 0.73,
        'W' | '…' | '—' => 1.0,
        'A'..='Z' => 0.71,
        '\0'..='\u{7f}' => 0.56,
        '\u{300}'..='\u{36f}' => 0.0,
        '\u{80}'..='\u{10ff}' => 0.66,
        _ => 1.0,
    };
    text.chars().map(em).sum::<f64>() * SIZE * 1.1
}

/// A text of at most this width, "…" for what is left out.
pub(crate) fn cut(text: &str, most: f64) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept) + width("…") > most {
            kept.pop();
            break;
        }
    }
    kept.trim_end().to_owned() + "…"
}

/// Lines of at most this width; a word that is wider is cut.
pub(crate) fn wrap(text: &str, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = cut(word, most);
        match lines.last_mut() {
            Some(line) if width(line) + width(" ") + width(&word) <= most => {
                line.push(' ');
                *line += &word;
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// `1 event`, `2,000 events`.
pub(crate) fn count(n: usize, what: &str) -> String {
    format!("{} {what}{}", number(n as u64), if n == 1 { "" } else { "s" })
}

/// A number with its thousands apart: `2,000`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_harmless() {
        let cases = [
            ("R&D <b>\"'</b>", "R&amp;D &lt;b&gt;&quot;&#39;&lt;/b&gt;"),
            ("a\0b\u{1b}[31m\u{85}", "a\u{FFFD}b\u{FFFD}[31m "),
            ("one\ntwo\tthree", "one two three"),
            ("\u{202E}evil\u{2066}", "evil"),
            ("\u{FFFF}", "\u{FFFD}"),
        ];
        for (text, expected) in cases {
            assert_eq!(escape(text), expected, "{text:?}");
        }
    }

    #[test]
    fn numbers_have_commas() {
        for (n, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(number(n), expected);
        }
        assert_eq!((count(1, "tie"), count(1200, "tie")), ("1 tie".into(), "1,200 ties".into()));
    }

    #[test]
    fn words_are_cut_and_wrapped() {
        assert_eq!(cut("Ostra", 100.0), "Ostra");
        let long = cut("Ministry of Water and of the Environment", 100.0);
        assert!(long.starts_with("Ministry of W") && long.ends_with('…'), "{long}");
        assert!(width(&long) <= 100.0);
        assert_eq!(cut("Ostra", 1.0), "…");
        assert_eq!(wrap("one two three", width("one two ")), ["one two", "three"]);
        assert!(wrap(&"x".repeat(300), 100.0).iter().all(|line| width(line) <= 100.0));
        assert!(wrap("", 100.0).is_empty());
    }
}
