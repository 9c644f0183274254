//! The lead that stands outside the element with the article's text.
//!
//! **Finds** between the headline and the text paragraphs of prose, and what is named or declared a
//! lead or summary.
//!
//! **Why it is believed.** Systems keep headline and lead in fields of their own and set them above
//! the body; readers take the lead for the first paragraph.
//!
//! **Known misses.** Leads above the headline.

use crate::html::dom::{Attribute, Dom, NodeId};
use crate::html::names::{SAYS_LEAD, names};
use crate::html::segments::{Segment, segments};
use crate::html::tag::Tag;

/// Longer paragraphs, in characters, are no leads.
const MAX_LEAD: usize = 900;

/// Shorter ones are subtitles, unless they are named leads.
const MIN_LEAD: usize = 60;

/// So far above the text is looked for the headline.
const MAX_UP: usize = 8;

/// The lead's paragraphs, at most three.
pub(crate) fn lead(dom: &Dom, inside: NodeId, removed: &[bool]) -> Vec<Segment> {
    let Some((headline, around)) = headline_before(dom, inside, removed) else { return Vec::new() };
    let mut buffer = String::new();
    let mut found: Vec<Segment> = segments(dom, around, removed)
        .into_iter()
        .filter(|segment| dom.end(headline) <= segment.first && segment.first < inside)
        .filter(|segment| {
            let named = dom.ancestors(segment.first).take(4).any(|node| {
                names(dom, node, &mut buffer);
                SAYS_LEAD.are_in(&buffer)
                    || dom.attribute(node, Attribute::Itemprop) == Some("description")
            });
            let long = segment.n_chars >= if named { MIN_LEAD / 2 } else { MIN_LEAD };
            long && segment.n_chars <= MAX_LEAD
                && segment.link_density() < 0.3
                && (named || segment.is_prose())
        })
        .take(3)
        .collect();
    for segment in &mut found {
        // A lead set as a heading has no text of its own below.
        segment.tag = Tag::P;
    }
    found
}

/// The last headline before the text, and the innermost element around both.
fn headline_before(dom: &Dom, inside: NodeId, removed: &[bool]) -> Option<(NodeId, NodeId)> {
    let around = dom.ancestors(inside).take(MAX_UP).find_map(|around| {
        let before = dom.subtree(around).take_while(|&node| node < inside);
        let headline = before.filter(|&node| dom.tag(node) == Tag::H1).last()?;
        Some((headline, around))
    });
    around.filter(|(headline, _)| !removed[headline.index()])
}
