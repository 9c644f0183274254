//! A page's headline.
//!
//! **Finds** the heading that is most of the page's title or of its meta tags; else the only heading
//! of level one, the headline of the structured data, the title in meta tags, and `<title>`, all
//! without the outlet's name at an end.
//!
//! **Why it is believed.** What readers see above the article is the headline as it was set;
//! meta tags are often written for search engines, or cut.
//!
//! **Known misses.** Pages that set a kicker into the heading.

use crate::html::dom::{Attribute, Dom, NodeId};
use crate::html::metadata::json_ld::JsonLd;
use crate::html::metadata::meta::Meta;
use crate::html::names::names;
use crate::html::removal::is_unseen;
use crate::html::tag::Tag;
use crate::html::text::line;

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

/// Longer headings are none, in characters.
const MAX_TITLE: usize = 400;

/// The title, and where it was found.
pub(crate) fn title(
    dom: &Dom,
    meta: &Meta,
    json_ld: &JsonLd,
    outlet: Option<&str>,
) -> Option<(String, String)> {
    let page_title = page_title(dom);
    let in_meta: Vec<(&str, String)> = meta
        .all(NAMES)
        .map(|(name, content)| (name, without_outlet(content, outlet)))
        .filter(|(_, title)| !title.is_empty() && outlet != Some(title))
        .collect();
    let mut others: Vec<String> = in_meta.iter().map(|(_, title)| letters(title)).collect();
    others.extend(page_title.as_deref().map(letters));
    others.extend(json_ld.headline.as_deref().map(letters));
    let headings = headings(dom);
    // The heading that is most of one of the others; a blog's name is the lesser part of a title.
    let share = |heading: &str| {
        let heading = letters(heading);
        if heading.chars().count() < 4 || is_outlet(&heading, outlet) {
            return 0.0;
        }
        let of = others.iter().filter(|other| other.contains(&heading));
        of.map(|other| heading.len() as f32 / other.len() as f32).fold(0.0, f32::max)
    };
    let mut agreed: Option<(f32, &(&str, String))> = None;
    for heading in &headings {
        let share = share(&heading.1);
        if share >= MIN_AGREED && agreed.is_none_or(|(most, _)| share > most + 0.05) {
            agreed = Some((share, heading));
        }
    }
    if let Some((_, (tag, heading))) = agreed {
        return Some((heading.clone(), (*tag).to_owned()));
    }
    let only: Vec<_> = headings.iter().filter(|(tag, _)| *tag == "h1").collect();
    if let [(_, heading)] = only[..]
        && !is_outlet(&letters(heading), outlet)
    {
        return Some((heading.clone(), "h1".to_owned()));
    }
    if let Some(headline) =
        json_ld.headline.as_deref().filter(|h| !h.ends_with("...") && !h.ends_with('…'))
    {
        let headline = without_outlet(headline, outlet);
        return Some((headline, "json-ld headline".to_owned()));
    }
    if let Some((name, title)) = in_meta.into_iter().next() {
        return Some((title, format!("meta {name}")));
    }
    if let Some(page_title) = page_title {
        let title = longest_part(&page_title, outlet);
        return Some((title, "title".to_owned()));
    }
    headings.into_iter().next().map(|(tag, heading)| (heading, tag.to_owned()))
}

/// The text of the first `<title>` outside drawings.
fn page_title(dom: &Dom) -> Option<String> {
    let in_drawing = |node: NodeId| dom.ancestors(node).any(|a| dom.tag(a) == Tag::Svg);
    let node = dom.all().find(|&node| dom.tag(node) == Tag::Title && !in_drawing(node))?;
    let title = dom.text_inside(node);
    (!title.is_empty()).then_some(title)
}

