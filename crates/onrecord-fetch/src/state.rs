//! What has been seen of feeds, kept in a file.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::client::Known;
use crate::error::{Error, Kind};

/// What has been seen of all feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// By the URL of the feed.
    pub feeds: BTreeMap<String, FeedState>,
}

/// What has been seen of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedState {
    /// What its last version is told by.
    #[serde(flatten)]
    pub known: Known,
    /// The ids of the entries in its last version; what is gone from the feed does not come back.
    pub seen: Vec<String>,
}

impl State {
    /// Reads the file; nothing has been seen if there is none.
    ///
    /// # Errors
    /// If it cannot be read, or is no such file.
    pub fn load(path: &Path) -> Result<State, Error> {
        let fail = |why: String| Error::new(Kind::State(format!("{}: {why}", path.display())));
        let text = match fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(State::default()),
            Err(error) => return Err(fail(format!("{error}; check that it can be read"))),
        };
        serde_json::from_slice(&text).map_err(|error| {
            fail(format!("not what `onrecord watch` keeps ({error}); move it away"))
        })
    }

    /// Writes the file, all or nothing: a reader never sees a half.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), Error> {
        let write = || -> std::io::Result<()> {
            let mut name = path.file_name().unwrap_or_default().to_owned();
            name.push(".new");
            let new = path.with_file_name(name);
            let mut file = fs::File::create(&new)?;
            file.write_all(&serde_json::to_vec_pretty(self)?)?;
            file.sync_all()?;
            fs::rename(new, path)
        };
        write().map_err(|error| {
            let why = format!("{}: {error}; check that it can be written", path.display());
            Error::new(Kind::State(why))
        })
    }
}
