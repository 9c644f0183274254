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
  onrecord read --json crawl.warc.gz  The same for programs, a line an article
  onrecord who Baku                   Show who or what bears a name
  onrecord fetch example.org/talks    Fetch a page and show who said what
  onrecord watch feeds.opml           Follow feeds, and read what is new
  onrecord add *.txt --record my.db   Keep what was read in a file
  onrecord said --by NATO --record my.db
                                      Ask that file who said what
  onrecord read --help                All there is to know about reading";

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    Read(ReadArgs),
    Who(WhoArgs),
    Fetch(FetchArgs),
    Watch(WatchArgs),
    #[command(flatten)]
    Record(crate::record::Command),
}

/// Show who said what in articles
///
/// Reads articles from files of almost any kind, and prints the statements in them: the source's
/// words, the cue, what was said, whether it is quoted (direct), reported in the outlet's words
/// (indirect) or both (mixed), and how sure the reading is.
///
/// A file may be plain text in UTF-8, HTML, PDF or a mail; hold many articles, as WARC (plain, .gz,
/// .zst), RSS, Atom and JSON feeds, JSON lines, CSV and mailboxes do; or hold such files: folders,
/// .zip, .tar, .gz. What it is is told by its content first, by its name second.
///
/// A file that cannot be read does not stop the others; the exit code is then 1.
#[derive(clap::Args)]
#[command(after_help = READ_EXAMPLES)]
pub(crate) struct ReadArgs {
    /// Files and folders to read, or patterns like '*.html'; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    /// In JSON lines and tables, the field that holds a fact: text, html, title, date, url, outlet,
    /// authors or language. A dot goes into an object. May be given many times
    #[arg(long = "field", value_name = "FACT=NAME", value_parser = field)]
    pub(crate) fields: Vec<(String, String)>,

    /// Start at this byte of the one file, which an earlier run named after an `@`: WARC, JSON lines
    #[arg(long, value_name = "BYTE")]
    pub(crate) offset: Option<u64>,
}

/// Fetch pages and show who said what in them
///
/// Follows robots.txt, waits between requests to one host, and asks no private address. Pages are
/// fetched by https unless the URL says http. A URL may also be that of a feed, a PDF or any other
/// file that `onrecord read` reads.
#[derive(clap::Args)]
pub(crate) struct FetchArgs {
    /// Pages to fetch
    #[arg(required = true, value_name = "URL")]
    pub(crate) urls: Vec<String>,

    /// Keep what is fetched as a new WARC file in this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) save: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) web: WebArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Follow feeds, and show who said what in articles that are new
///
/// What has been seen is kept in a file, so that each article is read once. Feeds that have not
/// changed are not transferred. It goes on until it is stopped, unless `--once` is given.
#[derive(clap::Args)]
pub(crate) struct WatchArgs {
    /// Lists of feeds in OPML, or URLs of feeds
    #[arg(required = true, value_name = "FEEDS")]
    pub(crate) feeds: Vec<String>,

    /// Look once and stop
    #[arg(long)]
    pub(crate) once: bool,

    /// Minutes between two looks at a feed
    #[arg(long, value_name = "MINUTES", default_value = "15")]
    pub(crate) every: NonZero<u32>,

    /// Where to keep what has been seen
    #[arg(long, value_name = "FILE", default_value = "onrecord-watch.json")]
    pub(crate) state: PathBuf,

    #[command(flatten)]
    pub(crate) web: WebArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(clap::Args)]
pub(crate) struct WebArgs {
    /// Ask private, loopback and link-local addresses too
    #[arg(long)]
    pub(crate) allow_private: bool,

    /// Seconds between two requests to one host
    #[arg(long, value_name = "SECONDS", default_value = "1")]
    pub(crate) delay: u32,
}

#[derive(clap::Args)]
pub(crate) struct OutputArgs {
    /// Print a JSON object a line, an article each (format onrecord/1)
    #[arg(long)]
    pub(crate) json: bool,

    /// The day the articles were published, for those that do not say it
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) date: Option<Date>,

    /// A table of your own actors, which overrule those known; docs/actors.md describes it
    #[arg(long, value_name = "FILE.tsv")]
    pub(crate) actors: Option<PathBuf>,

    /// Print the events alone, a line an event and pair of parties: tsv has POLECAT's columns
    #[arg(long, value_name = "FORMAT", value_enum, conflicts_with = "json")]
    pub(crate) events: Option<EventsFormat>,

    /// Articles to read at the same time; the output is the same for any number [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZero<usize>>,

    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

/// How events are printed alone.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EventsFormat {
    Tsv,
}

const READ_EXAMPLES: &str = "\
Examples:
  onrecord read article.txt
  onrecord read --date 2026-01-23 article.txt
  curl -s https://example.org/article.txt | onrecord read -
  onrecord read --json page.html feed.xml crawl.warc.gz report.pdf news/ '*.html' > record.jsonl
  onrecord read --field text=body --field date=published_on articles.jsonl
  onrecord read --events tsv news/ > events.tsv
  onrecord read --color always article.txt | less -R";

/// Show who or what is known under a name, and why
///
/// Looks the name up among states, persons in office, organisations and places: their names,
/// demonyms, capitals and seats, whatever the case, diacritics, script or romanisation.
/// The exit code is 1 if nobody is known by it.
#[derive(clap::Args)]
#[command(after_help = WHO_EXAMPLES)]
pub(crate) struct WhoArgs {
    /// The name, in one argument
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    /// The day that offices are told for
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) date: Option<Date>,

    /// A table of your own entries; docs/actors.md describes it
    #[arg(long, value_name = "FILE.tsv")]
    pub(crate) actors: Option<PathBuf>,

    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

const WHO_EXAMPLES: &str = "\
Examples:
  onrecord who Kremlin
  onrecord who --date 2026-01-23 'M. Rutte'
  onrecord who --actors my.tsv --json Tereny";

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
    let refuse = |message: &str| Args::command().error(ErrorKind::ValueValidation, message).exit();
    let Command::Read(args) = &command else { return command };
    if args.files.iter().filter(|file| file.as_os_str() == "-").count() > 1 {
        // Which of them got the text would depend on the threads.
        refuse("standard input (`-`) can be read only once");
    }
    if args.offset.is_some() && args.files.len() != 1 {
        refuse("an `--offset` is that of one file");
    }
    command
}

fn field(value: &str) -> anyhow::Result<(String, String)> {
    let (fact, name) = value.split_once('=').context("write it as FACT=NAME")?;
    let facts: Vec<_> = onrecord_intake::Fields::facts().collect();
    ensure!(facts.contains(&fact), "the facts are {}", facts.join(", "));
    ensure!(!name.is_empty(), "write it as FACT=NAME");
    Ok((fact.to_owned(), name.to_owned()))
}

pub(crate) fn date(value: &str) -> anyhow::Result<Date> {
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
