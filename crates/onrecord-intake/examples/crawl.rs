//! Measures how fast documents are taken out of a crawl.
//!
//! ```text
//! cargo run --release -p onrecord-intake --example crawl -- take /tmp/crawl.warc
//! cargo run --release -p onrecord-intake --example crawl -- read /tmp/crawl.warc
//! ```
//!
//! `take` takes the documents out (records, heads of HTTP, bodies unpacked) and reads none of them; `read`
//! makes articles of them too. Both run on one thread. `bench/crawl.py` makes a crawl.

use std::fs::File;
use std::time::Instant;
use std::{env, fs};

use onrecord_intake::{Document, Documents, Fields, Options, Source};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["take", path] => take(path, |_| true)?,
        ["read", path] => take(path, |document| document.read(&Fields::default()).result.is_ok())?,
        _ => return Err("`take FILE` or `read FILE`".into()),
    }
    Ok(())
}

fn take(path: &str, read: fn(Document) -> bool) -> Result<(), Box<dyn std::error::Error>> {
    let began = Instant::now();
    let mut documents = Documents::new(Source::file(path, File::open(path)?), Options::default());
    let n_documents = documents.by_ref().map(read).filter(|is_read| *is_read).count();
    let seconds = began.elapsed().as_secs_f64();
    let megabytes = fs::metadata(path)?.len() as f64 / 1e6;
    println!(
        "{n_documents} documents from {megabytes:.0} MB in {seconds:.1} s: {:.0} MB/s, {:.0} documents/s",
        megabytes / seconds,
        n_documents as f64 / seconds
    );
    println!("skipped: {:?}", documents.skipped().iter().collect::<Vec<_>>());
    // Only Linux tells it.
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|line| line.starts_with("VmHWM")) {
        println!("peak memory: {}", line.trim_start_matches("VmHWM:").trim());
    }
    Ok(())
}
