//! Web archives: WARC 0.17 to 1.1, plain, or packed by gzip or zstd with a member a record.

use std::io::{self, BufRead, Read};

use super::document::{Content, Document};
use super::documents::{Layer, Skipped, Step};
use super::failure::{Bomb, Failure};
use super::members::Members;
use super::options::Options;
use super::origin::Origin;
use super::window::Window;
use crate::html::Hints;
use crate::http;

/// The longest header of a record, and of a response in it.
const MAX_HEAD: u64 = 256 << 10;

const WHAT: &str = "the record";

pub(crate) struct Warc {
    origin: Origin,
    stream: Stream,
    /// Where the current record begins.
    start: u64,
    /// Whether the last record was damaged, so that the next may begin anywhere.
    is_lost: bool,
    is_over: bool,
}

pub(crate) enum Stream {
    Plain(Window<Box<dyn Read + Send>>),
    Packed(Box<Members>),
}

/// What became of a record.
enum Outcome {
    Page(Content),
    Skipped(&'static str),
    TooLarge,
}

impl Warc {
    pub(crate) fn new(origin: Origin, stream: Stream) -> Warc {
        Warc { origin, stream, start: 0, is_lost: false, is_over: false }
    }

    /// A file whose first record is known to be damaged.
    pub(crate) fn lost(origin: Origin, mut stream: Stream) -> Warc {
        let is_over = !stream.resync().unwrap_or(false);
        Warc { origin, stream, start: 0, is_lost: true, is_over }
    }

    /// The next record and where it begins; `None` at the end.
    fn record(&mut self, options: &Options) -> io::Result<Option<Outcome>> {
        let Some(head) = self.head()? else { return Ok(None) };
        let outcome = {
            let mut body = Body { stream: &mut self.stream, rest: head.len };
            let outcome = page(&head, &mut body, options)?;
            body.skip()?;
            outcome
        };
        self.stream.end_record()?;
        self.is_lost = false;
        Ok(Some(outcome))
    }

