//! Who published a page.

use crate::html::metadata::json_ld::JsonLd;
use crate::html::metadata::meta::Meta;

const NAMES: &[&str] = &[
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "article:publisher",
    "publisher",
    "copyright",
    "twitter:site",
    "apple-mobile-web-app-title",
];

/// The outlet, and where it was found.
pub(crate) fn outlet(meta: &Meta, json_ld: &JsonLd) -> Option<(String, String)> {
    let good = |name: &str| !name.contains("://") && !name.is_empty() && name.chars().count() <= 80;
    if let Some((name, content)) = meta.all(&NAMES[..1]).find(|(_, content)| good(content)) {
        return Some((content.to_owned(), format!("meta {name}")));
    }
    if let Some(publisher) = json_ld.publisher.as_deref().filter(|name| good(name)) {
        return Some((publisher.to_owned(), "json-ld publisher".to_owned()));
    }
    let (name, content) = meta.all(&NAMES[1..]).find(|(_, content)| good(content))?;
    Some((content.trim_start_matches(['@', '©', ' ']).to_owned(), format!("meta {name}")))
}
