//! Tables with a header line, fields parted by tabs, nothing quoted.

use std::collections::BTreeMap;
use std::rc::Rc;

use onrecord_record::{Country, Sector};

/// A table in memory.
pub(crate) struct Table<'t> {
    columns: Rc<BTreeMap<&'t str, usize>>,
    lines: std::str::Lines<'t>,
}

/// A line of it.
pub(crate) struct Row<'t> {
    fields: Vec<&'t str>,
    columns: Rc<BTreeMap<&'t str, usize>>,
}

impl<'t> Table<'t> {
    pub(crate) fn new(text: &'t str) -> Table<'t> {
        let mut lines = text.lines();
        let header = lines.next().unwrap_or_default();
        Table { columns: Rc::new(header.split('\t').zip(0..).collect()), lines }
    }
}

impl<'t> Iterator for Table<'t> {
    type Item = Row<'t>;

    fn next(&mut self) -> Option<Row<'t>> {
        let line = self.lines.next()?;
        Some(Row { fields: line.split('\t').collect(), columns: Rc::clone(&self.columns) })
    }
}

impl<'t> Row<'t> {
    /// A field; empty where the row ends before.
    ///
    /// # Panics
    /// If the table has no such column: the compiler and its sources do not fit.
    pub(crate) fn get(&self, column: &str) -> &'t str {
        let idx = *self.columns.get(column).unwrap_or_else(|| panic!("no column {column}"));
        self.fields.get(idx).copied().unwrap_or_default().trim()
    }

    /// The parts of a field.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split('|').map(str::trim).filter(|part| !part.is_empty())
    }

    pub(crate) fn country(&self) -> Option<Country> {
        Country::new(self.get("iso3"))
    }
}

/// `Q227` as a number; 0 where there is none.
pub(crate) fn wikidata(id: &str) -> u32 {
    id.strip_prefix('Q').and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// `GOV,MIL` as sectors.
pub(crate) fn sectors(codes: &str) -> Vec<Sector> {
    codes.split(',').filter_map(Sector::from_code).collect()
}
