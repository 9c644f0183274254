//! Makes a crawl, and measures how fast documents are taken out of one.
//!
//! ```text
//! cargo run --release -p onrecord-intake --example crawl -- make 2000 /tmp/crawl.warc
//! cargo run --release -p onrecord-intake --example crawl -- take /tmp/crawl.warc
//! cargo run --release -p onrecord-intake --example crawl -- read /tmp/crawl.warc
//! ```
//!
//! `take` takes the documents out (records, heads of HTTP, bodies unpacked) and reads none of them; `read`
//! makes articles of them too. Both run on one thread. `bench/crawl.py` makes a crawl of real pages.
//!
//! The crawl has, by bytes, two thirds pages and one third pictures, as the news crawl of the web
//! roughly has; every record is preceded by that of its request.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::Instant;
use std::{env, fs};

use onrecord_intake::{Document, Documents, Fields, Options, Source};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", n_megabytes, path] => make(n_megabytes.parse()?, path)?,
        ["take", path] => take(path, |_| true)?,
        ["read", path] => take(path, |document| document.read(&Fields::default()).result.is_ok())?,
        _ => return Err("`make MEGABYTES FILE`, `take FILE` or `read FILE`".into()),
    }
    Ok(())
}

fn make(n_megabytes: u64, path: &str) -> std::io::Result<()> {
    let gzip = path.ends_with(".gz");
    let mut file = BufWriter::new(File::create(path)?);
    let (mut n_bytes, mut n_records) = (0, 0_u64);
    let mut state = 1_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    while n_bytes < n_megabytes * 1_000_000 {
        n_records += 1;
        let url = format!("https://example.org/{n_records}");
        let body: Vec<u8> = if n_records % 3 == 0 {
            (0..6000).flat_map(|_| random().to_le_bytes()).collect()
        } else {
            page(&mut random).into_bytes()
        };
        let media = if n_records % 3 == 0 { "image/jpeg" } else { "text/html; charset=utf-8" };
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let request = format!("GET /{n_records} HTTP/1.1\r\nHost: example.org\r\n\r\n");
        for (kind, content) in
            [("request", request.into_bytes()), ("response", [head.as_bytes(), &body].concat())]
        {
            let head = format!(
                "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\n\
                 Content-Length: {}\r\n\r\n",
                content.len()
            );
            let record = [head.as_bytes(), &content, b"\r\n\r\n"].concat();
            n_bytes += record.len() as u64;
            if gzip {
                let mut encoder =
                    flate2::write::GzEncoder::new(&mut file, flate2::Compression::default());
                encoder.write_all(&record)?;
                encoder.finish()?;
            } else {
                file.write_all(&record)?;
            }
        }
    }
    file.flush()
}

/// A page of about 60 kB, most of it not its article.
fn page(random: &mut impl FnMut() -> u64) -> String {
    let mut page = "<!DOCTYPE html><html><head><title>A page</title></head><body>".to_owned();
    for n in 0..300 {
        let (a, b) = (random() % 100_000, random() % 100_000);
        page.push_str(&format!(
            "<div class=\"card card-{a}\"><a href=\"/story/{a}-{b}\"><img src=\"/i/{b}.jpg\" alt=\"\"></a>\
             <p>Minister number {n} said that {a} talks were held, and that {b} more would be.</p></div>\n"
        ));
    }
    page.push_str("</body></html>");
    page
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
