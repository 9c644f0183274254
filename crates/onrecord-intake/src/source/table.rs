//! Tables: comma-, semicolon- or tab-separated, with a header.

use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::document::{Content, Document};
use super::documents::{Layer, Skipped, Step};
use super::failure::Failure;
use super::format::HEAD;
use super::options::Options;
use super::origin::Origin;
use super::row::Cells;

/// The longest header, in bytes.
const MAX_HEADER: u64 = 1 << 20;

pub(crate) struct Table {
    origin: Origin,
    reader: csv::Reader<Box<dyn Read + Send>>,
    header: Arc<Vec<String>>,
    budget: Arc<AtomicU64>,
    is_over: bool,
}

impl Table {
    /// Reads the header.
    pub(crate) fn open(origin: Origin, mut reader: Box<dyn Read + Send>) -> Result<Table, Failure> {
        let failed = |error: &dyn std::fmt::Display| Failure::damaged("the table", error);
        let mut head = Vec::new();
        reader.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(|e| failed(&e))?;
        let first = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let count = |delimiter: u8| first.iter().filter(|&&byte| byte == delimiter).count();
        // The first of the most frequent.
        let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(|&byte| count(byte));
        let budget = Arc::new(AtomicU64::new(MAX_HEADER));
        let reader = Cursor::new(head).chain(reader);
        let reader: Box<dyn Read + Send> =
            Box::new(Budgeted { reader, budget: Arc::clone(&budget) });
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter.unwrap_or(b','))
            .flexible(true)
            .from_reader(reader);
        let header = reader.byte_headers().map_err(|e| failed(&e))?;
        let name = |cell: &[u8]| {
            String::from_utf8_lossy(cell).trim_start_matches('\u{FEFF}').trim().to_owned()
        };
        let header = Arc::new(header.iter().map(name).collect());
        Ok(Table { origin, reader, header, budget, is_over: false })
    }
}

impl Layer for Table {
    fn next(&mut self, _: &mut Skipped, options: &Options) -> Option<Step> {
        if self.is_over {
            return None;
        }
        self.budget.store(options.max_inner, Ordering::Relaxed);
        let mut record = csv::ByteRecord::new();
        let origin = self.origin.at(self.reader.position().byte());
        let content = match self.reader.read_byte_record(&mut record) {
            Ok(false) => return None,
            Ok(true) => Content::Cells(Cells { header: Arc::clone(&self.header), record }),
            Err(error) => {
                self.is_over = true;
                if self.budget.load(Ordering::Relaxed) == 0 {
                    let failure = Failure::TooLarge { limit: options.max_inner };
                    return Some(Step::Document(Document::failed(origin, failure)));
                }
                Content::Failed(Failure::damaged("the table", error).into())
            }
        };
        Some(Step::Document(Document::new(origin, content)))
    }
}

/// Fails when a row takes more than its budget: a quotation mark without an end would take all.
struct Budgeted<R> {
    reader: R,
    budget: Arc<AtomicU64>,
}

impl<R: Read> Read for Budgeted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let budget = self.budget.load(Ordering::Relaxed);
        if budget == 0 {
            return Err(io::Error::other("a row without an end"));
        }
        let len = self.reader.read(into)?;
        self.budget.store(budget.saturating_sub(len as u64), Ordering::Relaxed);
        Ok(len)
    }
}
