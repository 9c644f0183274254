//! The client against a server on loopback.

mod server;

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use onrecord_fetch::{Archive, Client, FeedState, Fetches, Known, Options, State, look};
use onrecord_intake::{Articles, Source};
use server::{Server, reply};

const PAGE: &[u8] =
    b"<!DOCTYPE html><title>Talks</title><article><p>Ministers of both countries met on \
    Friday and talked about water for the first time in three years, officials said.</p>\
    <p>The next round will be held in the spring, the minister told reporters.</p></article>";

const PDF: &[u8] = include_bytes!("../../../onrecord-intake/tests/cases/report.pdf");

fn options() -> Options {
    Options {
        allow_private: true,
        delay: Duration::ZERO,
        timeout: Duration::from_millis(500),
        max_wait: Duration::from_secs(1),
        max_bytes: 1 << 20,
        max_redirects: 3,
    }
}

fn get(
    server: &Server,
    path: &str,
) -> Result<Option<onrecord_fetch::Response>, onrecord_fetch::Error> {
    Client::new(options()).get(&format!("{}{path}", server.url), &Known::default())
}

#[test]
fn pages_are_fetched_unpacked_and_kept() {
    let server = Server::new(|path, headers, stream| match path {
        "/robots.txt" => reply(stream, "404 Not Found", b""),
        "/moved" => reply(stream, "302 Found\r\nLocation: page?x=1", b""),
        _ => {
            let wants_gzip =
                headers.iter().any(|h| h.to_lowercase().starts_with("accept-encoding: gzip"));
            assert!(wants_gzip, "{headers:?}");
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(PAGE).unwrap();
            let body = encoder.finish().unwrap();
            reply(
                stream,
                "200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip",
                &body,
            )
        }
    });
    let response = get(&server, "/moved").unwrap().unwrap();
    assert_eq!(response.url, format!("{}/page?x=1", server.url));
    assert_eq!(response.content().unwrap(), PAGE);
    assert_eq!(server.requests(), ["/robots.txt", "/moved", "/page?x=1"]);

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("archive");
    let _ = fs::remove_dir_all(&folder);
    let mut archive = Archive::create(&folder).unwrap();
    archive.add(&response).unwrap();
    assert_ne!(Archive::create(&folder).unwrap().path(), archive.path());
    let file = fs::File::open(archive.path()).unwrap();
    let source = Source::file("kept.warc.gz", file);
    let kept: Vec<_> = Articles::new(source, onrecord_intake::Options::default()).collect();
    assert_eq!(kept.len(), 1);
    let (article, _) = kept[0].result.as_ref().unwrap();
    let fetched = response.documents().unwrap().next().unwrap();
    let fetched = fetched.read(&onrecord_intake::Fields::default()).result.unwrap().0;
    assert_eq!((&article.text, &article.url), (&fetched.text, &Some(response.url.clone())));
    let bytes = fs::read(archive.path()).unwrap();
    let mut unpacked = Vec::new();
    let mut decoder = flate2::read::MultiGzDecoder::new(Cursor::new(bytes));
    std::io::Read::read_to_end(&mut decoder, &mut unpacked).unwrap();
    assert!(unpacked.starts_with(b"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:"));
}

