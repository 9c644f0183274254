//! What gzip and zstd files hold, member by member.

use std::fmt;
use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder, StreamingDecoder};

use super::failure::Bomb;
use super::window::Window;

/// Up to here anything may unpack to, whatever its size.
const FREE: u64 = 64 << 20;

/// Beyond [`FREE`], how many times its size something may unpack to. Text does 3 to 20 times.
const MAX_RATIO: u64 = 300;

/// The longest dictionary of a zstd file.
const MAX_DICTIONARY: u64 = 16 << 20;

const OUT: usize = 64 << 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    /// What every member begins with.
    pub(crate) fn magic(self) -> &'static [u8] {
        match self {
            Packing::Gzip => &[0x1F, 0x8B, 0x08],
            Packing::Zstd => &[0x28, 0xB5, 0x2F, 0xFD],
        }
    }
}

type Input = Window<Box<dyn Read + Send>>;

/// Reads a file of compressed members; as a reader, as if they were one.
pub(crate) struct Members {
    packing: Packing,
    state: State,
    /// The decoder of zstd, with the file's dictionary, between members.
    frames: Option<Box<FrameDecoder>>,
    /// Unpacked and not yet taken.
    out: Vec<u8>,
    position: usize,
    /// Where the member began in the file, and how much has come out of it.
    start: u64,
    n_unpacked: u64,
}

enum State {
    Between(Input),
    Gzip(GzDecoder<Input>),
    Zstd(Input, Box<FrameDecoder>),
    /// While the input is handed from one state to the next.
    Gone,
}

impl Members {
    pub(crate) fn new(input: Input, packing: Packing) -> Members {
        Members {
            packing,
            start: input.offset(),
            state: State::Between(input),
            frames: Some(Box::new(FrameDecoder::new())),
            out: Vec::with_capacity(OUT),
            position: 0,
            n_unpacked: 0,
        }
    }

    /// Where the current member begins in the file.
    pub(crate) fn start(&self) -> u64 {
        self.start
    }

    /// Why the reader below failed, if it did.
    pub(crate) fn failure(&self) -> Option<&str> {
        self.input().failure()
    }

    /// More of the current member; empty at its end.
    pub(crate) fn fill_member(&mut self) -> io::Result<&[u8]> {
        if self.position == self.out.len() {
            self.unpack()?;
        }
        Ok(&self.out[self.position..])
    }

    /// Begins the next member; false at the end of the file.
    pub(crate) fn next_member(&mut self) -> io::Result<bool> {
        self.leave();
        loop {
            let State::Between(input) = &mut self.state else { unreachable!("it was just left") };
            input.mark();
            self.start = input.offset();
            let head = input.peek(8)?.to_vec();
            // Some writers pad with zeros.
            if head.iter().all(|&byte| byte == 0) {
                if head.is_empty() {
                    return Ok(false);
                }
                input.consume(head.len());
                continue;
            }
            match *head {
                [low, 0x2A, 0x4D, 0x18, a, b, c, d] if low & 0xF0 == 0x50 => {
                    self.skippable(low == 0x5D, u32::from_le_bytes([a, b, c, d]).into())?;
                }
                _ => break,
            }
        }
        self.n_unpacked = 0;
        let State::Between(input) = std::mem::replace(&mut self.state, State::Gone) else {
            unreachable!("the loop leaves it there")
        };
        match self.packing {
            Packing::Gzip => self.state = State::Gzip(GzDecoder::new(input)),
            Packing::Zstd => self.begin_frame(input)?,
        }
        Ok(true)
    }

    /// Gives the current member up and goes to the next place that one may begin at; false if
    /// there is none.
    pub(crate) fn resync(&mut self) -> io::Result<bool> {
        self.leave();
        let from = self.start + 1;
        let magic = self.packing.magic();
        let State::Between(input) = &mut self.state else { unreachable!("it was just left") };
        input.rewind(from);
        input.find(magic)
    }

