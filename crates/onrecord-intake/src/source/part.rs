//! A reader that an archive and the file in it take turns with.

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A reader with two owners: the archive, and the file in it that is being read. The file may
/// hold an archive too, so that no borrow would do.
pub(crate) struct Turns<R> {
    reader: Arc<Mutex<R>>,
    /// What is left of the file that was given out last.
    rest: Arc<AtomicU64>,
}

impl<R: Read> Turns<R> {
    pub(crate) fn new(reader: R) -> Turns<R> {
        Turns { reader: Arc::new(Mutex::new(reader)), rest: Arc::default() }
    }

    /// Does something with the reader. Parts that were given out must not be read after it.
    pub(crate) fn with<T>(&self, action: impl FnOnce(&mut R) -> T) -> T {
        // A panic while it was held leaves a reader, if at a place that makes no sense.
        action(&mut self.reader.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The next `len` bytes.
    pub(crate) fn part(&self, len: u64) -> Part<R> {
        self.rest.store(len, Ordering::Relaxed);
        Part { reader: Arc::clone(&self.reader), rest: Arc::clone(&self.rest) }
    }

    /// What is left of the last part.
    pub(crate) fn rest(&self) -> u64 {
        self.rest.swap(0, Ordering::Relaxed)
    }
}

/// A stretch of a reader.
pub(crate) struct Part<R> {
    reader: Arc<Mutex<R>>,
    rest: Arc<AtomicU64>,
}

impl<R: Read> Read for Part<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let rest = self.rest.load(Ordering::Relaxed);
        let len = (into.len() as u64).min(rest) as usize;
        if len == 0 {
            return Ok(0);
        }
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let len = reader.read(&mut into[..len])?;
        if len == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it is cut off"));
        }
        self.rest.store(rest - len as u64, Ordering::Relaxed);
        Ok(len)
    }
}
