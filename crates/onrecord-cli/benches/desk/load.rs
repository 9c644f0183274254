//! Many readers at once.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use crate::pages::Page;

const READERS: u32 = 200;

/// Questions of each page. Readers of a desk ask much the same; all questions that there are, asked in turn, would
/// measure nothing but the disk.
const N_QUESTIONS: usize = 20;

/// How much memory may grow between the first seconds and the end: what is flat is so within this.
const MAX_GROWTH: f64 = 1.25;

/// Has wrk ask for all pages in turn. Prints what it says, and memory before, after the first seconds and at the
/// end. `false`: there were errors, or memory grew.
pub(crate) fn many_readers(home: &str, process: u32, pages: &[Page], seconds: u32) -> bool {
    let script = script(pages);
    let path = std::env::temp_dir().join(format!("onrecord-desk-{}.lua", std::process::id()));
    fs::write(&path, script).expect("the temporary folder can be written");
    let wrk = |seconds: u32| {
        let readers = READERS.to_string();
        let output = Command::new("wrk")
            .args([
                "-t2",
                "-c",
                &readers,
                "-d",
                &format!("{seconds}s"),
                "--timeout",
                "30s",
                "--latency",
                "-s",
            ])
            .arg(&path)
            .arg(home)
            .output()
            .expect("wrk runs: apt-get install wrk");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let before = own_mb(process);
    // Nothing of this is kept yet: the hardest seconds, whose errors count like all others.
    let first = wrk(seconds.div_ceil(6));
    let warm = own_mb(process);
    let said = wrk(seconds);
    let after = own_mb(process);
    let _ = fs::remove_file(&path);
    println!("\n{READERS} readers at first\n{first}\n{READERS} readers for {seconds} s\n{said}");
    println!(
        "memory: {before:.0} MB before, {warm:.0} MB after the first seconds, {after:.0} MB at the end"
    );
    let has_errors = |said: &str| said.contains("Socket errors") || said.contains("Non-2xx");
    !has_errors(&first) && !has_errors(&said) && after <= warm * MAX_GROWTH
}

/// wrk's way of asking for one page after the other.
fn script(pages: &[Page]) -> String {
    let mut script = "local paths = {".to_owned();
    for path in pages.iter().flat_map(|page| page.paths.iter().take(N_QUESTIONS)) {
        write!(script, "{path:?}, ").expect("a string takes everything");
    }
    script
        + "}\nlocal n = 0\n\
        request = function() n = n % #paths + 1; return wrk.format('GET', paths[n]) end\n"
}

/// What a process has in memory that is its own: not the record's pages, which the system lends it.
fn own_mb(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).expect("Linux has it");
    let kb: f64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    kb / 1000.0
}