#[test]
fn bad_servers_are_given_up_in_time() {
    let server = Server::new(|path, _, stream| match path {
        "/robots.txt" => {
            reply(stream, "200 OK", b"User-agent: *\nDisallow: /secret\nAllow: /secret/not")
        }
        "/endless" => reply(stream, "301 Moved\r\nLocation: /endless", b""),
        "/huge" => {
            write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
            loop {
                stream.write_all(&[b'x'; 65536])?;
            }
        }
        "/bomb" => {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(&vec![b' '; 8 << 20])?;
            reply(stream, "200 OK\r\nContent-Encoding: gzip", &encoder.finish()?)
        }
        "/slow" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")?;
            // A byte now and then keeps every single read short of its own limit.
            loop {
                stream.write_all(b"x")?;
                std::thread::park_timeout(Duration::from_millis(20));
            }
        }
        "/file" => reply(stream, "302 Found\r\nLocation: file:///etc/passwd", b""),
        "/gone" => reply(stream, "410 Gone", b""),
        "/broken" => reply(stream, "500 Oops", b""),
        _ => reply(stream, "200 OK", b"They met."),
    });
    let cases = [
        ("/endless", "is redirected more than 3 times"),
        ("/huge", "larger than 1 MiB"),
        ("/slow", "the server took too long"),
        ("/file", "no URL of a page: it begins with file:"),
        ("/gone", "the server answered with status 410"),
        ("/broken", "the server answered with status 500"),
        ("/secret", "the site's robots.txt asks not to fetch it"),
        ("/secret/x?y", "the site's robots.txt asks not to fetch it"),
    ];
    let mut failures = Vec::new();
    for (path, expected) in cases {
        let began = Instant::now();
        let result = get(&server, path);
        let message = result.as_ref().map_or_else(ToString::to_string, |_| "fetched".to_owned());
        if !message.starts_with(expected) || began.elapsed() > Duration::from_secs(10) {
            failures.push(format!("{path}: {message} after {:?}", began.elapsed()));
        }
    }
    assert!(get(&server, "/bomb").unwrap().unwrap().content().is_err());
    assert!(get(&server, "/secret/not").is_ok());
    assert!(!server.requests().contains(&"/secret".to_owned()));
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn private_addresses_are_refused_whatever_they_are_called() {
    let server = Server::new(|_, _, stream| reply(stream, "200 OK", b"secret"));
    let port = server.url.rsplit(':').next().unwrap();
    let client = Client::new(Options { allow_private: false, ..options() });
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f.1",
        "0.0.0.0",
        "10.0.0.1",
    ] {
        let error = client.get(&format!("http://{host}:{port}/"), &Known::default()).unwrap_err();
        // A machine without IPv6 cannot even resolve some of them.
        assert!(error.is_private() || host.starts_with('['), "{host}: {error}");
    }
    assert_eq!(server.requests(), Vec::<String>::new());
}

#[test]
fn a_server_that_asks_for_patience_gets_it() {
    let n_asked = AtomicU32::new(0);
    let server = Server::new(move |path, _, stream| match path {
        "/robots.txt" => reply(stream, "404 Not Found", b""),
        "/later" => reply(stream, "429 Too Many\r\nRetry-After: 3600", b""),
        _ if n_asked.fetch_add(1, Ordering::SeqCst) < 2 => {
            reply(stream, "503 Busy\r\nRetry-After: 0", b"")
        }
        _ => reply(stream, "200 OK", b"They met."),
    });
    assert!(get(&server, "/busy").is_ok());
    assert_eq!(server.requests(), ["/robots.txt", "/busy", "/busy", "/busy"]);
    let client = Client::new(options());
    let error = client.get(&format!("{}/later", server.url), &Known::default()).unwrap_err();
    assert!(error.is_temporary() && error.to_string().contains("3600 s"), "{error}");
    // The host's other pages wait too, without asking.
    let error = client.get(&format!("{}/other", server.url), &Known::default()).unwrap_err();
    assert!(error.is_temporary(), "{error}");
    assert!(!server.requests().contains(&"/other".to_owned()));
}

#[test]
fn requests_to_a_host_keep_their_distance() {
    let server = Server::new(|path, _, stream| match path {
        "/robots.txt" => reply(stream, "404 Not Found", b""),
        _ => reply(stream, "200 OK", b"They met."),
    });
    let delay = Duration::from_millis(60);
    let client = Client::new(Options { delay, ..options() });
    let began = Instant::now();
    for path in ["/1", "/2", "/3"] {
        client.get(&format!("{}{path}", server.url), &Known::default()).unwrap();
    }
    assert!(began.elapsed() >= 3 * delay, "{:?}", began.elapsed());
}

#[test]
fn a_server_that_cannot_say_what_is_allowed_allows_nothing() {
    let server = Server::new(|_, _, stream| reply(stream, "500 Oops", b""));
    assert!(get(&server, "/page").unwrap_err().is_robots());
}

#[test]
fn feeds_are_transferred_only_when_they_changed() {
    let server = Server::new(|path, headers, stream| match path {
        "/robots.txt" => reply(stream, "404 Not Found", b""),
        _ if headers.iter().any(|header| header.eq_ignore_ascii_case("if-none-match: \"1\"")) => {
            reply(stream, "304 Not Modified", b"")
        }
        _ => reply(
            stream,
            "200 OK\r\nETag: \"1\"",
            b"<rss><channel><item><guid>a</guid></item><item><guid>b</guid></item></channel></rss>",
        ),
    });
    let url = format!("{}/feed", server.url);
    let client = Client::new(options());
    let old = FeedState { seen: vec!["b".to_owned(), "gone".to_owned()], ..FeedState::default() };
    let (entries, seen) = look(&client, &url, &old).unwrap();
    assert_eq!(entries.iter().map(|entry| entry.id.as_deref()).collect::<Vec<_>>(), [Some("a")]);
    assert_eq!(seen.seen, ["a", "b"]);

    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("state.json");
    let _ = fs::remove_file(&path);
    let mut state = State::load(&path).unwrap();
    state.feeds.insert(url.clone(), seen.clone());
    state.save(&path).unwrap();
    assert_eq!(State::load(&path).unwrap(), state);
    let (entries, again) = look(&client, &url, &state.feeds[&url]).unwrap();
    assert_eq!((entries.len(), again), (0, seen));
    fs::write(&path, "{").unwrap();
    assert!(State::load(&path).unwrap_err().to_string().contains("move it away"));
}

