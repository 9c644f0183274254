//! Zip archives: stored and deflated files, in ZIP64 too.
//!
//! Read by hand and not by the `zip` crate: its files borrow the archive, and so cannot hold an
//! archive of their own that is read step by step.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::bufread::DeflateDecoder;

use super::document::Document;
use super::documents::{Layer, ReadSeek, Skipped, Step};
use super::failure::{Bomb, Failure};
use super::options::Options;
use super::origin::Origin;
use super::part::Turns;

/// The end record without its comment, and the longest comment.
const END: u64 = 22;
const MAX_COMMENT: u64 = 0xFFFF;

/// The longest list of files.
const MAX_LIST: u64 = 256 << 20;

/// Stands for a number that does not fit, and is in the ZIP64 fields.
const NONE: u64 = u32::MAX as u64;

/// Up to here a file may unpack to anything; beyond, to so many times its size.
const FREE: u64 = 64 << 20;
const MAX_RATIO: u64 = 300;

const WHAT: &str = "the archive";

pub(crate) struct Zip {
    origin: Origin,
    turns: Turns<Box<dyn ReadSeek + Send>>,
    entries: std::vec::IntoIter<Entry>,
}

struct Entry {
    name: String,
    method: u16,
    is_encrypted: bool,
    packed: u64,
    unpacked: u64,
    header: u64,
}

impl Zip {
    pub(crate) fn open(origin: Origin, mut file: Box<dyn ReadSeek + Send>) -> Result<Zip, Failure> {
        let list = list(&mut file).map_err(|error| Failure::reading(WHAT, &error))?;
        let len = file.seek(SeekFrom::End(0)).map_err(|error| Failure::reading(WHAT, &error))?;
        // Files that share their bytes make a small archive unpack to a huge one.
        if list.iter().map(|entry| entry.packed).fold(0, u64::saturating_add) > len {
            return Err(Failure::Bomb);
        }
        Ok(Zip { origin, turns: Turns::new(file), entries: list.into_iter() })
    }

    fn file(&self, entry: &Entry, origin: &Origin) -> io::Result<Result<Step, Failure>> {
        if entry.is_encrypted {
            return Ok(Err(Failure::Unsupported("is encrypted; unpack it with its password")));
        }
        if !matches!(entry.method, 0 | 8) {
            return Ok(Err(Failure::Unsupported(
                "is packed in a way that is not supported; unpack it, or pack it with deflate",
            )));
        }
        self.turns.with(|file| {
            file.seek(SeekFrom::Start(entry.header))?;
            let mut header = [0; 30];
            file.read_exact(&mut header)?;
            if &header[..4] != b"PK\x03\x04" {
                return Err(invalid("a file is not where the list says"));
            }
            let skip = i64::from(u16_at(&header, 26)) + i64::from(u16_at(&header, 28));
            file.seek(SeekFrom::Current(skip))
        })?;
        let part = BufReader::new(self.turns.part(entry.packed));
        let reader: Box<dyn Read + Send> = match entry.method {
            0 => Box::new(part),
            _ => Box::new(Bounded {
                reader: DeflateDecoder::new(part),
                rest: FREE.max(entry.packed.saturating_mul(MAX_RATIO)),
            }),
        };
        Ok(Ok(Step::File { origin: origin.clone(), reader, len: Some(entry.unpacked) }))
    }
}

impl Layer for Zip {
    fn next(&mut self, _: &mut Skipped, _: &Options) -> Option<Step> {
        let entry = self.entries.find(|entry| !entry.name.ends_with('/'))?;
        let origin = self.origin.inside(entry.name.as_str());
        let failure = match self.file(&entry, &origin) {
            Ok(Ok(step)) => return Some(step),
            Ok(Err(failure)) => failure,
            Err(error) => Failure::reading(WHAT, &error),
        };
        Some(Step::Document(Document::failed(origin, failure)))
    }
}

/// The list of the files, in the order that it has.
fn list(file: &mut (impl Read + Seek)) -> io::Result<Vec<Entry>> {
    let len = file.seek(SeekFrom::End(0))?;
    let tail_len = len.min(END + MAX_COMMENT);
    file.seek(SeekFrom::Start(len - tail_len))?;
    let mut tail = Vec::new();
    file.by_ref().take(tail_len).read_to_end(&mut tail)?;
    let end = memchr::memmem::rfind(&tail, b"PK\x05\x06")
        .filter(|at| tail.len() - at >= END as usize)
        .ok_or_else(|| invalid("it has no list of its files; its end may be missing"))?;
    let mut start = u64::from(u32_at(&tail, end + 16));
    let mut list_len = u64::from(u32_at(&tail, end + 12));
    if start == NONE || list_len == NONE {
        // ZIP64: a locator right before says where another end record is.
        let locator = end.checked_sub(20).filter(|at| tail[*at..].starts_with(b"PK\x06\x07"));
        let locator = locator.ok_or_else(|| invalid("the list of its files cannot be found"))?;
        file.seek(SeekFrom::Start(u64_at(&tail, locator + 8)))?;
        let mut end = [0; 56];
        file.read_exact(&mut end)?;
        (list_len, start) = (u64_at(&end, 40), u64_at(&end, 48));
    }
    if list_len > MAX_LIST {
        return Err(invalid("the list of its files is too long"));
    }
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.by_ref().take(list_len).read_to_end(&mut bytes)?;
    let mut rest = &bytes[..];
    let mut entries = Vec::new();
    while rest.len() >= 46 && rest.starts_with(b"PK\x01\x02") {
        let lens = [28, 30, 32].map(|at| usize::from(u16_at(rest, at)));
        let [name_len, extra_len, comment_len] = lens;
        let end = 46 + name_len + extra_len + comment_len;
        if rest.len() < end {
            break;
        }
        let mut entry = Entry {
            // Old archives have other encodings; the name is only shown.
            name: String::from_utf8_lossy(&rest[46..46 + name_len]).into_owned(),
            method: u16_at(rest, 10),
            is_encrypted: u16_at(rest, 8) & 1 != 0,
            packed: u32_at(rest, 20).into(),
            unpacked: u32_at(rest, 24).into(),
            header: u32_at(rest, 42).into(),
        };
        zip64(&mut entry, &rest[46 + name_len..46 + name_len + extra_len]);
        entries.push(entry);
        rest = &rest[end..];
    }
    Ok(entries)
}

/// Puts in the numbers that did not fit.
fn zip64(entry: &mut Entry, mut extra: &[u8]) {
    while extra.len() >= 4 {
        let (id, len) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        let Some(mut field) = extra.get(4..4 + len) else { break };
        if id == 1 {
            for number in [&mut entry.unpacked, &mut entry.packed, &mut entry.header] {
                if *number == NONE && field.len() >= 8 {
                    *number = u64_at(field, 0);
                    field = &field[8..];
                }
            }
        }
        extra = &extra[4 + len..];
    }
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(bytes[at..at + 2].try_into().expect("two bytes"))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}

fn invalid(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// Fails instead of giving more than `rest` bytes.
struct Bounded<R> {
    reader: R,
    rest: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let len = self.reader.read(into)?;
        match self.rest.checked_sub(len as u64) {
            Some(rest) => {
                self.rest = rest;
                Ok(len)
            }
            None => Err(io::Error::new(io::ErrorKind::InvalidData, Bomb)),
        }
    }
}
