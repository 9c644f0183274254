//! How sources are read.

/// How sources are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The names of the fields in JSON lines and tables.
    pub fields: Fields,
    /// The largest file that is one article, in bytes.
    pub max_file: u64,
    /// The largest article inside a container, in bytes; as many are in memory as are read ahead.
    pub max_inner: u64,
    /// How deep containers may lie in one another: a WARC in a zip is 2.
    pub max_depth: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { fields: Fields::default(), max_file: 1 << 30, max_inner: 64 << 20, max_depth: 4 }
    }
}

/// For each fact about an article, the names of the fields that may hold it; the first that is
/// there counts. A dot goes into an object: `article.text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    names: Vec<(&'static str, Vec<String>)>,
}

/// The facts, and the names that fields with them have in the wild.
const USUAL: &[(&str, &[&str])] = &[
    ("text", &["text", "body", "content", "maintext", "article.text"]),
    ("html", &["html", "content_html"]),
    ("title", &["title", "headline", "article.title"]),
    (
        "date",
        &[
            "date",
            "published",
            "published_at",
            "date_publish",
            "date_published",
            "pubdate",
            "article.published",
        ],
    ),
    ("url", &["url", "link", "article.url"]),
    ("outlet", &["outlet", "source", "publisher", "source_domain", "article.outlet"]),
    ("authors", &["authors", "author", "byline", "article.authors"]),
    ("language", &["language", "lang", "article.language"]),
];

impl Fields {
    /// The facts that a field can hold.
    pub fn facts() -> impl Iterator<Item = &'static str> {
        USUAL.iter().map(|(fact, _)| *fact)
    }

    /// From now on `fact` is looked for in the field `name` and nowhere else. Returns whether
    /// there is such a fact.
    pub fn set(&mut self, fact: &str, name: impl Into<String>) -> bool {
        let entry = self.names.iter_mut().find(|(known, _)| *known == fact);
        entry.map(|(_, names)| *names = vec![name.into()]).is_some()
    }

    pub(crate) fn of(&self, fact: &str) -> &[String] {
        self.names.iter().find(|(known, _)| *known == fact).map_or(&[], |(_, names)| names)
    }
}

impl Default for Fields {
    fn default() -> Fields {
        let own = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Fields { names: USUAL.iter().map(|(fact, names)| (*fact, own(names))).collect() }
    }
}
