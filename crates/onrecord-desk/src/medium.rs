//! The forms in which a page can be had: for people, and for programs.

/// A form of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Medium {
    /// For a browser.
    Html,
    /// All that the question gives.
    Json,
    /// The page's main table.
    Csv,
    /// What is new, for a feed reader.
    Atom,
}

impl Medium {
    /// Those that a path may end in.
    pub(crate) const ENDINGS: [Medium; 3] = [Medium::Json, Medium::Csv, Medium::Atom];

    /// What a path ends in for it.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Medium::Html => "",
            Medium::Json => ".json",
            Medium::Csv => ".csv",
            Medium::Atom => ".atom",
        }
    }

    /// Its media type.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Medium::Html => "text/html; charset=utf-8",
            Medium::Json => "application/json",
            Medium::Csv => "text/csv; charset=utf-8",
            Medium::Atom => "application/atom+xml; charset=utf-8",
        }
    }

    /// A path without its ending, and what that asks for.
    pub(crate) fn of_path(path: &str) -> (&str, Option<Medium>) {
        let endings = Medium::ENDINGS.iter();
        let mut found =
            endings.filter_map(|&medium| Some((path.strip_suffix(medium.ending())?, medium)));
        found.next().map_or((path, None), |(path, medium)| (path, Some(medium)))
    }

    /// The one of some that a client would rather have, by its header `Accept`; those first that stand first
    /// where it does not care.
    pub(crate) fn accepted(accept: &str, of: &[Medium]) -> Medium {
        let mut best = (0.0, Medium::Html);
        for &medium in of {
            let name = medium.media_type().split(';').next().unwrap_or_default();
            let quality = quality(accept, name);
            if quality > best.0 {
                best = (quality, medium);
            }
        }
        best.1
    }
}

/// How much a media type is wanted: 0 to 1; of several ranges that it lies in, the narrowest decides.
fn quality(accept: &str, name: &str) -> f32 {
    let kind = name.split('/').next().unwrap_or_default();
    let mut found = (0, 0.0);
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let range = parts.next().unwrap_or_default();
        let rank = match range.split_once('/') {
            _ if range.eq_ignore_ascii_case(name) => 3,
            Some((of, "*")) if of.eq_ignore_ascii_case(kind) => 2,
            Some(("*", "*")) => 1,
            _ => continue,
        };
        let quality = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok());
        if rank > found.0 {
            found = (rank, quality.unwrap_or(1.0));
        }
    }
    found.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_gets_what_it_would_rather_have() {
        use Medium::*;
        let all = [Html, Json, Csv, Atom];
        let chromium = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";
        let cases = [
            (chromium, Html),
            ("", Html),
            ("*/*", Html),
            ("application/json", Json),
            ("application/json, text/html;q=0.5", Json),
            ("application/json;q=0.1, text/html", Html),
            ("text/csv, */*;q=0.1", Csv),
            ("text/*;q=0.2, text/csv", Csv),
            ("application/atom+xml", Atom),
            ("image/png", Html),
            ("application/json;q=x", Json),
            ("application/json;q=0", Html),
            (";;,,/", Html),
        ];
        for (accept, expected) in cases {
            assert_eq!(Medium::accepted(accept, &all), expected, "{accept}");
        }
        assert_eq!(Medium::accepted("text/csv", &[Html, Json]), Html);
    }

    #[test]
    fn a_path_may_end_in_a_medium() {
        let cases = [
            ("/actor/12.json", ("/actor/12", Some(Medium::Json))),
            ("/said.atom", ("/said", Some(Medium::Atom))),
            ("/said", ("/said", None)),
            ("/said.xml", ("/said.xml", None)),
        ];
        for (path, expected) in cases {
            assert_eq!(Medium::of_path(path), expected, "{path}");
        }
    }
}
