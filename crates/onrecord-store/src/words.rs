//! Spans as the file has them, and the words that they cut out of a stored text.

use std::fmt::Write;

use onrecord_record::MentionForm;
use rusqlite::Row;

/// A list of spans as the file has it.
pub(crate) type Points = Vec<[u32; 2]>;

/// Reads a list of spans, `805-1138 1200-1215`; empty where the column is null or holds none.
pub(crate) fn points(column: Option<&str>) -> Points {
    column.and_then(|spans| spans.split(' ').map(span).collect()).unwrap_or_default()
}

fn span(written: &str) -> Option<[u32; 2]> {
    let (start, end) = written.split_once('-')?;
    Some([start.parse().ok()?, end.parse().ok()?])
}

/// The letter after a mention's span that says its form; none for a name.
const LETTERS: [(MentionForm, &str); 4] = [
    (MentionForm::Name, ""),
    (MentionForm::Metonym, "m"),
    (MentionForm::Nominal, "d"),
    (MentionForm::Pronoun, "p"),
];

/// Mentions as the file has them, `600-653 1140-1142p`; `None` for none.
pub(crate) fn written_mentions(
    mentions: impl IntoIterator<Item = ([u32; 2], MentionForm)>,
) -> Option<String> {
    let mut out = String::new();
    for ([start, end], form) in mentions {
        let gap = if out.is_empty() { "" } else { " " };
        let letter = LETTERS.iter().find(|(of, _)| *of == form).map_or("", |(_, letter)| letter);
        write!(out, "{gap}{start}-{end}{letter}").expect("a string takes everything");
    }
    (!out.is_empty()).then_some(out)
}

/// Reads what [`written_mentions`] writes; `None`: it is not that.
pub(crate) fn mentions(column: Option<&str>) -> Option<Vec<([u32; 2], MentionForm)>> {
    let mention = |mention: &str| {
        let digits = mention.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let letter = &mention[digits.len()..];
        let (form, _) = LETTERS.iter().find(|(_, of)| *of == letter)?;
        Some((span(digits)?, *form))
    };
    column.map_or(Some(Vec::new()), |column| column.split(' ').map(mention).collect())
}

/// Which spans of a statement.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    Content,
    Source,
    Cue,
}

/// Spans of a statement beyond the first of each kind.
#[derive(Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct More {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) content: Points,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) source: Points,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) cue: Points,
}

/// Reads spans of a statement from the columns start, end and `more`; empty for none. What is no
/// list of spans in `more` is left out.
pub(crate) fn points_of(
    row: &Row<'_>,
    [start, end, more]: [usize; 3],
    part: Part,
) -> rusqlite::Result<Points> {
    let Some(start) = row.get::<_, Option<u32>>(start)? else { return Ok(Points::new()) };
    let mut points = vec![[start, row.get(end)?]];
    if let Some(more) = row.get_ref(more)?.as_str_or_null()? {
        let more: More = serde_json::from_str(more).unwrap_or_default();
        points.extend(match part {
            Part::Content => more.content,
            Part::Source => more.source,
            Part::Cue => more.cue,
        });
    }
    Ok(points)
}

/// Spans as [`points`] reads them, which is how names are written; `None` for none.
pub(crate) fn written(points: impl IntoIterator<Item = [u32; 2]>) -> Option<String> {
    written_mentions(points.into_iter().map(|span| (span, MentionForm::Name)))
}

/// The words of spans in code points, " … " between them; what lies outside the text is left out.
pub(crate) fn cut(text: &str, points: &[[u32; 2]]) -> String {
    let parts: Vec<&str> = points.iter().map(|&span| part(text, span)).collect();
    parts.join(" … ")
}

/// The words of one span.
pub(crate) fn part(text: &str, [start, end]: [u32; 2]) -> &str {
    let (start, n_points) = (start as usize, end.saturating_sub(start) as usize);
    if text.is_ascii() {
        return text.get(start..start + n_points).unwrap_or("");
    }
    let byte =
        |text: &str, n: usize| text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(n);
    let rest = byte(text, start).map_or("", |start| &text[start..]);
    byte(rest, n_points).map_or("", |end| &rest[..end])
}
