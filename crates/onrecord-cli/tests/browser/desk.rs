//! A desk at work: `onrecord serve` on a fresh record.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A desk that ends with the test.
pub(crate) struct Desk {
    pub(crate) process: Child,
    /// `http://127.0.0.1:12345`.
    pub(crate) home: String,
}

impl Desk {
    /// A desk on a new record of the article in ../shared, and of those that come with the repository;
    /// `None` if ../shared is not there and need not be.
    pub(crate) fn with_articles(test: &str) -> Option<Desk> {
        let shared = shared_articles()?;
        let examples = repository().join("examples");
        let week = repository().join("docs/walk-through/week.jsonl");
        Some(Desk::with(test, |_| vec![shared, examples, week]))
    }

    /// A desk on a new record of what is given, which may be written into the test's folder.
    pub(crate) fn with(test: &str, sources: impl FnOnce(&Path) -> Vec<PathBuf>) -> Desk {
        let folder = folder(test);
        let added = onrecord()
            .args(["add", "--record", "my.db", "--date", "2026-01-23"])
            .args(sources(&folder))
            .current_dir(&folder)
            .output()
            .expect("onrecord runs");
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
        Desk::open(&folder.join("my.db"))
    }

    /// A desk on a record that is not there yet.
    pub(crate) fn empty(test: &str) -> Desk {
        Desk::open(&folder(test).join("my.db"))
    }

    /// A desk on this record.
    pub(crate) fn open(record: &Path) -> Desk {
        let mut process = onrecord()
            .arg("serve")
            .arg(record)
            .args(["--port", "0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("onrecord runs");
        let mut line = String::new();
        let mut stdout = BufReader::new(process.stdout.take().expect("it is piped"));
        stdout.read_line(&mut line).expect("it says where it is");
        let home = line.split_whitespace().next().unwrap_or_default().to_owned();
        assert!(home.starts_with("http://127.0.0.1:"), "{line:?}");
        Desk { process, home }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The command.
pub(crate) fn onrecord() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.env_remove("ONRECORD_RECORD").env_remove("ONRECORD_TOKEN").stdin(Stdio::null());
    command
}

/// An empty folder that is this test's own.
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser").join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

/// The root of the repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn shared_articles() -> Option<PathBuf> {
    let articles = repository().join("../shared/articles");
    if articles.is_dir() {
        return Some(articles);
    }
    let is_required = std::env::var("ONRECORD_REQUIRE_SHARED").as_deref() == Ok("1");
    assert!(!is_required, "{} is not there", articles.display());
    println!("skipped: ../shared is not there");
    None
}
