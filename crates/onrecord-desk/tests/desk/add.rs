//! Adding articles, and what is refused.

use std::io::Read;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use onrecord_desk::Options;
use serde_json::Value;

use crate::support::{Answer, Served};

const ARTICLE: &str = "Talks resume\n\n“We came here to talk about water,” Foreign Minister Ilka Tereny told reporters in \
    Geneva. The spokesman of the ministry said that the talks would go on.";

/// A form with these fields.
struct Sent(String);

const BOUNDARY: &str = "----desk-test";

impl Sent {
    fn with_key(desk: &Served) -> Sent {
        Sent(String::new()).field("key", &key(desk))
    }

    fn field(self, name: &str, value: &str) -> Sent {
        let head =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        Sent(self.0 + &head + value + "\r\n")
    }

    fn file(self, name: &str, content: &str) -> Sent {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        Sent(self.0 + &head + content + "\r\n")
    }

    fn send(self, desk: &Served, headers: &[(&str, &str)]) -> Answer {
        let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
        let mut all = vec![("Content-Type", media_type.as_str())];
        all.extend(headers);
        desk.ask("POST", "/add", &all, &format!("{}--{BOUNDARY}--\r\n", self.0))
    }

    /// Sends it, and waits until all is added.
    fn done(self, desk: &Served) -> Value {
        let answer = self.send(desk, &[]);
        assert_eq!(answer.status, 303, "{}", answer.body);
        let path = answer.header("location").unwrap().to_owned();
        let began = Instant::now();
        loop {
            let state = desk.get_json(&format!("{path}.json"));
            if state["over"] == true {
                assert!(desk.get(&path).body.contains("Add more"));
                return state;
            }
            assert!(began.elapsed() < Duration::from_secs(120), "{state}");
        }
    }
}

fn key(desk: &Served) -> String {
    let page = desk.get("/add").body;
    page.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn a_text_is_read_and_kept() {
    let desk = Served::of(&[]);
    let sent = |outlet: &str| {
        Sent::with_key(&desk)
            .field("text", &ARTICLE.replace('\n', "\r\n"))
            .field("outlet", outlet)
            .field("published", "2026-01-23")
    };
    let state = sent("The Courier").done(&desk);
    assert_eq!((&state["added"], &state["failed"]), (&1.into(), &0.into()), "{state}");
    assert_eq!(state["steps"][0]["name"], "Talks resume");
    let hash = state["steps"][0]["article"].as_str().unwrap();
    let article = desk.get(&format!("/article/{hash}"));
    assert!(article.body.contains("23 January 2026") && article.body.contains("The Courier"));
    let found = desk.get_json("/search.json?words=water");
    assert!(found["found"]["n_statements"].as_u64() > Some(0), "{found}");
    let again = sent("The Courier").done(&desk);
    assert_eq!((&again["added"], &again["known"]), (&0.into(), &1.into()), "{again}");
}

#[test]
fn files_of_many_kinds_are_read() {
    let desk = Served::of(&[]);
    let page =
        format!("<html><title>A page</title><p>{}</p></html>", ARTICLE.replace("\n\n", "</p><p>"));
    let state = Sent::with_key(&desk)
        .file("../../etc/talks.txt", ARTICLE)
        .file("<img src=x onerror=alert(1)>.html", &page)
        .file("picture.png", "\u{0}\u{1}\u{2}PNG")
        .done(&desk);
    assert_eq!((&state["given"], &state["done"]), (&3.into(), &3.into()), "{state}");
    assert_eq!((&state["added"], &state["failed"]), (&2.into(), &1.into()), "{state}");
    let hash = state["steps"][0]["article"].as_str().unwrap();
    let article = desk.get(&format!("/article/{hash}")).body;
    assert!(article.contains("talks.txt") && !article.contains("etc/"), "{article}");
}

#[test]
fn other_sites_and_strangers_add_nothing() {
    let desk = Served::of(&[]);
    let own = format!("http://{}", desk.address);
    let good = || Sent::with_key(&desk).field("text", ARTICLE);
    let mut failures = String::new();
    for (what, answer) in [
        ("no key", Sent(String::new()).field("text", ARTICLE).send(&desk, &[])),
        (
            "a guess",
            Sent(String::new()).field("key", "guess").field("text", ARTICLE).send(&desk, &[]),
        ),
        (
            "a key that comes late",
            Sent(String::new()).field("text", ARTICLE).field("key", &key(&desk)).send(&desk, &[]),
        ),
        ("another site", good().send(&desk, &[("Origin", "https://evil.example")])),
        ("a frame", good().send(&desk, &[("Origin", "null")])),
        ("another site, by its own word", good().send(&desk, &[("Sec-Fetch-Site", "cross-site")])),
        ("another name", good().send(&desk, &[("Host", "evil.example")])),
    ] {
        if answer.status != 403 {
            failures += &format!("{what}: {}\n", answer.status);
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert_eq!(desk.get_json("/search.json")["found"]["n_articles"], 0);
    assert_eq!(
        good().send(&desk, &[("Origin", &own), ("Sec-Fetch-Site", "same-origin")]).status,
        303
    );
    // What was not sent by a form, or is not one.
    let text = [("Content-Type", "text/plain")];
    assert_eq!(desk.ask("POST", "/add", &text, &format!("key={}", key(&desk))).status, 400);
    assert_eq!(desk.get("/add/ffff").status, 404);
}

#[test]
fn addresses_of_machines_nearby_are_not_asked() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let desk = Served::of(&[]);
    let urls = [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://0x7f.1:{port}/"),
        format!("http://127.1:{port}/"),
        format!("http://user@127.0.0.1:{port}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://10.0.0.1/".to_owned(),
        "http://[fe80::1]/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "gopher://127.0.0.1/".to_owned(),
        "javascript:alert(1)".to_owned(),
    ];
    let state = Sent::with_key(&desk).field("addresses", &urls.join("\n")).done(&desk);
    assert_eq!(state["failed"], urls.len(), "{state}");
    assert_eq!(state["added"], 0, "{state}");
    listener.set_nonblocking(true).unwrap();
    let asked = listener.accept().map(|(mut stream, _)| {
        let mut request = [0; 64];
        let _ = stream.read(&mut request);
        String::from_utf8_lossy(&request).into_owned()
    });
    assert!(asked.is_err(), "asked: {asked:?}");
}

#[test]
fn too_much_is_refused() {
    let desk = Served::with(&[], Options { max_body: 64 << 10, ..Options::default() });
    let large = Sent::with_key(&desk).file("large.txt", &"word ".repeat(40_000)).send(&desk, &[]);
    assert!(large.status == 413 || large.status == 0, "{}: {}", large.status, large.body);
    let many = "https://example.org/ ".repeat(200);
    assert_eq!(Sent::with_key(&desk).field("addresses", &many).send(&desk, &[]).status, 400);
    assert_eq!(Sent::with_key(&desk).send(&desk, &[]).status, 400);
    assert_eq!(
        Sent::with_key(&desk).field("text", "x").field("published", "soon").send(&desk, &[]).status,
        400
    );
    // A form that breaks off.
    let broken = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n{}",
        key(&desk)
    );
    let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
    let answer = desk.ask("POST", "/add", &[("Content-Type", &media_type)], &broken);
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(desk.get("/").status, 200);
}
