//! The structured data that publishers write for search engines: `<script type="application/ld+json">`.

use std::iter;

use serde_json::Value;

use crate::html::dom::{Attribute, Dom};
use crate::html::tag::Tag;
use crate::html::text::{decoded_again, line};

/// More than this, in bytes, is no description of a page.
const MAX_SCRIPT: usize = 2 << 20;

/// What a page's structured data says of its article.
#[derive(Debug, Default)]
pub(crate) struct JsonLd {
    pub(crate) headline: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) updated: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) section: Option<String>,
    /// The article's text; a live blog's items follow, each its headline and its text.
    pub(crate) body: Vec<String>,
}

/// Types that describe an article; the first that a page has is its own.
#[rustfmt::skip] // a vertical list of words says no more
const ARTICLES: &[&str] = &[
    "article", "newsarticle", "blogposting", "reportagenewsarticle", "opinionnewsarticle",
    "analysisnewsarticle", "backgroundnewsarticle", "askpublicnewsarticle", "reviewnewsarticle",
    "liveblogposting", "socialmediaposting", "discussionforumposting", "scholarlyarticle",
    "techarticle", "report", "satiricalarticle", "advertisercontentarticle",
];

/// Types that describe other works, read where no article is described.
const WORKS: &[&str] = &[
    "webpage",
    "creativework",
    "recipe",
    "review",
    "product",
    "videoobject",
    "podcastepisode",
    "blog",
];

impl JsonLd {
    pub(crate) fn of(dom: &Dom) -> JsonLd {
        let mut objects = Vec::new();
        for node in dom.all().filter(|&node| dom.tag(node) == Tag::Script) {
            let kind = dom.attribute(node, Attribute::Type).unwrap_or("");
            if !kind.trim().to_ascii_lowercase().starts_with("application/ld+json") {
                continue;
            }
            let text: String = dom.children(node).map(|text| dom.text(text)).collect();
            if text.len() <= MAX_SCRIPT
                && let Some(value) = lenient(&text)
            {
                collect(value, &mut objects);
            }
        }
        let mut found = JsonLd::default();
        for types in [ARTICLES, WORKS] {
            for object in objects.iter().filter(|object| is_a(object, types)) {
                found.fill(object, &objects, types == ARTICLES);
            }
        }
        if found.publisher.is_none() {
            let publisher = ["newsmediaorganization", "organization", "website"];
            found.publisher = (publisher.iter())
                .find_map(|kind| objects.iter().find(|object| is_a(object, &[kind])))
                .and_then(|object| text(&object["name"]));
        }
        found
    }

    /// Takes from an object what is not known yet.
    fn fill(&mut self, object: &Value, objects: &[Value], is_article: bool) {
        let fill = |field: &mut Option<String>, name: &str| {
            if field.is_none() {
                *field = text(&object[name]);
            }
        };
        fill(&mut self.published, "datePublished");
        fill(&mut self.updated, "dateModified");
        fill(&mut self.section, "articleSection");
        if is_article {
            fill(&mut self.headline, "headline");
            if self.body.is_empty() {
                self.body = body(object);
            }
        }
        if self.publisher.is_none() {
            self.publisher = people(&object["publisher"], objects).into_iter().next();
        }
        if self.authors.is_empty() {
            self.authors = people(&object["author"], objects);
        }
        if self.authors.is_empty() && is_article {
            self.authors = people(&object["creator"], objects);
        }
    }
}

/// Parses JSON as publishers write it: with raw line ends in strings and stray marks around it.
fn lenient(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let text = text.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>");
    let text = text.trim().trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&spaced).ok()
    })
}

/// All objects that may describe the page, outermost first.
fn collect(value: Value, objects: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| collect(value, objects)),
        Value::Object(mut object) => {
            let inner = ["@graph", "mainEntity", "mainEntityOfPage", "mainentity"];
            let inner: Vec<Value> = inner.iter().filter_map(|name| object.remove(*name)).collect();
            objects.push(Value::Object(object));
            inner.into_iter().for_each(|value| collect(value, objects));
        }
        _ => {}
    }
}

fn is_a(object: &Value, types: &[&str]) -> bool {
    let is = |kind: &Value| {
        let kind = kind.as_str().unwrap_or("").to_ascii_lowercase();
        types.contains(&kind.rsplit(['/', ':']).next().unwrap_or(""))
    };
    match &object["@type"] {
        Value::Array(kinds) => kinds.iter().any(is),
        kind => is(kind),
    }
}

/// A text, or the first of several.
fn text(value: &Value) -> Option<String> {
    let value = match value {
        Value::String(value) => line(&decoded_again(value)),
        Value::Array(values) => return values.iter().find_map(text),
        Value::Object(object) => return object.get("@value").and_then(text),
        _ => return None,
    };
    (!value.is_empty()).then_some(value)
}

/// The texts of an article and of its items, if it is a live blog.
fn body(object: &Value) -> Vec<String> {
    let items = match &object["liveBlogUpdate"] {
        Value::Array(items) => items.as_slice(),
        item => std::slice::from_ref(item),
    };
    let of_items = items.iter().flat_map(|item| [&item["headline"], &item["articleBody"]]);
    let texts = iter::once(&object["articleBody"]).chain(of_items).filter_map(Value::as_str);
    texts.map(|text| decoded_again(text).into_owned()).collect()
}

/// The names of persons or organisations: texts, objects, or references to objects.
fn people(value: &Value, objects: &[Value]) -> Vec<String> {
    match value {
        Value::String(_) => text(value).into_iter().collect(),
        Value::Array(values) => values.iter().flat_map(|value| people(value, objects)).collect(),
        Value::Object(object) => match object.get("name") {
            Some(Value::Array(names)) => names.iter().filter_map(text).collect(),
            Some(name) => text(name).into_iter().collect(),
            None => {
                let id = object.get("@id").and_then(Value::as_str);
                let named = objects.iter().find(|o| id.is_some() && o["@id"].as_str() == id);
                named.and_then(|object| text(&object["name"])).into_iter().collect()
            }
        },
        _ => Vec::new(),
    }
}
