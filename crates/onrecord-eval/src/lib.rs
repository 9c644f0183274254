//! Quality figures, and the floors under them.
//!
//! Gold corpora ([`corpus`], [`gold`]) are read with [`onrecord::Reader`] ([`predictions`]) and
//! scored ([`attribution`], [`record`]); [`calibration`] asks whether the confidences are honest, [`floors`]
//! holds the figures to those committed in `quality/`, and [`speed`] measures how fast it all was.
//! [`who`] asks for actors by spellings that no source lists; [`intake`] scores how well articles are found in web pages; [`gap`] and [`names`] score pronouns and names against sets that others have annotated.
//! The corpora stay out of the repository: without them only the digests can be checked.

pub mod attribution;
pub mod calibration;
pub mod classes;
pub mod corpus;
pub mod dates;
pub mod desk;
pub mod floors;
pub mod gap;
pub mod gold;
pub mod intake;
pub mod names;
pub mod plv;
pub mod predictions;
pub mod record;
pub mod sentiment;
pub mod speed;
mod threads;
pub mod who;
mod words;

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The folder with the workspace's `Cargo.toml`, where it was when this was compiled.
pub fn workspace() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).expect("the crate lies in crates/").to_path_buf()
}

/// A SHA-256 in hexadecimal.
fn hex(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A field of CSV, in quotation marks where it needs them.
fn csv_field(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
