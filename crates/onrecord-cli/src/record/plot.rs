//! `onrecord plot`.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use onrecord_plot::{Plot, balance, network, nowhere, stance, timeline};
use onrecord_store::{Filter, Store};

use super::args::{self, Picture};
use super::known::Known;

/// Draws an answer.
///
/// # Errors
/// If a name is unknown or may be several, the record cannot be read, or the output cannot be
/// written; a closed pipe is no error.
pub(super) fn run(args: &args::Plot) -> anyhow::Result<ExitCode> {
    let record = args.record.as_ref();
    let record = record.context("no record: say `--record FILE`, or set ONRECORD_RECORD")?;
    let store = Store::open_to_read(record)?;
    let filter = Filter {
        since: args.since,
        until: args.until,
        outlet: args.outlet.clone(),
        limit: (args.limit > 0).then_some(args.limit),
        ..Filter::default()
    };
    write(&args.output, &plot(&store, &args.what, filter)?.alone())?;
    Ok(ExitCode::SUCCESS)
}

fn plot(store: &Store, what: &Picture, filter: Filter) -> anyhow::Result<Plot> {
    let names = &Known;
    Ok(match what {
        Picture::Between { one, other } => {
            timeline(&store.between(one, other, &filter, names)?, &nowhere)
        }
        Picture::Balance { one, other } => {
            // Months are of all events; there is no use in reading any.
            let filter = Filter { limit: Some(0), ..filter };
            balance(&store.between(one, other, &filter, names)?, &nowhere)
        }
        Picture::Stance { speaker, actor } => {
            let (speaker, actor) = (store.somebody(speaker, names)?, store.somebody(actor, names)?);
            let (by, about) = (Some(speaker.number()), Some(actor.number()));
            let filter = Filter { by, about, ..filter };
            stance(&speaker, &actor, &store.said(&filter, names)?, &nowhere)
        }
        Picture::Network => network(&store.network(&filter, names)?, &nowhere),
    })
}

fn write(path: &Path, svg: &str) -> anyhow::Result<()> {
    if path != Path::new("-") {
        return fs::write(path, svg)
            .with_context(|| format!("{}: cannot be written", path.display()));
    }
    match io::stdout().lock().write_all(svg.as_bytes()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.context("the output cannot be written, and is not complete"),
    }
}
