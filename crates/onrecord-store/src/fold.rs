//! Names as they are compared: without case, diacritics and punctuation.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, no diacritics, words apart by one space, no leading article.
pub(crate) fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    if name.is_ascii() {
        name.chars().for_each(|c| push(&mut out, c));
    } else {
        name.nfkd().filter(|&c| !is_combining_mark(c)).for_each(|c| push(&mut out, c));
    }
    if out.ends_with(' ') {
        out.pop();
    }
    match out.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => out,
    }
}

fn push(out: &mut String, c: char) {
    match c {
        // Letters that do not come apart into a plain one and a mark.
        'ı' | 'İ' => out.push('i'),
        'ə' | 'Ə' => out.push('a'),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        // Nothing in "Guns N' Roses" or "U.N." is another word for it.
        '\'' | '’' | 'ʼ' | '‘' | '.' => {}
        c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
        _ if out.is_empty() || out.ends_with(' ') => {}
        _ => out.push(' '),
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_are_folded() {
        let cases = [
            ("The Hague", "hague"),
            ("  Selçuk  ERDEMLİ ", "selcuk erdemli"),
            ("U.N.", "un"),
            ("Jean-Yves O’Brien", "jean yves obrien"),
            ("Əliyev", "aliyev"),
            ("Łódź (city)", "lodz city"),
            ("Радмила Шекеринска", "радмила шекеринска"),
            ("…", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(fold(name), expected, "{name:?}");
        }
    }
}
