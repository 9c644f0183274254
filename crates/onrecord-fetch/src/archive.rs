//! Keeps what was fetched as a WARC file, which `onrecord read` and all other tools read.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;

use crate::client::Response;
use crate::error::{Error, Kind};

/// A WARC 1.1 file, a gzip member a record, as ISO 28500 asks.
pub struct Archive {
    path: PathBuf,
    file: File,
    n_records: u64,
    /// Tells records of this archive from those of others.
    seed: u64,
}

impl Archive {
    /// A new file in this folder, which is made if there is none.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn create(folder: &Path) -> Result<Archive, Error> {
        let now = Timestamp::now();
        let create = || -> io::Result<Archive> {
            fs::create_dir_all(folder)?;
            let digits: String =
                now.to_string().chars().take(19).filter(char::is_ascii_digit).collect();
            // Two in one second get two names.
            for n in 0..1000 {
                let path = folder.join(format!("onrecord-{digits}-{n:03}.warc.gz"));
                match File::create_new(&path) {
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                    file => {
                        let seed = now.as_nanosecond() as u64 ^ u64::from(std::process::id());
                        return Ok(Archive { path, file: file?, n_records: 0, seed });
                    }
                }
            }
            Err(io::Error::other("a thousand files of this second"))
        };
        let mut archive = create().map_err(|error| failed(folder, &error))?;
        let software = concat!(
            "software: onrecord/",
            env!("CARGO_PKG_VERSION"),
            "\r\nformat: WARC File Format 1.1\r\n"
        );
        archive.write("warcinfo", None, "application/warc-fields", software.as_bytes())?;
        Ok(archive)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds an answer, as it was transferred.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add(&mut self, response: &Response) -> Result<(), Error> {
        let mut content = format!("HTTP/1.1 {}\r\n", response.head.status());
        for (name, value) in response.head.headers() {
            content.push_str(&format!("{name}: {value}\r\n"));
        }
        content.push_str("\r\n");
        let content = [content.as_bytes(), &response.raw].concat();
        self.write("response", Some(&response.url), "application/http; msgtype=response", &content)
    }

    fn write(
        &mut self,
        kind: &str,
        url: Option<&str>,
        media: &str,
        content: &[u8],
    ) -> Result<(), Error> {
        self.n_records += 1;
        let target = url.map(|url| format!("WARC-Target-URI: {url}\r\n")).unwrap_or_default();
        let head = format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{}>\r\n{target}\
             WARC-Date: {:.0}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n",
            uuid(self.seed, self.n_records),
            Timestamp::now(),
            content.len()
        );
        let mut write = || -> io::Result<()> {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(head.as_bytes())?;
            encoder.write_all(content)?;
            encoder.write_all(b"\r\n\r\n")?;
            self.file.write_all(&encoder.finish()?)
        };
        write().map_err(|error| failed(&self.path, &error))
    }
}

/// A UUID of version 8, whose bits are whatever its maker likes (RFC 9562).
fn uuid(seed: u64, n: u64) -> String {
    let mixed = (seed ^ n.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let [a, b] = [seed, mixed ^ (mixed >> 29)];
    format!(
        "{:08x}-{:04x}-8{:03x}-{:04x}-{:012x}",
        a >> 32,
        (a >> 16) & 0xFFFF,
        a & 0xFFF,
        ((b >> 48) & 0x3FFF) | 0x8000,
        ((b & 0xFFFF_FFFF) << 16) | (n & 0xFFFF)
    )
}

fn failed(path: &Path, error: &io::Error) -> Error {
    let why = format!("{}: {error}; check that it can be written", path.display());
    Error::new(Kind::State(why))
}
