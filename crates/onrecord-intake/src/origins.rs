//! Where an article's fields came from.

use onrecord_record::Article;

/// The fields in their order, and whether they are known.
fn fields(article: &Article) -> [(&'static str, bool); 10] {
    [
        ("url", article.url.is_some()),
        ("title", article.title.is_some()),
        ("outlet", article.outlet.is_some()),
        ("authors", !article.authors.is_empty()),
        ("canonical_url", article.canonical_url.is_some()),
        ("section", article.section.is_some()),
        ("published", article.published.is_some()),
        ("published_at", article.published_at.is_some()),
        ("updated", article.updated.is_some()),
        ("language", article.language.is_some()),
    ]
}

/// Notes that all that is known of the article and has no origin yet came from there.
pub(crate) fn came_from(article: &mut Article, origin: &str) {
    let noted = std::mem::take(&mut article.origins);
    for (field, is_known) in fields(article) {
        if is_known {
            let before = noted.iter().find(|(name, _)| name == field);
            let origin = before.map_or(origin, |(_, origin)| origin);
            article.origins.push((field.to_owned(), origin.to_owned()));
        }
    }
}

/// Notes that these fields were replaced by what is there.
pub(crate) fn replaced_by(article: &mut Article, replaced: &[&str], origin: &str) {
    article.origins.retain(|(field, _)| !replaced.contains(&field.as_str()));
    came_from(article, origin);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_has_an_origin_and_nothing_else_has() {
        let mut article = Article::new("They met.");
        article.language = Some("en".to_owned());
        came_from(&mut article, "lang");
        article.title = Some("Talks".to_owned());
        came_from(&mut article, "h1");
        let origins = |article: &Article| -> String {
            let shown = article.origins.iter().map(|(field, origin)| format!("{field}: {origin}"));
            shown.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(origins(&article), "title: h1, language: lang");
        article.language = None;
        replaced_by(&mut article, &["title"], "field headline");
        assert_eq!(origins(&article), "title: field headline");
    }
}
