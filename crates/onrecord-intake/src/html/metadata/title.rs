//! A page's headline.
//!
//! **Finds** the heading that is most of the page's title or of its meta tags; else the only heading
//! of level one, or one that shares most words with those; else the headline of the structured data,
//! the title in meta tags, and `<title>`, all without the outlet's name at an end.
//!
//! **Why it is believed.** What readers see above the article is the headline as it was set;
//! meta tags are often written for search engines, or cut.
//!
//! **Known misses.** Pages that set a kicker into the heading as if it were part of it; headlines
//! that no heading has and no tag names.

use crate::html::dom::{Dom, NodeId};
use crate::html::metadata::headings::{Heading, Headings, headings};
use crate::html::metadata::json_ld::JsonLd;
use crate::html::metadata::meta::Meta;
use crate::html::metadata::outlets::Outlets;
use crate::html::tag::Tag;
use crate::html::text::letters;

const NAMES: &[&str] = &[
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "headline",
    "title",
];

/// A heading has to be so much of another title to be believed.
const MIN_AGREED: f32 = 0.4;

/// So much better has a later heading to be than one before, in which sorts are ordered.
const MIN_BETTER: f32 = 0.1;

/// So many of a heading's words are in a title that says the same in another way.
const MIN_SHARED: f32 = 0.6;

/// The title, and where it was found.
pub(crate) fn title(
    dom: &Dom,
    meta: &Meta,
    json_ld: &JsonLd,
    outlet: Option<&str>,
    url: Option<&str>,
) -> Option<(String, String)> {
    let Headings { headings, site } = headings(dom);
    let outlets = Outlets::new([outlet, site.as_deref()], url);
    let page_title = page_title(dom);
    let in_meta: Vec<(&str, String)> = meta
        .all(NAMES)
        .map(|(name, content)| (name, outlets.cut_off(content)))
        .filter(|(_, title)| !title.is_empty() && !outlets.is_one(title))
        .collect();
    let in_json = json_ld.headline.as_deref().filter(|h| !h.ends_with("...") && !h.ends_with('…'));
    let in_json = in_json.map(|headline| outlets.cut_off(headline));
    let mut others: Vec<String> = in_meta.iter().map(|(_, title)| title.clone()).collect();
    others.extend(in_json.clone());
    others.extend(page_title.as_deref().map(|title| outlets.cut_off(title)));
    others.extend(page_title.clone());
    let others_letters: Vec<String> = others.iter().map(|title| letters(title)).collect();
    let texts = headings.into_iter().map(|heading| (heading.text(&others_letters), heading));
    let headings: Vec<(String, Heading)> =
        texts.filter(|(text, _)| !text.is_empty() && !outlets.is_one(text)).collect();
    let found = agreed(&headings, &others_letters).or_else(|| first(&headings, &others));
    if let Some((text, heading)) = found {
        return Some((text.clone(), heading.origin.to_owned()));
    }
    if let Some(headline) = in_json {
        return Some((headline, "json-ld headline".to_owned()));
    }
    if let Some((name, title)) = in_meta.into_iter().next() {
        return Some((title, format!("meta {name}")));
    }
    if let Some(page_title) = page_title {
        let title = outlets.longest_part(&page_title);
        return Some((title, "title".to_owned()));
    }
    headings.into_iter().next().map(|(text, heading)| (text, heading.origin.to_owned()))
}

/// The heading that is most of another title; a blog's name is the lesser part of one.
fn agreed<'a>(
    headings: &'a [(String, Heading)],
    others: &[String],
) -> Option<&'a (String, Heading)> {
    let mut best: Option<(f32, &(String, Heading))> = None;
    for found in headings {
        let share = share(&letters(&found.0), found.1.is_first(), others);
        if best.is_none_or(|(most, _)| share > most + MIN_BETTER) && share > 0.0 {
            best = Some((share, found));
        }
    }
    best.map(|(_, found)| found)
}

/// How much a heading is of another title, if it is enough.
fn share(heading: &str, is_first: bool, others: &[String]) -> f32 {
    if heading.chars().count() < 4 {
        return 0.0;
    }
    let share = |other: &String| {
        let part = heading.len() as f32 / other.len().max(1) as f32;
        if other.contains(heading) && part >= MIN_AGREED {
            return part;
        }
        // The headline goes on where the other title was cut.
        if is_first && heading.starts_with(other.as_str()) && 1.0 / part >= MIN_AGREED {
            return 1.0 / part;
        }
        0.0
    };
    others.iter().map(share).fold(0.0, f32::max)
}

/// The only heading of level one, or the one that says what another title says.
fn first<'a>(
    headings: &'a [(String, Heading)],
    others: &[String],
) -> Option<&'a (String, Heading)> {
    let mut first: Vec<_> = headings.iter().filter(|(_, heading)| heading.is_first()).collect();
    first.dedup_by(|a, b| a.0 == b.0);
    if let [heading] = first[..] {
        return Some(heading);
    }
    let is_alike = |text: &str| others.iter().any(|other| shared(text, other) >= MIN_SHARED);
    first.into_iter().find(|(text, _)| is_alike(text))
}

/// The share of a heading's words that are in another title.
fn shared(heading: &str, other: &str) -> f32 {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (heading, other) = (words(heading), words(other));
    if heading.len() < 3 {
        return 0.0;
    }
    heading.iter().filter(|word| other.contains(word)).count() as f32 / heading.len() as f32
}

/// The text of the first `<title>` outside drawings.
fn page_title(dom: &Dom) -> Option<String> {
    let in_drawing = |node: NodeId| dom.ancestors(node).any(|a| dom.tag(a) == Tag::Svg);
    let node = dom.all().find(|&node| dom.tag(node) == Tag::Title && !in_drawing(node))?;
    let title = dom.text_inside(node);
    (!title.is_empty()).then_some(title)
}
