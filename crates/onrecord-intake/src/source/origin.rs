//! Where an item was found.

use std::fmt;

/// Where an item was found: the file, the names inside it, and the byte that it begins at.
///
/// As text it is `news.zip!2026/talks.html` for a file in an archive, and
/// `crawl.warc.gz@1824` for the record that begins at byte 1824.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    path: String,
    inner: Vec<String>,
    offset: Option<u64>,
}

impl Origin {
    pub(crate) fn new(path: String) -> Origin {
        Origin { path, inner: Vec::new(), offset: None }
    }

    /// The file, as the user named it.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The names of the files inside it, the outermost first; empty for the file itself.
    pub fn inner(&self) -> &[String] {
        &self.inner
    }

    /// The byte of the innermost file that the item begins at, where that file holds many items.
    ///
    /// In compressed WARC files it is the byte of the *compressed* file, so that
    /// [`Source::from_offset`](crate::Source::from_offset) can start there; in all others it is
    /// the byte of what comes out of the compression.
    pub fn offset(&self) -> Option<u64> {
        self.offset
    }

    pub(crate) fn inside(&self, name: impl Into<String>) -> Origin {
        let mut inner = self.inner.clone();
        inner.push(name.into());
        Origin { path: self.path.clone(), inner, offset: None }
    }

    pub(crate) fn at(&self, offset: u64) -> Origin {
        Origin { offset: Some(offset), ..self.clone() }
    }

    /// The last of the names, which has the extension.
    pub(crate) fn name(&self) -> &str {
        self.inner.last().unwrap_or(&self.path)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        for name in &self.inner {
            write!(f, "!{name}")?;
        }
        match self.offset {
            Some(offset) => write!(f, "@{offset}"),
            None => Ok(()),
        }
    }
}
