//! `onrecord add`.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;
use onrecord::Reader;
use onrecord_intake::{Fields, Options};
use onrecord_record::Record;
use onrecord_store::{Added, Store};

use super::args::Add;
use crate::order;
use crate::run::complain;
use crate::tasks::{Task, Tasks};

/// Bytes of text at which a transaction is made of fewer records than [`Store::batch_size`].
const BATCH_BYTES: usize = 32 << 20;

/// After this time, what was read is written, so that hardly a reading is lost if this is killed.
const BATCH_TIME: Duration = Duration::from_secs(10);

/// Lines that a thread takes at a time.
const LINES: usize = 32;

/// Reads the sources and adds what is in them.
///
/// # Errors
/// If the record cannot be written. Sources that cannot be read are reported on standard error, and
/// make the exit code 1.
pub(crate) fn run(args: &Add) -> anyhow::Result<ExitCode> {
    let n_threads = args
        .threads
        .or_else(|| thread::available_parallelism().ok())
        .unwrap_or(NonZero::<usize>::MIN);
    let mut writer = Writer::new(Store::open(&args.file.record)?, &args.sources)?;
    let reader = std::sync::OnceLock::new();
    let reader = || reader.get_or_init(Reader::new);
    let done = order::in_order(
        units(&args.sources).map(|unit| ((), unit)),
        n_threads,
        |unit| unit.records(&reader, args.date),
        |(), found| {
            let bug = || Found {
                records: vec![Err(anyhow!(
                    "a bug in onrecord stopped a reading; please report it"
                ))],
                n_bytes: 0,
            };
            writer.take(found.unwrap_or_else(|_| bug()))
        },
    );
    // What was read before something went wrong is kept.
    let flushed = writer.flush();
    done?;
    flushed?;
    writer.rest()?;
    writer.summary();
    Ok(if writer.n_failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A piece of work.
enum Unit {
    /// Lines of a file of records, from this line.
    Lines { path: PathBuf, first: usize, lines: Vec<String> },
    /// An article of any other source.
    Article(Box<Task>),
    /// What could not be read.
    Failed(PathBuf, anyhow::Error),
}

/// What came of it: records or why there is none, and how many bytes that was.
struct Found {
    records: Vec<anyhow::Result<Record>>,
    n_bytes: u64,
}

/// The sources in order, cut into pieces.
fn units(sources: &[PathBuf]) -> impl Iterator<Item = Unit> + Send + '_ {
    sources.iter().flat_map(|path| -> Box<dyn Iterator<Item = Unit> + Send> {
        if !holds_records(path) {
            let paths = std::slice::from_ref(path);
            let tasks = Tasks::new(paths, Options::default(), None, Arc::default());
            return Box::new(tasks.map(|task| Unit::Article(Box::new(task))));
        }
        match File::open(path) {
            Ok(file) => Box::new(lines(path, BufReader::with_capacity(1 << 20, file))),
            Err(error) => Box::new(std::iter::once(Unit::Failed(path.clone(), error.into()))),
        }
    })
}

/// Whether a file begins like one that `onrecord read --json` printed.
fn holds_records(path: &Path) -> bool {
    let mut start = [0; 64];
    let read = File::open(path).and_then(|mut file| file.read(&mut start));
    let start = start[..read.unwrap_or(0)].iter().filter(|byte| !byte.is_ascii_whitespace());
    path.is_file() && start.take(20).eq(b"{\"format\":\"onrecord/")
}

fn lines(path: &Path, mut reader: impl BufRead + Send) -> impl Iterator<Item = Unit> + Send {
    let path = path.to_owned();
    let mut next = 1;
    let mut is_over = false;
    std::iter::from_fn(move || {
        let mut lines = Vec::with_capacity(LINES);
        while lines.len() < LINES && !is_over {
            let mut line = String::new();
            match reader.read_line(&mut line) {
                Ok(0) => is_over = true,
                Ok(_) => lines.push(line),
                Err(error) if lines.is_empty() => {
                    is_over = true;
                    let error = anyhow!("line {next}: {error}");
                    return Some(Unit::Failed(path.clone(), error));
                }
                // The lines before it first; it is met again with the next piece.
                Err(_) => break,
            }
        }
        let first = next;
        next += lines.len();
        (!lines.is_empty()).then(|| Unit::Lines { path: path.clone(), first, lines })
    })
}

impl Unit {
    fn records<'a>(self, reader: &impl Fn() -> &'a Reader, date: Option<Date>) -> Found {
        match self {
            Unit::Lines { path, first, lines } => {
                let record = |(idx, line): (usize, &String)| {
                    let record = Record::from_json(line.trim_end_matches(['\n', '\r']));
                    record.with_context(|| format!("{}: line {}", path.display(), first + idx))
                };
                let is_empty = |line: &String| line.trim().is_empty();
                let full = lines.iter().enumerate().filter(|(_, line)| !is_empty(line));
                let n_bytes = lines.iter().map(|line| line.len() as u64).sum();
                Found { records: full.map(record).collect(), n_bytes }
            }
            Unit::Article(task) => {
                let Task { name, content, is_inside } = *task;
                let document = match content.with_context(|| name.clone()) {
                    Ok(document) => document,
                    Err(error) => return Found { records: vec![Err(error)], n_bytes: 0 },
                };
                let (mut article, notes) = match document.read(&Fields::default()).result {
                    Ok(read) => read,
                    // A crawl has thousands of pages without text; that is no error of anyone's.
                    Err(error) if is_inside && !error.is_damaged() => {
                        return Found { records: Vec::new(), n_bytes: 0 };
                    }
                    Err(error) => {
                        let error = anyhow::Error::new(error).context(name);
                        return Found { records: vec![Err(error)], n_bytes: 0 };
                    }
                };
                article.published = article.published.or(date);
                let n_bytes = article.text.len() as u64;
                let mut record = reader().read(article);
                record.notes.splice(..0, notes);
                Found { records: vec![Ok(record)], n_bytes }
            }
            Unit::Failed(path, error) => {
                Found { records: vec![Err(error.context(path.display().to_string()))], n_bytes: 0 }
            }
        }
    }
}

