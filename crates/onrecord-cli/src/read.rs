//! `onrecord read`.

use std::io::{self, ErrorKind, Write};
use std::num::NonZero;
use std::path::Path;
use std::process::ExitCode;
use std::thread;

use anstream::{AutoStream, ColorChoice};
use anyhow::{Context, anyhow};
use onrecord::Reader;

use crate::args::{Color, ReadArgs};
use crate::column::printable;
use crate::progress::Progress;
use crate::{input, order, show};

/// Reads the files and prints their records, in the order given.
///
/// # Errors
/// If the output cannot be written; a closed pipe is no error. Files that cannot be read are
/// reported on standard error, and make the exit code 1.
pub(crate) fn run(args: &ReadArgs) -> anyhow::Result<ExitCode> {
    let n_threads = args
        .threads
        .or_else(|| thread::available_parallelism().ok())
        .unwrap_or(NonZero::<usize>::MIN);
    let reader = Reader::new();
    let width = show::terminal_width();
    let mut output = Output::new(args);
    let mut progress = Progress::new(args.files.len());
    let mut paths = args.files.iter();
    let mut all_good = true;
    let written = order::in_order(
        args.files.len(),
        n_threads,
        |idx| read(&reader, &args.files[idx], args, width),
        |result| {
            let path = paths.next().expect("a result a file");
            let result = result.unwrap_or_else(|_| {
                Err(anyhow!("a bug in onrecord stopped its reading; please report it"))
            });
            progress.step(|| match result {
                Ok(text) => output.write(&text),
                Err(error) => {
                    all_good = false;
                    complain(&format!("{}: {error:#}", path.display()));
                    Ok(())
                }
            })
        },
    );
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
        written => written.context("the output cannot be written, and is not complete")?,
    }
    Ok(if all_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints a line on standard error. Where nobody can read it, there is nothing more to do.
pub(crate) fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "onrecord: {}", printable(message));
}

/// What is to be printed of a file.
fn read(reader: &Reader, path: &Path, args: &ReadArgs, width: usize) -> anyhow::Result<String> {
    let mut article = onrecord_intake::plain_text(input::bytes(path)?)?;
    article.path = Some(path.to_string_lossy().into_owned());
    article.published = args.date;
    let record = reader.read(article);
    Ok(if args.json { record.to_json() + "\n" } else { show::record(&record, width) })
}

/// Standard output, in colour or not.
enum Output {
    /// JSON is passed on as it is.
    Json(io::StdoutLock<'static>),
    Human {
        stream: AutoStream<io::StdoutLock<'static>>,
        is_first: bool,
    },
}

impl Output {
    fn new(args: &ReadArgs) -> Output {
        let stdout = io::stdout().lock();
        if args.json {
            return Output::Json(stdout);
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
            Output::Json(stdout) => {
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
