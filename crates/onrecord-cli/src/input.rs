//! Gets the bytes of the files that the user named.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use anyhow::anyhow;

/// Nobody means a larger file to be one article, and a copy of it is held for each thread.
const MAX_BYTES: u64 = 1 << 30;

/// All of a file, or of standard input if the path is `-`.
///
/// # Errors
/// If it cannot be read or is over 1 GiB. The message says what to do, and leaves out the path.
pub(crate) fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    if path.as_os_str() == "-" {
        return at_most(MAX_BYTES, io::stdin().lock());
    }
    let file = File::open(path).map_err(explain)?;
    let metadata = file.metadata().map_err(explain)?;
    if metadata.is_dir() {
        return Err(explain(ErrorKind::IsADirectory.into()));
    }
    if metadata.len() > MAX_BYTES {
        return Err(too_large());
    }
    at_most(MAX_BYTES, file)
}

/// Reads to the end, unless that is further than `max` bytes: pipes and devices tell no length.
fn at_most(max: u64, mut reader: impl Read) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.by_ref().take(max + 1).read_to_end(&mut bytes).map_err(explain)?;
    if bytes.len() as u64 > max {
        return Err(too_large());
    }
    Ok(bytes)
}

fn too_large() -> anyhow::Error {
    anyhow!("larger than 1 GiB; split it into articles, a file each")
}

fn explain(error: io::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::NotFound => anyhow!("no such file; check the path"),
        ErrorKind::IsADirectory => anyhow!("a directory, not a file; name the files in it"),
        ErrorKind::PermissionDenied => anyhow!("no permission to read it; change its permissions"),
        _ => anyhow!("{error}; check that it can be read"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_without_a_known_length_is_refused_at_the_limit() {
        assert_eq!(at_most(4, &b"abcd"[..]).unwrap(), b"abcd");
        let error = at_most(4, io::repeat(b'a')).unwrap_err();
        assert!(error.to_string().starts_with("larger than 1 GiB; split"), "{error}");
    }

    #[test]
    fn errors_say_what_to_do() {
        for kind in [ErrorKind::NotFound, ErrorKind::PermissionDenied, ErrorKind::TimedOut] {
            let message = explain(kind.into()).to_string();
            assert!(message.contains("; c"), "{message}");
        }
    }
}
