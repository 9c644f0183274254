//! Words as the scorers count them: `\w+` of Python's `re`, for attribution with a letter or a digit in it.

use std::ops::Range;

use unicode_general_category::{GeneralCategory, get_general_category};

/// Byte ranges of the words that count.
pub(crate) fn words(text: &str) -> Vec<Range<usize>> {
    runs(text).into_iter().filter(|run| run.counts).map(|run| run.bytes).collect()
}

/// Code points of all matches of `\w+`, those without a letter or a digit too.
pub(crate) fn word_points(text: &str) -> Vec<Range<usize>> {
    runs(text).into_iter().map(|run| run.points).collect()
}

/// A match of `\w+`.
struct Run {
    bytes: Range<usize>,
    points: Range<usize>,
    /// Whether there is a letter or a digit in it.
    counts: bool,
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut rest = text.char_indices().enumerate().peekable();
    while let Some((first_point, (start, first))) = rest.next() {
        if !in_word(first) {
            continue;
        }
        let (mut end, mut end_point) = (start + first.len_utf8(), first_point + 1);
        let mut counts = is_alphanumeric(first);
        while let Some((point, (at, c))) = rest.next_if(|&(_, (_, c))| in_word(c)) {
            (end, end_point) = (at + c.len_utf8(), point + 1);
            counts |= is_alphanumeric(c);
        }
        runs.push(Run { bytes: start..end, points: first_point..end_point, counts });
    }
    runs
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

    #[test]
    fn points_are_counted_in_characters_and_underscores_are_words() {
        assert_eq!(word_points("“Да” __ 漢x"), [1..3, 5..7, 8..10]);
    }
}
