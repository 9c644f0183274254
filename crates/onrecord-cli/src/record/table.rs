//! A table for a terminal: the last column takes what is left and is wrapped; where too little is left, it
//! stands below the others.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use crate::column::{Column, printable};

/// The widest that a column other than the last gets.
const WIDEST: usize = 26;

/// The narrowest that the last column may be beside the others.
const NARROWEST: usize = 32;

/// Where it begins below them.
const BELOW: usize = 4;

/// Sets rows under their headings.
pub(super) fn table(headings: &[&str], rows: &[Vec<String>], width: usize) -> String {
    let n_fixed = headings.len() - 1;
    let widths: Vec<usize> = (0..n_fixed)
        .map(|column| {
            let cells = rows.iter().map(|row| printable(&row[column]).width());
            cells.chain([headings[column].width()]).max().unwrap_or(0).min(WIDEST)
        })
        .collect();
    let mut out = String::new();
    let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
    line(&mut out, &widths, &headings, width, Style::new().bold());
    for row in rows {
        line(&mut out, &widths, row, width, Style::new());
    }
    out
}

fn line(out: &mut String, widths: &[usize], cells: &[String], width: usize, style: Style) {
    let mut indent = 0;
    for (cell, &width) in cells.iter().zip(widths) {
        let cell = cut(&printable(cell), width);
        let gap = width - cell.width() + 2;
        *out += &format!("{style}{cell}{style:#}{:gap$}", "");
        indent += width + 2;
    }
    let last = cells.last().map_or("", String::as_str);
    if last.is_empty() || width < indent + NARROWEST {
        out.truncate(out.trim_end().len());
        out.push('\n');
        indent = BELOW;
        if last.is_empty() {
            return;
        }
        *out += &" ".repeat(BELOW);
    }
    let mut column = Column::new(out, indent, width);
    column.words(last, style);
    column.end();
}

/// At most this wide, "…" for what is left out.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if kept.width() + c.to_string().width() + 1 > width {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_set_under_headings() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [
            row([
                "1",
                "Mila Tereny of the Ministry of Water",
                "one two three four five six one two three four five six",
            ]),
            row(["22", "", ""]),
        ];
        let set = |width| {
            let table = table(&["n", "who", "words"], &rows, width);
            anstream::adapter::strip_str(&table).to_string()
        };
        let beside = "\
n   who                         words
1   Mila Tereny of the Minist…  one two three four five six one two three four
                                five six
22
";
        assert_eq!(set(80), beside);
        let below = "\
n   who
    words
1   Mila Tereny of the Minist…
    one two three four five six one two three
    four five six
22
";
        assert_eq!(set(46), below);
    }
}
