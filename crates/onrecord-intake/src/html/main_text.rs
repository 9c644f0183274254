//! The article's text out of a page.

use crate::html::container::container;
use crate::html::dom::{Dom, NodeId};
use crate::html::filter;
use crate::html::lead::lead;
use crate::html::removal::{self, Prose};
use crate::html::segments::{Segment, segments};
use crate::html::text;
use crate::html::tree::parse;

/// Less text than this, in characters, and the page is read again with fewer scruples.
const MIN_TEXT: usize = 200;

/// The paragraphs of the article, joined by blank lines. Empty if there are none. `declared` is the
/// text in the page's structured data, in one part or several.
pub(crate) fn main_text(dom: &Dom, title: Option<&str>, declared: &[String]) -> String {
    let seen = seen_text(dom, title);
    let declared: Vec<String> =
        (declared.iter().map(|text| declared_text(text))).filter(|text| !text.is_empty()).collect();
    let declared = declared.join("\n\n");
    // Pages that scripts fill have their text in the structured data only.
    if declared.len() >= MIN_TEXT && declared.len() > 2 * seen.len() { declared } else { seen }
}

/// The text that readers see.
fn seen_text(dom: &Dom, title: Option<&str>) -> String {
    let unseen = removal::unseen(dom);
    let all = Prose::count(dom, &unseen);
    let removed = removal::boilerplate(dom, &unseen, &all);
    let prose = Prose::count(dom, &removed);
    let inside = container(dom, &removed, &prose);
    let text = join(&read(dom, inside, &removed, title));
    if text.len() >= MIN_TEXT {
        return text;
    }
    // Names took the article away, or there is hardly one.
    let inside = container(dom, &unseen, &all);
    let again = join(&read(dom, inside, &unseen, title));
    if again.len() > 2 * text.len() && again.len() >= MIN_TEXT {
        return again;
    }
    let body = join(&read(dom, NodeId::ROOT, &removed, title));
    if body.len() > 2 * text.len() { body } else { text }
}

fn read(dom: &Dom, inside: NodeId, removed: &[bool], title: Option<&str>) -> Vec<Segment> {
    let mut found = lead(dom, inside, removed);
    let body = filter::article(segments(dom, inside, removed), title);
    found.retain(|lead| body.iter().take(5).all(|segment| !segment.text.contains(&lead.text)));
    found.extend(body);
    found
}

/// The paragraphs of a text in structured data, which may be markup.
fn declared_text(text: &str) -> String {
    if text.contains("</p>") || text.contains("<p>") || text.contains("<br") {
        let dom = parse(text);
        let none = removal::unseen(&dom);
        return join(&segments(&dom, NodeId::ROOT, &none));
    }
    let paragraphs = text.split('\n').map(text::line).filter(|line| !line.is_empty());
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

fn join(segments: &[Segment]) -> String {
    let mut out = String::with_capacity(segments.iter().map(|s| s.text.len() + 2).sum());
    for segment in segments {
        if !out.is_empty() {
            out += "\n\n";
        }
        out += &segment.text;
    }
    out
}
