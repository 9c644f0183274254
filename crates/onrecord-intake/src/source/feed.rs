//! Feeds: RSS 0.9 to 2.0, Atom, JSON Feed; and lists of feeds in OPML.
//!
//! Read by hand over `quick-xml` and not by `feed-rs`, which turns every date into UTC: the day
//! that the publisher meant would be lost.

use onrecord_record::{Article, Note};
use quick_xml::Reader;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use super::failure::Failure;
use super::fragment;
use super::moment::{Moment, moment};
use crate::error::Error;
use crate::origins::came_from;

/// A feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its name.
    pub title: Option<String>,
    /// In the order of the feed.
    pub entries: Vec<Entry>,
}

/// What a feed tells of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What tells it from others of the feed; its address if the feed gives nothing else.
    pub id: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The address of the article.
    pub url: Option<String>,
    /// The by-line.
    pub authors: Vec<String>,
    /// The name of the feed.
    pub outlet: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    published: Option<Moment>,
    updated: Option<Moment>,
    /// The article in HTML, and a summary; feeds have one, or both.
    content: String,
    summary: String,
}

impl Entry {
    /// Reads the entry as an article: its content, or if there is none its summary.
    ///
    /// # Errors
    /// If it has neither.
    pub fn read(&self) -> Result<(Article, Vec<Note>), Error> {
        let text = [&self.content, &self.summary].map(|html| fragment::text(html));
        let Some(text) = text.into_iter().find(|text| !text.is_empty()) else {
            let why = match &self.url {
                Some(url) => {
                    format!("the feed has only a headline; `onrecord fetch {url}` gets it")
                }
                None => "the feed has only a headline".to_owned(),
            };
            return Err(Failure::NoText(why).into());
        };
        let mut article = Article::new(text);
        article.title.clone_from(&self.title);
        article.url.clone_from(&self.url);
        article.outlet.clone_from(&self.outlet);
        article.authors.clone_from(&self.authors);
        article.language.clone_from(&self.language);
        article.published = self.published.as_ref().map(|moment| moment.day);
        article.published_at = self.published.as_ref().and_then(|moment| moment.at.clone());
        article.updated = self.updated.as_ref().map(|moment| moment.day);
        came_from(&mut article, "feed");
        Ok((article, Vec::new()))
    }
}

/// Reads a feed: RSS, Atom or JSON Feed.
///
/// # Errors
/// If it is none of them. What comes after damage is left out.
pub fn feed(bytes: &[u8]) -> Result<Feed, Error> {
    parse(bytes).map_err(Error::from)
}

