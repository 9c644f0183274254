//! Compiles the knowledge base: `onrecord-compile [--check] [PACK]`.
//!
//! Writes `crates/onrecord-actors/knowledge/actors.bin` and its `MANIFEST.json`; with `--check`
//! compares with the committed file instead. PACK is the pack of sources, an archive or its
//! unpacked folder; by default `../shared/data/actors.tar.xz` as seen from the workspace. The same
//! sources give the same bytes.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

fn main() -> Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_check = arguments.first().is_some_and(|first| first == "--check");
    if is_check {
        arguments.remove(0);
    }
    ensure!(
        arguments.len() <= 1 && !arguments.iter().any(|argument| argument.starts_with('-')),
        "usage: onrecord-compile [--check] [PACK.tar.xz|FOLDER]"
    );
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let knowledge = workspace.join("crates/onrecord-actors/knowledge");
    let default = || workspace.join("../shared/data/actors.tar.xz");
    let pack = arguments.first().map_or_else(default, PathBuf::from);
    let sources = onrecord_compile::Sources::read(&pack, &knowledge.join("own"))?;
    let (file, manifest) = onrecord_compile::compile(&sources)?;
    let path = knowledge.join("actors.bin");
    if is_check {
        let committed = std::fs::read(&path).with_context(|| path.display().to_string())?;
        ensure!(committed == file, "{} is not what its sources give", path.display());
        return Ok(());
    }
    std::fs::write(&path, &file).with_context(|| path.display().to_string())?;
    std::fs::write(knowledge.join("MANIFEST.json"), &manifest)?;
    print!("{manifest}");
    Ok(())
}
