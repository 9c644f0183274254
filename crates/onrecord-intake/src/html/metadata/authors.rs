//! Who wrote an article.
//!
//! **Finds** the authors in the structured data, in meta tags, in what is marked up as an author
//! (`rel`, `itemprop`), and in by-lines by their class; each name by itself.
//!
//! **Known misses.** By-lines in running text; names joined by signs that also stand in names.

use crate::html::dom::{Attribute, Dom, NodeId};
use crate::html::metadata::json_ld::JsonLd;
use crate::html::metadata::meta::Meta;
use crate::html::metadata::outlets::host;
use crate::html::metadata::parse_date::moment;
use crate::html::metadata::people::people;
use crate::html::names::names;
use crate::html::removal::{is_unseen, unseen};
use crate::html::segments::segments;
use crate::html::tag::Tag;
use crate::html::text::{letters, line};

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
        "-wrote-by-",
        "-auteurs-",
        "-autorenzeile-",
    ],
];

/// Parts of the addresses of authors' pages.
const AUTHOR_PATHS: &[&str] =
    &["/author/", "/autor/", "/authors/", "/autoren/", "/auteur/", "/writers/", "/reporters/"];

fn is_authors_page(href: &str) -> bool {
    let page = AUTHOR_PATHS.iter().find_map(|path| href.split_once(path));
    page.is_some_and(|(_, name)| !name.is_empty())
}

/// The authors, and where they were found.
pub(crate) fn authors(
    dom: &Dom,
    meta: &Meta,
    json_ld: &JsonLd,
    outlet: Option<&str>,
    title: Option<&str>,
    url: Option<&str>,
) -> Option<Authors> {
    let publisher = Publisher::new(outlet, url);
    let named = |texts: &[String], origin: &str| -> Option<Authors> {
        let mut found: Vec<String> = Vec::new();
        for text in texts.iter().filter(|text| title != Some(text)) {
            let names = if publisher.is(text) { vec![text.clone()] } else { people(text) };
            for name in names {
                if !found.contains(&name) {
                    found.push(name);
                }
            }
        }
        // The outlet behind a person's name is no second author.
        if found.iter().any(|name| !publisher.is(name)) {
            found.retain(|name| !publisher.is(name));
        }
        (!found.is_empty()).then(|| (found, origin.to_owned()))
    };
    let is_person = |(names, _): &Authors| !names.iter().all(|name| publisher.is_like(name));
    let contents = |name| -> Vec<String> {
        meta.all(&[name]).map(|(_, content)| content.to_owned()).collect()
    };
    let json = named(&json_ld.authors, "json-ld author");
    let in_meta: Vec<Authors> = {
        let each = NAMES.iter().filter_map(|name| named(&contents(name), &format!("meta {name}")));
        let label = contents("twitter:label1").concat().to_lowercase();
        let by = WRITTEN_BY.contains(&label.as_str());
        let by = by.then(|| named(&contents("twitter:data1"), "meta twitter:data1")).flatten();
        each.chain(by).collect()
    };
    let seen = || {
        let nodes = visible(dom);
        let found = nodes.into_iter().filter_map(|(text, origin)| named(&[text], origin));
        let found: Vec<Authors> = found.collect();
        let person = found.iter().position(|(names, _)| !names.iter().all(|n| publisher.is(n)));
        let Some(first) = found.get(person.unwrap_or(0)) else { return by_line_in_text(dom) };
        let longer = found.iter().find(|other| goes_on(&first.0, &other.0));
        Some(longer.unwrap_or(first).clone())
    };
    let declared = json.clone().filter(is_person);
    let declared = declared.or_else(|| in_meta.iter().find(|found| is_person(found)).cloned());
    let Some(declared) = declared else {
        // A site may bear its author's name.
        let own = || in_meta.into_iter().find(|(names, _)| names.iter().all(|name| is_full(name)));
        return seen().or(json).or_else(own);
    };
    let is_doubtful = declared.0.iter().all(|name| is_code(name));
    let better = seen().filter(|(names, _)| {
        let are_names = names.len() <= MAX_AUTHORS && names.iter().all(|name| is_full(name));
        goes_on(&declared.0, names) || (is_doubtful && are_names)
    });
    Some(better.unwrap_or(declared))
}

/// Names, and where they were found.
type Authors = (Vec<String>, String);

/// More names that readers see than this are no by-line.
const MAX_AUTHORS: usize = 6;

/// What WordPress writes beside an author's name, in lower case.
#[rustfmt::skip] // a vertical list of words says no more
const WRITTEN_BY: &[&str] = &[
    "written by", "verfasst von", "geschrieben von", "écrit par", "escrito por", "scritto da",
    "geschreven door", "napisane przez",
];

/// Whether `other` is a by-line that names all of these and more.
fn goes_on(names: &[String], other: &[String]) -> bool {
    let has = |name: &String| other.iter().any(|other| letters(other) == letters(name));
    (names.len() + 1..=MAX_AUTHORS).contains(&other.len())
        && names.iter().all(has)
        && other.iter().all(|name| is_full(name))
}

/// Initials and names for logging in: `JF`, `ada_lind`, `ada.lind`.
fn is_code(name: &str) -> bool {
    let initials = name.len() <= 3 && name.chars().all(char::is_uppercase);
    initials || (!name.contains(' ') && !name.contains(char::is_uppercase))
}

