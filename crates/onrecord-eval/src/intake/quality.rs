//! Holds our figures to those committed: `quality/intake.csv`, and the floors in `quality/intake.json`.
//!
//! The CSV has a row a page of html-trafilatura, and one row for all of html-scrapinghub, whose
//! pages nobody is to look at one by one. Both are met exactly.
//!
//! ```json
//! {"html-trafilatura": {"pages": "sha256…", "floors": {"f1": 0.9362, "title": 0.9064, …}}, …}
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

use crate::floors::{Update, fallen, read_floors, told_rows};
use crate::intake::Measured;
use crate::workspace;

/// The committed figures.
pub struct Quality(PathBuf);

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
    pub fn check(&self, measured: &Measured) -> Result<Vec<String>> {
        let floors = self.floors()?;
        let mut faults = Vec::new();
        for row in measured.ours() {
            let name = row.set.name();
            if floors[name]["pages"] != *row.digest {
                faults.push(format!("{name}: the digest of the pages is not the one committed"));
            }
            faults.extend(fallen(name, "", &floors[name]["floors"], &row.figures())?);
        }
        let path = self.csv_path();
        let rows = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        faults.extend(told_rows("intake", &rows, &measured.to_csv()));
        Ok(faults)
    }

    /// Writes the figures and the floors, which become the figures.
    pub fn update(&self, measured: &Measured, update: Update) -> Result<()> {
        if self.floors_path().exists() && update == Update::Raise {
            let floors = self.floors()?;
            let mut faults = Vec::new();
            for row in measured.ours() {
                let name = row.set.name();
                faults.extend(fallen(name, "", &floors[name]["floors"], &row.figures())?);
            }
            if !faults.is_empty() {
                bail!("{}\nnothing written; --lower lowers the floors", faults.join("\n"));
            }
        }
        let mut floors = Map::new();
        for row in measured.ours() {
            let figures = row.figures().into_iter();
            let figures: Map<String, Value> =
                figures.map(|(name, figure)| (name.to_owned(), floor(figure).into())).collect();
            let floor = json!({"pages": row.digest, "floors": figures});
            floors.insert(row.set.name().to_owned(), floor);
        }
        fs::create_dir_all(&self.0).with_context(|| self.0.display().to_string())?;
        fs::write(self.csv_path(), measured.to_csv())?;
        fs::write(self.floors_path(), serde_json::to_string_pretty(&floors)? + "\n")?;
        Ok(())
    }

    fn csv_path(&self) -> PathBuf {
        self.0.join("intake.csv")
    }

    fn floors_path(&self) -> PathBuf {
        self.0.join("intake.json")
    }

    fn floors(&self) -> Result<Value> {
        read_floors(&self.floors_path())
    }
}

/// The floor under a figure: four digits of it, since more do not survive the way through JSON.
fn floor(figure: f64) -> f64 {
    (figure * 1e4).floor() / 1e4
}
