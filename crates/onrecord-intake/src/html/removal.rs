//! Marks what is no part of an article wherever it stands: scripts, what is hidden, navigation,
//! and elements whose names say so.
//!
//! **Why it is believed.** Publishers name the boxes around an article for their style sheets.
//! **Known misses.** Names that say nothing (`css-1x8fk2`), and names that lie; against the
//! latter, an element with much of the page's prose is never removed for its name.

use crate::html::dom::{Attribute, Dom, NodeId};
use crate::html::names::{SAYS_BOILERPLATE, SAYS_COMMENTS, SAYS_LEAD, SAYS_NOT_BOILERPLATE, names};
use crate::html::segments::segments;
use crate::html::tag::Tag;

/// An element with more than this share of the prose is not removed for its name.
const MAX_SHARE: f32 = 0.3;

/// Of comments it takes more, as they outgrow articles.
const MAX_COMMENT_SHARE: f32 = 0.9;

/// How many characters of prose stand before each node.
pub(crate) struct Prose(Vec<u32>);

impl Prose {
    /// Counts the prose that is not removed.
    pub(crate) fn count(dom: &Dom, removed: &[bool]) -> Prose {
        let mut before = vec![0u32; dom.len() + 1];
        for segment in segments(dom, NodeId::ROOT, removed) {
            if segment.is_prose() {
                let n_own = segment.n_chars - segment.n_linked.min(segment.n_chars);
                before[segment.first.index() + 1] += n_own as u32;
            }
        }
        let mut sum = 0;
        for n in &mut before {
            sum += *n;
            *n = sum;
        }
        Prose(before)
    }

    /// Characters of prose inside a node.
    pub(crate) fn inside(&self, dom: &Dom, node: NodeId) -> u32 {
        self.0[dom.end(node).index()] - self.0[node.index()]
    }

    /// Characters of prose on the page.
    pub(crate) fn total(&self) -> u32 {
        self.0[self.0.len() - 1]
    }
}

/// Marks what is never text and what nobody sees.
pub(crate) fn unseen(dom: &Dom) -> Vec<bool> {
    let mut removed = vec![false; dom.len()];
    for node in dom.all() {
        removed[node.index()] = is_unseen(dom, node);
    }
    removed
}

/// Marks what the page's structure and names say is no article, besides what is removed already.
pub(crate) fn boilerplate(dom: &Dom, removed: &[bool], prose: &Prose) -> Vec<bool> {
    let mut removed = removed.to_vec();
    let total = prose.total().max(1) as f32;
    let mut buffer = String::new();
    let mut node = NodeId::ROOT;
    let end = dom.end(NodeId::ROOT);
    while node < end {
        let next = NodeId::new(node.index() + 1);
        let tag = dom.tag(node);
        if removed[node.index()] || matches!(tag, Tag::Text | Tag::Html | Tag::Body | Tag::Document)
        {
            node = if removed[node.index()] { dom.end(node) } else { next };
            continue;
        }
        names(dom, node, &mut buffer);
        let share = prose.inside(dom, node) as f32 / total;
        let is_named = SAYS_BOILERPLATE.are_in(&buffer) && !SAYS_NOT_BOILERPLATE.are_in(&buffer);
        let is_named = is_named && !is_kept_paragraph(dom, node, &buffer, prose);
        let goes = (is_boilerplate_tag(dom, node) && share < 0.5)
            || (is_named && share < MAX_SHARE && !is_kept_inline(dom, node))
            || (is_named && share < MAX_COMMENT_SHARE && SAYS_COMMENTS.are_in(&buffer));
        if goes {
            removed[node.index()] = true;
            node = dom.end(node);
        } else {
            node = next;
        }
    }
    removed
}

fn is_boilerplate_tag(dom: &Dom, node: NodeId) -> bool {
    use Tag::*;
    match dom.tag(node) {
        Nav | Aside | Footer | Figcaption | Figure | Picture | Select | Fieldset | Form
        | Caption => true,
        Header => {
            // Of the page, not of the article.
            let holds_headline = dom.subtree(node).any(|inner| dom.tag(inner) == H1);
            !holds_headline && !dom.ancestors(node).any(|a| matches!(dom.tag(a), Article | Main))
        }
        _ => matches!(
            dom.attribute(node, Attribute::Role),
            Some("navigation" | "complementary" | "contentinfo" | "banner" | "search" | "dialog")
        ),
    }
}

/// A paragraph of prose whose class styles it (`<p class="readmore-hidden">`), and what leads into
/// an article.
fn is_kept_paragraph(dom: &Dom, node: NodeId, names: &str, prose: &Prose) -> bool {
    const NEVER: [&str; 7] =
        ["-caption", "-credit", "-comment", "-bio-", "-copyright", "-disclaimer", "-author-"];
    if NEVER.iter().any(|name| names.contains(name)) {
        return false;
    }
    let declared = dom.attribute(node, Attribute::Itemprop) == Some("description");
    let is_lead = declared || SAYS_LEAD.are_in(names);
    is_lead || (dom.tag(node) == Tag::P && prose.inside(dom, node) >= 150)
}

/// Links, bold words and the like stand in sentences, whatever their names.
fn is_kept_inline(dom: &Dom, node: NodeId) -> bool {
    let inline = matches!(dom.tag(node), Tag::A | Tag::Bold | Tag::Italic | Tag::Cite | Tag::Code);
    inline && dom.tag(dom.parent(node)) == Tag::P
}

/// Whether an element is never text, or hidden.
pub(crate) fn is_unseen(dom: &Dom, node: NodeId) -> bool {
    use Tag::*;
    match dom.tag(node) {
        Text => return false,
        Head | Script | Style | Noscript | Template | Iframe | Svg | Button | Input | Textarea
        | Media | Option | Title | Img | Link | Meta | Rt => return true,
        _ => {}
    }
    if dom.attribute(node, Attribute::Hidden).is_some() {
        return true;
    }
    if dom.attribute(node, Attribute::AriaHidden) == Some("true") {
        return true;
    }
    dom.attribute(node, Attribute::Style).is_some_and(|style| {
        let style: String = style
            .chars()
            .filter(|c| !c.is_whitespace())
            .take(400)
            .collect::<String>()
            .to_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}
