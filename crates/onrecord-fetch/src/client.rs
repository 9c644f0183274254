//! The client.

use std::collections::BTreeMap;
use std::io::{self, Cursor};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use onrecord_intake::http::Head;
use onrecord_intake::{Document, Documents, Format, Hints, Source, sniff};
use ureq::Agent;
use ureq::config::Config;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use crate::address::{Guard, Private};
use crate::error::{Error, Kind};
use crate::robots::{self, Robots};

/// How to fetch.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether private, loopback and link-local addresses may be asked too.
    pub allow_private: bool,
    /// The least time between two requests to one host.
    pub delay: Duration,
    /// The most time for an answer, its body included.
    pub timeout: Duration,
    /// The longest that a server can make it wait before it gives up.
    pub max_wait: Duration,
    /// The largest body, before and after it is unpacked.
    pub max_bytes: u64,
    /// The most redirects.
    pub max_redirects: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            allow_private: false,
            delay: Duration::from_secs(1),
            timeout: Duration::from_secs(60),
            max_wait: Duration::from_secs(60),
            max_bytes: 64 << 20,
            max_redirects: 5,
        }
    }
}

/// What an earlier answer said to tell versions apart by; kept, and sent along the next time.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Known {
    /// The header `ETag`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The header `Last-Modified`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// An answer of success.
#[derive(Clone, Debug)]
pub struct Response {
    /// The address that it came from, after redirects.
    pub url: String,
    /// Status and headers.
    pub head: Head,
    /// As transferred: it may be packed.
    pub raw: Vec<u8>,
    max_bytes: u64,
}

impl Response {
    /// The body.
    ///
    /// # Errors
    /// If it cannot be unpacked, or is too large.
    pub fn content(&self) -> Result<Vec<u8>, Error> {
        let content = self.head.content(self.raw.clone(), self.max_bytes);
        content.map_err(|error| Error::new(Kind::Transfer(error.to_string())))
    }

    /// The articles in it, whatever it is: a page, a feed, a PDF.
    ///
    /// # Errors
    /// If it cannot be unpacked, or is too large.
    pub fn documents(&self) -> Result<Documents, Error> {
        let content = self.content()?;
        let media = self.head.media_type();
        // A server that does not say what it is leaves it to the content.
        let name = match media.as_deref() {
            Some("text/html" | "application/xhtml+xml") => "page.html",
            _ => "",
        };
        let is_other = media.is_some() && name.is_empty();
        if !is_other && sniff(&content[..content.len().min(4096)], name) == Format::Html {
            let hints = Hints { charset: self.head.charset(), url: Some(self.url.clone()) };
            return Ok(Documents::one(Document::html(self.url.as_str(), content, hints)));
        }
        let source = Source::file(self.url.as_str(), Cursor::new(content));
        let source = source.fetched_from(self.url.as_str());
        Ok(Documents::new(source, onrecord_intake::Options::default()))
    }

    /// What to send along the next time.
    pub fn known(&self) -> Known {
        let header = |name| self.head.header(name).map(str::to_owned);
        Known { etag: header("etag"), last_modified: header("last-modified") }
    }
}

/// Fetches pages. Waits where it has to, and remembers what hosts asked for.
///
/// It may be used on many threads: each host is asked one thing at a time.
pub struct Client {
    agent: Agent,
    options: Options,
    /// Locked while a host is asked; `None` before its robots.txt was.
    hosts: Mutex<BTreeMap<String, Arc<Mutex<Option<Host>>>>>,
}

/// What is known of a host.
struct Host {
    robots: Robots,
    /// Before that, nothing more is asked.
    not_before: Instant,
}

/// How often a server is asked again when it asks for patience.
const MAX_TRIES: u32 = 3;

