//! The command: scores, floors, calibration and speed. `onrecord-eval help` tells more.

use std::fs;
use std::io::{self, Write};
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use onrecord::{Reader, Rule};
use onrecord_eval::calibration::Reliability;
use onrecord_eval::corpus::{Corpus, Shared};
use onrecord_eval::floors::{Quality, Update};
use onrecord_eval::{attribution, corpus, floors, predictions, speed};

/// Scores onrecord against the gold corpora.
///
/// A corpus is polnear-dev, desk-dev, desk-real-dev or a folder: either brat standoff (text/*.txt
/// and attributions/NAME_*.ann) or Desk corpus XML.
#[derive(Parser)]
#[command(name = "onrecord-eval", version)]
struct Arguments {
    /// Folder of shared data [default: the variable ONRECORD_SHARED, else ../shared as seen from
    /// the workspace]
    #[arg(long, global = true, value_name = "DIR")]
    shared: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Who said what: precision, recall and F1, as score_attribution.py prints them
    Attribution {
        /// Corpus or folder
        corpus: String,
        /// Write the counts of each document to this file
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
        /// Print the JSON line alone
        #[arg(long)]
        json: bool,
        /// Score these instead of reading
        #[arg(long, value_name = "FILE.jsonl")]
        predictions: Option<PathBuf>,
        /// Read without this rule, to see what it is worth; may be given more than once
        #[arg(long, value_name = "RULE", value_parser = rule, conflicts_with = "predictions")]
        without: Vec<Rule>,
    },
    /// Print what is read, in the form that score_attribution.py takes
    Predict {
        /// Corpus or folder
        corpus: String,
    },
    /// Confidences against the share of statements that are right
    Calibration {
        /// Corpus or folder
        corpus: String,
    },
    /// Recompute the figures in quality/ and compare
    Floors {
        /// Write the figures instead, and raise the floors to them
        #[arg(long)]
        update: bool,
        /// Let the update lower floors
        #[arg(long, requires = "update")]
        lower: bool,
    },
    /// Words per second and memory, plain text to JSON
    Speed {
        /// Corpus, folder or files of plain text
        #[arg(required = true, value_name = "CORPUS|FILE")]
        texts: Vec<String>,
        /// Threads to read on
        #[arg(long, default_value = "1")]
        threads: NonZero<usize>,
        /// Fail unless so many statements are found
        #[arg(long, value_name = "N")]
        expect_statements: Option<usize>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::stdout().lock();
    match run(arguments, &mut out).and_then(|()| Ok(out.flush()?)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("onrecord-eval: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments, out: &mut impl Write) -> Result<()> {
    let shared = Shared::find(arguments.shared);
    match arguments.command {
        Command::Attribution { corpus, csv, json, predictions, without } => {
            let corpus = shared.open(&corpus)?;
            let rules: Vec<Rule> =
                Rule::ALL.iter().filter(|rule| !without.contains(rule)).copied().collect();
            let predicted = match predictions {
                Some(path) => predictions::from_file(&path, &corpus.documents)?,
                None => {
                    let documents = &corpus.documents;
                    predictions::of(&predictions::read_by(&Reader::new(), documents, &rules))
                }
            };
            let scores = attribution::score(&corpus, &predicted)?;
            if let Some(path) = csv {
                fs::write(&path, scores.to_csv()).with_context(|| path.display().to_string())?;
            }
            if !json {
                write!(out, "{}", scores.total)?;
            }
            writeln!(out, "{}", scores.to_json())?;
        }
        Command::Predict { corpus } => {
            let corpus = shared.open(&corpus)?;
            let records = predictions::read(&Reader::new(), &corpus.documents);
            for (document, record) in corpus.documents.iter().zip(&records) {
                writeln!(out, "{}", predictions::to_line(&document.name, record))?;
            }
        }
        Command::Calibration { corpus } => {
            let corpus = shared.open(&corpus)?;
            let records = predictions::read(&Reader::new(), &corpus.documents);
            let scores = attribution::score(&corpus, &predictions::of(&records))?;
            write!(out, "{}", Reliability::of(&records, &scores))?;
        }
        Command::Floors { update, lower } => {
            let measured = floors::measure(&shared)?;
            for now in &measured {
                writeln!(out, "{}\n{}", now.corpus, now.scores.total)?;
            }
            if update {
                let update = if lower { Update::Lower } else { Update::Raise };
                return Quality::committed().update(&measured, update);
            }
            let faults = Quality::committed().check(&measured)?;
            if !faults.is_empty() {
                bail!("the figures are not those in quality/\n{}", faults.join("\n"));
            }
        }
        Command::Speed { texts, threads, expect_statements } => {
            let speed = speed::measure(&read_texts(&shared, &texts)?, threads)?;
            write!(out, "{speed}")?;
            if let Some(expected) = expect_statements
                && expected != speed.n_statements
            {
                bail!("{expected} statements expected, {} found", speed.n_statements);
            }
        }
    }
    Ok(())
}

/// A rule by its name.
fn rule(name: &str) -> Result<Rule> {
    let names = Rule::ALL.iter().map(|rule| rule.name()).collect::<Vec<_>>().join(", ");
    let named = Rule::ALL.iter().find(|rule| rule.name() == name).copied();
    named.with_context(|| format!("the rules are {names}"))
}

/// The texts of corpora, folders and files, in the order given.
fn read_texts(shared: &Shared, names: &[String]) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for name in names {
        if corpus::NAMES.contains(&name.as_str()) || fs::metadata(name).is_ok_and(|m| m.is_dir()) {
            let Corpus { documents, .. } = shared.open(name)?;
            texts.extend(documents.into_iter().map(|document| document.text));
        } else {
            let text = fs::read_to_string(name).with_context(|| name.clone())?;
            texts.push(text.trim_start_matches('\u{feff}').to_owned());
        }
    }
    Ok(texts)
}
