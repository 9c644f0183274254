//! Who is let in.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::num::NonZero;
use std::time::{Duration, Instant};

use onrecord_desk::{Desk, Options};
use onrecord_store::NoNames;

use crate::support::{Served, week};

const TOKEN: &str = "a token that is long enough";

fn shared() -> Options {
    Options { rate: None, ..Options::listening(([127, 0, 0, 1], 0).into(), TOKEN.to_owned()) }
}

#[test]
fn others_need_a_token() {
    let desk = Served::with(&week(), shared());
    let stranger = desk.get("/");
    assert_eq!((stranger.status, stranger.header("location")), (303, Some("/sign-in")));
    let mut failures = String::new();
    for (path, headers, status) in [
        ("/search.json", vec![], 401),
        ("/search", vec![("Accept", "application/json")], 401),
        ("/search.json", vec![("Authorization", "Bearer wrong")], 401),
        ("/search.json", vec![("Authorization", TOKEN)], 401),
        ("/search.json", vec![("Cookie", "onrecord=guess")], 401),
        ("/search.json", vec![("Cookie", "onrecord=")], 401),
        ("/sign-in", vec![], 200),
        ("/search.json", vec![("Authorization", "Bearer a token that is long enough")], 200),
    ] {
        let answer = desk.ask("GET", path, &headers, "");
        if answer.status != status {
            failures += &format!("{path} {headers:?}: {}\n", answer.status);
        }
        if status != 200 && (answer.body.contains("Talia") || answer.body.contains("Ilka")) {
            failures += &format!("{path} tells a stranger: {}\n", answer.body);
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn a_session_begins_with_the_token_and_ends() {
    let desk = Served::with(&week(), shared());
    let form = |token: &str| format!("token={}", token.replace(' ', "+"));
    let wrong = desk.ask("POST", "/sign-in", &[], &form("not the token of this desk"));
    assert_eq!((wrong.status, wrong.header("set-cookie")), (403, None));
    // Nor does another site sign a visitor in.
    let elsewhere = [("Origin", "https://evil.example")];
    let forged = desk.ask("POST", "/sign-in", &elsewhere, &form(TOKEN));
    assert_eq!((forged.status, forged.header("set-cookie")), (403, None));
    let signed_in = desk.ask("POST", "/sign-in", &[], &form(TOKEN));
    let cookie = signed_in.header("set-cookie").unwrap().to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let session = cookie.split(';').next().unwrap();
    let page = desk.ask("GET", "/search", &[("Cookie", session), ("Accept", "text/html")], "");
    assert!(page.status == 200 && page.body.contains("Ilka Tereny"));
    let key = page.body.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let out = |headers: &[(&str, &str)], key: &str| {
        let mut all = vec![("Cookie", session)];
        all.extend(headers);
        desk.ask("POST", "/sign-out", &all, &format!("key={key}")).status
    };
    let own = format!("http://{}", desk.address);
    // Without the key of a page of its own, or from another site, nothing is done.
    assert_eq!(out(&[], "guess"), 403);
    assert_eq!(out(&[], ""), 403);
    assert_eq!(out(&[("Origin", "https://evil.example")], key), 403);
    assert_eq!(out(&[("Origin", "null")], key), 403);
    assert_eq!(out(&[("Sec-Fetch-Site", "cross-site")], key), 403);
    assert_eq!(out(&[("Origin", &own), ("Sec-Fetch-Site", "same-origin")], key), 303);
    assert_eq!(desk.ask("GET", "/search.json", &[("Cookie", session)], "").status, 401);
}

#[test]
fn tokens_cannot_be_guessed_all_day() {
    let desk = Served::with(&[], shared());
    let statuses: Vec<u16> =
        (0..12).map(|n| desk.ask("POST", "/sign-in", &[], &format!("token={n}")).status).collect();
    assert_eq!(statuses[..10], [403; 10]);
    assert_eq!(statuses[10..], [429; 2]);
    // Not even by whoever knows it.
    let body = format!("token={}", TOKEN.replace(' ', "+"));
    assert_eq!(desk.ask("POST", "/sign-in", &[], &body).status, 429);
}

#[test]
fn nobody_asks_too_often() {
    let rate = NonZero::new(1);
    let desk = Served::with(&[], Options { rate, ..shared() });
    let statuses: Vec<u16> = (0..20).map(|_| desk.get("/sign-in").status).collect();
    assert!(statuses[..5].iter().all(|&status| status == 200), "{statuses:?}");
    assert_eq!(statuses[19], 429);
    let refused = desk.get("/sign-in");
    assert!(refused.header("retry-after").is_some() && refused.body.contains("Too fast"));
}

#[test]
fn a_desk_that_others_reach_does_not_open_without_a_token() {
    let folder = std::env::temp_dir().join(format!("onrecord-desk-open-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for token in [None, Some("short".to_owned())] {
        let options = Options { address: ([0, 0, 0, 0], 0).into(), token, ..Options::default() };
        let opened = Desk::open(&folder.join("my.db"), std::sync::Arc::new(NoNames), options);
        assert!(opened.err().expect("an error").is_open_to_all());
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn other_names_of_this_machine_are_refused() {
    let desk = Served::of(&week());
    let cases = [
        ("localhost:7070", 200),
        ("127.0.0.1", 200),
        ("[::1]:80", 200),
        ("rebound.example", 403),
        ("rebound.example:7070", 403),
        ("localhost.evil.example", 403),
        ("", 403),
    ];
    for (host, status) in cases {
        assert_eq!(desk.ask("GET", "/search.json", &[("Host", host)], "").status, status, "{host}");
    }
}

#[test]
fn every_answer_says_what_a_browser_may_do_with_it() {
    let desk = Served::of(&week());
    for path in ["/", "/search.json", "/nowhere", "/assets/none", "/search?by=nobody"] {
        let answer = desk.get(path);
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
    }
    let refused = desk.ask("GET", "/", &[("Host", "evil.example")], "");
    assert!(refused.header("content-security-policy").is_some());
}

#[test]
fn a_head_that_never_ends_is_not_waited_for() {
    let desk =
        Served::with(&[], Options { head_time: Duration::from_millis(300), ..Options::default() });
    let began = Instant::now();
    let mut slow: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut stream = TcpStream::connect(desk.address).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ").unwrap();
            stream
        })
        .collect();
    // Others are answered meanwhile.
    assert_eq!(desk.get("/").status, 200);
    for stream in &mut slow {
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut rest = Vec::new();
        let closed = stream.read_to_end(&mut rest);
        assert!(
            closed.is_ok()
                || closed.is_err_and(|e| e.kind() == std::io::ErrorKind::ConnectionReset)
        );
    }
    assert!(began.elapsed() < Duration::from_secs(15));
}

#[test]
fn whoever_holds_all_connections_does_not_hold_them_for_long() {
    let head_time = Duration::from_millis(300);
    let desk = Served::with(&[], Options { head_time, max_connections: 4, ..Options::default() });
    let began = Instant::now();
    let slow: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut stream = TcpStream::connect(desk.address).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
            stream
        })
        .collect();
    assert_eq!(desk.get("/").status, 200);
    assert!(began.elapsed() < Duration::from_secs(15));
    drop(slow);
}

#[test]
fn a_body_that_never_ends_is_not_waited_for() {
    let request_time = Duration::from_millis(300);
    let desk = Served::with(&[], Options { request_time, ..Options::default() });
    let head = "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 900\r\n\r\n";
    let began = Instant::now();
    let answer = desk.send(format!("{head}token=").as_bytes());
    assert!(answer.status >= 400, "{}", answer.status);
    assert!(began.elapsed() < Duration::from_secs(10));
}

#[test]
fn what_is_no_request_is_refused() {
    let desk =
        Served::with(&[], Options { head_time: Duration::from_millis(300), ..Options::default() });
    let long =
        format!("GET /search?words={} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(100_000));
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(5000));
    let cases: [&[u8]; 5] = [
        b"\x16\x03\x01 not http at all\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        long.as_bytes(),
        many.as_bytes(),
    ];
    for request in cases {
        let answer = desk.send(request);
        let head = String::from_utf8_lossy(&request[..request.len().min(20)]);
        assert!(answer.status == 0 || answer.status >= 400, "{head}: {}", answer.status);
    }
    assert_eq!(desk.get("/").status, 200);
}

#[test]
fn a_form_is_taken_up_to_its_size() {
    let desk = Served::with(&[], shared());
    let large = format!("token={}", "x".repeat(1 << 20));
    assert!((400..500).contains(&desk.ask("POST", "/sign-in", &[], &large).status));
}