/// Reads a list of feeds in OPML: their addresses, in order.
///
/// # Errors
/// If it is not OPML.
pub fn opml(bytes: &[u8]) -> Result<Vec<String>, Error> {
    let text = decode(bytes);
    let mut reader = reader(&text);
    let mut urls: Vec<String> = Vec::new();
    let mut is_opml = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => match local(&tag).as_str() {
                "opml" => is_opml = true,
                "outline" => {
                    let url = attribute(&tag, "xmlurl");
                    urls.extend(url.filter(|url| !urls.contains(url)));
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    if is_opml { Ok(urls) } else { Err(Failure::damaged("the list of feeds", "not OPML").into()) }
}

pub(crate) fn parse(bytes: &[u8]) -> Result<Feed, Failure> {
    let text = decode(bytes);
    let mut feed = if text.trim_start_matches('\u{FEFF}').trim_start().starts_with('{') {
        json(&text)?
    } else {
        xml(&text)?
    };
    for entry in &mut feed.entries {
        entry.outlet = entry.outlet.take().or_else(|| feed.title.clone());
        entry.id = entry.id.take().or_else(|| entry.url.clone());
    }
    Ok(feed)
}

fn xml(text: &str) -> Result<Feed, Failure> {
    let mut reader = reader(text);
    let mut state = State::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => state.start(&tag),
            Ok(Event::Empty(tag)) => {
                state.start(&tag);
                state.end();
            }
            Ok(Event::End(_)) => state.end(),
            Ok(Event::Text(text)) => state.text(&text),
            Ok(Event::CData(text)) => state.text(&text),
            Ok(Event::GeneralRef(name)) => state.reference(&name),
            Ok(Event::Eof) => break,
            // What came before the damage is good.
            Err(error) if state.feed.entries.is_empty() => {
                return Err(Failure::damaged("the feed", error));
            }
            Err(_) => break,
            Ok(_) => {}
        }
    }
    if !state.is_feed {
        return Err(Failure::damaged("the feed", "neither RSS nor Atom"));
    }
    state.close_entry();
    Ok(state.feed)
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// What has been read of a feed.
#[derive(Default)]
struct State {
    feed: Feed,
    is_feed: bool,
    language: Option<String>,
    entry: Option<Entry>,
    /// Names of the open elements, from the root.
    open: Vec<String>,
    /// The field that is being read, how many elements were open at its start, and its text.
    field: Option<(String, usize, String)>,
}

/// The deepest nesting that is followed; what lies deeper belongs to what is around it.
const MAX_DEPTH: usize = 256;

impl State {
    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = local(tag);
        if let Some((_, _, text)) = &mut self.field {
            // Markup that was not escaped, as in Atom's XHTML.
            text.push('<');
            text.push_str(&name);
            text.push('>');
        } else {
            self.begin(&name, tag);
        }
        if self.open.len() < MAX_DEPTH {
            self.open.push(name);
        } else {
            self.open.push(String::new());
        }
    }

    fn begin(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
            "rss" | "rdf" | "feed" | "channel" => {
                self.is_feed = true;
                self.language = attribute(tag, "lang").or(self.language.take());
            }
            "item" | "entry" if self.is_feed => {
                self.close_entry();
                let url = attribute(tag, "about");
                self.entry = Some(Entry { id: url.clone(), ..Entry::default() });
            }
            "link" => {
                if let (Some(entry), Some(href)) = (&mut self.entry, attribute(tag, "href")) {
                    let relation = attribute(tag, "rel");
                    if entry.url.is_none() && relation.is_none_or(|rel| rel == "alternate") {
                        entry.url = Some(href);
                    }
                } else if self.entry.is_some() {
                    self.field = Some((name.to_owned(), self.open.len(), String::new()));
                }
            }
            "title" | "language" | "guid" | "id" | "pubdate" | "date" | "published" | "issued"
            | "updated" | "modified" | "creator" | "author" | "name" | "description"
            | "summary" | "content" | "encoded" => {
                // Atom has the name inside of the author; a picture of RSS has a title.
                let parent = self.open.last().map_or("", String::as_str);
                let is_person = name == "author" && self.open.first().is_some_and(|r| r == "feed");
                let is_other = matches!(parent, "image" | "textinput" | "source" | "contributor");
                // Media RSS describes pictures with the same names.
                let is_media = tag.name().as_ref().starts_with("media:");
                if !is_person && !is_other && !is_media {
                    self.field = Some((name.to_owned(), self.open.len(), String::new()));
                }
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        let name = self.open.pop().unwrap_or_default();
        match self.field.take() {
            Some((field, depth, text)) if self.open.len() <= depth => {
                self.close_field(&field, text)
            }
            Some((field, depth, mut text)) => {
                text.push_str("</");
                text.push_str(&name);
                text.push('>');
                self.field = Some((field, depth, text));
            }
            None if name == "item" || name == "entry" => self.close_entry(),
            None => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, _, field)) = &mut self.field {
            field.push_str(text);
        }
    }

    /// `&amp;` and the like: of the feed where the text is escaped, of the HTML otherwise.
    fn reference(&mut self, name: &str) {
        let n_open = self.open.len();
        let Some((_, depth, field)) = &mut self.field else { return };
        let is_inside_markup = n_open > *depth + 1;
        let character = match name {
            _ if is_inside_markup => None,
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        };
        match character {
            Some(character) => field.push(character),
            None => {
                field.push('&');
                field.push_str(name);
                field.push(';');
            }
        }
    }

    fn close_field(&mut self, name: &str, text: String) {
        let trimmed = || Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let Some(entry) = &mut self.entry else {
            match name {
                "title" => self.feed.title = self.feed.title.take().or(fragment::line(&text)),
                "language" => self.language = trimmed(),
                _ => {}
            }
            return;
        };
        match name {
            "title" => entry.title = fragment::line(&text).or(entry.title.take()),
            "link" => entry.url = entry.url.take().or(trimmed()),
            "guid" | "id" => entry.id = trimmed(),
            "pubdate" | "date" | "published" | "issued" => {
                entry.published = entry.published.take().or_else(|| moment(&text));
            }
            "updated" | "modified" => entry.updated = moment(&text),
            "creator" | "author" | "name" => entry.authors.extend(fragment::line(&text)),
            "description" | "summary" => entry.summary = text,
            "content" | "encoded" => entry.content = text,
            _ => {}
        }
    }

    fn close_entry(&mut self) {
        if let Some(mut entry) = self.entry.take() {
            entry.language.clone_from(&self.language);
            if let Some(language) = &mut entry.language {
                language.truncate(language.find(['-', '_']).unwrap_or(language.len()));
                language.make_ascii_lowercase();
            }
            // Atom must have `updated`, and may lack `published`.
            if entry.published.is_none() {
                entry.published = entry.updated.take();
            }
            self.feed.entries.push(entry);
        }
    }
}

