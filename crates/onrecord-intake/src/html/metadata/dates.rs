//! When an article was published and last changed.
//!
//! **Finds**, in this order: the structured data, meta tags, what is marked up as a date
//! (`itemprop`, `<time>`, a class that says date), the address, and a line near the top that is
//! little more than a date.
//!
//! **Why it is believed.** The first three are written for machines. Addresses carry the day in
//! most systems for blogs and newspapers.
//!
//! **Known misses.** The day of a crawl or of a page's template as `<time>`; dates in words of
//! other languages.

use crate::html::dom::{Attribute, Dom, NodeId};
use crate::html::metadata::json_ld::JsonLd;
use crate::html::metadata::meta::Meta;
use crate::html::metadata::parse_date::{Moment, moment};
use crate::html::names::names;
use crate::html::tag::Tag;

#[rustfmt::skip] // a vertical list of words says no more
const PUBLISHED: &[&str] = &[
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "publication-date", "og:published_time", "article.published", "cxenseparse:recs:publishtime",
    "article_date_original", "originalpublicationdate", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "date", "rnews:datepublished",
    "citation_date", "citation_publication_date", "created", "datecreated", "dcterms.available",
    "og:pubdate", "gentime", "ptime", "timestamp", "bt:pubdate", "displaydate", "last-publication",
];

#[rustfmt::skip] // a vertical list of words says no more
const UPDATED: &[&str] = &[
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified",
    "article:updated_time", "lastmod", "last-modified", "dcterms.modified", "dc.date.modified",
    "revised", "modificationdate", "utime", "last_modified",
];

/// Words in names of what shows the day of publication.
#[rustfmt::skip] // a vertical list of words says no more
const SAYS_DATE: &[&str] = &[
    "-date-", "-datum-", "-pubdate", "-published-", "-publish-", "-posted-", "-post-date-",
    "-entry-date-", "-timestamp-", "-dateline-", "-time-", "-fecha-", "-data-pub", "-publication-",
    "-created-", "-meta-", "-postmeta", "-postmetadata", "-byline-", "-submitted-", "-info-",
    "-datetime-", "-author-",
];

/// What was found.
#[derive(Default)]
pub(crate) struct Dates {
    pub(crate) published: Option<(Moment, String)>,
    pub(crate) updated: Option<(Moment, String)>,
}

/// Looks for both days.
pub(crate) fn dates(
    dom: &Dom,
    meta: &Meta,
    json_ld: &JsonLd,
    url: Option<&str>,
    month_first: bool,
) -> Dates {
    let from_json_ld = |text: &Option<String>, name: &str| {
        let found = moment(text.as_deref()?, month_first)?;
        Some((found, format!("json-ld {name}")))
    };
    let from_meta = |names| {
        meta.all(names).find_map(|(name, content)| {
            (content.len() < 60).then_some(())?;
            Some((moment(content, month_first)?, format!("meta {name}")))
        })
    };
    let updated = from_json_ld(&json_ld.updated, "dateModified").or_else(|| from_meta(UPDATED));
    let published = from_json_ld(&json_ld.published, "datePublished")
        .or_else(|| from_meta(PUBLISHED))
        .map(|found| on_the_publishers_day(found, dom, url, month_first))
        .or_else(|| marked(dom, month_first))
        .or_else(|| in_url(url))
        .or_else(|| named(dom, month_first))
        .or_else(|| in_url(canonical(dom)))
        .or_else(|| date_line(dom, month_first))
        .or_else(|| updated.clone());
    Dates { published, updated }
}

/// A moment in UTC on the day that the page shows or has in its address, if that is the one before
/// or after: systems that write UTC for machines show readers the day where they are.
fn on_the_publishers_day(
    (found, origin): (Moment, String),
    dom: &Dom,
    url: Option<&str>,
    month_first: bool,
) -> (Moment, String) {
    let in_utc = found.at.as_deref().filter(|at| at.ends_with('Z') || at.ends_with("+00:00"));
    let hour: Option<u8> = in_utc.and_then(|at| at.get(11..13)?.parse().ok());
    // West of Greenwich it may be the day before until noon; in East Asia the next one from four.
    let neighbour = match hour {
        Some(0..12) => found.day.yesterday().ok(),
        Some(16..) => found.day.tomorrow().ok(),
        _ => return (found, origin),
    };
    let shown = in_url(url)
        .or_else(|| in_url(canonical(dom)))
        .or_else(|| named(dom, month_first))
        .or_else(|| date_line(dom, month_first));
    match shown {
        Some((shown, _)) if neighbour == Some(shown.day) => {
            (Moment { day: shown.day, ..found }, origin)
        }
        _ => (found, origin),
    }
}

