//! Sources, and the documents in them.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Cursor, Read, Seek, SeekFrom};

use super::document::{Content, Document, Item};
use super::failure::Failure;
use super::feed::parse;
use super::format::{Format, HEAD, extension, sniff};
use super::lines::Lines;
use super::mbox::Mbox;
use super::members::{Members, Packing};
use super::options::Options;
use super::origin::Origin;
use super::table::Table;
use super::tar::Tar;
use super::warc::{Stream, Warc};
use super::window::Window;
use super::zip::Zip;
use crate::html::{Hints, MAX_PAGE};

/// Reads and seeks, as files do.
pub(crate) trait ReadSeek: Read + Seek {}

impl<R: Read + Seek> ReadSeek for R {}

/// A file or a stream that holds articles.
pub struct Source {
    path: String,
    input: Input,
    offset: u64,
    is_found: bool,
    url: Option<String>,
}

/// A file that a format is known of.
struct Opened {
    reader: Box<dyn Read + Send>,
    len: Option<u64>,
    /// Of its next byte.
    offset: u64,
}

enum Input {
    File(Box<dyn ReadSeek + Send>),
    Stream(Box<dyn Read + Send>),
}

impl Source {
    /// A file, or bytes in a `Cursor`. `path` is what the user calls it; its extension may tell
    /// the format.
    pub fn file(path: impl Into<String>, file: impl Read + Seek + Send + 'static) -> Source {
        let input = Input::File(Box::new(file));
        Source { path: path.into(), input, offset: 0, is_found: false, url: None }
    }

    /// Something that can only be read on, such as standard input.
    pub fn stream(path: impl Into<String>, stream: impl Read + Send + 'static) -> Source {
        let input = Input::Stream(Box::new(stream));
        Source { path: path.into(), input, offset: 0, is_found: false, url: None }
    }

    /// Starts at an item that an earlier run reported as [`Origin::offset`]: in WARC files, packed
    /// or not, and in JSON lines that are files and not packed.
    pub fn from_offset(self, offset: u64) -> Source {
        Source { offset, ..self }
    }

    /// The user named not this file but the folder that it lies in: if it is no text, it is
    /// counted as skipped, and is no error.
    pub fn found(self) -> Source {
        Source { is_found: true, ..self }
    }

    /// It came from this address: if it is one article, so did that.
    pub fn fetched_from(self, url: impl Into<String>) -> Source {
        Source { url: Some(url.into()), ..self }
    }
}

/// What was passed over in silence, and how often: pictures in an archive, redirects in a crawl.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped(BTreeMap<&'static str, u64>);

impl Skipped {
    /// Reasons, in order of the alphabet, with how often each applied.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.0.iter().map(|(&reason, &n)| (reason, n))
    }

    /// Adds another count to this.
    pub fn add(&mut self, other: &Skipped) {
        for (reason, n) in other.iter() {
            *self.0.entry(reason).or_default() += n;
        }
    }

    pub(crate) fn count(&mut self, reason: &'static str) {
        *self.0.entry(reason).or_default() += 1;
    }
}

/// Something that holds many documents, and has given out some of them.
pub(crate) trait Layer: Send {
    fn next(&mut self, skipped: &mut Skipped, options: &Options) -> Option<Step>;
}

pub(crate) enum Step {
    Document(Document),
    /// A file in an archive. What of it is not read before the next step is skipped.
    File {
        origin: Origin,
        reader: Box<dyn Read + Send>,
        len: Option<u64>,
    },
}

impl Layer for VecDeque<Document> {
    fn next(&mut self, _: &mut Skipped, _: &Options) -> Option<Step> {
        self.pop_front().map(Step::Document)
    }
}

/// Takes the documents out of a source, in order.
///
/// What is damaged gives a document that [reads](Document::read) as an error; then it goes on
/// behind the damage where the format allows it.
pub struct Documents {
    options: Options,
    source: Option<Source>,
    layers: Vec<Box<dyn Layer>>,
    skipped: Skipped,
    /// Where the source was fetched.
    url: Option<String>,
}

impl Documents {
    /// Those in `source`. Nothing is read before the first is asked for.
    pub fn new(source: Source, options: Options) -> Documents {
        Documents {
            options,
            source: Some(source),
            layers: Vec::new(),
            skipped: Skipped::default(),
            url: None,
        }
    }

    /// A single document, where many could be.
    pub fn one(document: Document) -> Documents {
        let mut documents = Documents {
            options: Options::default(),
            source: None,
            layers: Vec::new(),
            skipped: Skipped::default(),
            url: None,
        };
        documents.push(VecDeque::from([document]));
        documents
    }

    /// What has been passed over so far.
    pub fn skipped(&self) -> &Skipped {
        &self.skipped
    }

