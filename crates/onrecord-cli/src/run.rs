//! Reads articles in parallel and prints their records, in order.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::num::NonZero;
use std::process::ExitCode;
use std::thread;

use anstream::{AutoStream, ColorChoice};
use anyhow::{Context, anyhow};
use onrecord::{Reader, polecat};
use onrecord_intake::{Fields, Skipped};

use crate::args::{Color, EventsFormat, OutputArgs};
use crate::column::printable;
use crate::progress::Progress;
use crate::tasks::Task;
use crate::{order, show};

/// A run of the command: where its output goes, and what became of the articles so far.
pub(crate) struct Run<'a> {
    args: &'a OutputArgs,
    /// The fields of lines and tables.
    pub(crate) fields: Fields,
    reader: Reader,
    output: Output,
    progress: Progress,
    n_threads: NonZero<usize>,
    n_read: u64,
    /// Articles in containers that came to nothing, by reason.
    failed: BTreeMap<&'static str, u64>,
    has_containers: bool,
    all_good: bool,
    is_closed: bool,
}

/// What became of a task.
enum Outcome {
    Text(String),
    /// A reason, if it is not worth a line of its own.
    Skipped(&'static str),
    Failed(anyhow::Error, Option<&'static str>),
}

impl<'a> Run<'a> {
    /// # Errors
    /// If the table of the user's actors cannot be read.
    pub(crate) fn new(args: &'a OutputArgs, progress: Progress) -> anyhow::Result<Run<'a>> {
        let n_threads = args
            .threads
            .or_else(|| thread::available_parallelism().ok())
            .unwrap_or(NonZero::<usize>::MIN);
        let reader = match &args.actors {
            Some(path) => {
                let read = || -> anyhow::Result<Reader> {
                    Ok(Reader::with_actors(&fs::read_to_string(path)?)?)
                };
                read().with_context(|| path.display().to_string())?
            }
            None => Reader::new(),
        };
        Ok(Run {
            args,
            fields: Fields::default(),
            reader,
            output: Output::new(args),
            progress,
            n_threads,
            n_read: 0,
            failed: BTreeMap::new(),
            has_containers: false,
            all_good: true,
            is_closed: false,
        })
    }

    /// Reads all tasks and prints what comes of them.
    ///
    /// # Errors
    /// If the output cannot be written. A closed pipe is no error: then nothing more is read.
    pub(crate) fn read_all(&mut self, tasks: &mut dyn Iterator<Item = Task>) -> anyhow::Result<()> {
        let width = show::terminal_width();
        let (reader, args, fields) = (&self.reader, self.args, &self.fields);
        let (output, progress, failed) = (&mut self.output, &mut self.progress, &mut self.failed);
        let (n_read, all_good) = (&mut self.n_read, &mut self.all_good);
        let has_containers = &mut self.has_containers;
        let tasks = tasks.map(|task| ((task.name.clone(), task.is_inside), task));
        let written = order::in_order(
            tasks,
            self.n_threads,
            |task| read(reader, task, fields, args, width),
            |(name, is_inside), result| {
                *has_containers |= is_inside;
                let outcome = result.unwrap_or_else(|_| {
                    let error = "a bug in onrecord stopped its reading; please report it";
                    Outcome::Failed(anyhow!(error), Some("bug"))
                });
                progress.step(|| match outcome {
                    Outcome::Text(text) => {
                        *n_read += 1;
                        output.write(&text)
                    }
                    Outcome::Skipped(reason) => {
                        *failed.entry(reason).or_default() += 1;
                        Ok(())
                    }
                    Outcome::Failed(error, reason) => {
                        *all_good = false;
                        *failed.entry(reason.unwrap_or("unreadable")).or_default() += 1;
                        complain(&format!("{name}: {error:#}"));
                        Ok(())
                    }
                })
            },
        );
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            written => written.context("the output cannot be written, and is not complete"),
        }
    }

    /// Whether nobody reads the output any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Reports something that went wrong outside of articles.
    pub(crate) fn complain(&mut self, message: &str) {
        self.all_good = false;
        self.progress.suspend(|| complain(message));
    }

    /// Says what was read and what was skipped, where that is not one article a file.
    pub(crate) fn finish(mut self, skipped: &Skipped) -> ExitCode {
        self.progress.clear();
        if self.is_closed {
            return ExitCode::SUCCESS;
        }
        let mut counts = self.failed;
        for (reason, n) in skipped.iter() {
            *counts.entry(reason).or_default() += n;
        }
        if self.has_containers || skipped.iter().next().is_some() {
            let skipped: Vec<_> =
                counts.iter().map(|(reason, n)| format!("{n} {reason}")).collect();
            let articles = if self.n_read == 1 { "article" } else { "articles" };
            let end = match skipped.is_empty() {
                true => String::new(),
                false => format!("; skipped: {}", skipped.join(", ")),
            };
            complain(&format!("{} {articles} read{end}", self.n_read));
        }
        if self.all_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// Prints a line on standard error. Where nobody can read it, there is nothing more to do.
pub(crate) fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "onrecord: {}", printable(message));
}

/// What is to be printed of an article.
fn read(reader: &Reader, task: Task, fields: &Fields, args: &OutputArgs, width: usize) -> Outcome {
    let document = match task.content {
        Ok(document) => document,
        Err(error) => return Outcome::Failed(error, None),
    };
    let (mut article, notes) = match document.read(fields).result {
        Ok(read) => read,
        // A crawl has thousands of pages without text; that is no error of anyone's.
        Err(error) if task.is_inside && !error.is_damaged() => {
            return Outcome::Skipped(error.reason());
        }
        Err(error) => {
            let reason = error.reason();
            return Outcome::Failed(error.into(), Some(reason));
        }
    };
    if article.published.is_none() && args.date.is_some() {
        article.published = args.date;
        article.origins.push(("published".to_owned(), "given".to_owned()));
    }
    let mut record = reader.read(article);
    record.notes.splice(..0, notes);
    Outcome::Text(match (args.json, args.events) {
        (true, _) => record.to_json() + "\n",
        (_, Some(EventsFormat::Tsv)) => {
            polecat::lines(&record).into_iter().map(|line| line + "\n").collect()
        }
        _ => show::record(&record, width),
    })
}

/// Standard output, in colour or not.
enum Output {
    /// JSON and tables are passed on as they are; a table begins with its column names.
    Plain {
        stdout: io::StdoutLock<'static>,
        header: Option<String>,
    },
    Human {
        stream: AutoStream<io::StdoutLock<'static>>,
        is_first: bool,
    },
}

impl Output {
    fn new(args: &OutputArgs) -> Output {
        let stdout = io::stdout().lock();
        let header = args.events.map(|EventsFormat::Tsv| polecat::COLUMNS.join("\t") + "\n");
        if args.json || header.is_some() {
            return Output::Plain { stdout, header };
        }
        let color = match args.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Output::Human { stream: AutoStream::new(stdout, color), is_first: true }
    }

    /// Writes an article's output, all the way.
    fn write(&mut self, text: &str) -> io::Result<()> {
        match self {
            Output::Plain { stdout, header } => {
                if let Some(header) = header.take() {
                    stdout.write_all(header.as_bytes())?;
                }
                stdout.write_all(text.as_bytes())?;
                stdout.flush()
            }
            Output::Human { stream, is_first } => {
                if !std::mem::take(is_first) {
                    stream.write_all(b"\n\n")?;
                }
                stream.write_all(text.as_bytes())?;
                stream.flush()
            }
        }
    }
}
