//! Articles, names and queries that would be markup.

use onrecord_record::Record;

use crate::support::{Draft, Served};

/// What would run, or break out of where it stands.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "javascript:alert(1)",
    "]]><script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}",
    "\u{202e}txet\u{0} \u{1b}[31m",
];

/// An article in which everything is an attack.
fn hostile(attack: &str) -> Record {
    let name = format!("Ilka {attack} Tereny");
    let text = format!("{attack}\n\n“We agree {attack},” {name} said of Talia{attack}land.");
    Draft::new(&text)
        .published(&format!("Outlet {attack}"), "2026-01-21")
        .article(|article| {
            article.title = Some(attack.to_owned());
            article.url = Some(attack.to_owned());
            article.authors = vec![attack.to_owned()];
            article.section = Some(attack.to_owned());
            article.path = Some(format!("/tmp/{attack}"));
            article.language = Some(attack.to_owned());
        })
        .said(&name, &format!("“We agree {attack},”"), &format!("Talia{attack}land"), 0.8)
        .record()
}

#[test]
fn attacks_in_articles_and_names_are_only_text() {
    let mut failures = String::new();
    for attack in ATTACKS {
        let record = hostile(attack);
        let hash = record.article.id.to_string();
        let desk = Served::of(&[record]);
        let article = format!("/article/{hash}");
        let mut paths =
            vec!["/", "/actors", article.as_str(), "/search?words=agree", "/search?show=articles"];
        let actors =
            ["/actor/1", "/actor/2", "/search?by=%231", "/search?about=%232", "/search.atom"];
        paths.extend(actors);
        paths.extend([
            "/between?one=%231&other=%232",
            "/compare?on=%232",
            "/compare?on=agree",
            "/network",
            "/between",
        ]);
        paths.extend([
            "/sources",
            "/sources?count=outlet",
            "/shifts",
            "/disputes",
            "/actor/1.atom",
        ]);
        for path in paths {
            let answer = desk.get(path);
            if answer.status != 200 {
                failures += &format!("{path}: {}\n", answer.status);
            }
            for fault in faults(&answer.body) {
                failures += &format!("{attack:?} at {path}: {fault}\n");
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn attacks_in_queries_are_only_text() {
    let desk = Served::of(&[hostile("none")]);
    let mut failures = String::new();
    for attack in ATTACKS {
        let value: String = url::form_urlencoded::byte_serialize(attack.as_bytes()).collect();
        let names = [
            "words", "by", "about", "outlet", "capacity", "since", "form", "show", "limit", "name",
        ];
        for path in [
            "/search",
            "/actor",
            "/actors",
            "/search.atom",
            "/nowhere",
            "/between",
            "/compare",
            "/network",
            "/sources",
        ] {
            for name in names {
                let answer = desk.get(&format!("{path}?{name}={value}"));
                // JSON is never taken for markup: its media type says so, and that it is not to be guessed.
                let is_json = answer.header("content-type") == Some("application/json");
                for fault in faults(&answer.body).iter().filter(|_| !is_json) {
                    failures += &format!("{path}?{name}={attack:?}: {fault}\n");
                }
                if answer.status >= 500 {
                    failures += &format!("{path}?{name}={attack:?}: {}\n", answer.status);
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn no_path_leads_out_of_the_desk() {
    let desk = Served::of(&[]);
    for path in [
        "/assets/../../../etc/passwd",
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/article/..%2f..%2fmy.db",
        "/article/../../etc/passwd",
        "/actor/..%2f1",
        "//etc/passwd",
        "/assets/%00",
        "/my.db",
    ] {
        let answer = desk.get(path);
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.body.contains("root:") && !answer.body.contains("SQLite"), "{path}");
    }
}

/// Markup that no page of the desk has by itself.
fn faults(body: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        let tag = &rest[at..];
        // Within quotation marks a `>` ends nothing.
        let mut quoted = false;
        let end = tag.find(|c: char| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let tag = &tag[..end.map_or(tag.len(), |end| end + 1)];
        rest = &rest[at + tag.len()..];
        let outside: String = tag.split('"').step_by(2).collect();
        let outside = outside.to_ascii_lowercase();
        let is_own_script = tag.starts_with("<script src=\"/assets/desk-");
        if outside.starts_with("<script") && !is_own_script || outside.starts_with("<img") {
            faults.push(tag.to_owned());
        }
        let leads = ["href", "src", "action", "cite", "formaction"];
        let runs = leads.iter().any(|name| tag.contains(&format!(" {name}=\"javascript:")));
        if outside.contains(" on") || outside.contains(" style") || runs {
            faults.push(tag.to_owned());
        }
    }
    let controls = body.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r'));
    if body.starts_with("<?xml") && controls.count() > 0 {
        faults.push("a control character in XML".to_owned());
    }
    faults
}

#[test]
fn faults_are_seen() {
    assert_eq!(faults("<p>a</p><a href=\"/x?a=&lt;script\">b</a>"), Vec::<String>::new());
    for bad in [
        "<script>x</script>",
        "<p onclick=x>",
        "<img src=x>",
        "<a href=\"javascript:x\">",
        "<p class=\"a\" style=\"x\">",
        "<p title=\"a\" onx=\"y\">",
    ] {
        assert!(!faults(bad).is_empty(), "{bad}");
    }
}
