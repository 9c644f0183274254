//! A buffered reader that knows its offset and can go back a little.

use std::io::{self, BufRead, Read};

/// How far it can go back, in bytes. Longer records are lost with whatever damage is in them.
const KEEP: usize = 1 << 20;

/// How much is read at a time.
const CHUNK: usize = 128 << 10;

/// A buffered reader that keeps what it read since the last [mark](Window::mark), so that what
/// follows damage can be looked for in what the damaged record swallowed.
pub(crate) struct Window<R> {
    reader: R,
    buffer: Vec<u8>,
    /// Offset of the buffer's first byte in the file.
    base: u64,
    mark: usize,
    position: usize,
    /// Why the reader below gave up, as opposed to what is made of its bytes.
    failure: Option<String>,
}

impl<R: Read> Window<R> {
    /// A window on `reader`, whose next byte is at `offset` of the file.
    pub(crate) fn new(reader: R, offset: u64) -> Window<R> {
        Window { reader, buffer: Vec::new(), base: offset, mark: 0, position: 0, failure: None }
    }

    /// Offset of the next byte.
    pub(crate) fn offset(&self) -> u64 {
        self.base + self.position as u64
    }

    /// From here on bytes are kept, as far as [`KEEP`] goes.
    pub(crate) fn mark(&mut self) {
        self.mark = self.position;
    }

    /// Where the mark is.
    pub(crate) fn marked(&self) -> u64 {
        self.base + self.mark as u64
    }

    /// Goes back to `offset`, or as near to it as what is kept allows.
    pub(crate) fn rewind(&mut self, offset: u64) {
        let wanted = offset.saturating_sub(self.base) as usize;
        self.position = wanted.clamp(self.mark, self.buffer.len());
    }

    /// Goes on to where `needle` next begins; to the end if nowhere.
    pub(crate) fn find(&mut self, needle: &[u8]) -> io::Result<bool> {
        loop {
            self.mark();
            if let Some(at) = memchr::memmem::find(&self.buffer[self.position..], needle) {
                self.position += at;
                return Ok(true);
            }
            // The needle may begin in what is there and end in what comes.
            self.position = self.position.max((self.buffer.len() + 1).saturating_sub(needle.len()));
            if self.more()? == 0 {
                self.position = self.buffer.len();
                return Ok(false);
            }
        }
    }

    /// The next bytes, `len` of them unless the end is nearer.
    pub(crate) fn peek(&mut self, len: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.position < len && self.more()? > 0 {}
        let end = (self.position + len).min(self.buffer.len());
        Ok(&self.buffer[self.position..end])
    }

    /// Why the reader below failed, if it did.
    pub(crate) fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Reads more behind what is there; returns how much.
    fn more(&mut self) -> io::Result<usize> {
        if self.position.saturating_sub(self.mark) > KEEP {
            self.mark = self.position;
        }
        if self.mark == self.buffer.len() || self.mark > CHUNK {
            self.buffer.drain(..self.mark);
            self.base += self.mark as u64;
            self.position -= self.mark;
            self.mark = 0;
        }
        let len = self.buffer.len();
        self.buffer.resize(len + CHUNK, 0);
        let result = loop {
            match self.reader.read(&mut self.buffer[len..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        self.buffer.truncate(len + result.as_ref().copied().unwrap_or(0));
        if let Err(error) = &result {
            self.failure = Some(error.to_string());
        }
        result
    }
}

impl<R: Read> Read for Window<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let len = available.len().min(into.len());
        into[..len].copy_from_slice(&available[..len]);
        self.consume(len);
        Ok(len)
    }
}

impl<R: Read> BufRead for Window<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.position == self.buffer.len() {
            self.more()?;
        }
        Ok(&self.buffer[self.position..])
    }

    fn consume(&mut self, len: usize) {
        self.position += len;
        debug_assert!(self.position <= self.buffer.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_across_chunks_and_goes_back_to_the_mark() {
        let mut bytes = vec![b'.'; CHUNK - 2];
        bytes.extend(b"needle and more");
        let mut window = Window::new(&bytes[..], 100);
        assert!(window.find(b"needle").unwrap());
        assert_eq!(window.offset(), 100 + CHUNK as u64 - 2);
        window.mark();
        let at = window.offset();
        let mut rest = Vec::new();
        window.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, b"needle and more");
        window.rewind(at + 1);
        assert_eq!(window.peek(5).unwrap(), b"eedle");
        assert!(!window.find(b"needle").unwrap());
        assert_eq!(window.offset(), 100 + bytes.len() as u64);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut window = Window::new(io::repeat(b'a').take(64 << 20), 0);
        io::copy(&mut window, &mut io::sink()).unwrap();
        assert!(window.buffer.capacity() < 2 * (KEEP + 2 * CHUNK), "{}", window.buffer.capacity());
    }
}
