//! The command line of the commands that keep a record.

use std::net::SocketAddr;
use std::num::NonZero;
use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;
use onrecord_store::Format;

use crate::args::date;

/// The record that a command works on.
#[derive(clap::Args)]
pub(crate) struct File {
    /// The record, a SQLite file
    #[arg(long, value_name = "FILE", env = "ONRECORD_RECORD")]
    pub(crate) record: PathBuf,
}

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    Add(Add),
    Said(Said),
    Actor(ActorArgs),
    Between(Between),
    Compare(Compare),
    Shifts(Shifts),
    Disputed(Disputed),
    Sources(Sources),
    Variants(Variants),
    Plot(Plot),
    Merge(Merge),
    Split(Split),
    Export(Export),
    Verify(Verify),
    Serve(Serve),
}

/// Read articles, or take records that were read before, and keep them in a record
///
/// Articles that the record holds (by the hash of their text and their address) are left as they
/// are, so that the same command can be run again: after it was interrupted, it goes on where it was.
/// Files that end in .jsonl hold records as `onrecord read --json` prints them, a line each.
#[derive(clap::Args)]
pub(crate) struct Add {
    /// Articles or .jsonl files of records
    #[arg(required = true, value_name = "SOURCE")]
    pub(crate) sources: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) file: File,

    /// The day the articles were published, for plain text
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) date: Option<Date>,

    /// Articles to read at the same time; what is kept is the same for any number [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZero<usize>>,
}

/// What an answer is limited to, and how it is shown.
#[derive(clap::Args)]
pub(crate) struct Limits {
    /// Published on this day or later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) since: Option<Date>,

    /// Published on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) until: Option<Date>,

    /// Published by this outlet
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,

    /// Rows at most, the latest or largest; 0: all
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u32,

    /// Print a JSON object a row
    #[arg(long)]
    pub(crate) json: bool,

    #[command(flatten)]
    pub(crate) file: File,
}

/// Show who said what
///
/// Names may be aliases, capitals or codes of countries: "Turkey", "Ankara", "TUR". If a name may be
/// several actors, they are listed with their numbers; `#12` names one of them.
#[derive(clap::Args)]
pub(crate) struct Said {
    /// Words that were said: all of them; "a phrase", beginn*, OR, NOT
    #[arg(value_name = "WORDS")]
    pub(crate) words: Option<String>,

    /// Said by this actor
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,

    /// About this actor
    #[arg(long, value_name = "NAME")]
    pub(crate) about: Option<String>,

    /// Only quoted, reported or mixed statements
    #[arg(long, value_name = "FORM", value_enum)]
    pub(crate) form: Option<Form>,

    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Form {
    /// In the speaker's own words
    Direct,
    /// In the outlet's words
    Indirect,
    /// In the outlet's words, with fragments of the speaker's
    Mixed,
}

/// Show who somebody is: capacities over time, what was said and done
///
/// Each capacity (name, titles, organization, country) has the days and the number of articles it is
/// found in, and why it is believed to be this actor's; `onrecord merge` and `split` overrule that.
#[derive(clap::Args)]
pub(crate) struct ActorArgs {
    /// Name, alias, code of a country or #number
    pub(crate) name: String,

    #[command(flatten)]
    pub(crate) limits: Limits,
}

/// Show events and statements between two actors over time
///
/// For a state, its government and armed forces speak too. An event reported by several is one row with the number of independent reports: copies of one
/// text, articles of one outlet, and what rests on one speaker's word count once. The balance of a
/// month is the mean weight of its events: 2 and 1 for material and verbal cooperation, -1 and -2 for
/// verbal and material conflict.
#[derive(clap::Args)]
pub(crate) struct Between {
    /// One of the two
    pub(crate) one: String,

    /// The other
    pub(crate) other: String,

    #[command(flatten)]
    pub(crate) limits: Limits,
}

/// Show speakers side by side on an actor or a topic
#[derive(clap::Args)]
pub(crate) struct Compare {
    /// An actor; if nobody is called so, words that were said
    #[arg(value_name = "ACTOR|TOPIC")]
    pub(crate) subject: String,

    #[command(flatten)]
    pub(crate) limits: Limits,
}

/// Show speakers whose stance toward an actor changed, with both statements
#[derive(clap::Args)]
pub(crate) struct Shifts {
    /// Only this speaker
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,

    /// Only toward this actor
    #[arg(long, value_name = "NAME")]
    pub(crate) about: Option<String>,

    #[command(flatten)]
    pub(crate) limits: Limits,
}

/// Show events that are claimed on one word and denied on another
#[derive(clap::Args)]
pub(crate) struct Disputed {
    /// Only events to which this actor is a party
    #[arg(long, value_name = "NAME")]
    pub(crate) about: Option<String>,

    #[command(flatten)]
    pub(crate) limits: Limits,
}

/// Show who is quoted how often
#[derive(clap::Args)]
pub(crate) struct Sources {
    /// Count by speaker, by what the speaker does, by outlet or by country
    #[arg(long, value_name = "WHAT", value_enum, default_value_t = By::Speaker)]
    pub(crate) count: By,