    fn head(&mut self) -> io::Result<Option<Head>> {
        loop {
            let is_there = self.stream.begin_record();
            self.start = self.stream.start();
            if !is_there? {
                return Ok(None);
            }
            let first = line(&mut self.stream, MAX_HEAD)?;
            if is_version(&first) {
                break;
            }
            if !self.is_lost {
                return Err(invalid("it does not begin with “WARC/”"));
            }
            if !self.stream.resync()? {
                return Ok(None);
            }
        }
        let mut head = Head::default();
        let mut len = None;
        let mut left = MAX_HEAD;
        loop {
            let line = line(&mut self.stream, left)?;
            if line.is_empty() {
                break;
            }
            left = left.saturating_sub(line.len() as u64 + 1);
            let Some(colon) = line.iter().position(|&byte| byte == b':') else { continue };
            let value = String::from_utf8_lossy(line[colon + 1..].trim_ascii()).into_owned();
            match line[..colon].to_ascii_lowercase().as_slice() {
                b"warc-type" => head.kind = value.to_ascii_lowercase(),
                b"warc-target-uri" => {
                    head.url = Some(value.trim_matches(['<', '>']).to_owned());
                }
                b"content-type" => head.media = value.to_ascii_lowercase(),
                b"content-length" => len = value.parse().ok(),
                _ => {}
            }
        }
        head.len = len.ok_or_else(|| invalid("it does not say how long it is"))?;
        Ok(Some(head))
    }
}

impl Layer for Warc {
    fn next(&mut self, skipped: &mut Skipped, options: &Options) -> Option<Step> {
        while !self.is_over {
            let outcome = self.record(options);
            let origin = self.origin.at(self.start);
            let content = match outcome {
                Ok(None) => break,
                Ok(Some(Outcome::Page(content))) => content,
                Ok(Some(Outcome::Skipped(reason))) => {
                    skipped.count(reason);
                    continue;
                }
                Ok(Some(Outcome::TooLarge)) => {
                    Content::Failed(Failure::TooLarge { limit: options.max_inner }.into())
                }
                Err(error) => {
                    let failure = match self.stream.failure() {
                        Some(why) => {
                            self.is_over = true;
                            Failure::Unreadable(why.to_owned())
                        }
                        None => {
                            self.is_over = !self.stream.resync().unwrap_or(false);
                            Failure::reading(WHAT, &error)
                        }
                    };
                    // One message a damaged stretch, however many places it was tried at.
                    if std::mem::replace(&mut self.is_lost, true) {
                        continue;
                    }
                    Content::Failed(failure.into())
                }
            };
            return Some(Step::Document(Document::new(origin, content)));
        }
        None
    }
}

#[derive(Default)]
struct Head {
    kind: String,
    url: Option<String>,
    media: String,
    len: u64,
}

/// Takes the page out of a record; reads no further than it has to.
fn page(head: &Head, body: &mut Body<'_>, options: &Options) -> io::Result<Outcome> {
    let is_html = |media: &str| media.starts_with("text/html") || media.contains("xhtml");
    let hints = Hints { charset: None, url: head.url.clone() };
    match head.kind.as_str() {
        "response" if head.media.is_empty() || head.media.starts_with("application/http") => {
            let response = match http::Head::read(&mut *body, MAX_HEAD)? {
                Some(response) => response,
                None => return Ok(Outcome::Skipped("not a response of HTTP")),
            };
            if !(200..300).contains(&response.status()) {
                return Ok(Outcome::Skipped("response without success"));
            }
            if response.media_type().is_some_and(|media| !is_html(&media)) {
                return Ok(Outcome::Skipped("not HTML"));
            }
            let Some(raw) = body.take(options.max_inner)? else { return Ok(Outcome::TooLarge) };
            let is_declared = response.media_type().is_some();
            let bytes = match response.content(raw, options.max_inner) {
                Ok(bytes) => bytes,
                Err(error) if error.get_ref().is_some_and(|inner| inner.is::<Bomb>()) => {
                    return Ok(Outcome::Page(Content::Failed(Failure::Bomb.into())));
                }
                Err(error) => {
                    let failure = Failure::damaged("the page", error);
                    return Ok(Outcome::Page(Content::Failed(failure.into())));
                }
            };
            if bytes.trim_ascii().is_empty() {
                return Ok(Outcome::Skipped("empty response"));
            }
            let is_page = super::format::sniff(&bytes[..bytes.len().min(4096)], "")
                == super::format::Format::Html;
            if !is_declared && !is_page {
                return Ok(Outcome::Skipped("not HTML"));
            }
            let hints = Hints { charset: response.charset(), ..hints };
            Ok(Outcome::Page(Content::Html { bytes, hints }))
        }
        "resource" if is_html(&head.media) => Ok(match body.take(options.max_inner)? {
            Some(bytes) => Outcome::Page(Content::Html { bytes, hints }),
            None => Outcome::TooLarge,
        }),
        // Common Crawl's WET files: the text of a page.
        "conversion" if head.media.starts_with("text/plain") => {
            Ok(match body.take(options.max_inner)? {
                Some(bytes) => Outcome::Page(Content::Plain { bytes, url: hints.url }),
                None => Outcome::TooLarge,
            })
        }
        "response" | "resource" | "conversion" => Ok(Outcome::Skipped("not HTML")),
        _ => Ok(Outcome::Skipped("record without a page")),
    }
}

/// The content of a record.
struct Body<'a> {
    stream: &'a mut Stream,
    rest: u64,
}

impl Body<'_> {
    /// All of it, unless that is over `max` bytes.
    fn take(&mut self, max: u64) -> io::Result<Option<Vec<u8>>> {
        if self.rest > max {
            return Ok(None);
        }
        let len = self.rest as usize;
        // The length is only what the file says.
        let mut bytes = Vec::with_capacity(len.min(1 << 20));
        self.read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    fn skip(&mut self) -> io::Result<()> {
        while self.rest > 0 {
            let len = self.fill_buf()?.len();
            self.consume(len);
        }
        Ok(())
    }
}

