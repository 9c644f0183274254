//! Holds the figures to those committed in `quality/`.
//!
//! `quality/CORPUS.csv` has the attribution counts of each document, `quality/CORPUS.record.csv`
//! those of whole records; both must be met exactly. `quality/floors.json` has the F1 (or accuracy)
//! of each figure, tied to the digests of corpus and weights:
//!
//! ```json
//! {"desk-dev": {"corpus": "sha256…", "weights": "sha256…", "f1": {"words.content": 0.9012, …},
//!               "record": {"mention": 0.8012, …}}}
//! ```
//!
//! Only the Desk corpora have records. Floors of records that were never written are not missed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use onrecord::Reader;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::attribution::{self, Scores};
use crate::corpus::{self, Shared};
use crate::record::{self, predicted};
use crate::{hex, predictions, workspace};

/// Of so many differing rows each is told.
const MAX_ROWS_TOLD: usize = 10;

/// The scores of one corpus and what they rest on.
pub struct Measured {
    /// One of [`corpus::NAMES`].
    pub corpus: &'static str,
    /// Digest of the corpus.
    pub corpus_digest: String,
    /// Digest of the weights.
    pub weights_digest: String,
    /// Who said what.
    pub scores: Scores,
    /// Whole records, where the corpus has them.
    pub record: Option<record::Scores>,
}

/// What an update may do to floors that the figures fall short of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// Refuse to write anything.
    Raise,
    /// Lower them to the figures.
    Lower,
}

/// The committed figures.
pub struct Quality(PathBuf);

/// Under this key the floors of a corpus have those of whole records.
const RECORD: &str = "record";

/// What is committed of one scorer's figures of one corpus.
struct Sheet {
    /// Key in the floors.
    key: &'static str,
    /// For messages.
    name: String,
    /// In `quality/`.
    file: String,
    csv: String,
    /// F1 or accuracy.
    figures: Vec<(&'static str, f64)>,
}

impl Measured {
    fn sheets(&self) -> Vec<Sheet> {
        let name = self.corpus;
        let total = self.scores.total.iter();
        let mut sheets = vec![Sheet {
            key: "f1",
            name: name.to_owned(),
            file: format!("{name}.csv"),
            csv: self.scores.to_csv(),
            figures: total.map(|(figure, counts)| (figure, counts.f1())).collect(),
        }];
        if let Some(record) = &self.record {
            let total = record.total.iter();
            sheets.push(Sheet {
                key: RECORD,
                name: format!("{name}, record"),
                file: format!("{name}.record.csv"),
                csv: record.to_csv(),
                figures: total.map(|(figure, counts)| (figure.name(), counts.f1())).collect(),
            });
        }
        sheets
    }
}

/// SHA-256 of the weights in the tree.
pub fn weights_digest() -> Result<String> {
    let path = workspace().join("crates/onrecord-model/weights/onrecord.safetensors");
    let bytes = fs::read(&path).with_context(|| format!("no weights: {}", path.display()))?;
    Ok(hex(Sha256::new_with_prefix(bytes)))
}

/// Reads and scores each corpus.
pub fn measure(shared: &Shared) -> Result<Vec<Measured>> {
    let weights_digest = weights_digest()?;
    let reader = Reader::new();
    let measured = corpus::NAMES.into_iter().map(|name| {
        let corpus = shared.open(name)?;
        let records = predictions::read(&reader, &corpus.documents);
        let has_records = corpus.documents.iter().all(|document| document.desk.is_some());
        let record = has_records.then(|| {
            let items: Vec<_> = records.iter().map(|record| Some(predicted::of(record))).collect();
            record::score(&corpus, &items)
        });
        Ok(Measured {
            corpus: name,
            record: record.transpose()?,
            scores: attribution::score(&corpus, &predictions::of(&records))?,
            corpus_digest: corpus.digest,
            weights_digest: weights_digest.clone(),
        })
    });
    measured.collect()
}

impl Quality {
    /// `quality/` of the workspace.
    pub fn committed() -> Quality {
        Quality::at(&workspace().join("quality"))
    }

    /// Another folder.
    pub fn at(folder: &Path) -> Quality {
        Quality(folder.to_path_buf())
    }

    /// Where the figures differ from those committed or fall below a floor, a line each.
    pub fn check(&self, measured: &[Measured]) -> Result<Vec<String>> {
        let floors = self.floors()?;
        let mut faults = Vec::new();
        for now in measured {
            let name = now.corpus;
            let floor = &floors[name];
            for (what, digest) in [("corpus", &now.corpus_digest), ("weights", &now.weights_digest)]
            {
                if floor[what] != **digest {
                    faults.push(other_digest(name, what));
                }
            }
            for sheet in now.sheets() {
                if sheet.key == RECORD && floor[RECORD].is_null() {
                    continue;
                }
                faults.extend(sheet.fallen(floor)?);
                let path = self.0.join(&sheet.file);
                let rows = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
                faults.extend(told_rows(&sheet.name, &rows, &sheet.csv));
            }
        }
        Ok(faults)
    }

