//! Web pages: cases that an editor can read, and pages that no editor wrote.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use onrecord_intake::{Hints, html};
use onrecord_record::{Article, NoteKind};

/// `tests/html/NAME.html` and what is read in it, `NAME.expected.txt`.
const CASES: [&str; 10] = [
    "newspaper",
    "blog",
    "kicker",
    "live",
    "live-articles",
    "live-scripted",
    "old",
    "own",
    "scripted",
    "unnamed",
];

fn case(name: &str, end: &str) -> Vec<u8> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html").join(format!("{name}{end}"));
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read(page: &[u8]) -> Article {
    html(page, &Hints::default()).unwrap().0
}

/// The fields with their origins, and the text.
fn shown(article: &Article) -> String {
    let mut out = String::new();
    let mut field = |name: &str, value: Option<String>| {
        let origin = article.origins.iter().find(|(field, _)| field == name);
        if let Some(value) = value {
            let origin = &origin.unwrap_or_else(|| panic!("{name} has no origin")).1;
            writeln!(out, "{name}: {value} [{origin}]").unwrap();
        } else {
            assert_eq!(origin, None, "an origin of nothing");
        }
    };
    let authors = (!article.authors.is_empty()).then(|| article.authors.join("; "));
    field("title", article.title.clone());
    field("outlet", article.outlet.clone());
    field("authors", authors);
    field("canonical_url", article.canonical_url.clone());
    field("section", article.section.clone());
    field("published", article.published.map(|day| day.to_string()));
    field("published_at", article.published_at.clone());
    field("updated", article.updated.map(|day| day.to_string()));
    field("language", article.language.clone());
    format!("{out}\n{}\n", article.text.as_str())
}