/// Two to four words, each with a capital.
fn is_full(name: &str) -> bool {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    (2..=4).contains(&name.split_whitespace().count()) && name.split_whitespace().all(capital)
}

/// Who publishes a page, to be told from who wrote it.
struct Publisher {
    outlet: String,
    host: String,
    /// `example` of `www.example.org`.
    label: String,
}

impl Publisher {
    fn new(outlet: Option<&str>, url: Option<&str>) -> Publisher {
        let host = host(url);
        let label = host.trim_start_matches("www.").split('.').next().unwrap_or("");
        let outlet = letters(outlet.unwrap_or_default());
        Publisher { outlet, host: letters(host), label: letters(label) }
    }

    fn is(&self, name: &str) -> bool {
        let without_article = ["Die ", "Der ", "Das ", "The ", "Le ", "La ", "El "]
            .iter()
            .find_map(|article| name.strip_prefix(article));
        let name_letters = letters(without_article.unwrap_or(name));
        let long = |letters: &String| letters.chars().count() >= 5;
        letters(name) == self.outlet
            || name_letters == self.outlet
            || is_domain(name)
            || (long(&name_letters) && self.host.contains(&name_letters))
    }

    /// Whether a name is the publisher's or goes with it: `Example Editorial Team`.
    fn is_like(&self, name: &str) -> bool {
        let name_letters = letters(name);
        self.is(name)
            || (self.label.chars().count() >= 5 && name_letters.contains(&self.label))
            || [" e.V.", " GmbH", " AG"].iter().any(|end| name.contains(end))
    }
}

/// By-lines that readers see.
fn visible(dom: &Dom) -> Vec<(String, &'static str)> {
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
        if dom.tag(node) == Tag::A && is_authors_page(href) {
            by_link.push(node);
        }
        for (words, nodes) in SAYS_AUTHOR.iter().zip(&mut by_class) {
            if words.iter().any(|word| buffer.contains(word)) {
                nodes.push(node);
            }
        }
    }
    let [sure, likely] = by_class;
    let mut found = Vec::new();
    for (origin, nodes) in
        [("rel author", by_rel), ("by-line", sure), ("author link", by_link), ("by-line", likely)]
    {
        for node in nodes.into_iter().take(12) {
            let name = dom
                .subtree(node)
                .find(|&inner| dom.attribute(inner, Attribute::Itemprop) == Some("name"));
            let text = spaced_text(dom, name.unwrap_or(node));
            if !text.is_empty() && text.chars().count() <= 120 {
                found.push((text, origin));
            }
        }
    }
    found
}

/// The characters inside, with a space where a tag may be one to the eye.
fn spaced_text(dom: &Dom, node: NodeId) -> String {
    let texts: Vec<&str> = dom.subtree(node).map(|inner| dom.text(inner)).collect();
    line(&texts.join(" "))
}

/// The first short line that says by whom: `By Ada Lind`, `5 March 2024 by Ada`, `05.03.2024 – Ada Lind`.
fn by_line_in_text(dom: &Dom) -> Option<Authors> {
    #[rustfmt::skip] // a vertical list of words says no more
    const SAYS: &[&str] = &[
        "By ", "by ", "Von ", "von ", "Par ", "par ", "Por ", "Text: ", "Autor: ", "Author: ",
        "Autorin: ", "Autoren: ", "Autoren ", "Text von ",
    ];
    const BY: &[&str] = &[" von ", " by ", " par ", " por "];
    const SIGNS: &[&str] = &[" - ", " – ", " | ", " · ", " • "];
    let lines = segments(dom, NodeId::ROOT, &unseen(dom));
    let found = lines.iter().filter(|line| line.n_chars <= 120).find_map(|line| {
        let begins = SAYS.iter().find_map(|says| line.text.strip_prefix(says));
        let has_date = || line.n_chars <= 80 && moment(&line.text, false).is_some();
        let dated = || {
            let (date, rest) = BY.iter().find_map(|by| line.text.split_once(by))?;
            (date.len() <= 60 && has_date()).then_some(rest)
        };
        let after_sign = || {
            let (_, name) = SIGNS.iter().find_map(|sign| line.text.rsplit_once(sign))?;
            let is_dated = line.text.starts_with(|c: char| c.is_ascii_digit()) && has_date();
            is_dated.then_some(name)
        };
        let is_short = |names: &Vec<String>| {
            matches!(&names[..], [name] if name.split_whitespace().count() == 1)
        };
        if let Some(rest) = begins.or_else(after_sign) {
            let names = people(rest);
            return (!names.is_empty() && names.iter().all(|name| is_full(name))).then_some(names);
        }
        let names = people(dated()?);
        let are_names = names.iter().all(|name| is_full(name)) || is_short(&names);
        (!names.is_empty() && are_names).then_some(names)
    })?;
    Some((found, "by-line in text".to_owned()))
}

/// Whether it is the name of a site (`example.org`).
fn is_domain(name: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or("");
    !name.contains(' ')
        && name.contains('.')
        && (2..=4).contains(&end.len())
        && end.bytes().all(|byte| byte.is_ascii_lowercase())
}
