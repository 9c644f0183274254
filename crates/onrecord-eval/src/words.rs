//! Words as the scorer counts them: `\w+` of Python's `re` with a letter or a digit in it.

use std::ops::Range;

use unicode_general_category::{GeneralCategory, get_general_category};

/// Byte ranges of the words that count.
pub(crate) fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if !in_word(first) {
            continue;
        }
        let (mut end, mut counts) = (start + first.len_utf8(), is_alphanumeric(first));
        while let Some((at, c)) = rest.next_if(|&(_, c)| in_word(c)) {
            end = at + c.len_utf8();
            counts |= is_alphanumeric(c);
        }
        if counts {
            words.push(start..end);
        }
    }
    words
}

/// The numbers of the words that one span touches: always consecutive.
pub(crate) fn touched(span: &Range<usize>, words: &[Range<usize>]) -> Range<usize> {
    let first = words.partition_point(|word| word.end <= span.start);
    let last = words.partition_point(|word| word.start < span.end);
    first..last.max(first)
}

/// `\w` of Python's `re`.
fn in_word(c: char) -> bool {
    c == '_' || is_alphanumeric(c)
}

/// `str.isalnum` of Python: a letter or a number by general category. [`char::is_alphanumeric`]
/// goes by the property Alphabetic, which combining vowels and circled letters have as well.
fn is_alphanumeric(c: char) -> bool {
    use GeneralCategory::*;
    matches!(
        get_general_category(c),
        UppercaseLetter
            | LowercaseLetter
            | TitlecaseLetter
            | ModifierLetter
            | OtherLetter
            | DecimalNumber
            | LetterNumber
            | OtherNumber
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_python() {
        let cases: [(&str, &[&str]); 6] = [
            ("It’s 5.2%, _ok_!", &["It", "s", "5", "2", "_ok_"]),
            ("__ – … “”", &[]),
            ("naïve Šekerinska", &["naïve", "Šekerinska"]),
            ("e\u{301}a", &["e", "a"]),
            ("हिन्दी", &["ह", "न", "द"]),
            ("漢字 ½ Ⅷ Ⓐ ٣", &["漢字", "½", "Ⅷ", "٣"]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = words(text).into_iter().map(|word| &text[word]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