#[test]
fn cases_are_read_as_expected() {
    let mut failures = Vec::new();
    for name in CASES {
        let found = shown(&read(&case(name, ".html")));
        let expected = String::from_utf8(case(name, ".expected.txt")).unwrap();
        if found != expected {
            failures.push(format!("== {name}, found\n{found}\n== {name}, expected\n{expected}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn encodings() {
    let french =
        "<p>Le maire a déclaré que l’école rouvrirait à la rentrée, dès le mois de septembre.</p>";
    let legacy: Vec<u8> = french.chars().map(|c| if c == '’' { 0x92 } else { c as u8 }).collect();
    let with_meta = [&b"<meta charset=iso-8859-1>"[..], &legacy].concat();
    let lying = [&b"<meta charset=utf-8>"[..], &legacy].concat();
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(french.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let mislabelled = [b"<meta charset=windows-1252>", french.as_bytes()].concat();
    let marked = [b"\xEF\xBB\xBF", french.as_bytes()].concat();
    let header = |charset: &str| Hints { charset: Some(charset.to_owned()), url: None };
    let cases = [
        ("declared in the page", with_meta, Hints::default()),
        ("declared in the header", legacy.clone(), header("windows-1252")),
        ("declared wrongly in the page", lying, Hints::default()),
        ("not declared", legacy.clone(), Hints::default()),
        ("an encoding that does not exist", legacy, header("klingon")),
        ("UTF-16 with a mark", utf16, Hints::default()),
        ("UTF-8 declared as something else", mislabelled, Hints::default()),
        ("UTF-8 with a mark", marked, header("windows-1252")),
    ];
    let expected =
        "Le maire a déclaré que l’école rouvrirait à la rentrée, dès le mois de septembre.";
    let mut failures = Vec::new();
    for (name, page, hints) in cases {
        let text = html(&page, &hints).unwrap().0.text;
        if text.as_str() != expected {
            failures.push(format!("{name}: {:?}", text.as_str()));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn damage_is_noted() {
    let page = b"<meta charset=utf-8><p>Caf\xC3\xA9s and th\xC3\xA9s and caf\xC3\xA9s and th\xC3\xA9s, \xC3\xA0 la carte, d\xC3\xA9j\xC3\xA0 vu, \
        \xC3\xA9t\xC3\xA9, \xC3\xA9t\xC3\xA9, \xC3\xA9t\xC3\xA9, \xC3\xA9t\xC3\xA9, all closed on Monday, cut \xC3 here.</p>";
    let (article, notes) = html(page, &Hints::default()).unwrap();
    assert!(article.text.contains("Cafés and thés"), "{:?}", article.text.as_str());
    assert_eq!(notes.iter().map(|note| note.kind).collect::<Vec<_>>(), [NoteKind::Damaged]);
}

#[test]
fn no_page_is_too_deep_or_too_odd() {
    let words = "The council met on Tuesday and decided to meet again on the Tuesday after.";
    let deep = |open: &str, close: &str, n: usize| {
        format!("<p>{words}</p>{}{words}{}", open.repeat(n), close.repeat(n))
    };
    let many_attributes: String = (0..100_000).map(|i| format!(" a{i}=1")).collect();
    let formatting: String = (0..5_000).map(|i| format!("<b id={i}><p>x")).collect();
    let pages = [
        ("divs", deep("<div>", "</div>", 10_000)),
        ("a million divs", deep("<div>", "", 1_000_000)),
        ("end tags first", deep("", "</div></p></li></table>", 100_000)),
        ("lists", deep("<ul><li>", "</li></ul>", 50_000)),
        ("tables", deep("<table><tr><td>", "", 50_000)),
        ("formatting", format!("<p>{words}</p>{formatting}")),
        ("links", deep("<a href=x>", "", 100_000)),
        ("attributes", format!("<p>{words}</p><div{many_attributes}>x</div>")),
        ("comments", format!("<p>{words}</p>{}", "<!--".repeat(100_000))),
        ("cdata", format!("<p>{words}</p>{}", "<![CDATA[".repeat(100_000))),
        ("titles that are never closed", format!("<p>{words}</p>{}", "<title>".repeat(100_000))),
        ("scripts that are never closed", format!("<p>{words}</p>{}", "<script>".repeat(100_000))),
        ("quotes that are never closed", format!("<p>{words}</p>{}", "<a href=\"".repeat(100_000))),
        ("references", format!("<p>{words}</p><p>{}", "&".repeat(500_000))),
        ("angles", format!("<p>{words}</p>{}", "<".repeat(500_000))),
        ("breaks", format!("<p>{words}</p>{}", "<br>".repeat(200_000))),
        (
            "json",
            format!(
                "<script type=application/ld+json>{}</script><p>{words}</p>",
                "[".repeat(200_000)
            ),
        ),
        ("ids", format!("<p>{words}</p>{}", "<p class=date>x".repeat(100_000))),
        ("nested dates", deep("<div class=date>", "", 100_000)),
        ("nested authors", deep("<div class=author>", "", 100_000)),
    ];
    let mut failures = Vec::new();
    for (name, page) in pages {
        let start = Instant::now();
        let article = read(page.as_bytes());
        if !article.text.contains(words) {
            failures
                .push(format!("{name}: {:?}", article.text.chars().take(200).collect::<String>()));
        }
        // Far above what linear time takes, far below what quadratic time does.
        if start.elapsed() > Duration::from_secs(20) {
            failures.push(format!("{name}: {:?}", start.elapsed()));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn of_a_huge_page_the_beginning_is_read() {
    let mut page =
        b"<p>The archive is large, said the archivist, and nobody has read it to its end.</p>"
            .to_vec();
    page.resize(200 << 20, b' ');
    let (article, notes) = html(&page, &Hints::default()).unwrap();
    assert!(article.text.starts_with("The archive is large"));
    assert_eq!(notes.iter().map(|note| note.kind).collect::<Vec<_>>(), [NoteKind::TooLong]);
}

#[test]
fn a_page_without_an_article_has_no_text() {
    for page in [
        "",
        " ",
        "<html></html>",
        "<nav><a href=/>Home</a></nav>",
        "<script>let words = 1;</script>",
    ] {
        let article = read(page.as_bytes());
        assert_eq!(article.text.as_str(), "", "{page:?}");
    }
}

/// Pages cut, repeated, and with bytes changed: nothing may panic, and the same bytes give the
/// same article.
#[test]
fn mutated_pages_do_no_harm() {
    let seeds: Vec<Vec<u8>> = CASES.iter().map(|name| case(name, ".html")).collect();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for round in 0..600 {
        let mut page = seeds[round % seeds.len()].clone();
        for _ in 0..1 + random.below(8) {
            mutate(&mut page, &mut random);
        }
        // Under every other encoding too.
        let label = LABELS.get(round % (2 * LABELS.len())).map(|label| (*label).to_owned());
        let hints = Hints { charset: label, url: None };
        let article = html(&page, &hints).unwrap().0;
        assert_eq!(article, html(&page, &hints).unwrap().0, "round {round}");
        assert!(
            !article.text.contains("\n\n\n") && !article.text.contains('\u{ad}'),
            "round {round}"
        );
    }
}

const LABELS: [&str; 7] =
    ["utf-8", "utf-16", "windows-1252", "windows-1251", "shift_jis", "gb18030", "iso-2022-jp"];

fn mutate(page: &mut Vec<u8>, random: &mut Random) {
    const PIECES: [&[u8]; 12] = [
        b"<",
        b">",
        b"\"",
        b"</div>",
        b"<table>",
        b"<!--",
        b"<p>",
        b"&#x110000;",
        b"\xFF",
        b"<script>",
        b"\0",
        "é".as_bytes(),
    ];
    let at = random.below(page.len() + 1);
    match random.below(4) {
        0 => {
            let piece = PIECES[random.below(PIECES.len())];
            page.splice(at..at, piece.iter().copied());
        }
        1 => page.truncate(at),
        2 => {
            let end = (at + random.below(200)).min(page.len());
            page.drain(at..end);
        }
        _ => {
            let end = (at + random.below(300)).min(page.len());
            let again = page[at..end].to_vec();
            let to = random.below(page.len() + 1);
            page.splice(to..to, again);
        }
    }
}

/// Xorshift: the same pages each run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}
