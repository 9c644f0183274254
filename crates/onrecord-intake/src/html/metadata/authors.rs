//! Who wrote an article.
//!
//! **Finds** the authors in the structured data, in meta tags, in what is marked up as an author
//! (`rel`, `itemprop`), and in by-lines by their class; each name by itself.
//!
//! **Known misses.** By-lines in running text; names joined by signs that also stand in names.

use crate::html::dom::{Attribute, Dom, NodeId};
use crate::html::metadata::json_ld::JsonLd;
use crate::html::metadata::meta::Meta;
use crate::html::metadata::parse_date::moment;
use crate::html::names::names;
use crate::html::removal::{is_unseen, unseen};
use crate::html::segments::segments;
use crate::html::tag::Tag;
use crate::html::text::line;

#[rustfmt::skip] // a vertical list of words says no more
const NAMES: &[&str] = &[
    "author", "dc.creator", "dcterms.creator", "dc.contributor", "parsely-author",
    "sailthru.author", "citation_author", "article:author_name", "article:author", "og:author",
    "og:article:author", "byl", "byline", "authors", "creator", "rbauthors",
    "shareaholic:article_author_name", "cxenseparse:author", "article.author",
];

/// Words in names of by-lines, the surest first.
const SAYS_AUTHOR: &[&[&str]] = &[
    &[
        "-author-name-",
        "-byline-name-",
        "-authorname-",
        "-byline-author-",
        "-article-author",
        "-post-author-",
        "-entry-author-",
        "-fn-",
        "-author-link-",
        "-p-author-",
    ],
    &[
        "-author-",
        "-authors-",
        "-autor-",
        "-auteur-",
        "-byline-",
        "-by-line-",
        "-writer-",
        "-autoren-",
        "-verfasser-",
        "-autore-",
        "-username-",
        "-posted-by-",
        "-submitted-",
        "-writtenby-",
    ],
];

/// Parts of the addresses of authors' pages.
const AUTHOR_PATHS: &[&str] = &["/author/", "/autor/", "/authors/", "/autoren/", "/auteur/"];

/// The authors, and where they were found.
pub(crate) fn authors(
    dom: &Dom,
    meta: &Meta,
    json_ld: &JsonLd,
    outlet: Option<&str>,
    url: Option<&str>,
) -> Option<(Vec<String>, String)> {
    let host = url.and_then(|url| url.split_once("://")).map_or("", |(_, rest)| rest);
    let host = letters(host.split('/').next().unwrap_or(""));
    let outlet = outlet.map(letters).unwrap_or_default();
    let is_outlet = |name: &str| {
        let name_letters = letters(name);
        let long = name_letters.chars().count() >= 5;
        name_letters == outlet || is_domain(name) || (long && host.contains(&name_letters))
    };
    let named = |texts: &[String], origin: String| {
        let mut found: Vec<String> = Vec::new();
        for name in texts.iter().flat_map(|text| people(text)) {
            if !found.contains(&name) {
                found.push(name);
            }
        }
        // The outlet behind a person's name is no second author.
        if found.iter().any(|name| !is_outlet(name)) {
            found.retain(|name| !is_outlet(name));
        }
        (!found.is_empty()).then_some((found, origin))
    };
    let json = named(&json_ld.authors, "json-ld author".to_owned());
    let seen = || visible(dom).and_then(|(texts, origin)| named(&texts, origin));
    let in_meta = || {
        NAMES.iter().find_map(|name| {
            let texts: Vec<String> = meta
                .all(std::slice::from_ref(name))
                .map(|(_, content)| content.to_owned())
                .collect();
            named(&texts, format!("meta {name}"))
                .filter(|(names, _)| !names.iter().all(|n| is_outlet(n)))
        })
    };
    let person = json.clone().filter(|(names, _)| !names.iter().all(|name| is_outlet(name)));
    person.or_else(in_meta).or_else(seen).or(json)
}