    /// The options that it was made with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    fn open_source(&mut self, source: Source) -> Option<Document> {
        let origin = Origin::new(source.path.clone());
        let is_found = source.is_found;
        self.url = source.url;
        let result = match source.input {
            Input::File(file) => self.open_file(&origin, file, source.offset, is_found),
            Input::Stream(stream) => self.open(&origin, origin.name(), stream, None, is_found),
        };
        result.unwrap_or_else(|failure| Some(Document::failed(origin, failure)))
    }

    fn open_file(
        &mut self,
        origin: &Origin,
        mut file: Box<dyn ReadSeek + Send>,
        offset: u64,
        is_found: bool,
    ) -> Result<Option<Document>, Failure> {
        let unreadable = |error: io::Error| Failure::Unreadable(error.to_string());
        let mut head = Vec::new();
        file.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
        let format = sniff(&head, origin.name());
        let len = file.seek(SeekFrom::End(0)).map_err(unreadable)?;
        let start = if format == Format::Zip { 0 } else { offset };
        file.seek(SeekFrom::Start(start)).map_err(unreadable)?;
        let can_start = match format {
            Format::Warc | Format::JsonLines => true,
            Format::Gzip | Format::Zstd => true,
            _ => offset == 0,
        };
        if !can_start {
            return Err(Failure::Unsupported(
                "cannot be read from an offset; read it from its beginning",
            ));
        }
        if format == Format::Zip {
            self.push(Zip::open(origin.clone(), file)?);
            return Ok(None);
        }
        let file = Opened { reader: Box::new(file), len: Some(len), offset };
        self.open_as(format, origin, origin.name(), file, is_found)
    }

    /// Opens something that can only be read on.
    fn open(
        &mut self,
        origin: &Origin,
        name: &str,
        mut reader: Box<dyn Read + Send>,
        len: Option<u64>,
        is_found: bool,
    ) -> Result<Option<Document>, Failure> {
        let mut head = Vec::new();
        reader
            .by_ref()
            .take(HEAD as u64)
            .read_to_end(&mut head)
            .map_err(|error| Failure::reading("the file", &error))?;
        let format = sniff(&head, name);
        let reader = Box::new(Cursor::new(head).chain(reader));
        self.open_as(format, origin, name, Opened { reader, len, offset: 0 }, is_found)
    }

    fn open_as(
        &mut self,
        format: Format,
        origin: &Origin,
        name: &str,
        Opened { reader, len, offset }: Opened,
        is_found: bool,
    ) -> Result<Option<Document>, Failure> {
        if self.layers.len() >= self.options.max_depth && is_container(format) {
            return Err(Failure::Unsupported(
                "lies too deep in archives within archives; unpack the outer ones",
            ));
        }
        let is_whole_file = self.layers.is_empty();
        let max = if is_whole_file { self.options.max_file } else { self.options.max_inner };
        let window = |reader| Window::new(reader, offset);
        match format {
            Format::Warc => {
                self.push(Warc::new(origin.clone(), Stream::Plain(window(reader))));
            }
            Format::Gzip | Format::Zstd => {
                let packing = if format == Format::Gzip { Packing::Gzip } else { Packing::Zstd };
                let members = Members::new(window(reader), packing);
                return self.unpack(origin, name, members, is_found);
            }
            Format::Zip => {
                // The list of what is in a zip is at its end.
                let bytes = self.whole(reader, len, self.options.max_file)?;
                self.push(Zip::open(origin.clone(), Box::new(Cursor::new(bytes)))?);
            }
            Format::Tar => self.push(Tar::new(origin.clone(), reader)),
            Format::JsonLines => self.push(Lines::new(origin.clone(), reader, offset)),
            Format::Table => {
                self.push(Table::open(origin.clone(), reader)?);
            }
            Format::Mbox => self.push(Mbox::new(origin.clone(), reader)),
            Format::Feed => {
                let bytes = self.whole(reader, len, self.options.max_inner)?;
                let entries = parse(&bytes)?.entries;
                if entries.is_empty() {
                    return Err(Failure::NoText("the feed has no entries".to_owned()));
                }
                let documents = entries.into_iter().enumerate().map(|(idx, entry)| {
                    Document::new(
                        origin.inside((idx + 1).to_string()),
                        Content::Entry(Box::new(entry)),
                    )
                });
                self.push(documents.collect::<VecDeque<_>>());
            }
            Format::Opml => {
                return Err(Failure::Unsupported(
                    "a list of feeds, without articles; `onrecord watch` reads the feeds",
                ));
            }
            Format::Other if is_found || !is_whole_file => self.skipped.count("no text"),
            Format::Html | Format::Pdf | Format::Mail | Format::Plain | Format::Other => {
                if !is_whole_file && is_furniture(name) {
                    self.skipped.count("no text");
                    return Ok(None);
                }
                let bytes = match format {
                    // One byte more tells that there was more.
                    Format::Html => self.whole(reader.take(MAX_PAGE as u64 + 1), None, max)?,
                    _ => self.whole(reader, len, max)?,
                };
                let url = self.url.clone().filter(|_| is_whole_file);
                let content = match format {
                    Format::Html => {
                        let hints = Hints { url: url.clone(), ..Hints::default() };
                        Content::Html { bytes, hints }
                    }
                    Format::Pdf => Content::Pdf(bytes),
                    Format::Mail => Content::Mail(bytes),
                    _ => Content::Plain { bytes, url: None },
                };
                return Ok(Some(Document { url, ..Document::new(origin.clone(), content) }));
            }
        }
        Ok(None)
    }

    /// Opens what is packed by gzip or zstd.
    fn unpack(
        &mut self,
        origin: &Origin,
        name: &str,
        mut members: Members,
        is_found: bool,
    ) -> Result<Option<Document>, Failure> {
        let begun = members.next_member().and_then(|_| members.fill_member());
        match begun.map(|bytes| bytes.starts_with(b"WARC/")) {
            Ok(true) => {
                self.push(Warc::new(origin.clone(), Stream::Packed(Box::new(members))));
                return Ok(None);
            }
            Ok(false) => {}
            Err(error) => {
                let failure = Failure::reading("the file", &error);
                if !name.contains(".warc") {
                    return Err(failure);
                }
                // Only its beginning may be damaged.
                self.push(Warc::lost(origin.clone(), Stream::Packed(Box::new(members))));
                return Ok(Some(Document::failed(origin.at(0), failure)));
            }
        }
        // The name without the ending tells what is in it.
        let inner = match extension(name).as_str() {
            ending @ ("gz" | "zst") => name[..name.len() - ending.len() - 1].to_owned(),
            "tgz" => format!("{}.tar", &name[..name.len() - 4]),
            _ => name.to_owned(),
        };
        self.open(origin, &inner, Box::new(members), None, is_found)
    }

    fn push(&mut self, layer: impl Layer + 'static) {
        self.layers.push(Box::new(layer));
    }

    /// All bytes of one article.
    fn whole(&self, reader: impl Read, len: Option<u64>, max: u64) -> Result<Vec<u8>, Failure> {
        let too_large = Failure::TooLarge { limit: max };
        if len.is_some_and(|len| len > max) {
            return Err(too_large);
        }
        let mut bytes = Vec::new();
        reader
            .take(max + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::reading("the file", &error))?;
        if bytes.len() as u64 > max { Err(too_large) } else { Ok(bytes) }
    }
}

