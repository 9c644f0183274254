//! What lower-casing and cutting into pieces take away: paragraphs, quotation marks, capitals.
//!
//! The model was trained on the same features, computed by `train/onrecord_train/pieces.py`.

use std::ops::Range;

use unicode_general_category::{GeneralCategory, get_general_category};

/// Where a word stands with regard to quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoted {
    /// Outside.
    No = 0,
    /// Between marks of its own paragraph.
    Yes = 1,
    /// In a quotation that an earlier paragraph left open and that no mark opens anew.
    Carried = 2,
}

/// A stretch between quotation marks, marks included, within one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// [`Quoted::Yes`] or [`Quoted::Carried`].
    pub state: Quoted,
    /// Whether it goes on from the paragraph before, which left it open.
    pub goes_on: bool,
}

/// Lines that hold something but white space, as byte ranges without the line break.
pub(crate) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            out.push(start..start + line.len());
        }
        start += line.len() + 1;
    }
    out
}

/// The quotations of a text, in order.
///
/// A quotation left open at the end of a paragraph goes on by the news convention: a paragraph
/// that begins with an opening mark goes on with it; one that does not is taken as carried over,
/// up to the closing mark, if a closing mark is the next to come.
pub(crate) fn quotations(text: &str, paragraphs: &[Range<usize>]) -> Vec<Quotation> {
    let marks: Vec<Vec<Mark>> = paragraphs.iter().map(|p| marks_of(text, p.clone())).collect();
    let mut next_closes = vec![false; marks.len()];
    let mut next = false;
    for (number, here) in marks.iter().enumerate().rev() {
        next = here.first().map_or(next, |mark| !mark.opens);
        next_closes[number] = next;
    }
    let mut out = Vec::new();
    let mut left_open = false;
    for ((paragraph, here), next_closes) in paragraphs.iter().zip(&marks).zip(next_closes) {
        let mut opened = (left_open && next_closes).then_some((paragraph.start, Quoted::Carried));
        let mut push = |start: usize, end: usize, state: Quoted| {
            let goes_on = left_open && text[paragraph.start..start].trim().is_empty();
            out.push(Quotation { range: start..end, state, goes_on });
        };
        for mark in here {
            if mark.opens {
                opened = opened.or(Some((mark.range.start, Quoted::Yes)));
            } else if let Some((start, state)) = opened.take() {
                push(start, mark.range.end, state);
            }
        }
        if let Some((start, state)) = opened {
            push(start, paragraph.end, state);
        }
        left_open = opened.is_some();
    }
    out
}

struct Mark {
    range: Range<usize>,
    opens: bool,
}

/// The quotation marks of a paragraph; its neighbours tell what a straight one does.
fn marks_of(text: &str, paragraph: Range<usize>) -> Vec<Mark> {
    let part = &text[paragraph.clone()];
    let mut out = Vec::new();
    let (mut inside, mut before) = (false, ' ');
    for (i, c) in part.char_indices() {
        let opens = match c {
            '“' | '„' | '«' => Some(true),
            '”' | '»' => Some(false),
            '"' => {
                let after = part[i + 1..].chars().next().unwrap_or(' ');
                let set_off = before.is_whitespace() || "([—–-".contains(before);
                let leans_right =
                    !inside && !before.is_alphanumeric() && !".,!?;:".contains(before);
                Some(!after.is_whitespace() && (set_off || leans_right))
            }
            _ => None,
        };
        if let Some(opens) = opens {
            inside = opens;
            let start = paragraph.start + i;
            out.push(Mark { range: start..start + c.len_utf8(), opens });
        }
        before = c;
    }
    out
}

/// 1 lower, 2 Capitalised, 3 ALL CAPITALS, 4 mIxed, 5 without letters. (0 is for special pieces.)
pub(crate) fn shape(word: &str) -> u8 {
    let (mut n_letters, mut n_upper, mut first_upper) = (0, 0, false);
    for c in word.chars().filter(|&c| is_letter(c)) {
        let upper = c.is_uppercase();
        first_upper |= n_letters == 0 && upper;
        n_letters += 1;
        n_upper += usize::from(upper);
    }
    match (n_letters, n_upper) {
        (0, _) => 5,
        (_, 0) => 1,
        (1, 1) => 2,
        (n, upper) if n == upper => 3,
        (_, 1) if first_upper => 2,
        _ => 4,
    }
}

fn is_letter(c: char) -> bool {
    use GeneralCategory::{
        LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter,
    };
    c.is_ascii_alphabetic()
        || !c.is_ascii()
            && matches!(
                get_general_category(c),
                LowercaseLetter | ModifierLetter | OtherLetter | TitlecaseLetter | UppercaseLetter
            )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quotations as their texts, marked with `>` where they go on and with `+` where they are carried over.
    fn found(text: &str) -> Vec<String> {
        quotations(text, &paragraphs(text))
            .iter()
            .map(|q| {
                let goes_on = if q.goes_on { ">" } else { "" };
                let carried = if q.state == Quoted::Carried { "+" } else { "" };
                format!("{goes_on}{carried}{}", &text[q.range.clone()])
            })
            .collect()
    }

    #[test]
    fn quotations_of_every_style() {
        let cases: &[(&str, &[&str])] = &[
            ("He said: “Yes.” Then “no.”", &["“Yes.”", "“no.”"]),
            ("\"Yes,\" he said, \"and (\"so\") on.\"", &["\"Yes,\"", "\"and (\"so\""]),
            ("a 6\" nail", &[]),
            ("«Oui», dit-il", &["«Oui»"]),
            ("“One.\n\n“Two.\n\n“Three.” End", &["“One.", ">“Two.", ">“Three.”"]),
            ("“One.\n\nTwo.\n\nThree,” she said. Four", &["“One.", ">+Two.", ">+Three,”"]),
            ("“One.\n\nNo mark.\n\n“Another.”", &["“One.", "“Another.”"]),
            ("Unbalanced” here\n“and there", &["“and there"]),
            ("“outer “inner” rest", &["“outer “inner”"]),
            ("", &[]),
        ];
        for (text, want) in cases {
            assert_eq!(found(text), *want, "{text:?}");
        }
    }

    #[test]
    fn shapes() {
        let cases = [
            ("the", 1),
            ("The", 2),
            ("A", 2),
            ("NATO", 3),
            ("McCain", 4),
            ("iPhone", 4),
            ("2016", 5),
            ("—", 5),
            ("Élan", 2),
            ("漢", 1),
            ("G7", 2),
            ("U2s", 2),
        ];
        for (word, want) in cases {
            assert_eq!(shape(word), want, "{word}");
        }
    }
}