/// By-lines that readers see.
fn visible(dom: &Dom) -> Option<(Vec<String>, String)> {
    let mut by_rel: Vec<NodeId> = Vec::new();
    let mut by_link: Vec<NodeId> = Vec::new();
    let mut by_class: [Vec<NodeId>; 2] = Default::default();
    let mut buffer = String::new();
    let mut skip_to = NodeId::ROOT;
    for node in dom.all() {
        if node < skip_to || dom.tag(node) == Tag::Text {
            continue;
        }
        let structural = matches!(dom.tag(node), Tag::Document | Tag::Html | Tag::Body | Tag::Head);
        if !structural && is_unseen(dom, node) {
            skip_to = dom.end(node);
            continue;
        }
        names(dom, node, &mut buffer);
        if buffer.contains("-comment")
            || buffer.contains("-related")
            || buffer.contains("-sidebar")
            || buffer.contains("-kommentar")
        {
            let holds_headline = dom.subtree(node).any(|inner| dom.tag(inner) == Tag::H1);
            if !holds_headline && dom.end(node).index() - node.index() < dom.len() / 2 {
                skip_to = dom.end(node);
                continue;
            }
        }
        let rel = dom.attribute(node, Attribute::Rel).unwrap_or("");
        let itemprop = dom.attribute(node, Attribute::Itemprop).unwrap_or("");
        if rel.split_ascii_whitespace().any(|rel| rel == "author") || itemprop == "author" {
            by_rel.push(node);
        }
        let href = dom.attribute(node, Attribute::Href).unwrap_or("");
        if dom.tag(node) == Tag::A && AUTHOR_PATHS.iter().any(|path| href.contains(path)) {
            by_link.push(node);
        }
        for (words, nodes) in SAYS_AUTHOR.iter().zip(&mut by_class) {
            if words.iter().any(|word| buffer.contains(word)) {
                nodes.push(node);
            }
        }
    }
    let [sure, likely] = by_class;
    for (origin, nodes) in
        [("rel author", by_rel), ("by-line", sure), ("author link", by_link), ("by-line", likely)]
    {
        for node in nodes.into_iter().take(12) {
            let name = dom
                .subtree(node)
                .find(|&inner| dom.attribute(inner, Attribute::Itemprop) == Some("name"));
            let text = line(&dom.text_inside(name.unwrap_or(node)));
            if !text.is_empty() && text.chars().count() <= 120 && !people(&text).is_empty() {
                return Some((vec![text], origin.to_owned()));
            }
        }
    }
    by_line_in_text(dom)
}

/// The first short line that says by whom: `By Ada Lind`, `5 March 2024 by Ada`.
fn by_line_in_text(dom: &Dom) -> Option<(Vec<String>, String)> {
    const SAYS: &[&str] =
        &["By ", "Von ", "Par ", "Por ", "Text: ", "Autor: ", "Author: ", "Autorin: ", "Text von "];
    const BY: &[&str] = &[" von ", " by ", " par ", " por "];
    let lines = segments(dom, NodeId::ROOT, &unseen(dom));
    let found = lines.iter().filter(|line| line.n_chars <= 120).find_map(|line| {
        let begins = SAYS.iter().find_map(|says| line.text.strip_prefix(says));
        let dated = || {
            let (date, rest) = BY.iter().find_map(|by| line.text.split_once(by))?;
            (line.n_chars <= 80 && moment(&line.text, false).is_some() && date.len() <= 60)
                .then_some(rest)
        };
        let names = people(begins.or_else(dated)?);
        let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
        let is_person = |name: &String| {
            let n_words = name.split_whitespace().count();
            let several = (2..=4).contains(&n_words) && name.split_whitespace().all(capital);
            several || (begins.is_none() && n_words == 1)
        };
        (!names.is_empty() && names.iter().all(is_person)).then_some(names)
    })?;
    Some((found, "by-line in text".to_owned()))
}

