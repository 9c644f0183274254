//! Corrects, exports and checks a record.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::{Context, bail};
use onrecord_store::Store;

use super::args;
use super::known::Known;
use crate::column::printable;

/// `onrecord merge`.
///
/// # Errors
/// If a name is unknown or may be several, or the record cannot be written.
pub(super) fn merge(args: &args::Merge) -> anyhow::Result<ExitCode> {
    let mut store = Store::open(&args.file.record)?;
    let one = store.merge(&args.one, &args.other, args.because.as_deref(), &Known)?;
    say(&format!("{} {} is one from now on", one.number(), one.name))
}

/// `onrecord split`.
///
/// # Errors
/// As for [`merge`], or if it does not appear in one of the articles.
pub(super) fn split(args: &args::Split) -> anyhow::Result<ExitCode> {
    let mut store = Store::open(&args.file.record)?;
    let one = store.split(&args.name, &args.articles, args.because.as_deref(), &Known)?;
    say(&format!("{} {} is another from now on", one.number(), one.name))
}

/// `onrecord export`.
///
/// # Errors
/// If the record cannot be read or the output cannot be written; a closed pipe is no error.
pub(super) fn export(args: &args::Export) -> anyhow::Result<ExitCode> {
    let store = Store::open_to_read(&args.file.record)?;
    let format = args.format;
    if format.is_binary() && io::stdout().is_terminal() {
        bail!("{} is no text for a screen: write it to a file with `> FILE`", format.name());
    }
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match store.export(format, &mut out) {
        Err(error) if error.is_closed_pipe() => {}
        result => result?,
    }
    Ok(ExitCode::SUCCESS)
}

/// `onrecord verify`.
///
/// # Errors
/// If the record cannot be opened.
pub(super) fn verify(args: &args::Verify) -> anyhow::Result<ExitCode> {
    let store = Store::open_to_read(&args.file.record)?;
    let mut verified = store.verify(|| {})?;
    drop(store);
    // The full-text indexes are checked by writing to them, as SQLite has it; nothing is changed.
    if verified.problems.is_empty() {
        match Store::open(&args.file.record).and_then(|store| store.verify_search()) {
            Err(error) if !error.is_read_only() => verified.problems.push(error.to_string()),
            _ => {}
        }
    }
    for problem in &verified.problems {
        say(problem)?;
    }
    let n = verified.articles;
    if verified.problems.is_empty() {
        return say(&format!("{n} articles, all as they were added"));
    }
    Ok(ExitCode::FAILURE)
}

fn say(line: &str) -> anyhow::Result<ExitCode> {
    match writeln!(io::stdout(), "{}", printable(line)) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        result => result.context("the output cannot be written")?,
    }
    Ok(ExitCode::SUCCESS)
}
