//! From the pack of sources to the knowledge base that `onrecord-actors` embeds. Not shipped.
//!
//! One file a source; each gives drafts, which are put together in a fixed order. Only sources
//! that may be redistributed are read: the share-alike ones of the pack (countries.jsonl,
//! leaders-current.tsv) and the unlicensed ones never are.

mod factbook;
mod organizations;
mod people;
mod places;
mod sources;
mod states;
mod table;

use std::collections::BTreeMap;

use anyhow::Result;
use onrecord_actors::{Builder, Draft};
use serde_json::json;
use sha2::{Digest, Sha256};

pub use sources::Sources;

/// All entries, in the order in which they are written.
pub fn drafts(sources: &Sources) -> Result<Vec<Draft>> {
    let mut states = states::drafts(sources)?;
    let organizations = organizations::own(sources)?;
    let mut places = places::drafts(sources, &mut states)?;
    let people = people::drafts(sources)?;
    let mut drafts = states;
    let others = organizations::others(sources, &organizations)?;
    drafts.extend(organizations);
    drafts.extend(others);
    drafts.extend(people);
    drafts.append(&mut places);
    Ok(drafts)
}

/// The file and its manifest.
pub fn compile(sources: &Sources) -> Result<(Vec<u8>, String)> {
    let drafts = drafts(sources)?;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut builder = Builder::default();
    for draft in drafts {
        *counts.entry(format!("{} from {}", draft.kind, draft.source.as_str())).or_default() += 1;
        builder.add(draft);
    }
    let file = builder.finish();
    let hex = |bytes: &[u8]| -> String {
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let inputs: BTreeMap<&str, String> =
        sources.files().map(|(name, text)| (name, hex(text.as_bytes()))).collect();
    let manifest = json!({
        "file": "actors.bin",
        "bytes": file.len(),
        "sha256": hex(&file),
        "command": "cargo run --release -p onrecord-compile",
        "licences": "ATTRIBUTION.md",
        "sources_sha256": inputs,
        "entries": counts,
    });
    Ok((file, serde_json::to_string_pretty(&manifest)? + "\n"))
}
