//! Feeds.

use maud::{Escaper, PreEscaped, html};
use std::fmt::Write;

use crate::answer::{Entry, Feed};
use crate::asked::Asked;
use crate::medium::Medium;

/// When an article without a day was published, for readers that want a moment.
const NEVER: &str = "1970-01-01";

/// A feed as Atom (RFC 4287). Moments are the beginnings of days, as the record knows no more.
pub(crate) fn atom(asked: &Asked, feed: &Feed) -> String {
    let here = format!("{}{}", asked.origin, asked.as_medium(Medium::Atom));
    let page = format!("{}{}", asked.origin, asked.here(&asked.query));
    let moment = |day: Option<&str>| format!("{}T00:00:00Z", day.unwrap_or(NEVER));
    let newest = feed.entries.iter().filter_map(|entry| entry.day.as_deref()).max();
    let entry = |entry: &Entry| {
        html! {
            entry {
                id { "urn:onrecord:" (text(&entry.id)) }
                title { (text(&entry.title)) }
                updated { (moment(entry.day.as_deref())) }
                author { name { (text(entry.author.as_deref().unwrap_or("unnamed source"))) } }
                link rel="alternate" href=(format!("{}{}", asked.origin, entry.href)) {}
                content type="text" { (text(&entry.words)) }
            }
        }
    };
    let body = html! {
        id { (text(&page)) }
        title { (text(&feed.title)) }
        updated { (moment(newest)) }
        link rel="self" href=(here) {}
        link rel="alternate" href=(page) {}
        @for one in &feed.entries { (entry(one)) }
    };
    let head =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">";
    format!("{head}{}</feed>\n", body.into_string())
}

/// Text without what XML has no place for.
fn text(text: &str) -> PreEscaped<String> {
    let kept: String = text.chars().filter(|&c| is_xml(c)).collect();
    let mut out = String::new();
    write!(Escaper::new(&mut out), "{kept}").expect("a string takes everything");
    PreEscaped(out)
}

fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')
}
