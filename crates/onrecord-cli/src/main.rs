//! The `onrecord` command: reads files, has them read by the library, shows and keeps what it found; looks names up.

mod args;
mod column;
mod fetch;
mod input;
mod order;
mod progress;
mod read;
mod record;
mod run;
mod show;
mod tasks;
mod watch;
mod who;

use std::process::ExitCode;

use args::Command;

fn main() -> ExitCode {
    let result = match args::parse() {
        Command::Read(args) => read::run(&args),
        Command::Who(args) => who::run(&args),
        Command::Fetch(args) => fetch::run(&args),
        Command::Watch(args) => watch::run(&args),
        Command::Record(command) => record::run(&command),
    };
    result.unwrap_or_else(|error| {
        run::complain(&format!("{error:#}"));
        ExitCode::FAILURE
    })
}
