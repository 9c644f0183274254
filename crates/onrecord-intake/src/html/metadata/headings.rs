//! A page's headings that may be its headline.

use crate::html::dom::{Attribute, Dom, NodeId};
use crate::html::names::names;
use crate::html::removal::is_unseen;
use crate::html::tag::Tag;
use crate::html::text::{letters, line};

/// Longer headings are no headlines, in characters.
const MAX_TITLE: usize = 400;

/// The headings of a page, the most likely sort first.
pub(crate) struct Headings {
    pub(crate) headings: Vec<Heading>,
    /// The site's name, where a heading is nothing but a link to its first page.
    pub(crate) site: Option<String>,
}

/// A heading.
pub(crate) struct Heading {
    /// Where it was found.
    pub(crate) origin: &'static str,
    /// What is between tags.
    pieces: Vec<Piece>,
}

/// Characters between two tags.
struct Piece {
    text: String,
    sort: Sort,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Of the headline, as far as tags say.
    Seen,
    /// Of the line above or below it.
    Kicker,
    /// Not shown, but read aloud.
    Unseen,
}

/// Words in names of what stands in a heading and is no headline.
const KICKERS: &[&str] = &[
    "-kicker",
    "-overline",
    "-topline",
    "-toptitle",
    "-dachzeile",
    "-roofline",
    "-pretitle",
    "-spitzmarke",
    "-eyebrow",
    "-supertitle",
    "-subtitle-",
    "-sub-heading-",
    "-subheading-",
    "-tagline",
];

/// Words in names of what only machines read aloud.
const UNSEEN: &[&str] = &[
    "-visually-hidden-",
    "-visuallyhidden-",
    "-sr-only-",
    "-screen-reader-text-",
    "-element-invisible-",
    "-invisible-",
    "-aural-",
];

/// Words in names of the site's name.
const SITES: &[&str] = &["-site-title", "-site-name", "-blog-title-", "-sitename-"];

/// Looks for headings.
pub(crate) fn headings(dom: &Dom) -> Headings {
    let mut sorts: [Vec<NodeId>; 3] = Default::default();
    let mut site = None;
    let mut buffer = String::new();
    let mut skip_to = NodeId::ROOT;
    for node in dom.all() {
        if node < skip_to {
            continue;
        }
        match dom.tag(node) {
            Tag::Head | Tag::Body | Tag::Html | Tag::Document | Tag::Text => continue,
            _ if is_unseen(dom, node) => skip_to = dom.end(node),
            _ if is_headline(dom, node) => sorts[0].push(node),
            Tag::H1 | Tag::H2 => {
                names(dom, node, &mut buffer);
                let is_named = SITES.iter().any(|name| buffer.contains(name));
                if dom.end(node).index() - node.index() < 50
                    && (is_named || is_link_home(dom, node))
                {
                    let name = dom.text_inside(node);
                    site = site.or((!name.is_empty()).then_some(name));
                    continue;
                }
                sorts[if dom.tag(node) == Tag::H1 { 1 } else { 2 }].push(node);
            }
            _ => {}
        }
    }
    let mut headings = Vec::new();
    let [declared, first, second] = sorts;
    for (origin, nodes, most) in
        [("itemprop headline", declared, 3), ("h1", first, 8), ("h2", second, 8)]
    {
        for node in nodes.into_iter().take(most) {
            let pieces = pieces(dom, node);
            let n_chars: usize = pieces.iter().map(|piece| piece.text.len()).sum();
            if n_chars <= 4 * MAX_TITLE {
                headings.push(Heading { origin, pieces });
            }
        }
    }
    Headings { headings, site }
}

impl Heading {
    /// Whether it is of level one, or declared the headline.
    pub(crate) fn is_first(&self) -> bool {
        self.origin != "h2"
    }

