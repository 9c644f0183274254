//! The command on a terminal: one whose other end this test holds.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use rustix::pty::{OpenptFlags, grantpt, ioctl_tiocgptpeer, openpt, unlockpt};

/// A run of the command, whose standard error is a terminal.
struct Run {
    child: Child,
    screen: File,
    /// All that has been shown.
    shown: Vec<u8>,
}

impl Run {
    fn new(args: &[&str], stdin: Stdio) -> Run {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
        let screen = openpt(flags).unwrap();
        grantpt(&screen).unwrap();
        unlockpt(&screen).unwrap();
        let stderr = ioctl_tiocgptpeer(&screen, flags).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.args(args).stdin(stdin).stdout(Stdio::null()).stderr(stderr);
        Run { child: command.spawn().unwrap(), screen: screen.into(), shown: Vec::new() }
    }

    /// Waits until this is shown; whether it was before the program ended.
    fn shows(&mut self, text: &str) -> bool {
        let mut buffer = [0; 4096];
        while !self.shown().contains(text) {
            // The terminal is closed with the program: on Linux, reading is an error then.
            let Ok(len @ 1..) = self.screen.read(&mut buffer) else { return false };
            self.shown.extend_from_slice(&buffer[..len]);
        }
        true
    }

    fn shown(&self) -> String {
        String::from_utf8_lossy(&self.shown).into_owned()
    }
}

#[test]
fn a_bar_shows_how_much_of_the_files_is_read() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bar.jsonl");
    // More than is read in the first second, which has no bar.
    let line = format!("{:<255}\n", r#"{"text": "They met."}"#);
    fs::write(&path, line.repeat(4096)).unwrap();
    let mut run = Run::new(&["read", "--threads=1", path.to_str().unwrap()], Stdio::null());
    let is_shown = run.shows(" left");
    run.child.kill().unwrap();
    run.child.wait().unwrap();
    let shown = run.shown();
    assert!(is_shown && shown.contains("░ ") && shown.contains("/1.00 MiB, "), "{shown:?}");
}

#[test]
fn a_stream_has_a_counter_that_gives_way_to_the_summary() {
    let mut run = Run::new(&["read", "--threads=1", "-"], Stdio::piped());
    let stdin = run.child.stdin.take().unwrap();
    // Long lines, so that a pipe holds few of them.
    let line = format!("{:<4095}\n", r#"{"text": "They met."}"#);
    let is_enough = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut stdin = stdin;
            while !is_enough.load(Ordering::Relaxed) {
                stdin.write_all(line.as_bytes()).unwrap();
            }
        });
        let is_shown = run.shows(" article");
        is_enough.store(true, Ordering::Relaxed);
        assert!(is_shown && run.shows(" articles read\r\n"), "{:?}", run.shown());
    });
    assert!(run.child.wait().unwrap().success());
    let shown = run.shown();
    let (_, summary) = shown.rsplit_once("\r\u{1b}[2K").expect("the counter is taken away");
    assert!(summary.starts_with("onrecord: ") && summary.lines().count() == 1, "{shown:?}");
    assert!(!shown.contains("/0 B") && !shown.contains('█'), "{shown:?}");
}
