//! Finds and opens the files that the user named.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::anyhow;
use onrecord_intake::Source;

/// The files that the user named, those in folders that the user named, and those that match
/// patterns; in the order given, and in folders in the order of their names.
pub(crate) struct Files {
    /// In reverse.
    left: Vec<Named>,
}

/// A file, or why there is none.
pub(crate) struct Named {
    pub(crate) path: PathBuf,
    /// Whether the user named a folder or a pattern.
    pub(crate) is_found: bool,
    error: Option<anyhow::Error>,
}

impl Files {
    pub(crate) fn new(paths: &[PathBuf]) -> Files {
        let named = paths.iter().flat_map(|path| expand(path));
        let mut left: Vec<_> = named.collect();
        left.reverse();
        Files { left }
    }

    /// How many bytes they have; `None` if one is a pipe or a device, which does not tell.
    pub(crate) fn n_bytes(paths: &[PathBuf]) -> Option<u64> {
        let len = |named: Named| match fs::metadata(&named.path) {
            _ if named.error.is_some() => Some(0),
            _ if named.is_stdin() => None,
            Ok(metadata) => metadata.is_file().then_some(metadata.len()),
            Err(_) => Some(0),
        };
        Files::new(paths).map(len).sum()
    }
}

impl Iterator for Files {
    type Item = Named;

    fn next(&mut self) -> Option<Named> {
        loop {
            let named = self.left.pop()?;
            if named.error.is_some() || !named.path.is_dir() {
                return Some(named);
            }
            // A link to a folder may lead back up.
            if named.is_found && named.path.is_symlink() {
                continue;
            }
            match inside(&named.path) {
                Ok(paths) if paths.is_empty() && !named.is_found => {
                    let error = anyhow!("an empty folder; there is nothing in it to read");
                    return Some(Named { error: Some(error), ..named });
                }
                Ok(paths) => {
                    let found = |path| Named { path, is_found: true, error: None };
                    self.left.extend(paths.into_iter().rev().map(found));
                }
                Err(error) => return Some(Named { error: Some(explain(error)), ..named }),
            }
        }
    }
}

/// What is in a folder, but for hidden files, in the order of the names.
fn inside(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let is_hidden = |entry: &fs::DirEntry| entry.file_name().as_encoded_bytes().starts_with(b".");
    let shown = entries.iter().filter(|entry| !is_hidden(entry));
    let mut paths: Vec<_> = shown.map(fs::DirEntry::path).collect();
    paths.sort();
    Ok(paths)
}

/// The files that a pattern matches; the path itself if it is none.
fn expand(path: &Path) -> Vec<Named> {
    let named = |path: &Path, error| Named { path: path.to_owned(), is_found: false, error };
    let pattern = path.to_str().filter(|text| text.contains(['*', '?', '[']));
    let Some(pattern) = pattern.filter(|_| !path.exists()) else {
        return vec![named(path, None)];
    };
    // A bracket alone makes no pattern: then it is a file's name.
    let Ok(paths) = glob::glob(pattern) else { return vec![named(path, None)] };
    let found: Vec<_> =
        paths.flatten().map(|path| Named { path, is_found: true, error: None }).collect();
    if found.is_empty() {
        return vec![named(path, Some(anyhow!("no file matches it; check the pattern")))];
    }
    found
}

impl Named {
    /// Opens it. What is read of it is added to `n_read`.
    ///
    /// # Errors
    /// If there is no such file, or it cannot be read. The message says what to do, and leaves
    /// out the path.
    pub(crate) fn open(self, n_read: &Arc<AtomicU64>) -> anyhow::Result<Source> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let name = self.path.to_string_lossy().into_owned();
        if self.is_stdin() {
            return Ok(Source::stream(name, io::stdin()));
        }
        let file = File::open(&self.path).map_err(explain)?;
        let metadata = file.metadata().map_err(explain)?;
        let n_left = if metadata.is_file() { metadata.len() } else { 0 };
        let file = Counted { file, n_left, n_read: Arc::clone(n_read) };
        // Pipes and devices tell no length.
        let source = match metadata.is_file() {
            true => Source::file(name, file),
            false => Source::stream(name, file),
        };
        Ok(if self.is_found { source.found() } else { source })
    }

    fn is_stdin(&self) -> bool {
        !self.is_found && self.path.as_os_str() == "-"
    }
}

