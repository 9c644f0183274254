//! A record of many years: how fast articles are added, how large the file is, how fast it answers.
//!
//! ```text
//! cargo bench -p onrecord-store --bench years -- [ARTICLES] [FOLDER] [again]
//! ```
//!
//! Makes ARTICLES (50,000 unless told) stored readings from the texts of PolNeAR train and Desk train in
//! ../shared, with other names, numbers and days and some paragraphs left out; adds them to a new record;
//! asks each question many times with different names and words. Prints wall-clock time and, because
//! other programs may run, the time that this program had a processor. `again` only asks. The corpora's
//! texts are third parties' and stay in FOLDER.

#[path = "../../tests/store/oracle.rs"]
mod oracle;

mod ask;
mod corpus;
mod invent;
mod time;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, mpsc};

use onrecord_record::Record;
use onrecord_store::{Added, Store};
use time::Time;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let n_articles: usize =
        args.first().map_or(50_000, |n| n.parse().expect("a number of articles"));
    let folder = args.get(1).map_or_else(|| PathBuf::from("/tmp/onrecord-years"), PathBuf::from);
    let Some(shared) = oracle::shared() else { return println!("skipped: ../shared is not there") };
    fs::create_dir_all(&folder).expect("the folder can be made");
    let readings = folder.join(format!("{n_articles}.jsonl"));
    if !readings.exists() {
        make(&shared, n_articles, &folder, &readings);
    }
    let path = folder.join("years.db");
    if args.get(2).is_some_and(|arg| arg == "again") {
        return ask::questions(&Store::open_to_read(&path).expect("an earlier run made it"));
    }
    for suffix in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(folder.join(format!("years.db{suffix}")));
    }
    let n_text = add(&readings, &path, n_articles);
    let size = fs::metadata(&path).expect("it was just made").len();
    println!(
        "file: {:.1} MB, {:.2} times the text of {:.1} MB",
        mb(size),
        size as f64 / n_text as f64,
        mb(n_text)
    );
    let store = Store::open_to_read(&path).expect("it was just made");
    println!("{:?}", store.size().expect("it can be counted"));
    ask::questions(&store);
}

fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Writes the readings.
fn make(shared: &Path, n_articles: usize, folder: &Path, out: &Path) {
    let originals = corpus::originals(shared, folder);
    println!("{} original texts", originals.len());
    let unfinished = out.with_extension("unfinished");
    let mut file = BufWriter::new(File::create(&unfinished).expect("the folder can be written"));
    for n in 0..n_articles {
        let record = invent::variant(&originals[n % originals.len()], n as u64);
        writeln!(file, "{}", record.to_json()).expect("the disk has room");
    }
    file.flush().expect("the disk has room");
    fs::rename(unfinished, out).expect("the folder can be written");
}

/// Adds the readings as `onrecord add` does: one thread parses, one writes. Gives the bytes of text.
fn add(readings: &Path, path: &Path, n_articles: usize) -> u64 {
    let mut store = Store::open(path).expect("the folder can be written");
    let (send, receive) = mpsc::sync_channel::<Vec<Record>>(2);
    let file = BufReader::with_capacity(1 << 20, File::open(readings).expect("it was just made"));
    let (time, before) = (Time::now(), time::all_threads());
    let batch_size = Arc::new(AtomicUsize::new(store.batch_size().expect("it is empty")));
    let size = Arc::clone(&batch_size);
    let parser = std::thread::spawn(move || {
        let (time, mut n_text) = (Time::now(), 0);
        let mut batch = Vec::new();
        for line in file.lines() {
            let line = line.expect("it can be read");
            let record = Record::from_json(&line).expect("it was written by to_json");
            n_text += record.article.text.len() as u64;
            batch.push(record);
            if batch.len() >= size.load(Relaxed) {
                send.send(std::mem::take(&mut batch)).expect("the writer takes all");
            }
        }
        send.send(batch).expect("the writer takes all");
        (time.spent(), n_text)
    });
    let mut added = Added::default();
    for batch in receive {
        added += store.add(&batch).expect("the disk has room");
        batch_size.store(store.batch_size().expect("it can be read"), Relaxed);
    }
    store.rest().expect("the disk has room");
    let writing = time.spent();
    let (parsing, n_text) = parser.join().expect("the parser does not panic");
    let all = time::all_threads() - before;
    assert_eq!((added.new, added.known), (n_articles as u64, 0));
    let rate = |seconds: f64| n_articles as f64 / seconds;
    println!("added {added:?}");
    println!(
        "adding: {:.0} articles/s by the clock; {:.0} articles/s of a processor for the writer, {:.0} for the parser",
        rate(writing.clock),
        rate(writing.processor),
        rate(parsing.processor)
    );
    println!(
        "of a processor: {:.1} s for the writer, {all:.1} s for all threads",
        writing.processor
    );
    drop(store);
    n_text
}
