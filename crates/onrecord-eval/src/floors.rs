//! Holds the figures to those committed in `quality/`.
//!
//! `quality/CORPUS.csv` has the counts of each document and must be met exactly;
//! `quality/floors.json` has the F1 of each figure, tied to the digests of corpus and weights:
//!
//! ```json
//! {"desk-dev": {"corpus": "sha256…", "weights": "sha256…", "f1": {"words.content": 0.9012, …}}}
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use onrecord::Reader;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::attribution::{self, Scores};
use crate::corpus::{self, Shared};
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
    /// The figures.
    pub scores: Scores,
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
        Ok(Measured {
            corpus: name,
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
            faults.extend(fallen(floor, now)?);
            let path = self.0.join(format!("{name}.csv"));
            let rows = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let differing = differing_rows(&rows, &now.scores.to_csv());
            for row in differing.iter().take(MAX_ROWS_TOLD) {
                faults.push(format!("{name}: {row}"));
            }
            if differing.len() > MAX_ROWS_TOLD {
                faults.push(format!("{name}: {} rows differ in all", differing.len()));
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
                faults.extend(fallen(&floors[now.corpus], now)?);
            }
            if !faults.is_empty() {
                bail!("{}\nnothing written; --lower lowers the floors", faults.join("\n"));
            }
        }
        fs::create_dir_all(&self.0).with_context(|| self.0.display().to_string())?;
        let mut floors = Map::new();
        for now in measured {
            fs::write(self.0.join(format!("{}.csv", now.corpus)), now.scores.to_csv())?;
            let f1: Map<String, Value> = (now.scores.total.iter())
                .map(|(figure, counts)| (figure.to_owned(), counts.f1().into()))
                .collect();
            let floor =
                json!({"corpus": now.corpus_digest, "weights": now.weights_digest, "f1": f1});
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
        let path = self.floors_path();
        let floors = fs::read_to_string(&path).with_context(|| {
            let update = "cargo run --release -p onrecord-eval -- floors --update";
            format!("no floors in {}; `{update}` writes them", path.display())
        })?;
        serde_json::from_str(&floors).with_context(|| path.display().to_string())
    }
}

fn other_digest(corpus: &str, what: &str) -> String {
    format!("{corpus}: the digest of the {what} is not the one in floors.json")
}

/// The figures below their floors. A corpus without floors is not below them.
fn fallen(floor: &Value, now: &Measured) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for (figure, counts) in now.scores.total.iter() {
        let floor = match &floor["f1"][figure] {
            Value::Null => continue,
            floor => floor.as_f64().with_context(|| format!("floor of {figure}: {floor}"))?,
        };
        if counts.f1() < floor {
            faults.push(format!("{}: {figure} F1 {} < floor {floor}", now.corpus, counts.f1()));
        }
    }
    Ok(faults)
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
