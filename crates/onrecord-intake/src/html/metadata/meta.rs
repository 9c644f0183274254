//! The meta tags of a page.

use crate::html::dom::{Attribute, Dom};
use crate::html::tag::Tag;
use crate::html::text::{decoded_again, line};

/// Names (lower case) and contents, in the page's order.
pub(crate) struct Meta(Vec<(String, String)>);

/// More meta tags than this are not read.
const MAX_TAGS: usize = 400;

impl Meta {
    pub(crate) fn of(dom: &Dom) -> Meta {
        let mut tags = Vec::new();
        for node in dom.all().filter(|&node| dom.tag(node) == Tag::Meta).take(MAX_TAGS) {
            let Some(content) = dom.attribute(node, Attribute::Content) else { continue };
            let content = line(&decoded_again(content));
            if content.is_empty() {
                continue;
            }
            let named =
                [Attribute::Property, Attribute::Name, Attribute::Itemprop, Attribute::HttpEquiv];
            for name in named.into_iter().filter_map(|name| dom.attribute(node, name)) {
                tags.push((name.trim().to_lowercase(), content.clone()));
            }
        }
        Meta(tags)
    }

    /// The contents under these names, by the order of the names.
    pub(crate) fn all<'a>(
        &'a self,
        names: &'a [&'static str],
    ) -> impl Iterator<Item = (&'static str, &'a str)> + 'a {
        names.iter().flat_map(|&name| {
            let named = self.0.iter().filter(move |(found, _)| found == name);
            named.map(move |(_, content)| (name, content.as_str()))
        })
    }
}
