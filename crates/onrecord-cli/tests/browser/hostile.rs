//! Articles that are markup, shown by the desk: nothing of them runs.

use std::fs;

use onrecord_record::ArticleId;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::desk::Desk;

/// What would change the page's title, if any of it were taken for markup.
const MARKUP: &str =
    "\"><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

/// A reading in which everything that a desk shows is markup.
fn reading() -> Value {
    let text = format!("{MARKUP} met Belin. “We will {MARKUP} again,” {MARKUP} said of Belin.");
    let span = |words: &str, from: usize| {
        let at = from + text[from..].find(words).expect("the text has it");
        let start = text[..at].chars().count();
        json!([start, start + words.chars().count()])
    };
    let said = format!("“We will {MARKUP} again,”");
    let end = text.find("again,”").expect("the text has it");
    json!({
        "format": "onrecord/1",
        "article": {
            "id": ArticleId::of(&text).to_string(),
            "url": "javascript:document.title='owned'",
            "outlet": MARKUP, "title": MARKUP, "authors": [MARKUP],
            "published": "2026-01-23", "text": text,
        },
        "actors": [
            {"id": "a1", "name": MARKUP, "kind": "person", "country": "OST",
             "mentions": [{"span": span(MARKUP, 0), "form": "name"}]},
            {"id": "a2", "name": "Belin", "kind": "state", "country": "BEL",
             "mentions": [{"span": span("Belin", 0), "form": "name"}]},
        ],
        "statements": [{
            "id": "s1", "form": "direct", "content": [span(&said, 0)], "source": [span(MARKUP, end)],
            "cue": [span("said", end)], "speaker": "a1",
            "about": [{"actor": "a2", "stance": -0.5}], "confidence": 0.9,
        }],
        "events": [{
            "id": "e1", "type": "CONSULT", "trigger": [span("met", 0)], "actors": ["a1", "a2"],
            "status": "occurred", "confidence": 0.8,
        }],
    })
}

#[test]
fn markup_in_articles_and_queries_is_only_words() {
    let desk = Desk::with("hostile", |folder| {
        fs::write(folder.join("r.jsonl"), format!("{}\n", reading())).unwrap();
        vec![folder.join("r.jsonl")]
    });
    let browser = Browser::new(&desk.home);
    browser.go("/search?show=articles");
    let article = browser.attribute(&browser.find(".found h2 a"), "href");
    let article = &article[article.find("/article/").expect("it leads to the article")..];
    let query: String = MARKUP.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let pages = [
        ("/", true),
        (article, true),
        ("/actors", true),
        ("/actor/1", true),
        ("/between?one=%231&other=%232", true),
        ("/network", true),
        ("/compare?on=%232", true),
        ("/shifts", true),
        ("/disputes", true),
        ("/sources", true),
        (&format!("/search?words={query}"), false),
        (&format!("/search?by={query}"), false),
        (&format!("/search?outlet={query}"), false),
        (&format!("/actors?name={query}"), false),
        (&format!("/actor?name={query}"), false),
        (&format!("/{query}"), false),
    ];
    let mut wrong = Vec::new();
    for (path, is_found) in pages {
        browser.go(path);
        let found = browser.run(
            "return [document.title, document.querySelectorAll('img').length, \
             document.querySelectorAll('script:not([src^=\"/assets/\"])').length, \
             document.querySelectorAll('[href^=\"javascript\" i], [action^=\"javascript\" i]').length, \
             document.querySelectorAll('main').length]",
            json!([]),
        );
        if found[0] == "owned" || (1..4).any(|idx| found[idx] != 0) || found[4] != 1 {
            wrong.push(format!("{path}: {found}"));
        }
        // The policy would keep a script from running; here none is even tried.
        let is_error = |line: &String| line.contains("the server responded with a status of 4");
        let complaints = browser.complaints();
        let complaints = complaints.iter().filter(|line| is_found || !is_error(line));
        wrong.extend(complaints.map(|line| format!("{path}: {line}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