/// Headings that may be the headline, the most likely sort first.
fn headings(dom: &Dom) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut sorts: [Vec<NodeId>; 3] = Default::default();
    let mut skip_to = NodeId::ROOT;
    for node in dom.all() {
        if node < skip_to {
            continue;
        }
        match dom.tag(node) {
            Tag::Head | Tag::Body | Tag::Html | Tag::Document | Tag::Text => continue,
            _ if is_unseen(dom, node) => skip_to = dom.end(node),
            _ if is_headline(dom, node) => sorts[0].push(node),
            Tag::H1 => sorts[1].push(node),
            Tag::H2 => sorts[2].push(node),
            _ => {}
        }
    }
    let [declared, first, second] = sorts;
    for (tag, nodes, most) in
        [("itemprop headline", declared, 3), ("h1", first, 8), ("h2", second, 8)]
    {
        for node in nodes.into_iter().take(most) {
            let text = heading_text(dom, node);
            if !text.is_empty() && text.chars().count() <= MAX_TITLE {
                found.push((tag, text));
            }
        }
    }
    found
}

/// The text of a heading without the kicker inside.
fn heading_text(dom: &Dom, node: NodeId) -> String {
    const KICKERS: &[&str] = &[
        "-kicker",
        "-overline",
        "-topline",
        "-dachzeile",
        "-roofline",
        "-pretitle",
        "-spitzmarke",
        "-eyebrow",
        "-supertitle",
        "-subtitle-",
        "-tagline",
    ];
    let mut buffer = String::new();
    let mut out = String::new();
    let mut skip_to = node;
    for inner in dom.subtree(node) {
        if inner < skip_to {
            continue;
        }
        if inner != node && dom.tag(inner) != Tag::Text {
            names(dom, inner, &mut buffer);
            if KICKERS.iter().any(|kicker| buffer.contains(kicker)) {
                skip_to = dom.end(inner);
            }
        }
        if dom.tag(inner).is_block() || dom.tag(inner) == Tag::Br {
            out.push(' ');
        }
        out += dom.text(inner);
    }
    line(&out)
}

fn is_headline(dom: &Dom, node: NodeId) -> bool {
    let itemprop = dom.attribute(node, Attribute::Itemprop).unwrap_or("");
    itemprop == "headline" && dom.tag(node) != Tag::Meta
}

/// Signs between a headline and the outlet's name.
#[rustfmt::skip] // a vertical list of words says no more
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " • ", " · ", " « ", " » ", " :: ", " / ", " ‹ ", " › ", " ~ ",
    " : ", " │ ", " – ", " ← ", " → ", " ▸ ", ": ", "|",
];

/// Cuts the outlet's name off, and what stands after it.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let title = line(title);
    // A bar separates headline, section and outlet, and stands in no headline.
    if title.contains(['|', '│']) {
        let parts: Vec<&str> = title.split(['|', '│']).map(str::trim).collect();
        let longest = parts.into_iter().rev().max_by_key(|part| part.chars().count());
        let longest = longest.unwrap_or_default().to_owned();
        return without_outlet(&longest, outlet);
    }
    let Some(outlet) = outlet.map(letters).filter(|outlet| !outlet.is_empty()) else {
        return title;
    };
    for separator in SEPARATORS {
        if let Some((head, tail)) = title.rsplit_once(separator)
            && is_same(&letters(tail), &outlet)
            && !head.trim().is_empty()
        {
            return head.trim().to_owned();
        }
        if let Some((head, tail)) = title.split_once(separator)
            && letters(head) == outlet
            && !tail.trim().is_empty()
        {
            return tail.trim().to_owned();
        }
    }
    title
}

/// The longest part between separators: outlets and sections have short names.
fn longest_part(title: &str, outlet: Option<&str>) -> String {
    let cut = without_outlet(title, outlet);
    if cut != title {
        return cut;
    }
    for separator in &SEPARATORS[..SEPARATORS.len() - 2] {
        if title.contains(separator) {
            let parts: Vec<&str> = title.split(separator).map(str::trim).collect();
            let longest = parts.into_iter().rev().max_by_key(|part| part.chars().count());
            return longest.unwrap_or(title).to_owned();
        }
    }
    title.to_owned()
}

fn is_outlet(letters: &str, outlet: Option<&str>) -> bool {
    outlet.is_some_and(|outlet| self::letters(outlet) == letters)
}

fn is_same(a: &str, b: &str) -> bool {
    a == b || (a.len() > 3 && b.starts_with(a)) || (b.len() > 3 && a.starts_with(b))
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
