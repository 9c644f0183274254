//! The `onrecord` command: reads files, has them read by the library, and shows what it found.

mod args;
mod column;
mod input;
mod order;
mod progress;
mod read;
mod show;

use std::process::ExitCode;

use args::Command;

fn main() -> ExitCode {
    let result = match args::parse() {
        Command::Read(args) => read::run(&args),
    };
    result.unwrap_or_else(|error| {
        read::complain(&format!("{error:#}"));
        ExitCode::FAILURE
    })
}