    /// The headline in it, which may be empty. `others` are the letters of the page's other titles.
    ///
    /// Kickers go, as far as they are named, cut off from the headline by a sign that is not seen, or
    /// missing from another title that is all of the rest.
    pub(crate) fn text(&self, others: &[String]) -> String {
        let has_letters = |piece: &Piece| piece.text.chars().any(char::is_alphanumeric);
        let sign = self.pieces.iter().rposition(|piece| {
            piece.sort == Sort::Unseen && !has_letters(piece) && !piece.text.trim().is_empty()
        });
        let after_sign = sign.map(|sign| &self.pieces[sign + 1..]);
        let is_headline = |piece: &Piece| piece.sort == Sort::Seen && has_letters(piece);
        let pieces = after_sign.filter(|pieces| pieces.iter().any(is_headline));
        let pieces: Vec<&str> = pieces
            .unwrap_or(&self.pieces)
            .iter()
            .filter(|piece| piece.sort == Sort::Seen)
            .map(|piece| piece.text.as_str())
            .collect();
        let text = trimmed(&pieces.concat());
        if text.chars().count() > MAX_TITLE {
            return String::new();
        }
        let is_other = |part: &String| {
            let part = letters(part);
            part.chars().count() >= 10 && others.contains(&part)
        };
        let at_tags = (1..pieces.len()).map(|at| trimmed(&pieces[at..].concat()));
        let at_signs = [" | ", " / "].into_iter().filter_map(|sign| {
            let (_, after) = text.split_once(sign)?;
            Some(trimmed(after))
        });
        let part = at_tags.chain(at_signs).find(is_other);
        part.unwrap_or(text)
    }
}

/// What is between the tags of a heading.
fn pieces(dom: &Dom, node: NodeId) -> Vec<Piece> {
    let mut buffer = String::new();
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut sort, mut sort_end) = (Sort::Seen, node);
    for inner in dom.subtree(node).skip(1) {
        if inner >= sort_end {
            sort = Sort::Seen;
        }
        let tag = dom.tag(inner);
        if tag == Tag::Text {
            if !matches!(dom.tag(dom.parent(inner)), Tag::Script | Tag::Style) {
                pieces.push(Piece { text: dom.text(inner).to_owned(), sort });
            }
            continue;
        }
        if (tag.is_block() || tag == Tag::Br)
            && let Some(last) = pieces.last_mut()
        {
            last.text.push(' ');
        }
        if sort == Sort::Seen {
            names(dom, inner, &mut buffer);
            let says = |names: &[&str]| names.iter().any(|name| buffer.contains(name));
            sort = match () {
                () if is_unseen(dom, inner) || says(UNSEEN) => Sort::Unseen,
                () if tag == Tag::Small || says(KICKERS) => Sort::Kicker,
                () => continue,
            };
            sort_end = dom.end(inner);
        }
    }
    // What is all of a heading is its headline, whatever it is called.
    if !pieces.iter().any(|p| p.sort == Sort::Seen && p.text.chars().any(char::is_alphanumeric)) {
        for piece in &mut pieces {
            piece.sort = Sort::Seen;
        }
    }
    pieces
}

/// Whether all of a heading is a link to the first page of its site.
fn is_link_home(dom: &Dom, node: NodeId) -> bool {
    let mut links = dom.subtree(node).filter(|&inner| dom.tag(inner) == Tag::A);
    let Some(link) = links.next() else { return false };
    let outside = |inner: NodeId| inner < link || inner >= dom.end(link);
    let all_inside =
        dom.subtree(node).all(|inner| dom.text(inner).trim().is_empty() || !outside(inner));
    let href = dom.attribute(link, Attribute::Href).unwrap_or_default().trim();
    let rel = dom.attribute(link, Attribute::Rel).unwrap_or_default();
    all_inside && (rel.eq_ignore_ascii_case("home") || is_home(href))
}

fn is_home(href: &str) -> bool {
    let path = match href.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        // `.` is the page itself where its address ends in a slash.
        None if matches!(href, "" | "." | "./") || href.starts_with('#') => return false,
        None => href.trim_start_matches(['.', '/']),
    };
    let index = ["", "index.html", "index.htm", "index.php", "home", "home/"];
    index.contains(&path)
}

fn is_headline(dom: &Dom, node: NodeId) -> bool {
    let itemprop = dom.attribute(node, Attribute::Itemprop).unwrap_or("");
    itemprop == "headline" && dom.tag(node) != Tag::Meta
}

/// One line without signs that joined it to what was cut off.
fn trimmed(text: &str) -> String {
    let text = line(text);
    let is_sign =
        |c: char| c.is_whitespace() || matches!(c, ':' | '|' | '/' | '–' | '—' | '-' | '•' | '·');
    text.trim_matches(is_sign).to_owned()
}
