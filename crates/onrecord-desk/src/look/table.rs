//! Tables for spreadsheets.

use crate::answer::Table;

/// A table as CSV (RFC 4180). A cell that a spreadsheet would run as a formula gets an apostrophe before it,
/// as articles can say anything.
pub(crate) fn csv(table: &Table) -> String {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut write = |cells: Vec<String>| {
        writer.write_record(cells).expect("a vector takes everything, and all rows are as long");
    };
    write(table.columns.iter().map(|&column| column.to_owned()).collect());
    for row in &table.rows {
        write(row.iter().map(|cell| harmless(cell)).collect());
    }
    let bytes = writer.into_inner().expect("a vector takes everything");
    String::from_utf8(bytes).expect("cells are text")
}

fn harmless(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_what_they_are() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = vec![row(["=1+1", "a,\"b\"", "-0.5"]), row(["@x", "two\nlines", "-x"])];
        let table = Table { columns: &["a", "b", "c"], rows };
        let expected = "a,b,c\r\n'=1+1,\"a,\"\"b\"\"\",-0.5\r\n'@x,\"two\nlines\",'-x\r\n";
        assert_eq!(csv(&table), expected);
    }
}