/// `itemprop="datePublished"`, `<time pubdate>`, `<time datetime>`.
fn marked(dom: &Dom, month_first: bool) -> Option<(Moment, String)> {
    let read = |node: NodeId| {
        let machine = [Attribute::Datetime, Attribute::Content, Attribute::Title];
        machine.into_iter().find_map(|a| moment(dom.attribute(node, a)?, month_first)).or_else(
            || {
                let text = dom.text_inside(node);
                (text.len() < 80).then(|| moment(&text, month_first))?
            },
        )
    };
    let declared = |node: &NodeId| {
        let itemprop = dom.attribute(*node, Attribute::Itemprop).unwrap_or("");
        let property = dom.attribute(*node, Attribute::Property).unwrap_or("");
        itemprop == "datePublished"
            || itemprop == "dateCreated"
            || property.ends_with(":datePublished")
            || property.ends_with(":dateCreated")
            || property == "dc:date"
    };
    if let Some(found) = dom.all().filter(declared).find_map(read) {
        return Some((found, "itemprop datePublished".to_owned()));
    }
    let times: Vec<NodeId> =
        dom.all().filter(|&node| dom.tag(node) == Tag::Time).take(20).collect();
    let mut buffer = String::new();
    let mut best: Option<(u8, NodeId)> = None;
    for &node in &times {
        names(dom, node, &mut buffer);
        if buffer.contains("-updated-") || buffer.contains("-modified-") {
            continue;
        }
        let says = [
            "-published",
            "-pubdate-",
            "-entry-date-",
            "-post-date",
            "-date-published",
            "-dt-published",
        ];
        let around: Vec<Tag> = dom.ancestors(node).take(6).map(|a| dom.tag(a)).collect();
        let in_article =
            around.iter().any(|tag| matches!(tag, Tag::Article | Tag::Main | Tag::Header));
        let in_aside =
            around.iter().any(|tag| matches!(tag, Tag::Aside | Tag::Nav | Tag::Footer | Tag::List));
        let rank = if says.iter().any(|says| buffer.contains(says)) {
            3
        } else if in_aside {
            0
        } else if in_article {
            2
        } else {
            1
        };
        if best.is_none_or(|(most, _)| rank > most) && read(node).is_some() {
            best = Some((rank, node));
        }
    }
    let (_, node) = best.filter(|&(rank, _)| rank > 0 || times.len() == 1)?;
    Some((read(node)?, "time".to_owned()))
}

/// `abbr.published`, `span.date` and the like.
fn named(dom: &Dom, month_first: bool) -> Option<(Moment, String)> {
    let mut buffer = String::new();
    for node in dom.all() {
        use Tag::*;
        if !matches!(
            dom.tag(node),
            Span | P
                | Div
                | Other
                | Small
                | Li
                | Dd
                | TableCell
                | Italic
                | Bold
                | H2
                | H3
                | H4
                | H5
                | H6
                | A
                | Address
                | Section
                | Header
        ) {
            continue;
        }
        names(dom, node, &mut buffer);
        if !SAYS_DATE.iter().any(|says| buffer.contains(says)) {
            continue;
        }
        if dom.ancestors(node).take(8).any(|a| matches!(dom.tag(a), Aside | Nav | Footer)) {
            continue;
        }
        let text = match dom.attribute(node, Attribute::Title).filter(|title| title.len() < 40) {
            Some(title) if moment(title, month_first).is_some() => title.to_owned(),
            _ => dom.text_inside(node),
        };
        if text.chars().count() <= 150
            && let Some(found) = moment(&text, month_first)
        {
            return Some((found, "class".to_owned()));
        }
    }
    None
}

/// `/2026/01/23/`, `/2026-01-23-`, `/20260123`.
fn in_url(url: Option<&str>) -> Option<(Moment, String)> {
    let path = url?.split_once("://")?.1.split_once('/')?.1;
    let path = path.split(['?', '#']).next()?;
    let digits = path.find(|c: char| c.is_ascii_digit())?;
    let found = moment(&path[digits..], false)?;
    Some((Moment { at: None, ..found }, "url".to_owned()))
}

fn canonical(dom: &Dom) -> Option<&str> {
    let link = dom.all().find(|&node| {
        dom.tag(node) == Tag::Link && dom.attribute(node, Attribute::Rel) == Some("canonical")
    })?;
    dom.attribute(link, Attribute::Href)
}

/// The first short text outside links that has a date, or any that begins with one.
fn date_line(dom: &Dom, month_first: bool) -> Option<(Moment, String)> {
    let mut skip_to = NodeId::ROOT;
    for node in dom.all() {
        if node < skip_to {
            continue;
        }
        match dom.tag(node) {
            Tag::Script
            | Tag::Style
            | Tag::Head
            | Tag::Aside
            | Tag::Nav
            | Tag::Footer
            | Tag::Select
            | Tag::A => {
                skip_to = dom.end(node);
            }
            Tag::Text => {
                let text = dom.text(node).trim();
                let begins = text.len() >= 90 && text.starts_with(|c: char| c.is_ascii_digit());
                let read = if begins { &text[..text.floor_char_boundary(11)] } else { text };
                if (6..90).contains(&read.len())
                    && let Some(found) = moment(read, month_first)
                {
                    return Some((found, "text".to_owned()));
                }
            }
            _ => {}
        }
    }
    None
}
