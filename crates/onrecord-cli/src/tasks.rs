//! What there is to read, taken out of the user's files one article at a time.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use onrecord_intake::{Document, Documents, Fields, Options, Skipped};

use crate::input::Files;

/// An article to be read, or why there is none.
pub(crate) struct Task {
    /// What errors are reported under.
    pub(crate) name: String,
    pub(crate) content: anyhow::Result<Document>,
    /// Whether the user did not name it, but something that it lies in.
    pub(crate) is_inside: bool,
}

/// The articles in files.
pub(crate) struct Tasks {
    files: Files,
    options: Options,
    offset: Option<u64>,
    n_read: Arc<AtomicU64>,
    /// Those of the file that is being read, and whether it was found and not named.
    documents: Option<(Documents, bool)>,
    skipped: Skipped,
}

impl Tasks {
    pub(crate) fn new(
        files: &[PathBuf],
        options: Options,
        offset: Option<u64>,
        n_read: Arc<AtomicU64>,
    ) -> Tasks {
        let (files, skipped) = (Files::new(files), Skipped::default());
        Tasks { files, options, offset, n_read, documents: None, skipped }
    }

    /// The names of fields that it was made with.
    pub(crate) fn fields(&self) -> &Fields {
        &self.options.fields
    }

    /// What was passed over in silence.
    pub(crate) fn skipped(&self) -> &Skipped {
        &self.skipped
    }
}

impl Iterator for Tasks {
    type Item = Task;

    fn next(&mut self) -> Option<Task> {
        loop {
            if let Some((documents, is_found)) = &mut self.documents {
                if let Some(document) = documents.next() {
                    return Some(task(document, *is_found));
                }
                self.skipped.add(documents.skipped());
                self.documents = None;
            }
            let named = self.files.next()?;
            let (name, is_found) = (named.path.display().to_string(), named.is_found);
            match named.open(&self.n_read) {
                Ok(source) => {
                    let source = match self.offset {
                        Some(offset) => source.from_offset(offset),
                        None => source,
                    };
                    let documents = Documents::new(source, self.options.clone());
                    self.documents = Some((documents, is_found));
                }
                Err(error) => return Some(Task { name, content: Err(error), is_inside: is_found }),
            }
        }
    }
}

pub(crate) fn task(document: Document, is_found: bool) -> Task {
    let origin = document.origin();
    let is_inside = is_found || !origin.inner().is_empty() || origin.offset().is_some();
    Task { name: origin.to_string(), content: Ok(document), is_inside }
}