    /// The faults that can be found without the corpora: floors of other weights than the tree's.
    pub fn check_weights(&self, digest: &str) -> Result<Vec<String>> {
        let floors = self.floors()?;
        let others = corpus::NAMES.into_iter().filter(|name| floors[*name]["weights"] != *digest);
        Ok(others.map(|name| other_digest(name, "weights")).collect())
    }

    /// Writes the figures and the floors, which become the figures.
    pub fn update(&self, measured: &[Measured], update: Update) -> Result<()> {
        if self.floors_path().exists() && update == Update::Raise {
            let floors = self.floors()?;
            let mut faults = Vec::new();
            for now in measured {
                for sheet in now.sheets() {
                    faults.extend(sheet.fallen(&floors[now.corpus])?);
                }
            }
            if !faults.is_empty() {
                bail!("{}\nnothing written; --lower lowers the floors", faults.join("\n"));
            }
        }
        fs::create_dir_all(&self.0).with_context(|| self.0.display().to_string())?;
        let mut floors = Map::new();
        for now in measured {
            let mut floor = json!({"corpus": now.corpus_digest, "weights": now.weights_digest});
            for sheet in now.sheets() {
                fs::write(self.0.join(&sheet.file), &sheet.csv)?;
                let figures = sheet.figures.iter();
                let figures = figures.map(|&(figure, f1)| (figure.to_owned(), f1.into()));
                floor[sheet.key] = Value::Object(figures.collect());
            }
            floors.insert(now.corpus.to_owned(), floor);
        }
        let floors = serde_json::to_string_pretty(&floors)?;
        fs::write(self.floors_path(), floors + "\n")?;
        Ok(())
    }

    fn floors_path(&self) -> PathBuf {
        self.0.join("floors.json")
    }

    fn floors(&self) -> Result<Value> {
        read_floors(&self.floors_path())
    }
}

/// The floors in a file.
pub(crate) fn read_floors(path: &Path) -> Result<Value> {
    let floors = fs::read_to_string(path).with_context(|| {
        let update = "cargo run --release -p onrecord-eval -- floors --update";
        format!("no floors in {}; `{update}` writes them", path.display())
    })?;
    serde_json::from_str(&floors).with_context(|| path.display().to_string())
}

fn other_digest(corpus: &str, what: &str) -> String {
    format!("{corpus}: the digest of the {what} is not the one in floors.json")
}

impl Sheet {
    fn fallen(&self, floor: &Value) -> Result<Vec<String>> {
        fallen(&self.name, " F1", &floor[self.key], &self.figures)
    }
}

/// The figures below their floors, and those that have one and were not measured. What has no floors is not below them.
pub(crate) fn fallen(
    name: &str,
    unit: &str,
    floors: &Value,
    figures: &[(&'static str, f64)],
) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for (figure, floor) in floors.as_object().into_iter().flatten() {
        let floor = floor.as_f64().with_context(|| format!("floor of {figure}: {floor}"))?;
        match figures.iter().find(|(name, _)| name == figure) {
            Some((_, now)) if *now >= floor => {}
            Some((_, now)) => faults.push(format!("{name}: {figure}{unit} {now} < floor {floor}")),
            None => faults.push(format!("{name}: no {figure} < floor {floor}")),
        }
    }
    Ok(faults)
}

/// The rows that differ, a line each, of many the first and how many there are.
pub(crate) fn told_rows(name: &str, committed: &str, now: &str) -> Vec<String> {
    let differing = differing_rows(committed, now);
    let mut told: Vec<String> =
        differing.iter().take(MAX_ROWS_TOLD).map(|row| format!("{name}: {row}")).collect();
    if differing.len() > MAX_ROWS_TOLD {
        told.push(format!("{name}: {} rows differ in all", differing.len()));
    }
    told
}

/// Each row that is not in both, committed (`-`) or new (`+`), by document.
fn differing_rows(committed: &str, now: &str) -> Vec<String> {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (committed.lines().collect(), now.lines().collect());
    let gone = before.iter().filter(|row| !after.contains(row)).map(|row| format!("- {row}"));
    let new = after.iter().filter(|row| !before.contains(row)).map(|row| format!("+ {row}"));
    let mut rows: Vec<String> = gone.chain(new).collect();
    rows.sort_by(|a, b| a[2..].cmp(&b[2..]));
    if rows.is_empty() && committed != now {
        rows.push("the rows are in another order".to_owned());
    }
    rows
}
