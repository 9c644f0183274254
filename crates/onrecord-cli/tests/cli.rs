//! Runs the built `onrecord` command.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The command, run in an empty folder that is this test's own.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Folder {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(test);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), bytes).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.args(args).current_dir(&self.0).stdin(Stdio::null());
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(variable);
        }
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn run_with_stdin(&self, args: &[&str], stdin: &[u8]) -> Output {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(stdin).unwrap();
        child.wait_with_output().unwrap()
    }
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// The records on standard output, of a run without errors.
#[track_caller]
fn records(output: &Output) -> Vec<Value> {
    assert_eq!((output.status.code(), stderr(output)), (Some(0), ""));
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn json_has_the_text_unchanged_the_path_as_typed_and_the_date() {
    let folder = Folder::new("json");
    let texts = ["", "\r\n\r\n", "Talks\r\n\r\nThey met.\r\n", "“Да,” he said. 🙂\u{1b}[2J"];
    for text in texts {
        folder.write("a.txt", text);
        let output = folder.run(&["read", "--json", "--date", "2026-01-23", "./a.txt"]);
        let records = records(&output);
        assert_eq!(records.len(), 1, "{text:?}");
        let article = &records[0]["article"];
        assert_eq!(article["text"], text);
        assert_eq!(article["path"], "./a.txt");
        assert_eq!(article["published"], "2026-01-23");
        assert!(!output.stdout.contains(&0x1b));
    }
    folder.write("bom.txt", "\u{FEFF}Talks\n\nThey met.");
    let output = folder.run(&["read", "--json", "bom.txt"]);
    let article = &records(&output)[0]["article"];
    assert_eq!(article["text"], "Talks\n\nThey met.");
    assert_eq!(article["title"], "Talks");
    assert_eq!(article["published"], Value::Null);
}

#[test]
fn standard_input_is_read_once_among_files() {
    let folder = Folder::new("stdin");
    folder.write("a.txt", "A.");
    let output = folder.run_with_stdin(&["read", "--json", "a.txt", "-"], b"Piped.");
    let records = records(&output);
    let pairs: Vec<_> =
        records.iter().map(|r| [&r["article"]["path"], &r["article"]["text"]]).collect();
    assert_eq!(pairs, [["a.txt", "A."], ["-", "Piped."]]);

    let output = folder.run_with_stdin(&["read", "-"], b"Piped.");
    assert!(stdout(&output).starts_with("standard input\n"), "{}", stdout(&output));

    let output = folder.run(&["read", "-", "a.txt", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("can be read only once"), "{}", stderr(&output));
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let folder = Folder::new("bad");
    folder.write("1.txt", "One.");
    folder.write("latin.txt", b"caf\xE9");
    folder.write("utf16.txt", b"\xFF\xFEa\0");
    folder.write("program", b"\x7fELF\0\0");
    fs::create_dir(folder.0.join("folder")).unwrap();
    let large = fs::File::create(folder.0.join("large.txt")).unwrap();
    large.set_len((1 << 30) + 1).unwrap();
    folder.write("2.txt", "Two.");
    let output = folder.run(&[
        "read",
        "--json",
        "gone\u{1b}[2J.txt",
        "1.txt",
        "latin.txt",
        "utf16.txt",
        "program",
        "folder",
        "large.txt",
        "2.txt",
    ]);
    assert_eq!(output.status.code(), Some(1));
    let texts: Vec<Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["article"]["text"].take())
        .collect();
    assert_eq!(texts, ["One.", "Two."]);
    assert_eq!(
        stderr(&output),
        "\
onrecord: gone\u{fffd}[2J.txt: no such file; check the path
onrecord: latin.txt: not UTF-8: byte 0xE9 at byte offset 3; if it is text in another encoding, \
convert it, for example with `iconv -f WINDOWS-1252 -t UTF-8`
onrecord: utf16.txt: UTF-16, not UTF-8, by the byte order mark at byte offset 0; convert it with \
`iconv -f UTF-16 -t UTF-8`
onrecord: program: not a text: a NUL byte at byte offset 4; if it is UTF-16 without a byte order \
mark, convert it with `iconv -f UTF-16LE -t UTF-8`
onrecord: folder: an empty folder; there is nothing in it to read
onrecord: large.txt: larger than 1 GiB; split it into articles, a file each
"
    );
}

#[test]
fn any_number_of_threads_prints_the_same_bytes() {
    let folder = Folder::new("threads");
    let names: Vec<String> = (0..40).map(|n| format!("{n}.txt")).collect();
    for (n, name) in names.iter().enumerate() {
        folder.write(name, format!("“We agree,” said minister {n}.\n\n").repeat(1 + n * 3 % 7));
    }
    folder.write("20.txt", b"\xFF");
    for format in [&["read", "--json"][..], &["read"]] {
        let run = |n_threads: &str| {
            let mut args = [format, &["--threads", n_threads]].concat();
            args.extend(names.iter().map(String::as_str));
            folder.run(&args)
        };
        let one = run("1");
        assert!(names.iter().all(|name| stdout(&one).contains(name) != (name == "20.txt")));
        for n_threads in ["2", "64"] {
            assert!(run(n_threads) == one, "{format:?} with {n_threads} threads");
        }
    }
}

#[test]
fn human_output_is_plain_in_a_pipe_and_never_obeys_the_text() {
    let folder = Folder::new("human");
    folder.write("a.txt", "Talks \u{1b}]0;owned\u{7}\u{9b}2J resume\r\n\r\nThey met.\r\n");
    folder.write("b.txt", "They met.");
    let args = ["read", "--date", "2026-01-23", "a.txt", "b.txt"];
    let plain = folder.run(&args);
    let plain = stdout(&plain);
    let (a, b) = plain.split_once("\n\n\n").expect("two empty lines between articles");
    let heading = "Talks \u{fffd}]0;owned\u{fffd}\u{fffd}2J resume\na.txt · 2026-01-23 · ";
    assert!(a.starts_with(heading), "{a:?}");
    assert!(b.starts_with("b.txt\n2026-01-23 · "), "{b:?}");
    assert!(!plain.contains(|c: char| c.is_control() && c != '\n'), "{plain:?}");

    let colored = folder.run(&[&args[..], &["--color", "always"]].concat());
    assert!(stdout(&colored).starts_with("\u{1b}[1mTalks \u{fffd}]0;owned"));
    assert_eq!(anstream::adapter::strip_str(stdout(&colored)).to_string(), plain);

    let with = |variable: &str, value: &str| {
        let mut command = folder.command(&["read", "a.txt"]);
        command.env("CLICOLOR_FORCE", "1").env(variable, value).output().unwrap()
    };
    assert!(with("CLICOLOR_FORCE", "1").stdout.contains(&0x1b));
    assert!(!with("NO_COLOR", "1").stdout.contains(&0x1b));
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_ends_quietly() {
    let folder = Folder::new("pipe");
    folder.write("a.txt", "A.");
    for format in ["--json", "--color=never"] {
        let mut command = folder.command(&["read", format, "-", "a.txt"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // It cannot have written anything before it has its standard input.
        drop(child.stdout.take());
        drop(child.stdin.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""), "{format}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let folder = Folder::new("full");
    folder.write("a.txt", "A.");
    for format in ["--json", "--color=never"] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = folder.command(&["read", format, "a.txt"]).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}");
        let expected = "onrecord: the output cannot be written, and is not complete: No space left";
        assert!(stderr(&output).starts_with(expected), "{}", stderr(&output));
    }
}

#[test]
fn a_wrong_command_line_is_refused() {
    let folder = Folder::new("usage");
    folder.write("a.txt", "A.");
    let cases: [(&[&str], &str); 10] = [
        (&["read", "--field", "body", "a.txt"], "write it as FACT=NAME"),
        (&["read", "--field", "colour=x", "a.txt"], "the facts are text, html"),
        (&["read", "--offset", "9", "a.txt", "a.txt"], "an `--offset` is that of one file"),
        (&["fetch"], "<URL>"),
        (&["read", "--date", "23.1.2026", "a.txt"], "write it as YYYY-MM-DD"),
        (&["read", "--threads", "0", "a.txt"], "--threads"),
        (&["read", "--color", "blue", "a.txt"], "--color"),
        (&["read"], "<FILE>"),
        (&["write", "a.txt"], "'write'"),
        (&[], "Usage"),
    ];
    for (args, expected) in cases {
        let output = folder.run(args);
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{args:?}");
        assert!(stderr(&output).contains(expected), "{args:?}: {}", stderr(&output));
    }
}

/// What a server on loopback answers to each path; 404 for others.
fn serve(pages: &'static [(&str, &str)]) -> String {
    use std::io::{BufRead, BufReader};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let base = url.clone();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let lines: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            let path = lines.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default();
            let page = pages.iter().find(|(known, _)| *known == path);
            let (status, body) = page.map_or(("404 Not Found", ""), |(_, body)| ("200 OK", body));
            let (body, close) = (body.replace("BASE", &base), "Connection: close");
            let len = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\n{close}\r\nContent-Length: {len}\r\n\r\n{body}"
            );
        }
    });
    url
}

