//! Lists of values with their counts, each leading somewhere.

use maud::{Markup, html};

use super::bar;

/// A value, how often it is met, and where it leads.
pub(crate) struct Value {
    pub(crate) label: String,
    pub(crate) n: u64,
    pub(crate) href: String,
}

/// Values under a heading, the first `n_shown` of them at once.
pub(crate) fn facet(title: &str, values: &[Value], n_shown: usize) -> Markup {
    let most = values.iter().map(|value| value.n).max().unwrap_or(1).max(1) as f64;
    let list = |values: &[Value]| {
        html! {
            ul {
                @for value in values {
                    li {
                        a href=(value.href) {
                            span class="value" { (value.label) }
                            span class="n" { (super::grouped(value.n)) }
                            (bar(value.n as f64 / most))
                        }
                    }
                }
            }
        }
    };
    let (shown, more) = values.split_at(values.len().min(n_shown));
    html! {
        @if !values.is_empty() {
            section class="facet" {
                h2 { (title) }
                (list(shown))
                @if !more.is_empty() { details { summary { (more.len()) " more" } (list(more)) } }
            }
        }
    }
}