    /// Only statements with these words
    #[arg(long, value_name = "WORDS")]
    pub(crate) words: Option<String>,

    /// Only statements about this actor
    #[arg(long, value_name = "NAME")]
    pub(crate) about: Option<String>,

    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum By {
    /// Who speaks
    Speaker,
    /// What the speaker does: government, military, media (PLOVER sectors)
    Capacity,
    /// Who quotes
    Outlet,
    /// The speaker's country
    Country,
}

/// Show quotations of the same words, with what differs
#[derive(clap::Args)]
pub(crate) struct Variants {
    /// Only this speaker
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,

    /// Only quotations with these words
    #[arg(long, value_name = "WORDS")]
    pub(crate) words: Option<String>,

    #[command(flatten)]
    pub(crate) limits: Limits,
}

/// Draw an answer as SVG
///
/// The picture is a file of its own, light or dark as its reader has it, and can be read without colour.
#[derive(clap::Args)]
pub(crate) struct Plot {
    #[command(subcommand)]
    pub(crate) what: Picture,

    /// Where to write it; `-` is standard output
    #[arg(long, short, global = true, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,

    /// Published on this day or later
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) since: Option<Date>,

    /// Published on this day or earlier
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) until: Option<Date>,

    /// Published by this outlet
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) outlet: Option<String>,

    /// Events, statements or ties at most, the latest or strongest; 0: all
    #[arg(long, global = true, value_name = "N", default_value_t = 1000)]
    pub(crate) limit: u32,

    // Not `File`: what is required cannot stand on both sides of the picture's name.
    /// The record, a SQLite file
    #[arg(long, global = true, value_name = "FILE", env = "ONRECORD_RECORD")]
    pub(crate) record: Option<PathBuf>,
}

#[derive(clap::Subcommand)]
pub(crate) enum Picture {
    /// Events and statements between two actors over time
    Between {
        /// One of the two
        one: String,
        /// The other
        other: String,
    },
    /// Cooperation against conflict between two actors, month by month
    Balance {
        /// One of the two
        one: String,
        /// The other
        other: String,
    },
    /// The stance of a speaker toward an actor over time
    Stance {
        /// Who speaks
        speaker: String,
        /// Of whom
        actor: String,
    },
    /// Who is tied to whom
    Network,
}

/// Make two actors one, for ever
///
/// Whatever is found to be either of them is one actor from now on, in articles added later too.
#[derive(clap::Args)]
pub(crate) struct Merge {
    /// One of the two
    pub(crate) one: String,

    /// The other
    pub(crate) other: String,

    /// Why, for those who look at the record later
    #[arg(long, value_name = "TEXT")]
    pub(crate) because: Option<String>,

    #[command(flatten)]
    pub(crate) file: File,
}

/// Take an actor apart: in these articles it is somebody else, for ever
#[derive(clap::Args)]
pub(crate) struct Split {
    /// The actor
    pub(crate) name: String,

    /// Articles, by the beginning of their id
    #[arg(required = true, value_name = "ARTICLE")]
    pub(crate) articles: Vec<String>,

    /// Why, for those who look at the record later
    #[arg(long, value_name = "TEXT")]
    pub(crate) because: Option<String>,

    #[command(flatten)]
    pub(crate) file: File,
}

/// Print all of a record in another format
#[derive(clap::Args)]
pub(crate) struct Export {
    /// The format
    #[arg(long, value_name = "FORMAT", value_parser = format(), default_value = Format::Jsonl.name())]
    pub(crate) format: Format,

    #[command(flatten)]
    pub(crate) file: File,
}

fn format() -> impl TypedValueParser<Value = Format> {
    let value = |format: Format| PossibleValue::new(format.name()).help(format.about());
    PossibleValuesParser::new(Format::ALL.map(value))
        .map(|name| Format::from_name(&name).expect("it is one of the possible values"))
}

/// Check every field of a record against the texts it came from
///
/// Exit code 1 if anything is not as it was added. Nothing is changed.
#[derive(clap::Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) file: File,
}

/// Open a record in a browser
///
/// Serves it on this machine alone, at http://127.0.0.1:7070, until it is stopped (Ctrl-C). With
/// `--listen` other machines reach it too: then it wants a token of its visitors, from the variable
/// ONRECORD_TOKEN, or one that it makes and prints. A record that is not there yet is made.
#[derive(clap::Args)]
#[command(after_help = SERVE_EXAMPLES)]
pub(crate) struct Serve {
    /// The record, a SQLite file
    #[arg(value_name = "FILE", env = "ONRECORD_RECORD")]
    pub(crate) record: PathBuf,

    /// The port on this machine; 0: any that is free
    #[arg(long, value_name = "PORT", default_value = "7070", conflicts_with = "listen")]
    pub(crate) port: u16,

    /// The address to listen on, for others to reach it. Put a proxy with TLS before it, or trust the
    /// network: tokens and pages go over it as they are
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<SocketAddr>,
}

const SERVE_EXAMPLES: &str = "\
Examples:
  onrecord serve my.db
  ONRECORD_TOKEN=$(openssl rand -hex 32) onrecord serve my.db --listen 192.168.1.5:7070";