const PAGE: &str = "<!DOCTYPE html><html lang=en><head><title>Talks resume</title></head><body><article><h1>Talks resume</h1>\
    <p>Ministers of both countries met on Friday and talked about water for the first time in three \
    years, officials said after the meeting.</p><p>“We came to talk about water,” the minister told \
    reporters, and added that the next round would be held in the spring.</p></article></body></html>";

#[test]
fn files_of_many_kinds_in_one_command() {
    let folder = Folder::new("kinds");
    folder.write("page.html", PAGE);
    fs::create_dir_all(folder.0.join("dir/deep")).unwrap();
    folder.write("dir/b.txt", "B.");
    folder.write("dir/deep/c.txt", "C.");
    folder.write("dir/logo.png", b"\x89PNG\0");
    folder.write(
        "lines.jsonl",
        "{\"words\": \"One.\"}\n{\"no\": 1}\nbroken\n{\"words\": \"Two.\"}\n",
    );
    folder.write("1.md", "First.");
    folder.write("2.md", "Second.");
    let args =
        ["read", "--json", "--field", "text=words", "page.html", "dir", "*.md", "lines.jsonl", "-"];
    let run = |n_threads: &str| {
        folder.run_with_stdin(&[&args[..], &["--threads", n_threads]].concat(), b"Piped.")
    };
    let output = run("1");
    let paths: Vec<Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["article"]["path"].take())
        .collect();
    let expected = [
        "page.html",
        "dir/b.txt",
        "dir/deep/c.txt",
        "1.md",
        "2.md",
        "lines.jsonl@0",
        "lines.jsonl@35",
        "-",
    ];
    assert_eq!(paths, expected);
    assert_eq!(
        stderr(&output),
        "\
onrecord: lines.jsonl@28: the line is damaged (not JSON: expected value at line 1 column 1); skipped
onrecord: 8 articles read; skipped: 1 damaged, 2 no text
"
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(run("8") == output);
    let rest =
        folder.run(&["read", "--json", "--field", "text=words", "--offset", "35", "lines.jsonl"]);
    assert_eq!(stdout(&rest).lines().count(), 1);
    assert!(stdout(&rest).contains("lines.jsonl@35"));
}

