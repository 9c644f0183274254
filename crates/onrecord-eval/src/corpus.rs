//! The gold corpora by name, found under the folder of shared data.
//!
//! Development parts only: nothing here opens a test split.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::gold::{self, Document};
use crate::{hex, workspace};

/// The corpora that have floors.
pub const NAMES: [&str; 3] = ["polnear-dev", "desk-dev", "desk-real-dev"];

/// Annotated documents.
pub struct Corpus {
    /// One of [`NAMES`], or the folder.
    pub name: String,
    /// SHA-256 over the names and bytes of the text and gold files, in order of the documents.
    pub digest: String,
    /// Sorted by name; never empty.
    pub documents: Vec<Document>,
}

impl Corpus {
    /// Reads a brat or Desk folder.
    pub fn from_folder(name: &str, folder: &Path) -> Result<Corpus> {
        let documents = gold::read_folder(folder)?;
        let mut digest = Sha256::new();
        for path in documents.iter().flat_map(|document| &document.files) {
            let bytes = fs::read(path).with_context(|| path.display().to_string())?;
            let name = path.file_name().unwrap_or_default();
            digest.update(format!("{}\0{}\0", name.display(), bytes.len()));
            digest.update(bytes);
        }
        Ok(Corpus { name: name.to_owned(), digest: hex(digest), documents })
    }
}

/// The folder of shared data. It lies outside the repository and need not be there.
pub struct Shared(PathBuf);

impl Shared {
    /// `folder` if given, else ONRECORD_SHARED, else `../shared` as seen from the workspace.
    pub fn find(folder: Option<PathBuf>) -> Shared {
        let folder = folder.or_else(|| std::env::var_os("ONRECORD_SHARED").map(PathBuf::from));
        Shared(folder.unwrap_or_else(|| workspace().join("../shared")))
    }

    /// The folder of the packs.
    pub fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    /// Whether there is any data.
    pub fn is_there(&self) -> bool {
        self.0.join("data").is_dir()
    }

    /// The folder of one part of `data/PACK.tar.xz`, unpacked; all of the pack if `part` is empty.
    pub fn pack(&self, pack: &str, part: &str) -> Result<PathBuf> {
        unpacked(&self.0.join("data"), pack, part)
    }

    /// The corpus of this name (one of [`NAMES`]), or the one in the folder of this name.
    pub fn open(&self, name: &str) -> Result<Corpus> {
        let folder = match name {
            "polnear-dev" => unpacked(&self.0.join("data"), "polnear", "dev")?,
            "desk-dev" => self.0.join("data/desk/dev"),
            "desk-real-dev" => self.0.join("data/desk/real-dev"),
            _ if Path::new(name).is_dir() => PathBuf::from(name),
            _ => bail!("{name} is neither a folder nor one of {}", NAMES.join(", ")),
        };
        Corpus::from_folder(name, &folder)
    }
}

/// The folder of one split of `data/PACK.tar.xz`, unpacked the first time it is asked for.
///
/// The folder's name holds the archive's digest, so that a new archive is unpacked anew; it
/// appears whole or not at all, whoever else unpacks at the same time.
fn unpacked(data: &Path, pack: &str, split: &str) -> Result<PathBuf> {
    let archive = data.join(format!("{pack}.tar.xz"));
    let bytes = fs::read(&archive).with_context(|| archive.display().to_string())?;
    let digest = hex(Sha256::new_with_prefix(&bytes));
    let root = target().join("onrecord-eval");
    let folder = root.join(format!("{pack}-{}", &digest[..16]));
    let wanted = folder.join(pack).join(split);
    if wanted.is_dir() {
        return Ok(wanted);
    }
    let temporary = root.join(format!("{pack}-{}-unpacking-{}", &digest[..16], std::process::id()));
    fs::create_dir_all(&temporary).with_context(|| temporary.display().to_string())?;
    let result = unpack(&bytes, &Path::new(pack).join(split), &temporary)
        .and_then(|()| put_in_place(&temporary, &folder));
    if temporary.exists() {
        fs::remove_dir_all(&temporary)?;
    }
    result.with_context(|| format!("unpacking {}", archive.display()))?;
    Ok(wanted)
}

/// Unpacks what lies under `prefix`.
fn unpack(archive: &[u8], prefix: &Path, into: &Path) -> Result<()> {
    let mut tar = tar::Archive::new(lzma_rust2::XzReader::new(archive, false));
    for entry in tar.entries()? {
        let mut entry = entry?;
        if entry.path()?.starts_with(prefix) {
            entry.unpack_in(into)?;
        }
    }
    Ok(())
}

fn put_in_place(temporary: &Path, folder: &Path) -> Result<()> {
    match fs::rename(temporary, folder) {
        Ok(()) => Ok(()),
        // Another process was faster, with the same bytes.
        Err(e) if matches!(e.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists) => {
            Ok(())
        }
        Err(e) => Err(e.into()),
    }
}

fn target() -> PathBuf {
    workspace().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}
