//! What stands after the `?` of a URL.

use url::form_urlencoded;

/// Names and values, in order. Empty values are left out, as forms send them for fields that nobody filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads a query. Control characters are nobody's words and are dropped.
    pub(crate) fn parse(query: &str) -> Query {
        let pairs = form_urlencoded::parse(query.as_bytes()).map(|(name, value)| {
            let value: String = value.chars().filter(|c| !c.is_control()).collect();
            (name.into_owned(), value.trim().to_owned())
        });
        Query(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// Whether nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// With this value in place of others of its name.
    pub(crate) fn with(&self, name: &str, value: impl ToString) -> Query {
        let mut query = self.clone();
        let value = value.to_string();
        match query.0.iter_mut().find(|(other, _)| other == name) {
            Some((_, old)) => *old = value,
            None => query.0.push((name.to_owned(), value)),
        }
        query
    }

    /// Without a name.
    pub(crate) fn without(&self, name: &str) -> Query {
        Query(self.0.iter().filter(|(other, _)| other != name).cloned().collect())
    }

    /// A path with this query.
    pub(crate) fn at(&self, path: &str) -> String {
        if self.0.is_empty() {
            return path.to_owned();
        }
        let start = path.len() + 1;
        let mut out = form_urlencoded::Serializer::for_suffix(format!("{path}?"), start);
        out.extend_pairs(&self.0);
        out.finish()
    }

    /// Names and values.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_and_written() {
        let query = Query::parse("words=%22a+b%22&by=%2312&about=&since=+2026-01-01%00+&by=x");
        assert_eq!(query.get("words"), Some("\"a b\""));
        assert_eq!(query.get("by"), Some("#12"));
        assert_eq!(query.get("about"), None);
        assert_eq!(query.get("since"), Some("2026-01-01"));
        let narrowed = Query::parse("words=x").with("by", "#3").with("words", "y&z=<");
        assert_eq!(narrowed.at("/"), "/?words=y%26z%3D%3C&by=%233");
        assert_eq!(narrowed.without("words").without("by").at("/"), "/");
        for hostile in ["%", "%zz", "a=%ff%fe", "===&&&", "a=b=c"] {
            Query::parse(hostile);
        }
    }
}