/// An element's name in lower case, without its prefix.
fn local(tag: &BytesStart<'_>) -> String {
    tag.local_name().as_ref().to_ascii_lowercase()
}

/// The value of an attribute, by its name in lower case without a prefix.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes: Attributes<'_> = tag.attributes();
    attributes.with_checks(false).flatten().find_map(|attribute| {
        let key = attribute.key.local_name();
        let is_it = key.as_ref().eq_ignore_ascii_case(name);
        is_it.then(|| fragment::line(&attribute.value))?
    })
}

fn json(text: &str) -> Result<Feed, Failure> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{FEFF}'))
        .map_err(|error| Failure::damaged("the feed", format!("not JSON: {error}")))?;
    let string = |value: &Value, name: &str| {
        let found = value.get(name)?.as_str()?.trim().to_owned();
        Some(found).filter(|found| !found.is_empty())
    };
    let authors = |value: &Value| -> Vec<String> {
        let list = value.get("authors").and_then(Value::as_array).cloned().unwrap_or_default();
        let single = value.get("author").cloned();
        list.iter().chain(&single).filter_map(|author| string(author, "name")).collect()
    };
    let language = string(&value, "language");
    let items = value.get("items").and_then(Value::as_array);
    let items = items.ok_or_else(|| Failure::damaged("the feed", "it has no items"))?;
    let entries = items.iter().map(|item| Entry {
        id: string(item, "id"),
        title: string(item, "title"),
        url: string(item, "url").or_else(|| string(item, "external_url")),
        authors: Some(authors(item)).filter(|a| !a.is_empty()).unwrap_or_else(|| authors(&value)),
        outlet: None,
        language: string(item, "language").or_else(|| language.clone()).map(|mut language| {
            language.truncate(language.find('-').unwrap_or(language.len()));
            language
        }),
        published: string(item, "date_published").and_then(|date| moment(&date)),
        updated: string(item, "date_modified").and_then(|date| moment(&date)),
        content: string(item, "content_html").unwrap_or_else(|| {
            let text = string(item, "content_text").unwrap_or_default();
            text.replace('&', "&amp;").replace('<', "&lt;").replace("\n\n", "<p>")
        }),
        summary: string(item, "summary").unwrap_or_default(),
    });
    Ok(Feed { title: string(&value, "title"), entries: entries.collect() })
}