impl Read for Body<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let len = available.len().min(into.len());
        into[..len].copy_from_slice(&available[..len]);
        self.consume(len);
        Ok(len)
    }
}

impl BufRead for Body<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.rest == 0 {
            return Ok(&[]);
        }
        let available = self.stream.fill_buf()?;
        if available.is_empty() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it is cut off"));
        }
        let len = (available.len() as u64).min(self.rest) as usize;
        Ok(&available[..len])
    }

    fn consume(&mut self, len: usize) {
        self.rest -= len as u64;
        self.stream.consume(len);
    }
}

impl Stream {
    /// Where the current record begins in the file; in the member that it is in, if packed.
    fn start(&self) -> u64 {
        match self {
            Stream::Plain(window) => window.marked(),
            Stream::Packed(members) => members.start(),
        }
    }

    fn failure(&self) -> Option<&str> {
        match self {
            Stream::Plain(window) => window.failure(),
            Stream::Packed(members) => members.failure(),
        }
    }

    /// Goes to the next record's first byte; false at the end.
    fn begin_record(&mut self) -> io::Result<bool> {
        if let Stream::Packed(members) = self {
            // A file packed as a whole has all its records in one member.
            while members.fill_member()?.is_empty() {
                if !members.next_member()? {
                    return Ok(false);
                }
            }
        }
        if let Stream::Plain(window) = self {
            window.mark();
        }
        loop {
            let available = self.fill_buf()?;
            match available.first() {
                None => return Ok(false),
                Some(b'\r' | b'\n') => self.consume(1),
                Some(_) => break,
            }
            if let Stream::Plain(window) = self {
                window.mark();
            }
        }
        Ok(true)
    }

    /// Takes the two line ends after a record, and what checks its member.
    fn end_record(&mut self) -> io::Result<()> {
        match self {
            Stream::Plain(window) => {
                let after = window.peek(2)?;
                // The last record of a file that was cut right behind it is whole.
                if !after.is_empty() && !after.starts_with(b"\r\n") && !after.starts_with(b"\n") {
                    return Err(invalid("it is not as long as it says"));
                }
            }
            Stream::Packed(members) => {
                while let Some(b'\r' | b'\n') = members.fill_member()?.first() {
                    members.consume(1);
                }
                // Either the member ends, which checks its sum, or another record follows; a
                // member that is cut unpacks to anything.
                let after = members.fill_member()?;
                if !b"WARC/".starts_with(&after[..after.len().min(5)]) {
                    return Err(invalid("it is not as long as it says"));
                }
            }
        }
        Ok(())
    }

    /// Goes on to where the next record may begin; false if there is none.
    fn resync(&mut self) -> io::Result<bool> {
        match self {
            Stream::Packed(members) => members.resync(),
            Stream::Plain(window) => {
                window.rewind(window.marked() + 1);
                window.find(b"WARC/")
            }
        }
    }
}

impl Read for Stream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::Plain(window) => window.read(into),
            Stream::Packed(members) => members.read(into),
        }
    }
}

/// Within a packed record this ends where its member ends.
impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Stream::Plain(window) => window.fill_buf(),
            Stream::Packed(members) => members.fill_member(),
        }
    }

    fn consume(&mut self, len: usize) {
        match self {
            Stream::Plain(window) => window.consume(len),
            Stream::Packed(members) => members.consume(len),
        }
    }
}

/// Whether a line is the first of a record: `WARC/1.1`.
fn is_version(line: &[u8]) -> bool {
    let version = line.strip_prefix(b"WARC/").unwrap_or_default();
    !version.is_empty() && version.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
}

/// A line without its end, of at most `max` bytes.
fn line(stream: &mut Stream, max: u64) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    stream.take(max).read_until(b'\n', &mut line)?;
    if line.pop() != Some(b'\n') {
        return Err(invalid("its header has no end"));
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(line)
}

fn invalid(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}
