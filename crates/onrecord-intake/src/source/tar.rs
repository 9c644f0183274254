//! Tar archives: ustar, GNU and pax.
//!
//! Read by hand and not by the `tar` crate: its entries borrow the archive, and so cannot hold an
//! archive of their own that is read step by step.

use std::io::{self, Read};

use super::documents::{Layer, Skipped, Step};
use super::failure::Failure;
use super::options::Options;
use super::origin::Origin;
use super::part::Turns;
use super::{Document, documents};

const BLOCK: u64 = 512;

/// The longest name, or list of attributes, of a file.
const MAX_NAME: u64 = 1 << 20;

const WHAT: &str = "the archive";

pub(crate) struct Tar {
    origin: Origin,
    turns: Turns<Box<dyn Read + Send>>,
    /// What fills the last file's block.
    padding: u64,
    offset: u64,
    is_over: bool,
}

impl Tar {
    pub(crate) fn new(origin: Origin, reader: Box<dyn Read + Send>) -> Tar {
        Tar { origin, turns: Turns::new(reader), padding: 0, offset: 0, is_over: false }
    }

    /// The next regular file; `None` at the end.
    fn entry(&mut self, skipped: &mut Skipped) -> io::Result<Option<Step>> {
        let (mut long_name, mut long_len) = (None, None);
        loop {
            self.skip_rest()?;
            let Some(header) = self.header()? else { return Ok(None) };
            let len = long_len.take().unwrap_or(header.len);
            self.padding = len.next_multiple_of(BLOCK) - len;
            self.offset += BLOCK + len + self.padding;
            match header.kind {
                b'L' => {
                    let bytes = self.small(len)?;
                    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
                    long_name = Some(String::from_utf8_lossy(&bytes[..end]).into_owned());
                }
                b'x' => {
                    let (name, len) = attributes(&self.small(len)?);
                    long_name = name.or(long_name);
                    long_len = len;
                }
                b'0' | 0 | b'7' => {
                    let name = long_name.take().unwrap_or(header.name);
                    let reader = Box::new(self.turns.part(len));
                    let origin = self.origin.inside(name);
                    return Ok(Some(Step::File { origin, reader, len: Some(len) }));
                }
                // Folders, links, devices.
                kind => {
                    self.turns.part(len);
                    (long_name, long_len) = (None, None);
                    if !matches!(kind, b'5' | b'g' | b'K') {
                        skipped.count("no file");
                    }
                }
            }
        }
    }

    fn skip_rest(&mut self) -> io::Result<()> {
        let rest = self.turns.rest() + std::mem::take(&mut self.padding);
        let n_skipped =
            self.turns.with(|reader| io::copy(&mut reader.take(rest), &mut io::sink()))?;
        if n_skipped < rest { Err(cut_off()) } else { Ok(()) }
    }

    fn header(&mut self) -> io::Result<Option<Header>> {
        let mut block = Vec::new();
        self.turns.with(|reader| reader.take(BLOCK).read_to_end(&mut block))?;
        if block.iter().all(|&byte| byte == 0) {
            return Ok(None);
        }
        if block.len() < BLOCK as usize {
            return Err(cut_off());
        }
        let sum: u64 = block
            .iter()
            .enumerate()
            .map(|(idx, &byte)| if (148..156).contains(&idx) { 32 } else { u64::from(byte) })
            .sum();
        if number(&block[148..156]) != Some(sum) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a wrong checksum"));
        }
        let text = |range: std::ops::Range<usize>| {
            let field = &block[range];
            let end = field.iter().position(|&byte| byte == 0).unwrap_or(field.len());
            String::from_utf8_lossy(&field[..end]).into_owned()
        };
        let mut name = text(0..100);
        let prefix = text(345..500);
        if &block[257..263] == b"ustar\0" && !prefix.is_empty() {
            name = format!("{prefix}/{name}");
        }
        let len = number(&block[124..136])
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a length that is none"))?;
        Ok(Some(Header { name, len, kind: block[156] }))
    }

    /// The content of a small entry.
    fn small(&mut self, len: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.turns.part(len).take(MAX_NAME).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Layer for Tar {
    fn next(&mut self, skipped: &mut Skipped, _: &Options) -> Option<documents::Step> {
        if self.is_over {
            return None;
        }
        let offset = self.offset;
        match self.entry(skipped) {
            Ok(step) => step,
            Err(error) => {
                self.is_over = true;
                let failure = Failure::reading(WHAT, &error);
                Some(Step::Document(Document::failed(self.origin.at(offset), failure)))
            }
        }
    }
}

struct Header {
    name: String,
    len: u64,
    kind: u8,
}

/// Octal digits, or GNU's binary form for large numbers.
fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        let bytes = &field[field.len() - 8..];
        let number = u64::from_be_bytes(bytes.try_into().expect("eight bytes"));
        // More than any disk holds; sums with it must not overflow.
        return (number < 1 << 60).then_some(number);
    }
    let digits = std::str::from_utf8(field).ok()?.trim_matches([' ', '\0']);
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

/// The name and the length among pax attributes: `27 path=a/long/name.txt\n`.
fn attributes(mut bytes: &[u8]) -> (Option<String>, Option<u64>) {
    let (mut name, mut len) = (None, None);
    while let Some(space) = bytes.iter().position(|&byte| byte == b' ') {
        let size = std::str::from_utf8(&bytes[..space]).ok().and_then(|size| size.parse().ok());
        let Some(record) = size.and_then(|size: usize| bytes.get(space + 1..size)) else { break };
        let record_len = space + 1 + record.len();
        let text = String::from_utf8_lossy(record);
        match text.trim_end_matches('\n').split_once('=') {
            Some(("path", value)) => name = Some(value.to_owned()),
            Some(("size", value)) => len = value.parse().ok().filter(|&len: &u64| len < 1 << 60),
            _ => {}
        }
        bytes = &bytes[record_len..];
    }
    (name, len)
}

fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "it is cut off")
}
