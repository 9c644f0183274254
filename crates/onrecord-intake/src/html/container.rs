//! Finds the element that holds the article.
//!
//! **Finds**, in this order: what is named or declared an article's body, an article, the page's
//! main part; of several the one with the most prose, if it has enough of what the page has; else
//! the smallest element with nearly all prose.
//!
//! **Why it is believed.** Names are written for style sheets and are mostly right; prose is what
//! an article has most of. Neither alone is enough: front pages have many articles, and comments
//! are prose.
//!
//! **Known misses.** Articles shorter than the boxes around them on pages without names.

use crate::html::dom::{Attribute, Dom, NodeId};
use crate::html::names::{SAYS_ARTICLE, SAYS_BODY, SAYS_MAIN, Words, names};
use crate::html::removal::Prose;
use crate::html::tag::Tag;

/// So much of a page's prose has to be in what is named an article's body, an article, the main part.
const MIN_SHARES: [f32; 3] = [0.2, 0.4, 0.5];

/// And so much in the only body or article of a page.
const MIN_SHARES_ALONE: [f32; 2] = [0.1, 0.25];

/// And so many characters.
const MIN_PROSE: u32 = 80;

/// An element with this share of the prose around it holds all of the article.
const ALL: f32 = 0.9;

/// The element that holds the article's text.
pub(crate) fn container(dom: &Dom, removed: &[bool], prose: &Prose) -> NodeId {
    let mut candidates: [Vec<NodeId>; 3] = Default::default();
    let mut buffer = String::new();
    let mut node = NodeId::ROOT;
    let end = dom.end(NodeId::ROOT);
    while node < end {
        if removed[node.index()] {
            node = dom.end(node);
            continue;
        }
        if let Some(level) = level(dom, node, &mut buffer) {
            // Outermost only: prose says which of two that nest is meant.
            candidates[level].push(node);
        }
        node = NodeId::new(node.index() + 1);
    }
    let total = prose.total() as f32;
    for (level, candidates) in candidates.iter().enumerate() {
        let Some(node) = best(dom, prose, candidates) else { continue };
        // One article on a page is the page's, however much is written below it.
        let outermost = outermost(dom, candidates);
        let alone = level < 2 && outermost.len() == 1;
        let min_share = if alone { MIN_SHARES_ALONE[level] } else { MIN_SHARES[level] };
        let n_prose = prose.inside(dom, node);
        if n_prose >= MIN_PROSE && n_prose as f32 >= min_share * total {
            return node;
        }
    }
    descend(dom, removed, prose, NodeId::ROOT)
}

/// Which of the three sorts an element is.
fn level(dom: &Dom, node: NodeId, buffer: &mut String) -> Option<usize> {
    use Tag::*;
    let tag = dom.tag(node);
    if !matches!(tag, Article | Div | Main | Section | TableCell | Other | Span) {
        return None;
    }
    let itemprop = dom.attribute(node, Attribute::Itemprop).unwrap_or("");
    if itemprop.split_ascii_whitespace().any(|p| p == "articleBody") {
        return Some(0);
    }
    names(dom, node, buffer);
    let says = |words: &Words| words.are_in(buffer);
    if says(&SAYS_BODY) {
        Some(0)
    } else if tag == Article || says(&SAYS_ARTICLE) {
        Some(1)
    } else if tag == Main || says(&SAYS_MAIN) {
        Some(2)
    } else {
        None
    }
}

/// The candidate with the most prose; the innermost of those that have nearly as much. What is
/// around several instead, if an article's parts stand in it side by side and little else does.
fn best(dom: &Dom, prose: &Prose, candidates: &[NodeId]) -> Option<NodeId> {
    let inside = |node: NodeId| prose.inside(dom, node);
    let most = candidates.iter().map(|&node| inside(node)).max()?;
    let first = candidates.iter().copied().find(|&node| inside(node) == most)?;
    let best = candidates
        .iter()
        .copied()
        .filter(|&node| first <= node && dom.end(node) <= dom.end(first))
        .rfind(|&node| inside(node) as f32 >= ALL * most as f32)?;
    let outermost = outermost(dom, candidates);
    let parts: Vec<NodeId> = outermost.into_iter().filter(|&node| inside(node) > 0).collect();
    let n_together: u32 = parts.iter().map(|&node| inside(node)).sum();
    if parts.len() < 2 || (n_together as f32) < 1.2 * inside(best) as f32 {
        return Some(best);
    }
    let last = *parts.last()?;
    let around = dom.ancestors(parts[0]).find(|&node| last < dom.end(node))?;
    let is_whole = dom.tag(around) != Tag::Body && dom.tag(around) != Tag::Html;
    let mostly = n_together as f32 >= 0.7 * inside(around) as f32;
    Some(if is_whole && mostly { around } else { best })
}

/// Those that are inside no other.
fn outermost(dom: &Dom, candidates: &[NodeId]) -> Vec<NodeId> {
    let mut end = NodeId::ROOT;
    let mut found = Vec::new();
    for &node in candidates {
        if node >= end {
            found.push(node);
            end = dom.end(node);
        }
    }
    found
}

/// The smallest element inside `node` that holds nearly all of its prose.
fn descend(dom: &Dom, removed: &[bool], prose: &Prose, mut node: NodeId) -> NodeId {
    loop {
        let all = prose.inside(dom, node) as f32;
        let inner = dom.children(node).find(|&child| {
            let holds = matches!(dom.tag(child), tag if tag.is_block() && tag != Tag::P && tag != Tag::Blockquote);
            let holds = holds || dom.tag(child) == Tag::Other || dom.tag(child) == Tag::Span;
            holds && !removed[child.index()] && prose.inside(dom, child) as f32 >= ALL * all
        });
        match inner {
            Some(inner) if all > 0.0 => node = inner,
            _ => return node,
        }
    }
}
