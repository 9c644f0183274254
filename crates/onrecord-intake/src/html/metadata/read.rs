//! All fields of a page.

use jiff::civil::Date;
use onrecord_record::Article;

use crate::html::dom::{Attribute, Dom};
use crate::html::metadata::authors::authors;
use crate::html::metadata::dates::dates;
use crate::html::metadata::json_ld::JsonLd;
use crate::html::metadata::meta::Meta;
use crate::html::metadata::outlet::outlet;
use crate::html::metadata::title::title;
use crate::html::tag::Tag;
use crate::html::text::line;
use crate::language::language;

/// What a page says about its article.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) canonical_url: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) published_at: Option<String>,
    pub(crate) updated: Option<Date>,
    /// What the page declares, to be asked where the text does not tell.
    declared_language: Option<String>,
    origins: Vec<(&'static str, String)>,
}

/// Reads the fields. `url` is the address that the page came from.
pub(crate) fn metadata(dom: &Dom, json_ld: &JsonLd, url: Option<&str>) -> Metadata {
    let meta = Meta::of(dom);
    let mut found =
        Metadata { declared_language: declared_language(dom, &meta), ..Metadata::default() };
    let outlet = outlet(&meta, json_ld);
    let name = outlet.as_ref().map(|(name, _)| name.as_str());
    if let Some((title, origin)) = title(dom, &meta, json_ld, name, url) {
        found.title = Some(title);
        found.origins.push(("title", origin));
    }
    if let Some((authors, origin)) = authors(dom, &meta, json_ld, name, found.title.as_deref(), url)
    {
        found.authors = authors;
        found.origins.push(("authors", origin));
    }
    if let Some((outlet, origin)) = outlet {
        found.outlet = Some(outlet);
        found.origins.push(("outlet", origin));
    }
    if let Some((url, origin)) = canonical_url(dom, &meta) {
        found.canonical_url = Some(url);
        found.origins.push(("canonical_url", origin));
    }
    if let Some((section, origin)) = section(&meta, json_ld) {
        found.section = Some(section);
        found.origins.push(("section", origin));
    }
    let month_first =
        found.declared_language.as_deref().is_some_and(|l| l.eq_ignore_ascii_case("en-us"));
    let dates = dates(dom, &meta, json_ld, url, month_first);
    if let Some((moment, origin)) = dates.published {
        found.published = Some(moment.day);
        found.origins.push(("published", origin.clone()));
        if let Some(at) = moment.at {
            found.published_at = Some(at);
            found.origins.push(("published_at", origin));
        }
    }
    if let Some((moment, origin)) = dates.updated {
        found.updated = Some(moment.day);
        found.origins.push(("updated", origin));
    }
    found
}

impl Metadata {
    /// The article with this text.
    pub(crate) fn into_article(mut self, text: String, url: Option<&str>) -> Article {
        let detected = language(&text).map(|code| (code.to_owned(), "text"));
        let declared = self.declared_language.take().and_then(|declared| {
            let code = declared.split(['-', '_']).next()?.trim().to_ascii_lowercase();
            let is_code = code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase());
            is_code.then_some((code, "lang"))
        });
        let language = detected.or(declared);
        if let Some((_, origin)) = language {
            self.origins.push(("language", origin.to_owned()));
        }
        if url.is_some() {
            self.origins.push(("url", "given".to_owned()));
        }
        const ORDER: [&str; 10] = [
            "url",
            "title",
            "outlet",
            "authors",
            "canonical_url",
            "section",
            "published",
            "published_at",
            "updated",
            "language",
        ];
        self.origins.sort_by_key(|(field, _)| ORDER.iter().position(|name| name == field));
        Article {
            url: url.map(str::to_owned),
            title: self.title,
            outlet: self.outlet,
            authors: self.authors,
            canonical_url: self.canonical_url,
            section: self.section,
            published: self.published,
            published_at: self.published_at,
            updated: self.updated,
            language: language.map(|(code, _)| code),
            origins: self
                .origins
                .into_iter()
                .map(|(field, origin)| (field.to_owned(), origin))
                .collect(),
            ..Article::new(text)
        }
    }
}

fn declared_language(dom: &Dom, meta: &Meta) -> Option<String> {
    let html = dom.all().take(50).find(|&node| dom.tag(node) == Tag::Html);
    let lang = html.and_then(|node| dom.attribute(node, Attribute::Lang)).map(str::to_owned);
    let names = &["og:locale", "content-language", "dc.language", "language", "inlanguage"];
    lang.filter(|lang| !lang.trim().is_empty())
        .or_else(|| meta.all(names).next().map(|(_, content)| content.to_owned()))
}

fn canonical_url(dom: &Dom, meta: &Meta) -> Option<(String, String)> {
    let is_absolute = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    let link = dom.all().filter(|&node| dom.tag(node) == Tag::Link).find_map(|node| {
        let rel = dom.attribute(node, Attribute::Rel)?;
        rel.eq_ignore_ascii_case("canonical").then(|| dom.attribute(node, Attribute::Href))?
    });
    if let Some(url) = link.map(line).filter(|url| is_absolute(url)) {
        return Some((url, "link canonical".to_owned()));
    }
    let (name, url) = meta.all(&["og:url"]).find(|(_, url)| is_absolute(url))?;
    Some((url.to_owned(), format!("meta {name}")))
}

fn section(meta: &Meta, json_ld: &JsonLd) -> Option<(String, String)> {
    if let Some(section) = &json_ld.section {
        return Some((section.clone(), "json-ld articleSection".to_owned()));
    }
    let names = &[
        "article:section",
        "og:article:section",
        "parsely-section",
        "dc.subject",
        "section",
        "cxenseparse:category",
    ];
    let (name, section) =
        meta.all(names).find(|(_, s)| s.chars().count() <= 60 && !s.contains("://"))?;
    Some((section.to_owned(), format!("meta {name}")))
}
