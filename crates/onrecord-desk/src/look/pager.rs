//! From one part of many rows to the next.

use maud::{Markup, html};

use crate::asked::Asked;

/// Links to the rows before and after those that are shown.
pub(crate) fn pager(asked: &Asked, skip: u32, limit: u32, n_all: u64) -> Markup {
    let first = u64::from(skip) + 1;
    let last = (u64::from(skip) + u64::from(limit)).min(n_all);
    if limit == 0 || n_all <= u64::from(limit) && skip == 0 {
        return html! {};
    }
    let before = (skip > 0).then(|| match skip.saturating_sub(limit) {
        0 => asked.query.without("skip"),
        skip => asked.query.with("skip", skip),
    });
    let after = (last < n_all).then(|| asked.query.with("skip", skip.saturating_add(limit)));
    html! {
        nav class="pager" aria-label="Pages" {
            @if let Some(before) = before { a rel="prev" href=(asked.here(&before)) { "← Newer" } }
            span class="quiet" { (first) "–" (last) " of " (n_all) }
            @if let Some(after) = after { a rel="next" href=(asked.here(&after)) { "Older →" } }
        }
    }
}
