//! How fast plain text becomes JSON.
//!
//! The model is loaded before the clock starts. The same texts are read [`N_RUNS`] times and must
//! give the same number of statements each time; the median of the times counts.

use std::fmt;
use std::num::NonZero;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use onrecord::{Article, Reader};

use crate::threads;

/// How often the texts are read.
pub const N_RUNS: usize = 3;

/// What one measurement found.
#[derive(Clone, Debug)]
pub struct Speed {
    /// Texts read in each run.
    pub n_articles: usize,
    /// Statements found in each run.
    pub n_statements: usize,
    /// Words separated by white space.
    pub n_words: usize,
    /// Threads that read.
    pub n_threads: NonZero<usize>,
    /// Of the median run.
    pub time: Duration,
    /// Of making the reader.
    pub load_time: Duration,
    /// The most memory that the process held, in bytes; `None` where the system does not tell.
    pub peak_memory: Option<u64>,
}

/// Loads the model and reads the texts.
pub fn measure(texts: &[String], n_threads: NonZero<usize>) -> Result<Speed> {
    let start = Instant::now();
    let reader = Reader::new();
    let load_time = start.elapsed();
    let mut times = [Duration::ZERO; N_RUNS];
    let mut n_statements = [0; N_RUNS];
    for (time, n_statements) in times.iter_mut().zip(&mut n_statements) {
        let start = Instant::now();
        let found = threads::map(n_threads, texts, |text| {
            let record = reader.read(Article::new(text.as_str()));
            std::hint::black_box(record.to_json());
            record.statements.len()
        });
        *time = start.elapsed();
        *n_statements = found.into_iter().sum();
    }
    let same = n_statements.iter().all(|&n| n == n_statements[0]);
    ensure!(same, "the runs found different numbers of statements: {n_statements:?}");
    times.sort();
    Ok(Speed {
        n_articles: texts.len(),
        n_statements: n_statements[0],
        n_words: texts.iter().map(|text| text.split_whitespace().count()).sum(),
        n_threads,
        time: times[N_RUNS / 2],
        load_time,
        peak_memory: peak_memory(),
    })
}

impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words_per_second = self.n_words as f64 / self.time.as_secs_f64();
        writeln!(f, "articles           {}", self.n_articles)?;
        writeln!(f, "statements         {}", self.n_statements)?;
        writeln!(f, "words              {}", self.n_words)?;
        writeln!(f, "threads            {}", self.n_threads)?;
        writeln!(f, "seconds            {:.3}", self.time.as_secs_f64())?;
        writeln!(f, "words/s per core   {:.0}", words_per_second / self.n_threads.get() as f64)?;
        match self.peak_memory {
            Some(bytes) => writeln!(f, "peak memory, MiB   {:.1}", bytes as f64 / 1048576.0)?,
            None => writeln!(f, "peak memory, MiB   unknown")?,
        }
        writeln!(f, "model load, ms     {:.1}", self.load_time.as_secs_f64() * 1000.0)
    }
}

/// VmHWM of Linux, which knows it to the kibibyte.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