/// The names in a by-line.
fn people(text: &str) -> Vec<String> {
    let mut text = line(text);
    if text.contains("://") || text.starts_with("www.") {
        return Vec::new();
    }
    // `ByAda Lind`: the space was in the style sheet.
    if let Some(rest) = text.strip_prefix("By").filter(|rest| rest.starts_with(char::is_uppercase))
    {
        text = rest.to_owned();
    }
    loop {
        let lower = text.to_lowercase();
        #[rustfmt::skip] // a vertical list of words says no more
                const BEFORE: &[&str] = &[
            "by ", "by:", "von ", "von:", "par ", "por ", "di ", "author:", "author ", "autor:",
            "autor ", "autorin:", "auteur :", "written by", "posted by", "published by",
            "veröffentlicht von", "geschrieben von", "zeige alle beiträge von",
            "alle beiträge von", "view all posts by", "all posts by", "artikel von",
            "pressemitteilung von", "auteur:", "autore:", "erstellt von", "gespeichert von",
            "eingestellt von", "verfasst von", "interview:", "text;", "autoren:", "words by",
            "story by", "reported by", "text:", "text von", "über ", "about ", "a cura di ",
            "redaktion:", "ein artikel von", "ein beitrag von", "eine analyse von",
            "ein kommentar von", "eine kolumne von", "publié par", "-", "–", "|", "/", ":", "@",
            ",",
        ];
        let Some(before) = BEFORE.iter().find(|before| lower.starts_with(**before)) else { break };
        // Lower case may change the length of other letters, not of those.
        match text.get(before.len()..) {
            Some(rest) => text = rest.trim().to_owned(),
            None => break,
        }
    }
    // After these a by-line goes on with other things.
    for after in [
        " am ", " on ", " | ", " • ", " · ", " – ", " — ", " in ", " at ", " um ", "(", " le ",
        " - ",
    ] {
        if let Some((head, _)) = text.split_once(after) {
            text = head.trim().to_owned();
        }
    }
    for after in
        ["veröffentlicht", "stand:", "foto:", "fotos:", "published", "updated", "aktualisiert"]
    {
        if let Some(at) = text.to_lowercase().find(after)
            && at > 0
            && text.is_char_boundary(at)
        {
            text.truncate(at);
        }
    }
    let number = text.find(|c: char| c.is_ascii_digit());
    if let Some(at) = number.filter(|&at| text[..at].ends_with(' ')) {
        text.truncate(at);
    }
    let text = text
        .replace(" und ", ",")
        .replace(" and ", ",")
        .replace(" et ", ",")
        .replace(" y ", ",")
        .replace(" & ", ",")
        .replace(" with ", ",")
        .replace(" mit ", ",");
    text.split([',', ';', '/', '|', '\n'])
        .map(|name| name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | ':')))
        .filter(|name| is_name(name))
        .map(str::to_owned)
        .collect()
}

/// Whether it is the name of a site (`example.org`).
fn is_domain(name: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or("");
    !name.contains(' ')
        && name.contains('.')
        && (2..=4).contains(&end.len())
        && end.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_name(name: &str) -> bool {
    let n_chars = name.chars().count();
    let lower = name.to_lowercase();
    #[rustfmt::skip] // a vertical list of words says no more
        const NOT: &[&str] = &[
        "admin", "posted", "follow", "datum:", "datum", "stand", "por", "by", "von", "autoren",
        "authors", "no author", "news service reports", "view profile", "wordpressadmin",
        "wire reports", "agencies", "administrator", "unknown", "guest", "editor", "staff",
        "webmaster", "anonymous", "author", "autor", "phd", "ph.d.", "md", "jr.", "name", "null",
        "undefined", "none", "redaktion online",
    ];
    (2..=60).contains(&n_chars)
        && name.chars().any(char::is_alphabetic)
        && name.split_whitespace().count() <= 6
        && !name.contains('@')
        && !lower.contains("http")
        && name.chars().filter(char::is_ascii_digit).count() <= n_chars / 3
        && !NOT.contains(&lower.as_str())
}
