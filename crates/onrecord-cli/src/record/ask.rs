//! The questions.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use anyhow::Context;
use onrecord_store::{By, Filter, Store};

use super::args::{self, Command, Limits};
use super::known::Known;
use super::rows::{self, Part};
use super::table::table;
use crate::show;

/// Asks, and prints the answer.
///
/// # Errors
/// If a name is unknown or may be several, the record cannot be read, or the output cannot be
/// written; a closed pipe is no error.
pub(crate) fn run(command: &Command) -> anyhow::Result<ExitCode> {
    let limits = limits(command).expect("it is a question");
    let store = Store::open_to_read(&limits.file.record)?;
    let filter = filter(command, limits);
    let names = &Known;
    let parts = match command {
        Command::Said(_) => rows::said(&store.said(&filter, names)?),
        Command::Actor(args) => rows::actor(&store.actor(&args.name, &filter, names)?),
        Command::Between(args) => {
            rows::between(&store.between(&args.one, &args.other, &filter, names)?)
        }
        Command::Compare(args) => rows::compare(&store.compare(&args.subject, &filter, names)?),
        Command::Shifts(_) => rows::shifts(&store.shifts(&filter, names)?),
        Command::Disputed(_) => rows::disputed(&store.disputed(&filter, names)?),
        Command::Sources(args) => {
            let by = match args.count {
                args::By::Speaker => By::Speaker,
                args::By::Capacity => By::Capacity,
                args::By::Outlet => By::Outlet,
                args::By::Country => By::Country,
            };
            rows::sources(&store.sources(by, &filter, names)?)
        }
        Command::Variants(_) => rows::variants(&store.variants(&filter, names)?),
        _ => unreachable!("it is a question"),
    };
    match print(&parts, limits.json) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        result => result.context("the output cannot be written, and is not complete")?,
    }
    Ok(ExitCode::SUCCESS)
}

fn limits(command: &Command) -> Option<&Limits> {
    match command {
        Command::Said(args) => Some(&args.limits),
        Command::Actor(args) => Some(&args.limits),
        Command::Between(args) => Some(&args.limits),
        Command::Compare(args) => Some(&args.limits),
        Command::Shifts(args) => Some(&args.limits),
        Command::Disputed(args) => Some(&args.limits),
        Command::Sources(args) => Some(&args.limits),
        Command::Variants(args) => Some(&args.limits),
        _ => None,
    }
}

fn filter(command: &Command, limits: &Limits) -> Filter {
    let mut filter = Filter {
        since: limits.since,
        until: limits.until,
        outlet: limits.outlet.clone(),
        limit: (limits.limit > 0).then_some(limits.limit),
        ..Filter::default()
    };
    match command {
        Command::Said(args) => {
            (filter.by, filter.about, filter.words) =
                (args.by.clone(), args.about.clone(), args.words.clone());
            filter.form = args.form.map(|form| match form {
                args::Form::Direct => onrecord_record::Form::Direct,
                args::Form::Indirect => onrecord_record::Form::Indirect,
                args::Form::Mixed => onrecord_record::Form::Mixed,
            });
        }
        Command::Shifts(args) => (filter.by, filter.about) = (args.by.clone(), args.about.clone()),
        Command::Disputed(args) => filter.about = args.about.clone(),
        Command::Sources(args) => {
            (filter.words, filter.about) = (args.words.clone(), args.about.clone());
        }
        Command::Variants(args) => {
            (filter.by, filter.words) = (args.by.clone(), args.words.clone())
        }
        _ => {}
    }
    filter
}

fn print(parts: &[Part], is_json: bool) -> io::Result<()> {
    let stdout = io::stdout().lock();
    if is_json {
        let mut out = io::BufWriter::new(stdout);
        for object in parts.iter().flat_map(|part| &part.objects) {
            writeln!(out, "{}", onrecord_record::harmless(object.to_string()))?;
        }
        return out.flush();
    }
    let mut out = AutoStream::auto(stdout);
    let width = show::terminal_width();
    let mut is_first = true;
    for part in parts.iter().filter(|part| !part.cells.is_empty() || !part.title.is_empty()) {
        if !std::mem::take(&mut is_first) {
            writeln!(out)?;
        }
        if !part.title.is_empty() {
            writeln!(out, "{}", crate::column::printable(&part.title))?;
        }
        if !part.cells.is_empty() {
            write!(out, "{}", table(part.headings, &part.cells, width))?;
        }
    }
    out.flush()
}
