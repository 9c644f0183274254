//! Which paragraphs of the part that holds the article are the article's.

use crate::html::dom::NodeId;
use crate::html::items::{are_of_a_live_blog, is_time_of_day};
use crate::html::phrases::{is_end, is_phrase};
use crate::html::segments::{Segment, ends_a_sentence};
use crate::html::text::letters;

/// A paragraph with more links than this is a list of links.
const MAX_LINKED: f32 = 0.7;

/// Lists and tables with more.
const MAX_LINKED_GROUP: f32 = 0.5;

/// The paragraphs that are the article's.
pub(crate) fn article(segments: Vec<Segment>, title: Option<&str>) -> Vec<Segment> {
    let mut kept = without_link_groups(segments);
    drop_title(&mut kept, title);
    cut_end(&mut kept);
    kept.retain(|segment| !is_links(segment) && !is_phrase(&segment.text));
    drop_fringes(&mut kept);
    kept
}

/// Cuts off what follows a line that says that the article is over.
fn cut_end(segments: &mut Vec<Segment>) {
    let n_prose: usize = segments.iter().filter(|s| s.is_prose()).map(|s| s.n_chars).sum();
    let mut n_before = 0;
    let end = segments.iter().position(|segment| {
        if segment.is_prose() {
            n_before += segment.n_chars;
        }
        // Not before half of the prose: the line may stand above a box in the middle.
        2 * n_before >= n_prose && n_before > 0 && !segment.is_prose() && is_end(&segment.text)
    });
    if let Some(end) = end {
        segments.truncate(end);
    }
}

/// Drops short lines before the first and after the last paragraph: by-lines, days, labels, credits.
fn drop_fringes(segments: &mut Vec<Segment>) {
    let is_live = are_of_a_live_blog(segments);
    let is_fringe = |segment: &Segment| {
        segment.n_chars < MAX_FRINGE
            && segment.list.is_none()
            && segment.table.is_none()
            && !segment.quoted
            && !ends_strictly(&segment.text)
    };
    if let Some(first) = segments.iter().position(Segment::is_prose) {
        let mut at = 0;
        segments.retain(|segment| {
            at += 1;
            let is_item = is_live && is_time_of_day(&segment.text);
            at > first || segment.tag.is_heading() || is_item || !is_fringe(segment)
        });
    }
    if let Some(last) = segments.iter().rposition(Segment::is_prose) {
        let mut n = segments.len();
        while n > last + 1 && (is_fringe(&segments[n - 1]) || segments[n - 1].tag.is_heading()) {
            n -= 1;
        }
        segments.truncate(n);
    }
}

/// Longer lines, in characters, are not labels.
const MAX_FRINGE: usize = 60;

/// Whether a text ends as a whole sentence does.
fn ends_strictly(text: &str) -> bool {
    ends_a_sentence(text) && !text.ends_with([':', ';'])
}

fn is_links(segment: &Segment) -> bool {
    let density = segment.link_density();
    if density > 0.9 {
        return !segment.quoted || segment.n_chars < 40;
    }
    density > MAX_LINKED && segment.n_chars < 200
}

/// Drops lists and tables made of links.
fn without_link_groups(segments: Vec<Segment>) -> Vec<Segment> {
    let mut kept: Vec<Segment> = Vec::with_capacity(segments.len());
    let mut from = 0;
    while from < segments.len() {
        let group = group(&segments[from]);
        let n = match group {
            None => 1,
            group => segments[from..].iter().take_while(|s| self::group(s) == group).count(),
        };
        let run = &segments[from..from + n];
        let n_chars: usize = run.iter().map(|s| s.n_chars).sum();
        let n_linked: usize = run.iter().map(|s| s.n_linked).sum();
        let linked = n_linked as f32 / n_chars.max(1) as f32;
        if group.is_none() || linked <= MAX_LINKED_GROUP {
            kept.extend_from_slice(run);
        }
        from += n;
    }
    kept
}

fn group(segment: &Segment) -> Option<NodeId> {
    segment.list.or(segment.table)
}

/// Drops the headline where it stands at the top: it is a field of its own. A title may have the
/// outlet's name around it, and a heading the kicker.
fn drop_title(segments: &mut Vec<Segment>, title: Option<&str>) {
    let title = title.map(letters).unwrap_or_default();
    let mut at = 0;
    segments.retain(|segment| {
        at += 1;
        if at > 5 || segment.is_prose() {
            return true;
        }
        let text = letters(&segment.text);
        let is_most = 5 * text.len() >= 2 * title.len();
        let is_title = is_most && title.contains(&text);
        let has_title = title.len() >= 15 && segment.tag.is_heading() && text.ends_with(&title);
        text.is_empty() || !(is_title || has_title)
    });
}
