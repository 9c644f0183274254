//! A share, drawn.

use maud::{Markup, html};

/// A bar as long as a share of the place it has. Says nothing to those who do not see it: a number stands beside.
pub(crate) fn bar(share: f64) -> Markup {
    let width = (share.clamp(0.0, 1.0) * 100.0).round().max(1.0);
    html! {
        svg class="bar" aria-hidden="true" viewBox="0 0 100 2" preserveAspectRatio="none" {
            rect width=(width) height="2" {}
        }
    }
}
