//! The files that the knowledge is made from, read whole.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::table::Table;

/// Of the pack: all that may be redistributed.
const PACKED: &[&str] = &[
    "territories.jsonl",
    "offices.tsv",
    "factbook-names.tsv",
    "factbook-leaders.tsv",
    "factbook-legislatures.tsv",
    "factbook-forces.tsv",
    "factbook-parties.tsv",
    "parties.tsv",
    "armed-groups-phoenix.jsonl",
    "international.jsonl",
    "outlets.tsv",
    "cities15000.tsv",
];

/// Written for onrecord.
const OWN: &[&str] = &["states.tsv", "organizations.tsv", "people.tsv"];

/// The sources by name.
pub struct Sources(BTreeMap<&'static str, String>);

impl Sources {
    /// Reads the pack (an archive or its unpacked folder) and the folder of our own tables.
    pub fn read(pack: &Path, own: &Path) -> Result<Sources> {
        let mut files = BTreeMap::new();
        if pack.is_dir() {
            for name in PACKED {
                files.insert(*name, read(&pack.join(name))?);
            }
        } else {
            let bytes = fs::read(pack).with_context(|| pack.display().to_string())?;
            let reader = lzma_rust2::XzReader::new(bytes.as_slice(), false);
            let mut archive = tar::Archive::new(reader);
            for entry in archive.entries()? {
                let mut entry = entry?;
                let path = entry.path()?.into_owned();
                let name = path.file_name().and_then(|name| name.to_str());
                if let Some(name) = PACKED.iter().find(|known| Some(**known) == name) {
                    let mut text = String::new();
                    entry.read_to_string(&mut text).with_context(|| (*name).to_owned())?;
                    files.insert(*name, text);
                }
            }
        }
        for name in OWN {
            files.insert(*name, read(&own.join(name))?);
        }
        let missing: Vec<_> = PACKED.iter().filter(|name| !files.contains_key(*name)).collect();
        if !missing.is_empty() {
            bail!("{} lacks {missing:?}", pack.display());
        }
        Ok(Sources(files))
    }

    /// Name and text of each, in the order of names.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (*name, text.as_str()))
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        &self.0[name]
    }

    pub(crate) fn table(&self, name: &str) -> Table<'_> {
        Table::new(self.text(name))
    }
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}
