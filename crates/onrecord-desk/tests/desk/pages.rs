//! What the pages answer.

use std::time::Duration;

use onrecord_desk::Options;
use onrecord_record::Kind;
use onrecord_store::Store;

use crate::support::{Draft, Served, week};

#[test]
fn each_page_answers_in_each_of_its_forms() {
    let desk = Served::of(&week());
    let hash = hash(&desk);
    let cases = [
        ("/", "text/html; charset=utf-8", "Who said what about whom"),
        ("/search?words=kept", "text/html; charset=utf-8", "<mark>kept</mark>"),
        ("/search.json?words=kept", "application/json", "\"n_statements\":1"),
        (
            "/search.csv?by=Pavol+Dresz",
            "text/csv; charset=utf-8",
            "that Talia had broken the accord",
        ),
        (
            "/search.atom?about=Talia",
            "application/atom+xml; charset=utf-8",
            "<title>Ilka Tereny on Talia</title>",
        ),
        ("/actors", "text/html; charset=utf-8", "Ilka Tereny"),
        ("/actors.json?name=il", "application/json", "Ilka Tereny"),
        ("/actor/1", "text/html; charset=utf-8", "Appears as"),
        ("/actor/1.json", "application/json", "\"capacities\""),
        ("/actor/1.csv", "text/csv; charset=utf-8", "published,outlet"),
        ("/actor/1.atom", "application/atom+xml; charset=utf-8", "<entry>"),
        ("/between?one=Ostra&other=Talia", "text/html; charset=utf-8", "class=\"plot\""),
        ("/between.json?one=Ostra&other=Talia", "application/json", "\"cooperation\":1"),
        (
            "/between.csv?one=Ostra&other=Talia",
            "text/csv; charset=utf-8",
            ",SANCTION,Ostra,Talia,2026-02-01,",
        ),
        (
            "/between.atom?one=Ilka+Tereny&other=Talia",
            "application/atom+xml; charset=utf-8",
            "kept its word",
        ),
        ("/between", "text/html; charset=utf-8", "The closest"),
        ("/compare", "text/html; charset=utf-8", "Speakers side by side"),
        ("/compare?on=Talia", "text/html; charset=utf-8", "Who says what on Talia"),
        ("/compare?on=accord", "text/html; charset=utf-8", "Who says what on “accord”"),
        ("/compare.json?on=Talia", "application/json", "\"speaker\":\"Pavol Dresz\""),
        ("/compare.csv?on=Talia", "text/csv; charset=utf-8", "Pavol Dresz,"),
        ("/network", "text/html; charset=utf-8", "class=\"plot\""),
        (
            "/network?kind=state&ties=conflict",
            "text/html; charset=utf-8",
            "1\u{a0}tie between 2\u{a0}actors",
        ),
        ("/network.json?weight=50", "application/json", "\"edges\":[]"),
        ("/network.csv", "text/csv; charset=utf-8", "Talia,"),
        ("/shifts", "text/html; charset=utf-8", "from favourable to critical"),
        ("/shifts.json?by=Ilka+Tereny", "application/json", "\"toward\":\"Talia\""),
        ("/shifts.csv", "text/csv; charset=utf-8", "Ilka Tereny,"),
        ("/shifts.atom", "application/atom+xml; charset=utf-8", "from favourable to critical"),
        ("/disputes", "text/html; charset=utf-8", "Nothing is, in these days"),
        ("/disputes.json", "application/json", "\"disputes\":[]"),
        ("/sources", "text/html; charset=utf-8", "66.7 %"),
        ("/sources?count=outlet", "text/html; charset=utf-8", "The Courier"),
        ("/sources.json?count=country", "application/json", "AZE"),
        ("/sources.csv?about=Talia", "text/csv; charset=utf-8", "Ilka Tereny,"),
    ];
    let article = format!("/article/{hash}");
    let article_json = format!("/article/{hash}.json");
    let articles = [
        (article.as_str(), "text/html; charset=utf-8", "class=\"content direct"),
        (article_json.as_str(), "application/json", "\"format\":\"onrecord/1\""),
    ];
    let mut failures = String::new();
    for (path, media_type, part) in cases.into_iter().chain(articles) {
        let answer = desk.get(path);
        let found = (answer.status, answer.header("content-type").unwrap_or("none"));
        if found != (200, media_type) || !answer.body.contains(part) {
            failures += &format!("{path}: {found:?}: {}\n", answer.body);
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn a_client_says_what_it_would_rather_have() {
    let desk = Served::of(&week());
    let cases = [
        ("text/html", "text/html; charset=utf-8"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/atom+xml", "application/atom+xml; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
    ];
    for (accept, media_type) in cases {
        let answer = desk.ask("GET", "/search", &[("Accept", accept)], "");
        assert_eq!(answer.header("content-type"), Some(media_type), "{accept}");
        assert_eq!(answer.header("vary"), Some("Accept"));
    }
}

#[test]
fn what_cannot_be_answered_is_said() {
    let desk = Served::of(&week());
    let cases = [
        ("/nowhere", 404, "no such page"),
        ("/search?by=Nobody", 404, "Nobody in the record is called “Nobody”"),
        ("/search?since=yesterday", 400, "is no day"),
        ("/search?since=2026-01-01T10", 400, "is no day"),
        ("/search?limit=many", 400, "is no number"),
        ("/search?form=loud", 400, "direct, indirect or mixed"),
        ("/search?words=%22open", 400, "a phrase is not closed"),
        ("/search?words=NOT", 400, "cannot be understood"),
        ("/search?skip=4000000", 400, "too far"),
        ("/actor/999", 404, "No actor in the record"),
        ("/actor/x", 404, "No actor in the record"),
        ("/actor", 400, "Whose page?"),
        ("/between?one=Ostra&other=Nobody", 404, "Nobody in the record"),
        ("/sources?count=moons", 400, "Count by"),
        ("/network?weight=heavy", 400, "is no number"),
        ("/article/ffffffffff", 404, "No article"),
        ("/article/x.zip", 404, "No article"),
    ];
    let mut failures = String::new();
    for (path, status, part) in cases {
        let answer = desk.get(path);
        if answer.status != status || !answer.body.contains(part) || !answer.body.contains("<nav") {
            failures += &format!("{path}: {}: {}\n", answer.status, answer.body);
        }
        let answer = desk.ask("GET", path, &[("Accept", "application/json")], "");
        let json: Result<serde_json::Value, _> = serde_json::from_str(&answer.body);
        if answer.status != status || json.is_ok_and(|json| json["error"]["status"] != status) {
            failures += &format!("{path} as JSON: {}: {}\n", answer.status, answer.body);
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert_eq!(desk.ask("POST", "/search", &[], "").status, 405);
}

#[test]
fn three_clicks_lead_from_the_first_page_to_a_sentence() {
    let desk = Served::of(&week());
    let first = desk.get("/").body;
    let by = link(&first, "Ilka Tereny");
    let by_her = desk.get(&by).body;
    let about = link(&by_her, "Talia");
    let about_it = desk.get(&about).body;
    assert!(about_it.contains("“Talia kept its word,”"), "{about_it}");
    let place = link(&about_it, "In the article");
    let (path, fragment) = place.split_once('#').unwrap();
    let article = desk.get(path).body;
    assert!(article.contains(&format!("id=\"{fragment}\"")), "{place}: {article}");
}

#[test]
fn an_actor_is_found_by_name() {
    let desk = Served::of(&week());
    let answer = desk.get("/actor?name=ilka+tereny");
    assert_eq!(answer.status, 303);
    let path = answer.header("location").unwrap();
    assert!(desk.get(path).body.contains("<h1>Ilka Tereny</h1>"));
    let by = |query: &str| {
        desk.get_json(&format!("/search.json?by={query}"))["found"]["n_statements"].clone()
    };
    assert_eq!(by("Ilka+Tereny"), 2);
    let number = path.rsplit('/').next().unwrap();
    assert_eq!(by(&format!("%23{number}")), 2);
    // As the desk's own fields have it.
    assert_eq!(by(&format!("Ilka+Tereny+%23{number}")), 2);
}

#[test]
fn an_actor_is_shown_with_those_quoted_beside_it() {
    let desk = Served::of(&week());
    let path = desk.get("/actor?name=Ilka+Tereny").header("location").unwrap().to_owned();
    let page = desk.get(&path).body;
    assert!(page.contains("Quoted beside") && page.contains("Articles that quote both"), "{page}");
    let beside = desk.get_json(&format!("{path}.json"))["beside"].clone();
    let speakers = beside["speakers"].as_array().unwrap();
    assert_eq!((speakers.len(), &beside["n_articles"]), (1, &2.into()), "{beside}");
    assert_eq!(
        (&speakers[0]["name"], &speakers[0]["articles"]),
        (&"Pavol Dresz".into(), &1.into())
    );
}

#[test]
fn all_who_come_at_once_are_answered() {
    let desk = Served::of(&week());
    let paths =
        ["/", "/search?words=kept", "/actors", "/network", "/shifts", "/sources", "/disputes"];
    let failed: Vec<String> = std::thread::scope(|scope| {
        let reader = |n: usize| {
            let desk = &desk;
            scope.spawn(move || {
                let paths = (0..paths.len()).map(|idx| paths[(n + idx) % paths.len()]);
                let answers = paths.map(|path| (path, desk.get(path).status));
                answers.filter(|(_, status)| *status != 200).collect::<Vec<_>>()
            })
        };
        let readers: Vec<_> = (0..100).map(reader).collect();
        let failed = readers.into_iter().flat_map(|reader| reader.join().unwrap());
        failed.map(|(path, status)| format!("{path}: {status}")).collect()
    });
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn a_question_that_takes_too_long_is_given_up() {
    let sentence = |n: usize| format!("“Talia kept its word {n},” Ilka Tereny said. ");
    let text: String = (0..200).map(sentence).collect();
    let mut draft = Draft::new(&text).published("The Courier", "2026-01-21");
    for n in 0..200 {
        draft = draft.said("Ilka Tereny", &format!("“Talia kept its word {n},”"), "Talia", 0.7);
    }
    let options = Options { question_time: Duration::ZERO, ..Options::default() };
    let desk = Served::with(&[draft.record()], options);
    let answer = desk.get("/search?words=kept");
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert!(answer.body.contains("took too long"), "{}", answer.body);
    // Whatever takes no time is answered.
    assert_eq!(desk.get("/add").status, 200);
}

#[test]
fn a_search_is_narrowed_by_months() {
    let desk = Served::of(&week());
    let n = |query: &str| {
        desk.get_json(&format!("/search.json?{query}"))["found"]["n_statements"].clone()
    };
    assert_eq!(n("since=2026-01&until=2026-01"), 2);
    assert_eq!(n("since=2026-02"), 1);
    assert_eq!(n("until=2026-01-20"), 0);
    assert_eq!(n("form=direct"), 2);
    assert_eq!(n("outlet=the+courier"), 2);
}

#[test]
fn an_empty_record_says_how_to_fill_it() {
    let desk = Served::of(&[]);
    assert!(desk.get("/").body.contains("Nothing is on record yet"));
    assert_eq!(desk.get("/search?words=x").status, 200);
}

#[test]
fn what_is_added_meanwhile_is_shown() {
    let desk = Served::of(&[]);
    assert!(!desk.get("/").body.contains("Ilka"));
    Store::open(&desk.record).unwrap().add(&week()).unwrap();
    assert!(desk.get("/").body.contains("Ilka"));
}

#[test]
fn answers_that_are_kept_do_not_outlive_a_change() {
    let desk = Served::of(&[]);
    // As if it had been written long ago: else nothing is kept.
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    let wal = format!("{}-wal", desk.record.display());
    for file in [desk.record.clone(), wal.into()] {
        if let Ok(file) = std::fs::OpenOptions::new().append(true).open(file) {
            file.set_modified(long_ago).unwrap();
        }
    }
    for _ in 0..2 {
        assert!(!desk.get("/").body.contains("Ilka"));
    }
    Store::open(&desk.record).unwrap().add(&week()).unwrap();
    assert!(desk.get("/").body.contains("Ilka"));
}

#[test]
fn a_name_that_several_bear_is_asked_about() {
    let by = |text: &str, country: &str| {
        let mut draft = Draft::new(text);
        draft.actor("Ada Marlow", Kind::Person, country);
        draft.said("Ada Marlow", "that Talia had won", "Talia", 0.5).record()
    };
    let one = by("Ada Marlow said on Monday that Talia had won the match.", "AZE");
    let other = by("The singer Ada Marlow said in June that Talia had won.", "GBR");
    let desk = Served::of(&[one, other]);
    let page = desk.get("/search?by=Ada+Marlow&about=Talia");
    assert_eq!(page.status, 300, "{}", page.body);
    assert!(page.body.contains("Several bear the name “Ada Marlow”"), "{}", page.body);
    let choice = link(&page.body, "Ada Marlow (");
    assert!(choice.starts_with("/search?by=%23") && choice.ends_with("&about=Talia"), "{choice}");
    assert_eq!(desk.get(&choice).status, 200);
    let json = desk.get_json("/search.json?by=Ada+Marlow");
    assert_eq!(json["error"]["choices"].as_array().map(Vec::len), Some(2), "{json}");
}

#[test]
fn style_and_script_are_kept_by_browsers() {
    let desk = Served::of(&[]);
    let page = desk.get("/").body;
    for (attribute, media_type) in
        [("href=\"/assets/desk-", "text/css"), ("src=\"/assets/desk-", "text/javascript")]
    {
        let at = page.find(attribute).unwrap() + attribute.find('/').unwrap();
        let path = page[at..].split('"').next().unwrap();
        let answer = desk.get(path);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some(media_type)),
            "{path}"
        );
        assert!(answer.header("cache-control").unwrap().contains("immutable"));
    }
    assert_eq!(desk.get("/assets/desk.css").status, 404);
}

/// The hash of the first article.
fn hash(desk: &Served) -> String {
    let found = desk.get_json("/search.json?words=kept");
    found["found"]["statements"][0]["article"].as_str().unwrap().to_owned()
}

/// Where the first link leads whose words begin so.
fn link(page: &str, words: &str) -> String {
    let links = page.split("<a ").skip(1).filter_map(|link| link.split_once("</a>"));
    let text = |inner: &str| {
        let parts = inner.split('<').enumerate();
        let text: String = parts
            .map(
                |(n, part)| if n == 0 { part } else { part.split_once('>').map_or("", |(_, t)| t) },
            )
            .collect();
        text
    };
    for (link, _) in links {
        let Some((tag, inner)) = link.split_once('>') else { continue };
        if text(inner).starts_with(words)
            && let Some((_, href)) = tag.split_once("href=\"")
        {
            return href.split('"').next().unwrap().replace("&amp;", "&");
        }
    }
    panic!("no link begins with {words:?}: {page}");
}

#[test]
fn all_that_the_document_for_programs_names_is_there() {
    let desk = Served::of(&week());
    let document = desk.get_json("/openapi.json");
    let hash = hash(&desk);
    let mut failures = String::new();
    let paths = document["paths"].as_object().unwrap();
    for (path, operations) in paths {
        let operation = &operations["get"];
        let id = if path.contains("article") { hash.as_str() } else { "1" };
        let mut query = String::new();
        for parameter in operation["parameters"].as_array().unwrap() {
            let value = match parameter["schema"]["type"].as_str().unwrap() {
                _ if parameter["in"] == "path" => continue,
                "integer" => "1",
                _ if parameter["schema"]["enum"].is_array() => {
                    parameter["schema"]["enum"][0].as_str().unwrap()
                }
                _ if parameter["schema"]["pattern"].is_string() => "2026-01",
                _ if parameter["required"] == true => "Talia",
                _ => continue,
            };
            query += &format!("&{}={value}", parameter["name"].as_str().unwrap());
        }
        let path = format!("{}?{}", path.replace("{id}", id), query.trim_start_matches('&'));
        let answer = desk.ask("GET", &path, &[], "");
        let content = operation["responses"]["200"]["content"].as_object().unwrap();
        let media_type = content.keys().next().unwrap();
        let is_there = matches!(answer.status, 200 | 303);
        let is_it = answer.status == 303
            || answer
                .header("content-type")
                .is_some_and(|found| found.starts_with(media_type.as_str()));
        if !is_there || !is_it {
            failures += &format!("{path}: {} {}\n", answer.status, answer.body);
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(
        paths.contains_key("/search.csv") && paths.contains_key("/article/{id}.json"),
        "{paths:?}"
    );
}
