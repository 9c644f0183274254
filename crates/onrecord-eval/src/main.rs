//! The command: scores, floors, calibration and speed. `onrecord-eval help` tells more.

use std::fs;
use std::io::{self, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use onrecord::{Article, Reader, Rule};
use onrecord_eval::calibration::Reliability;
use onrecord_eval::classes::Answers;
use onrecord_eval::corpus::{Corpus, Shared};
use onrecord_eval::floors::{Quality, Update};
use onrecord_eval::record::{self, Items, predicted};
use onrecord_eval::{
    attribution, corpus, dates, floors, gap, intake, names, plv, predictions, sentiment, speed,
    who, workspace,
};

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
    /// Whole records: who is who, who said what, what happened; as score_record.py prints it
    Record {
        /// Corpora of Desk XML, or folders
        #[arg(default_values = ["desk-dev", "desk-real-dev"], value_name = "CORPUS")]
        corpora: Vec<String>,
        /// Write the counts of each document to this file
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
        /// Print the JSON lines alone
        #[arg(long)]
        json: bool,
        /// Score these records instead of reading: JSON as `onrecord read --json` prints it
        #[arg(long, value_name = "FILE.jsonl")]
        predictions: Option<PathBuf>,
    },
    /// Print the records that are read, in the form that score_record.py takes
    Records {
        /// Corpus or folder
        corpus: String,
    },
    /// Pronouns: F1 and bias on a file of GAP
    Gap {
        /// In GAP's format
        #[arg(value_name = "FILE.tsv")]
        file: PathBuf,
        /// Print the answers for GAP's own scorer instead: ID, A-coref, B-coref
        #[arg(long)]
        tsv: bool,
        /// Score these records (ID.txt) instead of reading
        #[arg(long, value_name = "FILE.jsonl")]
        predictions: Option<PathBuf>,
    },
    /// Names: F1 of exact words and class on sentences of tokens and BIO tags
    Names {
        /// In CrossNER's types
        #[arg(value_name = "FILE.jsonl")]
        file: PathBuf,
        /// Score these records (NUMBER-OF-LINE.txt) instead of reading
        #[arg(long, value_name = "FILE.jsonl")]
        predictions: Option<PathBuf>,
    },
    /// What happened between two parties of a sentence, whose words are given: macro-F1 of PLOVER's codes
    Plv {
        /// In PLV's format
        #[arg(value_name = "FILE.tsv")]
        file: PathBuf,
    },
    /// The stance of a sentence toward a target, whose words are given: macro-F1
    Sentiment {
        /// In NewsMTSC's format
        #[arg(value_name = "FILE.jsonl")]
        file: PathBuf,
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
    /// Expressions of time: a folder of Desk XML, or DateTimeModel.json of Recognizers-Text
    Dates {
        /// Folder or file
        gold: PathBuf,
        /// Print what is wrong, a line each
        #[arg(long)]
        wrong: bool,
    },
    /// How well articles are found in web pages; `bench/peers` compares with others
    Intake {
        /// Write our score of each page to this file
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
        /// Print titles, days and authors that are wrong, a line each
        #[arg(long)]
        wrong: bool,
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
    /// Actors found by spellings that their sources do not list; speed of finding names
    Who {
        /// The pack of sources, or its unpacked folder [default: data/actors.tar.xz in the shared
        /// folder]
        #[arg(long, value_name = "PATH")]
        pack: Option<PathBuf>,
        /// Text to find names in
        #[arg(long, value_name = "FILE")]
        text: Option<PathBuf>,
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
        Command::Record { corpora, csv, json, predictions } => {
            let mut rows = String::new();
            for name in &corpora {
                let corpus = shared.open(name)?;
                let articles: Vec<Article> =
                    corpus.documents.iter().map(|document| document.article()).collect();
                let records = read_or_open(&articles, predictions.as_deref())?;
                let scores = record::score(&corpus, &records)?;
                if !json {
                    write!(out, "{name}\n{}", scores.total)?;
                }
                writeln!(out, "{}", scores.to_json())?;
                let csv = scores.to_csv();
                // One line of column names for all.
                rows +=
                    if rows.is_empty() { &csv } else { csv.split_once('\n').map_or("", |c| c.1) };
            }
            if let Some(path) = csv {
                fs::write(&path, rows).with_context(|| path.display().to_string())?;
            }
        }
        Command::Records { corpus } => {
            let corpus = shared.open(&corpus)?;
            for record in predictions::read(&Reader::new(), &corpus.documents) {
                writeln!(out, "{}", record.to_json())?;
            }
        }
        Command::Gap { file, tsv, predictions } => {
            let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            let rows = gap::rows(&text).with_context(|| file.display().to_string())?;
            let articles: Vec<Article> = rows.iter().map(|row| row.article()).collect();
            let records = read_or_open(&articles, predictions.as_deref())?;
            let answers = rows.iter().zip(&records);
            let answers: Vec<Option<[bool; 2]>> =
                answers.map(|(row, record)| record.as_ref().map(|r| row.answer(r))).collect();
            if tsv {
                write!(out, "{}", gap::to_tsv(&rows, &answers))?;
            } else {
                let scores = gap::score(&rows, &answers)?;
                writeln!(out, "{scores}{}", scores.to_json())?;
            }
        }
        Command::Plv { file } => {
            let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            let rows = plv::rows(&text).with_context(|| file.display().to_string())?;
            let reader = Reader::new();
            let answer = |row: &plv::Row| row.answer(&reader);
            print_answers(out, &rows, |row| row.gold.as_str(), answer)?;
        }
        Command::Sentiment { file } => {
            let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            let cases = sentiment::cases(&text).with_context(|| file.display().to_string())?;
            let reader = Reader::new();
            let answer = |case: &sentiment::Case| case.answer(&reader);
            print_answers(out, &cases, |case| case.gold, answer)?;
        }
        Command::Names { file, predictions } => {
            let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            let sentences = names::sentences(&text).with_context(|| file.display().to_string())?;
            let predicted = match predictions {
                Some(path) => {
                    let records = predicted::from_file(&path)?;
                    let names = sentences.iter().map(|sentence| {
                        records.get(&sentence.id).map(|r| names::bare_names(&sentence.text, r))
                    });
                    names.collect()
                }
                None => names::read_all(&Reader::new(), &sentences),
            };
            let scores = names::score(&sentences, &predicted)?;
            writeln!(out, "{scores}{}", scores.to_json())?;
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
                if let Some(record) = &now.record {
                    writeln!(out, "{}, record\n{}", now.corpus, record.total)?;
                }
            }
            let pages = intake::measure(&shared, &[intake::OURS])?;
            write!(out, "{pages}")?;
            if update {
                let update = if lower { Update::Lower } else { Update::Raise };
                Quality::committed().update(&measured, update)?;
                return intake::Quality::committed().update(&pages, update);
            }
            let mut faults = Quality::committed().check(&measured)?;
            faults.extend(intake::Quality::committed().check(&pages)?);
            if !faults.is_empty() {
                bail!("the figures are not those in quality/\n{}", faults.join("\n"));
            }
        }
        Command::Dates { gold, wrong } => {
            let lines = if gold.is_dir() {
                let score = dates::desk(&gold)?;
                write!(out, "{score}")?;
                score.wrong
            } else {
                let score = dates::recognizers(&gold)?;
                write!(out, "{score}")?;
                score.wrong
            };
            for line in lines.iter().filter(|_| wrong) {
                writeln!(out, "{line}")?;
            }
        }
        Command::Intake { csv, wrong } => {
            let measured = intake::measure(&shared, &[intake::OURS])?;
            if let Some(path) = csv {
                fs::write(&path, measured.to_csv()).with_context(|| path.display().to_string())?;
            }
            write!(out, "{measured}")?;
            for line in measured.wrong().filter(|_| wrong) {
                writeln!(out, "{line}")?;
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
        Command::Who { pack, text } => {
            let pack = pack.unwrap_or_else(|| shared.data().join("actors.tar.xz"));
            let own = workspace().join("crates/onrecord-actors/knowledge/own");
            let text = match text {
                Some(path) => {
                    fs::read_to_string(&path).with_context(|| path.display().to_string())?
                }
                None => String::new(),
            };
            write!(out, "{}", who::measure(&pack, &own, &text)?)?;
        }
    }
    Ok(())
}

/// The records of articles: read, or those that a file has of them, by their paths.
fn read_or_open(articles: &[Article], file: Option<&Path>) -> Result<Vec<Option<Items>>> {
    let Some(file) = file else {
        let records = predictions::read_articles(&Reader::new(), articles);
        return Ok(records.iter().map(|record| Some(predicted::of(record))).collect());
    };
    let mut records = predicted::from_file(file)?;
    let paths = articles.iter().map(|article| article.path.as_deref().unwrap_or_default());
    Ok(paths.map(|path| records.remove(path.trim_end_matches(".txt"))).collect())
}

/// A rule by its name.
/// Prints each case's gold and answer, and last the figures.
fn print_answers<T>(
    out: &mut impl Write,
    cases: &[T],
    gold: impl Fn(&T) -> &str,
    answer: impl Fn(&T) -> &'static str,
) -> Result<()> {
    let answers = Answers(cases.iter().map(|case| (gold(case), answer(case))).collect());
    for (gold, answer) in &answers.0 {
        writeln!(out, "{gold}\t{answer}")?;
    }
    writeln!(out, "{}", answers.json())?;
    Ok(())
}

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
