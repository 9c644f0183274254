//! Statements as comma-separated values (RFC 4180).

use std::io::Write;

use crate::error::Result;
use crate::store::Store;

const HEADINGS: &str = "statement,published,outlet,speaker,speaker_number,role,form,words,about,\
                        article,title,url,content,confidence";

pub(super) fn write(store: &Store, out: &mut dyn Write) -> Result<()> {
    write!(out, "{HEADINGS}\r\n")?;
    store.each_said(|row| {
        let about = |about: &crate::AboutRow| match about.stance {
            Some(stance) => format!("{} ({stance:+})", about.name),
            None => about.name.clone(),
        };
        let number = row.speaker_id.map(|id| id.to_string());
        let cells = [
            row.statement.to_string(),
            row.published.unwrap_or_default(),
            row.outlet.unwrap_or_default(),
            row.speaker.unwrap_or_default(),
            number.unwrap_or_default(),
            row.role.unwrap_or_default(),
            row.form,
            row.words,
            row.about.iter().map(about).collect::<Vec<_>>().join("; "),
            row.article,
            row.title.unwrap_or_default(),
            row.url.unwrap_or_default(),
            serde_json::to_string(&row.content).expect("numbers always serialise"),
            row.confidence.to_string(),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        Ok(write!(out, "{}\r\n", cells.join(","))?)
    })
}

/// A cell. What a spreadsheet would take for a formula is text.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '@', '\t'])
        || (cell.starts_with(['+', '-']) && cell.parse::<f64>().is_err());
    let mark = if is_formula { "'" } else { "" };
    if is_formula || cell.contains(['"', ',', '\n', '\r']) {
        return format!("\"{mark}{}\"", cell.replace('"', "\"\""));
    }
    cell.to_owned()
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells_are_quoted() {
        let cases = [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("“a” \"b\"", "\"“a” \"\"b\"\"\""),
            ("a\nb", "\"a\nb\""),
            ("=1+1", "\"'=1+1\""),
            ("-0.5", "-0.5"),
            ("-x", "\"'-x\""),
        ];
        for (cell, expected) in cases {
            assert_eq!(quoted(cell), expected);
        }
    }
}
