//! The commands that keep a record: add to it, ask it, correct it, export it, serve it.

mod add;
mod args;
mod ask;
mod keep;
mod known;
mod plot;
mod rows;
mod serve;
mod table;

use std::process::ExitCode;

pub(crate) use args::Command;

/// Runs one of the commands.
pub(crate) fn run(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Add(args) => add::run(args),
        Command::Plot(args) => plot::run(args),
        Command::Merge(args) => keep::merge(args),
        Command::Split(args) => keep::split(args),
        Command::Export(args) => keep::export(args),
        Command::Verify(args) => keep::verify(args),
        Command::Serve(args) => serve::run(args),
        Command::Said(_)
        | Command::Actor(_)
        | Command::Between(_)
        | Command::Compare(_)
        | Command::Shifts(_)
        | Command::Disputed(_)
        | Command::Sources(_)
        | Command::Variants(_) => ask::run(command),
    }
}
