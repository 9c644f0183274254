//! Measures how fast web pages are read, on one thread.
//!
//! ```text
//! cargo run --release -p onrecord-intake --example pages -- FOLDER
//! ```
//!
//! `bench/speed.py` compares it with Python's trafilatura.

use std::time::Instant;
use std::{env, fs};

use onrecord_intake::{Hints, html};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = env::args().nth(1).ok_or("a folder of pages")?;
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    let pages: Vec<Vec<u8>> = paths.iter().map(fs::read).collect::<Result<_, _>>()?;
    let began = Instant::now();
    let (mut n_characters, mut n_failed) = (0, 0);
    for page in &pages {
        match html(page, &Hints::default()) {
            Ok((article, _)) => n_characters += article.text.as_str().chars().count(),
            Err(_) => n_failed += 1,
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    let megabytes = pages.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    println!(
        "{} pages, {megabytes:.0} MB, {n_failed} failed, {n_characters} characters of articles: \
         {:.0} pages/s, {:.0} MB/s",
        pages.len(),
        pages.len() as f64 / seconds,
        megabytes / seconds
    );
    Ok(())
}
