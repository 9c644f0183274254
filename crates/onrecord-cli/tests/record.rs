//! Runs the commands that keep a record, on real files, and kills them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// An empty folder that is this test's own.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Folder {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("record").join(test);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.args(args).current_dir(&self.0).stdin(Stdio::null());
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env("ONRECORD_RECORD", "my.db");
        command
    }

    #[track_caller]
    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Standard output of a run without errors.
    #[track_caller]
    fn answer(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The objects that a question answers with.
    #[track_caller]
    fn rows(&self, args: &[&str]) -> Vec<Value> {
        let args = [args, &["--json"]].concat();
        self.answer(&args).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// A stored reading of an article of our own.
fn reading(n: usize) -> String {
    let text = format!(
        "Mila Tereny spoke in town {n}. “We will open gate {n} of the Merren,” she said of Belin."
    );
    let at = |words: &str| {
        let start = text[..text.find(words).unwrap()].chars().count();
        json!([start, start + words.chars().count()])
    };
    let content = format!("“We will open gate {n} of the Merren,”");
    let record = json!({
        "format": "onrecord/1",
        "article": {"id": sha256(&text), "url": format!("https://a.example/{n}"), "outlet": "Khazar Review",
                    "published": format!("2026-01-{:02}", n % 28 + 1), "text": text},
        "actors": [
            {"id": "a1", "name": "Mila Tereny", "kind": "person", "country": "OST",
             "mentions": [{"span": at("Mila Tereny"), "form": "name"}, {"span": at("she"), "form": "pronoun"}]},
            {"id": "a2", "name": "Belin", "kind": "state", "country": "BEL",
             "mentions": [{"span": at("Belin"), "form": "name"}]}],
        "statements": [{"id": "s1", "form": "direct", "content": [at(&content)], "source": [at("she")],
                        "cue": [at("said")], "speaker": "a1", "about": [{"actor": "a2", "stance": 0.5}],
                        "confidence": 0.9}],
        "events": [{"id": "e1", "type": "CONSULT", "trigger": [at("spoke")], "actors": ["a1", "a2"],
                    "status": "occurred", "confidence": 0.8}],
    });
    record.to_string() + "\n"
}

fn sha256(text: &str) -> String {
    onrecord_record::ArticleId::of(text).to_string()
}

#[test]
fn articles_are_added_once_and_asked_for() {
    let folder = Folder::new("add");
    fs::write(
        folder.0.join("a.txt"),
        "“We agree on the water,” Foreign Minister Mila Tereny said on Monday.",
    )
    .unwrap();
    fs::write(folder.0.join("r.jsonl"), reading(1) + &reading(2)).unwrap();
    for expected in ["added 3 articles", "added 0 articles"] {
        let output = folder.run(&["add", "a.txt", "r.jsonl", "--date", "2026-01-23"]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && stderr.starts_with(expected), "{stderr}");
    }
    let rows = folder.rows(&["said", "gate", "--by", "Mila Tereny", "--limit", "1"]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["words"], "“We will open gate 2 of the Merren,”");
    assert_eq!(rows[0]["about"][0]["name"], "Belin");
    for field in ["speaker", "form", "article", "title", "outlet", "published", "content"] {
        assert!(rows[0].get(field).is_some(), "{field}");
    }
    assert_eq!(folder.rows(&["said", "water"])[0]["published"], "2026-01-23");
    let table = folder.answer(&["said", "gate"]);
    assert!(
        table.lines().next().is_some_and(|line| line.starts_with("published   outlet")),
        "{table}"
    );
    assert_eq!(folder.answer(&["verify"]), "3 articles, all as they were added\n");
}

#[test]
fn events_are_kept() {
    let folder = Folder::new("events");
    fs::write(folder.0.join("a.txt"), "Ukraine and Poland signed an agreement in Kyiv on Monday.")
        .unwrap();
    folder.answer(&["add", "a.txt"]);
    let record: Value = serde_json::from_str(folder.answer(&["export"]).trim_end()).unwrap();
    assert!(record["events"].as_array().is_some_and(|events| !events.is_empty()), "{record}");
}

#[test]
fn what_is_exported_can_be_added_and_exported_again() {
    let folder = Folder::new("export");
    fs::write(folder.0.join("r.jsonl"), (0..20).map(reading).collect::<String>()).unwrap();
    folder.answer(&["add", "r.jsonl"]);
    let exported = folder.answer(&["export"]);
    fs::write(folder.0.join("again.jsonl"), &exported).unwrap();
    folder.answer(&["add", "again.jsonl", "--record", "again.db"]);
    assert_eq!(folder.answer(&["export", "--record", "again.db"]), exported);
    assert_eq!(exported.lines().count(), 20);
    let parquet = folder.run(&["export", "--format", "parquet"]);
    assert!(parquet.status.success() && parquet.stdout.starts_with(b"PAR1"));
    assert!(parquet.stdout.ends_with(b"PAR1"));
    for format in ["csv", "polecat", "graphml", "gexf", "annotation", "ftm"] {
        assert!(folder.answer(&["export", "--format", format]).lines().count() >= 20, "{format}");
    }
}

#[test]
fn lines_that_are_no_record_do_not_stop_the_others() {
    let folder = Folder::new("bad");
    let bad = reading(1).replace("“We", "„We");
    fs::write(
        folder.0.join("r.jsonl"),
        reading(0) + &bad + "\n" + "{\"format\":\"x\"}\n" + &reading(2),
    )
    .unwrap();
    let output = folder.run(&["add", "r.jsonl", "gone.jsonl", "gone.txt"]);
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8_lossy(&output.stderr);
    let expected = [
        "onrecord: r.jsonl: line 2: article.id: not the SHA-256",
        "onrecord: r.jsonl: line 4: missing field `article`",
        "onrecord: gone.jsonl: ",
        "onrecord: gone.txt: no such file",
        "added 2 articles with 2 statements and 2 events in ",
        "; 4 could not be read",
    ];
    assert!(expected.iter().all(|line| stderr.contains(line)), "{stderr}");
}

#[test]
fn errors_say_what_to_do() {
    let folder = Folder::new("errors");
    fs::write(folder.0.join("r.jsonl"), reading(1)).unwrap();
    let refused = |args: &[&str], expected: &str| {
        let output = folder.run(args);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{args:?}: {stderr}");
        assert!(
            stderr.starts_with("onrecord: ") && stderr.contains(expected),
            "{args:?}: {stderr}"
        );
    };
    refused(&["said"], "my.db: cannot be opened; check the path");
    folder.answer(&["add", "r.jsonl"]);
    refused(&["said", "--by", "Nobody"], "nobody in the record is called \"Nobody\"");
    refused(&["said", "\"open"], "a phrase is not closed");
    refused(&["said", "--record", "r.jsonl"], "not a record made by `onrecord add`");
    refused(&["merge", "Belin", "#2"], "they are one already");
    folder.answer(&["merge", "Belin", "Mila Tereny", "--because", "l’état, c’est moi"]);
    assert_eq!(
        folder.rows(&["actor", "Belin"]).iter().filter(|row| row["row"] == "capacity").count(),
        2
    );
}

#[test]
fn answers_are_drawn() {
    let folder = Folder::new("plot");
    fs::write(folder.0.join("r.jsonl"), (0..40).map(reading).collect::<String>()).unwrap();
    folder.answer(&["add", "r.jsonl"]);
    let last = "to 28 January 2026: ";
    let cases: [(&[&str], &[&str]); 5] = [
        (
            &["plot", "between", "Mila Tereny", "Belin"],
            &["<title>Mila Tereny and Belin: what happened and what was said</title>", last],
        ),
        (
            &["plot", "balance", "Mila Tereny", "BEL"],
            &[
                "<title>Mila Tereny and Belin: cooperation and conflict</title>",
                " of cooperation, 0 of ",
            ],
        ),
        (
            &["plot", "stance", "Mila Tereny", "Belin"],
            &["<title>Mila Tereny on Belin</title>", last, "40 statements, 40 favourable"],
        ),
        (&["plot", "network"], &["<desc>2 actors and 1 tie between them"]),
        (
            &[
                "plot",
                "stance",
                "Mila Tereny",
                "Belin",
                "--since",
                "2026-01-05",
                "--until",
                "2026-01-06",
            ],
            &["5 January 2026 to 6 January 2026: 4 statements"],
        ),
    ];
    for (args, expected) in cases {
        let svg = folder.answer(args);
        assert!(svg.starts_with("<?xml") && svg.ends_with("</svg>\n"), "{args:?}: {svg}");
        for words in expected {
            assert!(svg.contains(words), "{args:?}: {words} is not in {svg}");
        }
        folder.answer(&[args, &["-o", "x.svg"]].concat());
        assert_eq!(fs::read_to_string(folder.0.join("x.svg")).unwrap(), svg);
    }
    let refused = |args: &[&str], expected: &str| {
        let output = folder.run(args);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{args:?}: {stderr}");
        assert!(stderr.contains(expected), "{args:?}: {stderr}");
    };
    refused(&["plot", "stance", "Nobody", "Belin"], "nobody in the record is called \"Nobody\"");
    refused(&["plot", "network", "-o", "gone/x.svg"], "gone/x.svg: cannot be written");
    let output =
        folder.command(&["plot", "network"]).env_remove("ONRECORD_RECORD").output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("say `--record FILE`"));
}

/// Kills `onrecord add` at many moments, and looks each time that no article is half there; then lets
/// it finish. ONRECORD_KILLS says how often.
#[test]
#[cfg(unix)]
fn killed_at_any_moment_nothing_is_lost_or_doubled() {
    let n_kills: u32 = std::env::var("ONRECORD_KILLS").map_or(8, |n| n.parse().unwrap());
    let folder = Folder::new("kill");
    let n_articles = 3000;
    let all: String = (0..n_articles).map(reading).collect();
    fs::write(folder.0.join("r.jsonl"), &all).unwrap();
    // How long an undisturbed run takes, so that the kills are spread over it.
    let began = Instant::now();
    folder.answer(&["add", "r.jsonl", "--record", "whole.db"]);
    let whole = began.elapsed();
    let expected = folder.answer(&["export", "--record", "whole.db"]);
    let mut n_running = 0;
    let mut last = 0;
    for n in 1..=n_kills {
        let mut child = folder.command(&["add", "r.jsonl"]).stderr(Stdio::null()).spawn().unwrap();
        // Not a wait for something to happen: the moment is the point of the test.
        let moment = Instant::now() + whole.mul_f64(f64::from(n % 10 + 1) / 11.0);
        while Instant::now() < moment && child.try_wait().unwrap().is_none() {
            std::thread::park_timeout(Duration::from_millis(1));
        }
        n_running += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        if folder.0.join("my.db").exists() {
            let verified = folder.run(&["verify"]);
            let said = String::from_utf8_lossy(&verified.stdout).into_owned();
            // A file in which not even the tables are there is one that nothing was added to.
            let is_new =
                last == 0 && String::from_utf8_lossy(&verified.stderr).contains("an older file");
            let stderr = String::from_utf8_lossy(&verified.stderr);
            assert!(verified.status.success() || is_new, "kill {n} after {last}: {said}{stderr}");
            let found: usize = said.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0);
            assert!(found >= last, "kill {n}: {found} after {last}");
            last = found;
        }
        if last == n_articles {
            fs::remove_file(folder.0.join("my.db")).unwrap();
            last = 0;
        }
    }
    assert!(n_running > 0, "it was never killed while it ran");
    folder.answer(&["add", "r.jsonl"]);
    assert_eq!(
        folder.answer(&["verify"]),
        format!("{n_articles} articles, all as they were added\n")
    );
    assert!(folder.answer(&["export"]) == expected);
}