/// Counts what is read of a file. In the end its length has been counted, though its first bytes may
/// be read twice, and the rest of it never.
struct Counted {
    file: File,
    /// Bytes that have not been counted.
    n_left: u64,
    n_read: Arc<AtomicU64>,
}

impl Counted {
    fn count(&mut self, n_bytes: u64) {
        let n_bytes = n_bytes.min(self.n_left);
        self.n_left -= n_bytes;
        self.n_read.fetch_add(n_bytes, Ordering::Relaxed);
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.count(u64::MAX);
    }
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let len = self.file.read(into)?;
        self.count(len as u64);
        Ok(len)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

pub(crate) fn explain(error: io::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::NotFound => anyhow!("no such file; check the path"),
        ErrorKind::PermissionDenied => anyhow!("no permission to read it; change its permissions"),
        _ => anyhow!("{error}; check that it can be read"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_what_to_do() {
        for kind in [ErrorKind::NotFound, ErrorKind::PermissionDenied, ErrorKind::TimedOut] {
            let message = explain(kind.into()).to_string();
            assert!(message.contains("; c"), "{message}");
        }
    }

    #[test]
    fn folders_are_read_in_order_and_hidden_files_are_not() {
        let folder = std::env::temp_dir().join(format!("onrecord-files-{}", std::process::id()));
        for path in ["b/2.txt", "b/1.txt", "a.txt", "c.txt", ".hidden/x.txt", "b/.hidden"] {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let names = |paths: &[PathBuf]| -> Vec<String> {
            let relative = |named: Named| {
                let path = named.path.strip_prefix(&folder).unwrap_or(&named.path);
                path.to_string_lossy().into_owned()
            };
            Files::new(paths).map(relative).collect()
        };
        let all = ["a.txt", "b/1.txt", "b/2.txt", "c.txt"];
        assert_eq!(names(std::slice::from_ref(&folder)), all);
        assert_eq!(names(&[folder.join("*.txt")]), ["a.txt", "c.txt"]);
        assert_eq!(
            names(&[folder.join("c.txt"), folder.join("b")]),
            ["c.txt", "b/1.txt", "b/2.txt"]
        );
        assert_eq!(Files::n_bytes(&[folder.clone(), folder.join("missing")]), Some(4));
        assert_eq!(Files::n_bytes(&[folder.clone(), "-".into()]), None);
        let missing: Vec<_> = Files::new(&[folder.join("*.html")]).collect();
        let error = missing[0].error.as_ref().unwrap().to_string();
        assert!(error.starts_with("no file matches it"), "{error}");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn each_byte_of_a_file_is_counted_once() {
        let path = std::env::temp_dir().join(format!("onrecord-bytes-{}", std::process::id()));
        fs::write(&path, "0123456789").unwrap();
        let n_read = Arc::default();
        let open = || Counted {
            file: File::open(&path).unwrap(),
            n_left: 10,
            n_read: Arc::clone(&n_read),
        };
        let mut file = open();
        file.read_exact(&mut [0; 4]).unwrap();
        assert_eq!(n_read.load(Ordering::Relaxed), 4);
        file.rewind().unwrap();
        file.read_to_end(&mut Vec::new()).unwrap();
        assert_eq!(n_read.load(Ordering::Relaxed), 10);
        drop(file);
        // A picture is passed over after its first bytes.
        drop(open());
        assert_eq!(n_read.load(Ordering::Relaxed), 20);
        fs::remove_file(&path).unwrap();
    }
}
