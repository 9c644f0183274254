//! The file's layout, and how older ones are brought up to it.

use std::thread;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use crate::error::{Error, Result};

/// The layout that this version writes, kept in `PRAGMA user_version`.
pub(crate) const VERSION: i64 = 2;

/// Makes the present schema in an empty file.
const SCHEMA: &str = include_str!("schema.sql");

/// `MIGRATIONS[i]` brings schema `i + 1` to `i + 2`. Never edited once released; `tests/golden/` has a
/// file of each schema, and what becomes of it has to be what [`SCHEMA`] makes.
const MIGRATIONS: &[&str] = &[include_str!("migration/1.sql")];

/// "onrc": marks the file as ours (`PRAGMA application_id`).
const APPLICATION: i64 = 0x6f6e_7263;

/// How long to wait for another program that writes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// How long to wait before asking again.
const BREATH: Duration = Duration::from_millis(5);

/// Keeps a plan for as long as its statement is kept: with what SQLite learns of a file, it would else plan
/// anew for each value that is asked for, which takes longer than most questions.
fn keep_plans(connection: &Connection) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Prepares a connection for writing: creates the tables in an empty file, migrates an older one.
pub(crate) fn prepare_to_write(connection: &mut Connection) -> Result<()> {
    connection.busy_timeout(PATIENCE)?;
    keep_plans(connection)?;
    let version = version(connection)?;
    // Articles are a few thousand bytes: on small pages, a quarter of the file would be the ends of pages.
    // Without effect on a file that has pages, as the next.
    connection.pragma_update(None, "page_size", 65_536)?;
    // Indexes of words are merged as they grow, which leaves pages empty; `Store::rest` gives them back.
    connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    write_ahead(connection)?;
    // With a write-ahead log, a power cut may lose the last batch but never damage the file.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.set_prepared_statement_cache_capacity(128);
    if version < VERSION {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another program may have been faster.
        let version = self::version(&tx)?;
        match version {
            0 => tx.execute_batch(SCHEMA)?,
            _ => {
                let mut left = MIGRATIONS[version as usize - 1..].iter();
                left.try_for_each(|migration| tx.execute_batch(migration))?;
            }
        }
        tx.pragma_update(None, "application_id", APPLICATION)?;
        tx.pragma_update(None, "user_version", VERSION)?;
        tx.commit()?;
    }
    Ok(())
}

/// Turns the write-ahead log on. SQLite does not wait here for another program that does the same to a new file, so
/// this does.
fn write_ahead(connection: &Connection) -> Result<()> {
    let began = Instant::now();
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && began.elapsed() < PATIENCE =>
            {
                thread::sleep(BREATH);
            }
            result => return Ok(result?),
        }
    }
}

/// Prepares a connection for questions.
pub(crate) fn prepare_to_read(connection: &Connection) -> Result<()> {
    connection.busy_timeout(PATIENCE)?;
    keep_plans(connection)?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    // As much as SQLite takes: a page that has to be copied costs more than the row that is looked for.
    connection.pragma_update(None, "mmap_size", 0x7fff_0000_i64)?;
    connection.set_prepared_statement_cache_capacity(64);
    match version(connection)? {
        VERSION => Ok(()),
        _ => {
            Err(Error::query("an older file; run `onrecord add` on it once to bring it up to date"))
        }
    }
}

/// The schema of the file; 0 for an empty one.
fn version(connection: &Connection) -> Result<i64> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let n_tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    if n_tables > 0 && pragma("application_id")? != APPLICATION {
        return Err(Error::not_a_record());
    }
    match pragma("user_version")? {
        version if version > VERSION => Err(Error::newer(version)),
        version => Ok(version),
    }
}
