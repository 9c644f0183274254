//! Mailboxes: mails one after the other, each behind a line that begins with `From `.

use std::io::{BufRead, BufReader, Read};

use super::document::{Content, Document};
use super::documents::{Layer, Skipped, Step};
use super::failure::Failure;
use super::options::Options;
use super::origin::Origin;

pub(crate) struct Mbox {
    origin: Origin,
    reader: BufReader<Box<dyn Read + Send>>,
    /// Where the mail begins, and what of it has been read.
    start: u64,
    mail: Vec<u8>,
    offset: u64,
    is_over: bool,
}

impl Mbox {
    pub(crate) fn new(origin: Origin, reader: Box<dyn Read + Send>) -> Mbox {
        let reader = BufReader::with_capacity(64 << 10, reader);
        Mbox { origin, reader, start: 0, mail: Vec::new(), offset: 0, is_over: false }
    }

    fn take(&mut self) -> Document {
        let origin = self.origin.at(self.start);
        Document::new(origin, Content::Mail(std::mem::take(&mut self.mail)))
    }
}

impl Layer for Mbox {
    fn next(&mut self, _: &mut Skipped, options: &Options) -> Option<Step> {
        let mut is_after_empty = true;
        while !self.is_over {
            let begin = self.mail.len();
            let left = (options.max_inner + 1).saturating_sub(begin as u64);
            let read = self.reader.by_ref().take(left).read_until(b'\n', &mut self.mail);
            let failure = match read {
                Ok(0) if left == 0 => {
                    self.mail.clear();
                    self.is_over = true;
                    Failure::TooLarge { limit: options.max_inner }
                }
                Ok(0) => {
                    self.is_over = true;
                    break;
                }
                Ok(len) => {
                    let line_start = self.offset;
                    self.offset += len as u64;
                    let line = &self.mail[begin..];
                    if is_after_empty && line.starts_with(b"From ") {
                        self.mail.truncate(begin);
                        let mail = (begin > 0).then(|| self.take());
                        self.start = line_start;
                        if let Some(mail) = mail {
                            return Some(Step::Document(mail));
                        }
                    } else {
                        is_after_empty = line.trim_ascii().is_empty();
                        if line.starts_with(b">From ") {
                            self.mail.remove(begin);
                        }
                    }
                    continue;
                }
                Err(error) => {
                    self.mail.clear();
                    self.is_over = true;
                    Failure::reading("the mailbox", &error)
                }
            };
            let origin = self.origin.at(self.start);
            return Some(Step::Document(Document::failed(origin, failure)));
        }
        (!self.mail.trim_ascii().is_empty()).then(|| Step::Document(self.take()))
    }
}