/// A file, and a folder, that may not be written. Root may write all, so that there the command runs as
/// nobody; and nobody may not enter every folder, so that all is in the one for temporary files.
#[test]
#[cfg(target_os = "linux")]
fn a_read_only_file_is_an_error_and_can_still_be_asked() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let place = std::env::temp_dir().join(format!("onrecord-read-only-{}", std::process::id()));
    fs::create_dir(&place).unwrap();
    let folder = Folder(place);
    let path = |name: &str| folder.0.join(name);
    fs::copy(env!("CARGO_BIN_EXE_onrecord"), path("onrecord")).unwrap();
    fs::write(path("some.jsonl"), reading(1)).unwrap();
    fs::write(path("more.jsonl"), reading(2)).unwrap();
    folder.answer(&["add", "some.jsonl"]);
    let before = fs::read(path("my.db")).unwrap();
    let allow = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(&path("my.db"), 0o444);
    allow(&folder.0, 0o555);
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    let run = |args: &[&str]| {
        let mut run = Command::new(if is_root { "setpriv" } else { "./onrecord" });
        if is_root {
            run.args(["--reuid=65534", "--regid=65534", "--clear-groups", "./onrecord"]);
        }
        run.args(args).current_dir(&folder.0).env("ONRECORD_RECORD", "my.db").output().unwrap()
    };
    let (refused, asked) = (run(&["add", "more.jsonl"]), run(&["said", "gate", "--json"]));
    let after = fs::read(path("my.db")).unwrap();
    allow(&folder.0, 0o755);
    fs::remove_dir_all(&folder.0).unwrap();
    let stderr = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("my.db: may not be written; change its permissions"), "{stderr}");
    let stderr = String::from_utf8_lossy(&asked.stderr);
    assert!(asked.status.success(), "{stderr}");
    assert_eq!(String::from_utf8_lossy(&asked.stdout).lines().count(), 1);
    assert!(after == before);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_and_what_was_added_stays() {
    let folder = Folder::new("full");
    fs::write(folder.0.join("some.jsonl"), (0..50).map(reading).collect::<String>()).unwrap();
    fs::write(folder.0.join("more.jsonl"), (0..3000).map(reading).collect::<String>()).unwrap();
    folder.answer(&["add", "some.jsonl"]);
    // A limit to the size of files is the full disk that a test can make anywhere.
    let script = "trap '' XFSZ; ulimit -f 1500; exec \"$0\" add more.jsonl";
    let output = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_onrecord")])
        .current_dir(&folder.0)
        .env("ONRECORD_RECORD", "my.db")
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("my.db: no space left; what was added before is kept"), "{stderr}");
    // Whole batches: none, or some.
    let kept = folder.answer(&["verify"]);
    let n_kept =
        kept.strip_suffix(" articles, all as they were added\n").and_then(|n| n.parse().ok());
    assert!(n_kept.is_some_and(|n: u32| (50..3000).contains(&n)), "{kept}");
    folder.answer(&["add", "more.jsonl"]);
    assert_eq!(folder.answer(&["verify"]), "3000 articles, all as they were added\n");
}
