//! JSON lines: an article a line.

use std::io::{BufRead, BufReader, Read};

use super::document::{Content, Document};
use super::documents::{Layer, Skipped, Step};
use super::failure::Failure;
use super::options::Options;
use super::origin::Origin;

pub(crate) struct Lines {
    origin: Origin,
    reader: BufReader<Box<dyn Read + Send>>,
    offset: u64,
    is_over: bool,
}

impl Lines {
    pub(crate) fn new(origin: Origin, reader: Box<dyn Read + Send>, offset: u64) -> Lines {
        let reader = BufReader::with_capacity(64 << 10, reader);
        Lines { origin, reader, offset, is_over: false }
    }
}

impl Layer for Lines {
    fn next(&mut self, _: &mut Skipped, options: &Options) -> Option<Step> {
        while !self.is_over {
            let origin = self.origin.at(self.offset);
            let mut line = Vec::new();
            let failure =
                match self.reader.by_ref().take(options.max_inner).read_until(b'\n', &mut line) {
                    Ok(0) => return None,
                    Ok(len) => {
                        self.offset += len as u64;
                        let is_cut = len as u64 == options.max_inner && line.last() != Some(&b'\n');
                        if !is_cut {
                            if line.trim_ascii().is_empty() {
                                continue;
                            }
                            let content = Content::Line(line);
                            return Some(Step::Document(Document::new(origin, content)));
                        }
                        match self.reader.skip_until(b'\n') {
                            Ok(len) => {
                                self.offset += len as u64;
                                Failure::TooLarge { limit: options.max_inner }
                            }
                            Err(error) => {
                                self.is_over = true;
                                Failure::reading("the file", &error)
                            }
                        }
                    }
                    Err(error) => {
                        self.is_over = true;
                        Failure::reading("the file", &error)
                    }
                };
            return Some(Step::Document(Document::failed(origin, failure)));
        }
        None
    }
}
