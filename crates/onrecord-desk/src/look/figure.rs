//! Plots with their headings.

use std::collections::BTreeSet;

use maud::{Markup, PreEscaped, html};
use onrecord_plot::{Part, Plot};
use onrecord_store::{SaidRow, Somebody};

use super::place_in_article;

/// Fewer days than these have no course.
const N_DAYS: usize = 2;

/// A plot with its heading.
pub(crate) fn figure(title: &str, plot: &Plot) -> Markup {
    html! {
        figure class="drawn" {
            figcaption {
                h2 { (title) }
                p class="quiet" { (plot.description()) }
            }
            div class="scroll" tabindex="0" role="region" aria-label=(title) { (PreEscaped(plot.to_svg())) }
        }
    }
}

/// What somebody thinks of another over time; nothing where too little is known of that.
pub(crate) fn stance_figure(speaker: &Somebody, toward: &Somebody, said: &[SaidRow]) -> Markup {
    let days = said.iter().filter_map(|said| {
        let is_toward =
            said.about.iter().any(|about| about.actor == toward.id && about.stance.is_some());
        said.published.as_deref().filter(|_| is_toward)
    });
    if days.collect::<BTreeSet<&str>>().len() < N_DAYS {
        return html! {};
    }
    let links = |part: Part<'_>| match part {
        Part::Statement(said) => Some(place_in_article(&said.article, &said.content)),
        _ => None,
    };
    let plot = onrecord_plot::stance(speaker, toward, said, &links);
    figure(&format!("Stance toward {}", toward.name), &plot)
}
