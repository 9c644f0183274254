//! The command line.

use std::num::NonZero;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, ValueEnum};
use jiff::civil::Date;

/// Reads news and writes the record: who said what, every field pinned to the words it came from
#[derive(Parser)]
#[command(name = "onrecord", version, after_help = EXAMPLES)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  onrecord read article.txt           Show who said what in an article
  onrecord read --json *.txt          The same for programs, a line an article
  onrecord read --help                All there is to know about reading";

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    Read(ReadArgs),
}

/// Show who said what in articles
///
/// Reads plain-text files in UTF-8, an article each, and prints the statements in them: the
/// source's words, the cue, what was said, whether it is quoted (direct), reported in the
/// outlet's words (indirect) or both (mixed), and how sure the reading is.
///
/// A file that cannot be read does not stop the others; the exit code is then 1.
#[derive(clap::Args)]
#[command(after_help = READ_EXAMPLES)]
pub(crate) struct ReadArgs {
    /// Articles to read; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// Print a JSON object a line, an article each (format onrecord/1)
    #[arg(long)]
    pub(crate) json: bool,

    /// The day the articles were published
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) date: Option<Date>,

    /// Articles to read at the same time; the output is the same for any number [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZero<usize>>,

    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

const READ_EXAMPLES: &str = "\
Examples:
  onrecord read article.txt
  onrecord read --date 2026-01-23 article.txt
  curl -s https://example.org/article.txt | onrecord read -
  onrecord read --json --threads 4 news/*.txt > record.jsonl
  onrecord read --color always article.txt | less -R";

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Everywhere, in files and pipes too
    Always,
    /// Nowhere
    Never,
}

/// The command that the user gave. Prints help, or what is wrong with the command line, and exits.
pub(crate) fn parse() -> Command {
    let command = Args::parse().command;
    let Command::Read(args) = &command;
    if args.files.iter().filter(|file| file.as_os_str() == "-").count() > 1 {
        // Which of them got the text would depend on the threads.
        let message = "standard input (`-`) can be read only once";
        Args::command().error(ErrorKind::ValueValidation, message).exit();
    }
    command
}

fn date(value: &str) -> anyhow::Result<Date> {
    const HOW: &str = "write it as YYYY-MM-DD, for example 2026-01-23";
    let date: Date = value.parse().context(HOW)?;
    // The parser takes other notations too, and drops a time of day.
    ensure!(date.to_string() == value, HOW);
    Ok(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn dates_have_one_notation() {
        assert_eq!(date("2026-01-23").unwrap(), jiff::civil::date(2026, 1, 23));
        for bad in ["", "23.1.2026", "20260123", "2026-02-30", "2026-01-23T10:00", "2026-1-2"] {
            let error = date(bad).expect_err(bad);
            assert!(error.to_string().starts_with("write it as YYYY-MM-DD"), "{bad}: {error}");
        }
    }
}