#[test]
fn hosts_are_asked_at_the_same_time_and_each_one_thing_at_a_time() {
    // Each server answers its first page only once the other has been asked for its own, which one
    // host after the other would never do within the client's patience.
    let (n_asked, n_open, most_open) = <[Arc<AtomicU32>; 3]>::default().into();
    let server = || {
        let n_asked = Arc::clone(&n_asked);
        let (n_open, most_open) = (Arc::clone(&n_open), Arc::clone(&most_open));
        let here = AtomicU32::new(0);
        Server::new(move |path, _, stream| {
            if path == "/robots.txt" {
                return reply(stream, "404 Not Found", b"");
            }
            most_open.fetch_max(here.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            n_open.fetch_add(1, Ordering::SeqCst);
            if path == "/0" {
                n_asked.fetch_add(1, Ordering::SeqCst);
                while n_asked.load(Ordering::SeqCst) < 2 {
                    std::thread::yield_now();
                }
            }
            here.fetch_sub(1, Ordering::SeqCst);
            reply(stream, "200 OK\r\nContent-Type: text/html", path.as_bytes())
        })
    };
    let (one, other) = (server(), server());
    let urls: Vec<String> = (0..40)
        .map(|n| format!("{}/{}", if n % 2 == 0 { &one.url } else { &other.url }, n / 2))
        .chain(["ftp://example.org".to_owned()])
        .collect();
    let options = Options { timeout: Duration::from_secs(20), ..options() };
    let fetched: Vec<_> = Fetches::new(Client::new(options), &urls, 8).collect();
    assert_eq!(fetched.len(), urls.len());
    for (url, response) in urls.iter().zip(&fetched[..40]) {
        assert_eq!(&response.as_ref().unwrap().url, url);
    }
    assert!(fetched[40].is_err());
    assert_eq!(n_open.load(Ordering::SeqCst), 40);
    assert_eq!(most_open.load(Ordering::SeqCst), 1, "requests to one host at the same time");
    assert_eq!(one.requests().len(), 21, "robots.txt was asked for once");
}

#[test]
fn who_has_enough_need_not_wait_for_the_rest() {
    let server = Server::new(|_, _, stream| reply(stream, "404 Not Found", b""));
    let urls: Vec<String> = (0..1000).map(|n| format!("{}/{n}", server.url)).collect();
    let mut fetches = Fetches::new(Client::new(options()), &urls, 2);
    assert!(fetches.next().unwrap().is_err());
    drop(fetches);
    assert!(server.requests().len() < 500, "it went on: {}", server.requests().len());
}

#[test]
fn what_was_fetched_knows_where_it_was() {
    let server = Server::new(|path, _, stream| {
        match path {
        "/talks.txt" => reply(
            stream,
            "200 OK\r\nContent-Type: text/plain",
            b"Talks resume\n\nMinisters of both countries met on Friday and talked about water.",
        ),
        "/lines" => reply(
            stream,
            "200 OK\r\nContent-Type: application/jsonl",
            b"{\"text\": \"They met.\"}\n{\"text\": \"They talked.\", \"url\": \"https://example.org/2\"}\n",
        ),
        "/talks.pdf" => reply(stream, "200 OK\r\nContent-Type: application/pdf", PDF),
        _ => reply(stream, "404 Not Found", b""),
    }
    });
    let urls = |path: &str| -> Vec<Option<String>> {
        let documents = get(&server, path).unwrap().unwrap().documents().unwrap();
        let read = documents.map(|document| document.read(&Default::default()));
        read.map(|item| item.result.unwrap().0.url).collect()
    };
    let at = |path: &str| Some(format!("{}{path}", server.url));
    let cases = [
        ("/talks.txt", vec![at("/talks.txt")]),
        ("/talks.pdf", vec![at("/talks.pdf")]),
        // Lines are articles from elsewhere.
        ("/lines", vec![None, Some("https://example.org/2".to_owned())]),
    ];
    for (path, expected) in cases {
        assert_eq!(urls(path), expected, "{path}");
    }
}
