//! A file of records, opened.

use std::path::{Path, PathBuf};
use std::time::Instant;

use rusqlite::{Connection, OpenFlags, Transaction};

use crate::add::Cache;
use crate::error::{Error, Result};
use crate::schema;

/// A file that holds records: articles with all that was read in them, and what joins them.
pub struct Store {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    pub(crate) cache: Cache,
}

/// The condition that an article has the hash `?1`, as the index takes it.
pub(crate) const HAS_HASH: &str = "substr(hash, 1, 16) = substr(?1, 1, 16) AND hash = ?1";

/// Records that are worth a transaction, at least and at most: some 100 MB of memory.
const BATCH: [u64; 2] = [1000, 8000];

/// How much a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Size {
    /// Articles.
    pub articles: u64,
    /// Statements.
    pub statements: u64,
    /// Actors, across articles.
    pub actors: u64,
    /// Reports of events.
    pub events: u64,
    /// Events, reported once or many times.
    pub occurrences: u64,
}

/// Opens a file that others may be writing.
fn open_as_it_is(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    schema::prepare_to_read(&db)?;
    Ok(db)
}

/// Opens a file that nobody can write, in a folder where not even locks can be: on a disc, in a backup.
fn open_for_good(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let path = path.to_str().ok_or_else(Error::missing)?;
    let path = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let db = Connection::open_with_flags(format!("file:{path}?immutable=1"), flags)?;
    schema::prepare_to_read(&db)?;
    Ok(db)
}

/// Does what is left to do after a writer was killed.
fn recover(path: &Path) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(schema::PATIENCE)?;
    // A file that may not be written is opened all the same, as one to read.
    match db.is_readonly("main")? {
        true => Err(Error::missing()),
        false => Ok(db.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?),
    }
}

/// Whether there is something in the log beside the file.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

impl Store {
    /// Opens a file to add to it; makes it if there is none, and brings an older one up to date.
    ///
    /// # Errors
    /// If the file is not a record, is a later onrecord's, is damaged or cannot be written.
    pub fn open(path: &Path) -> Result<Store> {
        let open = || {
            let mut db = Connection::open(path)?;
            // Checked by `verify`; checking each row would cost a third of the speed.
            db.pragma_update(None, "foreign_keys", false)?;
            schema::prepare_to_write(&mut db)?;
            Ok(db)
        };
        let db = open().map_err(|error: Error| error.at(path))?;
        Ok(Store { db, path: path.to_owned(), cache: Cache::default() })
    }

    /// Opens a file to ask it questions.
    ///
    /// # Errors
    /// If there is no such file, or as for [`Store::open`].
    pub fn open_to_read(path: &Path) -> Result<Store> {
        if !path.exists() {
            return Err(Error::missing().at(path));
        }
        let mut db = open_as_it_is(path);
        if db.as_ref().is_err_and(Error::is_read_only) {
            // Somebody was killed while writing, and what they left has to be put in order first.
            if recover(path).is_ok() {
                db = open_as_it_is(path);
            } else if !has_log(path) {
                db = open_for_good(path);
            }
        }
        let db = db.map_err(|error| error.at(path))?;
        Ok(Store { db, path: path.to_owned(), cache: Cache::default() })
    }

    /// What a question is answered from while this is held: the file as it is now, whatever is added meanwhile.
    /// Nothing if the caller holds one.
    pub(crate) fn snapshot(&self) -> Result<Option<Transaction<'_>>> {
        match self.db.is_autocommit() {
            true => Ok(Some(self.db.unchecked_transaction()?)),
            false => Ok(None),
        }
    }

    /// Gives up, from now on, what is not answered by this moment; `None`: waits for every answer.
    ///
    /// # Errors
    /// None that is known: SQLite takes it without asking back.
    pub fn give_up_at(&mut self, moment: Option<Instant>) -> Result<()> {
        /// Steps of SQLite between two looks at the clock: a few microseconds.
        const STEPS: i32 = 1000;
        let is_over = moment.map(|moment| move || Instant::now() >= moment);
        Ok(self.db.progress_handler(STEPS, is_over)?)
    }

    /// How much it holds.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn size(&self) -> Result<Size> {
        let count = |table: &str| -> Result<u64> {
            let sql = format!("SELECT count(*) FROM {table}");
            Ok(self.db.query_row(&sql, [], |row| row.get(0))?)
        };
        Ok(Size {
            articles: count("article")?,
            statements: count("statement")?,
            actors: count("actor")?,
            events: count("event")?,
            occurrences: count("occurrence")?,
        })
    }

    /// How many records are best given to [`Store::add`] at once, when there are many. A transaction writes nearly all
    /// pages of the indexes that are not in the order of time, however little it adds: at 250,000 articles, one
    /// of a thousand writes twenty times what it adds.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn batch_size(&self) -> Result<usize> {
        let sql = "SELECT ifnull(max(id), 0) FROM article";
        let n_articles: u64 = self.db.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        let [least, most] = BATCH;
        Ok((n_articles / 25).clamp(least, most) as usize)
    }

    /// To be called when nothing is added for a while: the file gives back the pages that it does not need, and
    /// learns what its questions are best answered by. Takes a moment, whatever its size.
    ///
    /// # Errors
    /// If the file cannot be written; then it is as it was.
    pub fn rest(&mut self) -> Result<()> {
        let rest = || -> Result<()> {
            // Each step gives one page back.
            let mut statement = self.db.prepare("PRAGMA incremental_vacuum")?;
            let mut pages = statement.raw_query();
            while pages.next()?.is_some() {}
            drop(pages);
            drop(statement);
            self.db.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);")?;
            Ok(())
        };
        rest().map_err(|error| error.at(&self.path))
    }

    /// Brings the full-text indexes into the form that is smallest and fastest to search. Worth its
    /// time after many articles were added.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn settle(&mut self) -> Result<()> {
        let settle = || -> Result<()> {
            for table in ["statement_fts", "article_fts"] {
                self.db
                    .execute(&format!("INSERT INTO {table}({table}) VALUES ('optimize')"), [])?;
            }
            Ok(())
        };
        settle().map_err(|error| error.at(&self.path))?;
        self.rest()
    }
}