    fn begin_frame(&mut self, mut input: Input) -> io::Result<()> {
        let mut decoder = self.frames.take().unwrap_or_default();
        match decoder.init(&mut input) {
            Ok(()) => {
                self.state = State::Zstd(input, decoder);
                Ok(())
            }
            Err(error) => {
                self.frames = Some(decoder);
                self.state = State::Between(input);
                Err(invalid(error))
            }
        }
    }

    /// A frame without content; in `.warc.zst` the first may be the dictionary of all others.
    fn skippable(&mut self, is_dictionary: bool, len: u64) -> io::Result<()> {
        let State::Between(input) = &mut self.state else { unreachable!("asked only there") };
        input.consume(8);
        if !is_dictionary || len > MAX_DICTIONARY {
            io::copy(&mut input.take(len), &mut io::sink())?;
            return Ok(());
        }
        let mut raw = Vec::new();
        input.take(len).read_to_end(&mut raw)?;
        if raw.starts_with(Packing::Zstd.magic()) {
            let mut unpacked = Vec::new();
            let mut decoder = StreamingDecoder::new(&raw[..]).map_err(invalid)?;
            decoder.by_ref().take(MAX_DICTIONARY).read_to_end(&mut unpacked)?;
            raw = unpacked;
        }
        let dictionary = Dictionary::decode_dict(&raw).map_err(invalid)?;
        let mut decoder = FrameDecoder::new();
        decoder.add_dict(dictionary).map_err(invalid)?;
        self.frames = Some(Box::new(decoder));
        Ok(())
    }

    fn unpack(&mut self) -> io::Result<()> {
        self.out.clear();
        self.position = 0;
        if matches!(self.state, State::Between(_)) {
            return Ok(());
        }
        self.out.resize(OUT, 0);
        let result = match &mut self.state {
            State::Gzip(decoder) => read_some(decoder, &mut self.out),
            State::Zstd(input, decoder) => read_frame(input, decoder, &mut self.out),
            State::Between(_) | State::Gone => Ok(0),
        };
        self.out.truncate(*result.as_ref().unwrap_or(&0));
        let len = result?;
        if len == 0 {
            self.leave();
        }
        self.n_unpacked += len as u64;
        let n_packed = self.input().offset().saturating_sub(self.start);
        if self.n_unpacked > FREE && self.n_unpacked > MAX_RATIO * n_packed {
            self.out.clear();
            return Err(io::Error::new(io::ErrorKind::InvalidData, Bomb));
        }
        Ok(())
    }

    /// Takes the input back from the decoder.
    fn leave(&mut self) {
        self.out.clear();
        self.position = 0;
        self.state = match std::mem::replace(&mut self.state, State::Gone) {
            State::Gzip(decoder) => State::Between(decoder.into_inner()),
            State::Zstd(input, decoder) => {
                self.frames = Some(decoder);
                State::Between(input)
            }
            state => state,
        };
    }

    fn input(&self) -> &Input {
        match &self.state {
            State::Between(input) => input,
            State::Gzip(decoder) => decoder.get_ref(),
            State::Zstd(input, _) => input,
            State::Gone => unreachable!("only inside of one function"),
        }
    }
}

impl Read for Members {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let len = available.len().min(into.len());
        into[..len].copy_from_slice(&available[..len]);
        self.consume(len);
        Ok(len)
    }
}

impl BufRead for Members {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.fill_member()?.is_empty() && self.next_member()? {}
        Ok(&self.out[self.position..])
    }

    fn consume(&mut self, len: usize) {
        self.position += len;
        debug_assert!(self.position <= self.out.len());
    }
}

fn read_some(reader: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(into) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

fn read_frame(input: &mut Input, decoder: &mut FrameDecoder, into: &mut [u8]) -> io::Result<usize> {
    while decoder.can_collect() == 0 && !decoder.is_finished() {
        decoder
            .decode_blocks(&mut *input, BlockDecodingStrategy::UptoBlocks(1))
            .map_err(invalid)?;
    }
    read_some(decoder, into)
}

fn invalid(error: impl fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}