#[test]
fn a_page_a_feed_a_crawl_a_report_and_a_folder_in_one_command() {
    let folder = Folder::new("sorts");
    folder.write("page.html", PAGE);
    folder.write(
        "feed.xml",
        "<rss><channel><title>News</title><item><title>Talks</title><description>Ministers met on \
         Friday and talked about water.</description></item></channel></rss>",
    );
    let record = |kind: &str, content: &str| {
        let len = content.len();
        let record = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/talks\r\n\
             Content-Type: application/http\r\nContent-Length: {len}\r\n\r\n{content}\r\n\r\n"
        );
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(record.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let request = record("request", "GET /talks HTTP/1.1\r\n\r\n");
    let response =
        record("response", &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}"));
    let damaged = [&response[..response.len() / 2], &[0; 9]].concat();
    folder.write("crawl.warc.gz", [&request[..], &damaged, &response].concat());
    folder.write("report.pdf", include_bytes!("../../onrecord-intake/tests/cases/report.pdf"));
    fs::create_dir_all(folder.0.join("dir")).unwrap();
    folder.write("dir/a.txt", "They met.");
    folder.write("dir/logo.png", b"\x89PNG\0");

    let args = ["page.html", "feed.xml", "crawl.warc.gz", "report.pdf", "dir/"];
    let output = folder.run(&[&["read", "--json"], &args[..]].concat());
    let articles: Vec<Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["article"].take())
        .collect();
    let paths: Vec<&str> = articles.iter().map(|a| a["path"].as_str().unwrap()).collect();
    let second = request.len() + damaged.len();
    let crawled = format!("crawl.warc.gz@{second}");
    assert_eq!(paths, ["page.html", "feed.xml!1", &crawled, "report.pdf", "dir/a.txt"]);
    assert_eq!(articles[2]["url"], "https://example.org/talks");
    assert_eq!(articles[3]["text"], "Ministers met on Friday and talked about water.");
    let said: Vec<&str> = stderr(&output).lines().collect();
    let [damage, summary] = said[..] else { panic!("{said:#?}") };
    assert!(damage.contains(&format!("crawl.warc.gz@{}", request.len())), "{damage}");
    assert_eq!(
        summary,
        "onrecord: 5 articles read; skipped: 1 damaged, 1 no text, 1 record without a page"
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn pages_are_fetched_and_kept() {
    let folder = Folder::new("fetch");
    let url = serve(&[("/talks", PAGE)]);
    let page = format!("{url}/talks");
    let refused = folder.run(&["fetch", "--json", &page]);
    assert_eq!((refused.status.code(), stdout(&refused)), (Some(1), ""));
    assert!(
        stderr(&refused).contains("127.0.0.1 is a private address; if you trust"),
        "{}",
        stderr(&refused)
    );

    let args = ["fetch", "--json", "--allow-private", "--delay", "0", "--save", "kept", &page];
    let output = folder.run(&args);
    let record: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(record["article"]["url"], page);
    assert_eq!(record["article"]["title"], "Talks resume");
    let kept = stderr(&output).trim().strip_prefix("onrecord: kept in ").unwrap().to_owned();
    let again = folder.run(&["read", "--json", &kept]);
    let again: Value = serde_json::from_str(stdout(&again)).unwrap();
    assert_eq!(again["article"]["text"], record["article"]["text"]);
    assert_eq!(again["article"]["url"], page);
}

#[test]
fn feeds_are_watched_for_what_is_new() {
    const FEED: &str = "<rss><channel><title>Wire</title>\
        <item><title>Talks resume</title><link>BASE/talks</link></item>\
        <item><title>Gone</title><link>BASE/gone</link><description>They left.</description></item>\
        </channel></rss>";
    let folder = Folder::new("watch");
    let url = serve(&[("/feed", FEED), ("/talks", PAGE)]);
    folder.write("feeds.opml", format!("<opml><body><outline xmlUrl='{url}/feed'/></body></opml>"));
    let args = ["watch", "--once", "--json", "--allow-private", "--delay", "0", "feeds.opml"];
    let output = folder.run(&args);
    let paths: Vec<Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["article"]["path"].take())
        .collect();
    assert_eq!(paths, [format!("{url}/gone"), format!("{url}/talks")], "{}", stderr(&output));
    assert_eq!(stderr(&output), "onrecord: 2 articles read\n");
    let again = folder.run(&args);
    assert_eq!((again.status.code(), stdout(&again), stderr(&again)), (Some(0), "", ""));
}

#[test]
fn every_command_and_flag_is_in_the_readme() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let folder = Folder::new("help");
    let help = folder.run(&["--help"]);
    let commands: Vec<&str> = stdout(&help)
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .map_while(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert_eq!(commands.first(), Some(&"read"), "{}", stdout(&help));
    let mut missing = Vec::new();
    for command in commands {
        if !readme.contains(&format!("onrecord {command}")) {
            missing.push(command.to_owned());
        }
        let help = folder.run(&[command, "--help"]);
        let flags: Vec<&str> = stdout(&help)
            .split(|c: char| c != '-' && !c.is_ascii_alphanumeric())
            .filter(|word| word.starts_with("--"))
            .collect();
        assert!(flags.len() > 1, "{}", stdout(&help));
        missing.extend(flags.into_iter().filter(|flag| !readme.contains(flag)).map(str::to_owned));
    }
    assert!(missing.is_empty(), "not in README.md: {missing:?}");
}