impl Iterator for Documents {
    type Item = Document;

    fn next(&mut self) -> Option<Document> {
        if let Some(source) = self.source.take()
            && let Some(document) = self.open_source(source)
        {
            return Some(document);
        }
        loop {
            let layer = self.layers.last_mut()?;
            match layer.next(&mut self.skipped, &self.options) {
                None => {
                    self.layers.pop();
                }
                Some(Step::Document(document)) => return Some(document),
                Some(Step::File { origin, reader, len }) => {
                    match self.open(&origin, origin.name(), reader, len, true) {
                        Ok(None) => {}
                        Ok(Some(document)) => return Some(document),
                        Err(failure) => return Some(Document::failed(origin, failure)),
                    }
                }
            }
        }
    }
}

fn is_container(format: Format) -> bool {
    use Format::{Feed, Gzip, JsonLines, Mbox, Table, Tar, Warc, Zip, Zstd};
    matches!(format, Warc | Zip | Tar | Gzip | Zstd | JsonLines | Table | Mbox | Feed)
}

/// Text that stands beside articles in saved pages and in archives, and is none.
fn is_furniture(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    let is_hidden = name.starts_with('.') || name.starts_with("__MACOSX");
    is_hidden
        || matches!(
            extension(name).as_str(),
            "css" | "js" | "mjs" | "json" | "map" | "svg" | "xml" | "ini" | "lock" | "py" | "sh"
        )
}

/// Reads the articles in a source, in order.
pub struct Articles(Documents);

impl Articles {
    /// Those in `source`. Nothing is read before the first is asked for.
    pub fn new(source: Source, options: Options) -> Articles {
        Articles(Documents::new(source, options))
    }

    /// What has been passed over so far.
    pub fn skipped(&self) -> &Skipped {
        self.0.skipped()
    }
}

impl Iterator for Articles {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let document = self.0.next()?;
        Some(document.read(&self.0.options.fields))
    }
}
