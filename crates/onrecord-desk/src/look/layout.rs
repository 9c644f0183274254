//! The frame of each page.

use maud::{DOCTYPE, Markup, html};

use super::Sheet;
use crate::asked::Asked;
use crate::assets::{ICON, SCRIPT, STYLE};
use crate::medium::Medium;
use crate::page;

/// A whole page.
pub(crate) fn layout(asked: &Asked, sheet: &Sheet) -> Markup {
    let media = page::media_of(&asked.path);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (sheet.title) " · onrecord" }
                link rel="stylesheet" href=(STYLE.path);
                link rel="icon" type="image/svg+xml" href=(ICON.path);
                @for medium in media.iter().filter(|&&medium| medium != Medium::Html) {
                    link rel="alternate" type=(medium.media_type()) href=(asked.as_medium(*medium));
                }
                script src=(SCRIPT.path) defer {}
            }
            body {
                a class="skip" href="#content" { "Skip to the content" }
                header class="top" {
                    a class="wordmark" href="/" { "onrecord" }
                    nav aria-label="Desk" {
                        ul {
                            @for (path, name) in page::PLACES {
                                li {
                                    a href=(path) aria-current=[(sheet.place == *path).then_some("page")] {
                                        (name)
                                    }
                                }
                            }
                        }
                    }
                }
                main id="content" tabindex="-1" { (sheet.body) }
                footer class="bottom" {
                    @if media.len() > 1 {
                        p {
                            "This page as "
                            @for (idx, medium) in media.iter().skip(1).enumerate() {
                                @if idx > 0 { ", " }
                                a href=(asked.as_medium(*medium)) { (name(*medium)) }
                            }
                        }
                    }
                    p { a href="/openapi.json" { "For programs (OpenAPI)" } }
                    @if asked.is_signed_in {
                        form method="post" action="/sign-out" {
                            input type="hidden" name="key" value=(asked.form_key);
                            button class="plain" { "Sign out" }
                        }
                    }
                }
            }
        }
    }
}

fn name(medium: Medium) -> &'static str {
    match medium {
        Medium::Html => "HTML",
        Medium::Json => "JSON",
        Medium::Csv => "CSV",
        Medium::Atom => "feed (Atom)",
    }
}
