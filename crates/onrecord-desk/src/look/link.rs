//! Where things are found.

use maud::{Markup, html};

/// The page of an actor.
pub(crate) fn actor_path(id: i64) -> String {
    format!("/actor/{id}")
}

/// An actor's name, which leads to its page.
pub(crate) fn actor(id: Option<i64>, name: &str) -> Markup {
    match id {
        Some(id) => html! { a class="name" href=(actor_path(id)) { (name) } },
        None => html! { span class="name" { (name) } },
    }
}

/// The page of an article.
pub(crate) fn article_path(hash: &str) -> String {
    format!("/article/{hash}")
}

/// The place of a statement in its article: `c805-1138`, by its first span. Depends on nothing but the text.
pub(crate) fn place(content: &[[u32; 2]]) -> String {
    content.first().map(|[start, end]| format!("c{start}-{end}")).unwrap_or_default()
}

/// The place of a statement, with its article.
pub(crate) fn place_in_article(hash: &str, content: &[[u32; 2]]) -> String {
    format!("{}#{}", article_path(hash), place(content))
}

/// An address outside of the desk that may be followed: articles name others too, which a browser would run.
pub(crate) fn outside(url: &str) -> Option<&str> {
    let parsed = url::Url::parse(url).ok()?;
    matches!(parsed.scheme(), "http" | "https").then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_may_be_followed() {
        let cases = [
            ("https://example.org/a?b=c", true),
            ("HTTP://example.org", true),
            ("javascript:alert(1)", false),
            (" java\nscript:alert(1)", false),
            ("data:text/html,<script>", false),
            ("//example.org", false),
            ("/search", false),
            ("", false),
        ];
        for (url, expected) in cases {
            assert_eq!(outside(url).is_some(), expected, "{url}");
        }
    }
}