/// Collects records into batches and writes them.
struct Writer {
    store: Store,
    batch: Vec<Record>,
    n_batch_bytes: usize,
    /// Records of which a transaction is made.
    batch_size: usize,
    flushed: Instant,
    added: Added,
    n_failed: usize,
    began: Instant,
    bar: ProgressBar,
}

impl Writer {
    fn new(store: Store, sources: &[PathBuf]) -> anyhow::Result<Writer> {
        let n_bytes = sources.iter().filter_map(|path| path.metadata().ok()).map(|m| m.len()).sum();
        let style =
            ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes}, {msg}, {eta} left")
                .expect("the template is well-formed");
        let target = match std::io::stderr().is_terminal() {
            true => ProgressDrawTarget::stderr(),
            false => ProgressDrawTarget::hidden(),
        };
        let bar = ProgressBar::with_draw_target(Some(n_bytes), target);
        bar.set_style(style);
        Ok(Writer {
            batch_size: store.batch_size()?,
            store,
            batch: Vec::new(),
            n_batch_bytes: 0,
            flushed: Instant::now(),
            added: Added::default(),
            n_failed: 0,
            began: Instant::now(),
            bar,
        })
    }

    fn take(&mut self, found: Found) -> anyhow::Result<()> {
        for record in found.records {
            match record {
                Ok(record) => {
                    self.n_batch_bytes += record.article.text.len();
                    self.batch.push(record);
                }
                Err(error) => {
                    self.n_failed += 1;
                    self.bar.suspend(|| complain(&format!("{error:#}")));
                }
            }
            if self.batch.len() >= self.batch_size || self.n_batch_bytes >= BATCH_BYTES {
                self.flush()?;
            }
        }
        if self.flushed.elapsed() >= BATCH_TIME {
            self.flush()?;
        }
        self.bar.inc(found.n_bytes);
        Ok(())
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        let batch = std::mem::take(&mut self.batch);
        self.n_batch_bytes = 0;
        if !batch.is_empty() {
            self.added += self.store.add(&batch)?;
            self.batch_size = self.store.batch_size()?;
        }
        self.flushed = Instant::now();
        let n = self.added.new + self.added.known;
        self.bar.set_message(format!(
            "{:.0} articles/s",
            n as f64 / self.began.elapsed().as_secs_f64()
        ));
        Ok(())
    }

    /// Leaves the file small and fast, if anything was added to it.
    fn rest(&mut self) -> anyhow::Result<()> {
        if self.added.new == 0 {
            return Ok(());
        }
        match self.store.rest() {
            // Nothing is lost by that: whoever is writing will do it.
            Err(error) if error.is_busy() => Ok(()),
            result => Ok(result?),
        }
    }

    fn summary(&self) {
        self.bar.finish_and_clear();
        let Added { new, known, statements, events, copies } = self.added;
        let seconds = self.began.elapsed().as_secs_f64();
        let mut line = format!(
            "added {new} articles with {statements} statements and {events} events in {seconds:.1} s"
        );
        for (n, what) in [
            (known, "were there already"),
            (copies, "are copies of others"),
            (self.n_failed as u64, "could not be read"),
        ] {
            if n > 0 {
                line += &format!("; {n} {what}");
            }
        }
        eprintln!("{line}");
    }
}
