//! Cuts the words of spans out of a stored text.

use std::fmt::Write;

/// A list of spans as the file has it.
pub(crate) type Points = Vec<[u32; 2]>;

/// Reads a list of spans, `805-1138 1200-1215`; empty where the column is null or holds none.
pub(crate) fn points(column: Option<&str>) -> Points {
    let span = |span: &str| {
        let (start, end) = span.split_once('-')?;
        Some([start.parse().ok()?, end.parse().ok()?])
    };
    column.and_then(|spans| spans.split(' ').map(span).collect()).unwrap_or_default()
}

/// Spans as [`points`] reads them; `None` for none.
pub(crate) fn written(points: impl IntoIterator<Item = [u32; 2]>) -> Option<String> {
    let mut out = String::new();
    for [start, end] in points {
        let gap = if out.is_empty() { "" } else { " " };
        write!(out, "{gap}{start}-{end}").expect("a string takes everything");
    }
    (!out.is_empty()).then_some(out)
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