/// The text in the encoding that a byte order mark or the XML declaration names; UTF-8 without.
fn decode(bytes: &[u8]) -> String {
    let declared = || {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
        let declaration = head.strip_prefix("<?xml")?.split("?>").next()?.to_owned();
        let (_, value) = declaration.split_once("encoding")?;
        let label = value.trim_start().strip_prefix('=')?.trim_start();
        let label = label.trim_start_matches(['"', '\'']).split(['"', '\'']).next()?;
        encoding_rs::Encoding::for_label(label.as_bytes())
    };
    let encoding = declared().unwrap_or(encoding_rs::UTF_8);
    encoding.decode(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(bytes: &[u8]) -> Vec<String> {
        let feed = feed(bytes).unwrap();
        let show = |entry: Entry| {
            let text = entry.read().map_or_else(|e| e.to_string(), |(a, _)| a.text.to_string());
            format!(
                "{}|{}|{}|{}|{}|{}|{}",
                entry.title.unwrap_or_default(),
                entry.url.unwrap_or_default(),
                entry.authors.join("+"),
                entry.published.map(|moment| moment.day.to_string()).unwrap_or_default(),
                entry.outlet.unwrap_or_default(),
                entry.language.unwrap_or_default(),
                text.replace("\n\n", "¶"),
            )
        };
        feed.entries.into_iter().map(show).collect()
    }

    #[test]
    fn the_three_kinds() {
        let rss = br#"<?xml version="1.0"?><rss version="2.0" xmlns:dc="d" xmlns:content="c" xmlns:media="m"><channel>
            <title>The Ledger &amp; Post</title><language>en-GB</language>
            <image><title>Logo</title></image>
            <item><title><![CDATA[Talks &amp; more]]></title><link>https://example.org/1</link>
            <media:title>A picture</media:title><dc:creator>Ann Lee</dc:creator>
            <pubDate>Fri, 23 Jan 2026 23:30:00 -0500</pubDate><description>Short.</description>
            <content:encoded>&lt;p&gt;They met.&lt;/p&gt;&lt;p&gt;She said &amp;ldquo;yes&amp;rdquo;.&lt;/p&gt;</content:encoded></item>
            <item><title>Bare</title><link>https://example.org/2</link></item>"#;
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Wire</title>
            <entry><title type='html'>One &amp;amp; two</title><link rel='self' href='x'/>
            <link href='https://example.org/a?b=1&amp;c=2'/><id>urn:1</id><updated>2026-01-23T23:30:00+04:00</updated>
            <author><name>Ann Lee</name><email>a@example.org</email></author>
            <content type='xhtml'><div><p>They <b>met</b> &amp; left.</p><p>a &lt; b</p></div></content></entry></feed>";
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "language": "en-US",
            "authors": [{"name": "Desk"}], "items": [{"id": "1", "url": "https://example.org/j", "title": "J",
            "date_published": "2026-01-23T10:00:00Z", "content_text": "a < b\n\nTwo"}]}"#;
        assert_eq!(
            summary(rss),
            [
                "Talks & more|https://example.org/1|Ann Lee|2026-01-23|The Ledger & Post|en|They met.¶She said “yes”.",
                "Bare|https://example.org/2|||The Ledger & Post|en|no text: the feed has only a headline; \
                 `onrecord fetch https://example.org/2` gets it",
            ]
        );
        assert_eq!(
            summary(atom.as_bytes()),
            [
                "One & two|https://example.org/a?b=1&c=2|Ann Lee|2026-01-23|Wire|en|They met & left.¶a < b"
            ]
        );
        assert_eq!(
            summary(json.as_bytes()),
            ["J|https://example.org/j|Desk|2026-01-23|Wire|en|a < b¶Two"]
        );
    }

    #[test]
    fn the_declared_encoding_is_used() {
        let text = "<?xml version='1.0' encoding='windows-1251'?><rss><channel><item><title>Переговоры</title><description>Встреча.</description></item></channel></rss>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        assert_eq!(summary(&bytes), ["Переговоры||||||Встреча."]);
    }

    #[test]
    fn lists_of_feeds() {
        let list = b"<opml version='2.0'><body><outline text='x'><outline type='rss' xmlUrl='https://example.org/a?x=1&amp;y=2'/></outline>
            <outline xmlUrl='https://example.org/b'/><outline xmlUrl='https://example.org/b'/></body></opml>";
        assert_eq!(opml(list).unwrap(), ["https://example.org/a?x=1&y=2", "https://example.org/b"]);
        assert!(opml(b"<html>").unwrap_err().is_damaged());
        assert!(feed(b"<html>").unwrap_err().is_damaged());
    }
}