impl Client {
    /// A client that has asked nobody yet.
    pub fn new(options: Options) -> Client {
        let agent =
            concat!("onrecord/", env!("CARGO_PKG_VERSION"), " (reads news; follows robots.txt)");
        let config = Config::builder()
            .http_status_as_error(false)
            // Followed here, so that each is checked.
            .max_redirects(0)
            // A proxy would resolve names by itself, unchecked.
            .proxy(None)
            .user_agent(agent)
            .accept("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5")
            .accept_encoding("gzip, br")
            .timeout_connect(Some(options.timeout.min(Duration::from_secs(20))))
            .timeout_global(Some(options.timeout))
            .build();
        let guard =
            Guard { allow_private: options.allow_private, resolver: DefaultResolver::default() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
        Client { agent, options, hosts: Mutex::default() }
    }

    /// Fetches a page. `None`: it is what `known` tells of.
    ///
    /// A URL without a scheme is one of https.
    ///
    /// # Errors
    /// If there is no answer, or one without success.
    pub fn get(&self, url: &str, known: &Known) -> Result<Option<Response>, Error> {
        let mut url = parse(url)?;
        for _ in 0..=self.options.max_redirects {
            let (head, raw) = self.ask_politely(&url, known)?;
            let location = head.header("location").filter(|_| (300..400).contains(&head.status()));
            match (head.status(), location) {
                (304, _) => return Ok(None),
                (_, Some(location)) => {
                    let next =
                        url.join(location).map_err(|e| Error::new(Kind::Url(e.to_string())))?;
                    let next = parse(next.as_str())?;
                    if url.scheme() == "https" && next.scheme() == "http" {
                        return Err(Error::new(Kind::Downgrade(next.into())));
                    }
                    url = next;
                }
                (200..=299, None) => {
                    let max_bytes = self.options.max_bytes;
                    return Ok(Some(Response { url: url.into(), head, raw, max_bytes }));
                }
                (status, None) => return Err(Error::new(Kind::Status(status))),
            }
        }
        Err(Error::new(Kind::Redirects(self.options.max_redirects)))
    }

    /// Asks for a page if its host allows it, and when.
    fn ask_politely(&self, url: &Url, known: &Known) -> Result<(Head, Vec<u8>), Error> {
        // Nothing that is left half done by a panic would mislead who comes after.
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let host = Arc::clone(hosts.entry(url.origin().ascii_serialization()).or_default());
        drop(hosts);
        let mut host = host.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = match &mut *host {
            Some(host) => host,
            unknown => {
                let robots = self.robots(url)?;
                let not_before = Instant::now() + self.options.delay.max(robots.delay());
                unknown.insert(Host { robots, not_before })
            }
        };
        let mut n_tries = 0;
        loop {
            if !entry.robots.allows(url.as_str()) {
                return Err(Error::new(Kind::Robots));
            }
            let wait = entry.not_before.saturating_duration_since(Instant::now());
            if wait > self.options.max_wait {
                return Err(Error::new(Kind::Later(wait)));
            }
            thread::sleep(wait);
            let distance = self.options.delay.max(entry.robots.delay());
            let result = self.ask(url, known, self.options.max_bytes);
            entry.not_before = Instant::now() + distance;
            let (head, raw) = result?;
            if !matches!(head.status(), 429 | 503) {
                return Ok((head, raw));
            }
            n_tries += 1;
            let wait = retry_after(&head).unwrap_or(Duration::from_secs(1 << n_tries));
            // Other pages of the host wait too.
            entry.not_before = Instant::now() + wait.max(distance);
            if n_tries == MAX_TRIES || wait > self.options.max_wait {
                return Err(Error::new(Kind::Later(wait)));
            }
        }
    }

    /// The rules of the host of this URL. Redirects are followed, as RFC 9309 asks.
    fn robots(&self, url: &Url) -> Result<Robots, Error> {
        let mut url = url.join("/robots.txt").map_err(|e| Error::new(Kind::Url(e.to_string())))?;
        for _ in 0..=self.options.max_redirects {
            let (head, raw) = match self.ask(&url, &Known::default(), robots::MAX_BYTES) {
                Ok(answer) => answer,
                Err(error) if error.is_too_large() => return Ok(Robots::Nothing),
                // The page would fail in the same way.
                Err(error) => return Err(error),
            };
            let location = head.header("location").filter(|_| (300..400).contains(&head.status()));
            match location.and_then(|location| url.join(location).ok()) {
                Some(next) if matches!(next.scheme(), "http" | "https") => url = next,
                Some(_) => break,
                None => {
                    let bytes = head.content(raw, robots::MAX_BYTES).unwrap_or_default();
                    return Ok(Robots::new(Some((head.status(), &bytes))));
                }
            }
        }
        // Too many redirects count as a file that is not there.
        Ok(Robots::All)
    }

    /// Sends a request and reads the answer.
    fn ask(&self, url: &Url, known: &Known, max: u64) -> Result<(Head, Vec<u8>), Error> {
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = &known.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(moment) = &known.last_modified {
            request = request.header("If-Modified-Since", moment);
        }
        let response = request.call().map_err(|error| explain(&error, max))?;
        let headers = response.headers().iter().map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        });
        // The body comes without its chunks.
        let headers = headers.filter(|(name, _)| name != "transfer-encoding").collect();
        let head = Head::new(response.status().as_u16(), headers);
        let body = response.into_body().into_with_config().limit(max);
        let raw = body.read_to_vec().map_err(|error| explain(&error, max))?;
        Ok((head, raw))
    }
}

pub(crate) fn parse(url: &str) -> Result<Url, Error> {
    let bad = |why: String| Error::new(Kind::Url(why));
    let has_scheme = url.split_once("://").is_some_and(|(scheme, _)| {
        scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    });
    let parsed = if has_scheme { Url::parse(url) } else { Url::parse(&format!("https://{url}")) };
    let mut parsed = parsed.map_err(|error| bad(error.to_string()))?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err(bad(format!("it begins with {}:, not with https:", parsed.scheme())));
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(bad("it holds a name or a password".to_owned()));
    }
    parsed.set_fragment(None);
    Ok(parsed)
}

/// Seconds, or a date.
fn retry_after(head: &Head) -> Option<Duration> {
    let value = head.header("retry-after")?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(value).ok()?;
    let seconds = date.timestamp().as_second() - jiff::Timestamp::now().as_second();
    Some(Duration::from_secs(seconds.try_into().unwrap_or(0)))
}

fn explain(error: &ureq::Error, max: u64) -> Error {
    let kind = match error {
        ureq::Error::Timeout(_) => Kind::Timeout,
        ureq::Error::BodyExceedsLimit(_) => Kind::TooLarge(max),
        ureq::Error::Other(inner) => match inner.downcast_ref::<Private>() {
            Some(Private(address)) => Kind::Private(address.to_string()),
            None => Kind::Transfer(error.to_string()),
        },
        ureq::Error::Io(io) if io.kind() == io::ErrorKind::TimedOut => Kind::Timeout,
        ureq::Error::HostNotFound => Kind::Transfer("there is no such host".to_owned()),
        error => Kind::Transfer(error.to_string()),
    };
    Error::new(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        let cases = [
            ("example.org/a", Some("https://example.org/a")),
            ("https://example.org/a#b", Some("https://example.org/a")),
            ("http://example.org", Some("http://example.org/")),
            ("example.org/?to=http://other.org", Some("https://example.org/?to=http://other.org")),
            ("ftp://example.org", None),
            ("file:///etc/passwd", None),
            ("https://user@example.org", None),
            ("https://", None),
            ("", None),
        ];
        for (url, expected) in cases {
            assert_eq!(parse(url).ok().map(String::from).as_deref(), expected, "{url}");
        }
    }
}
