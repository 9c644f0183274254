//! Puts words into the full-text indexes.

use onrecord_record::Record;
use rusqlite::{Transaction, params};

use crate::error::Result;

/// A new record whose words are not yet in the indexes, and its rows.
pub(super) struct Unindexed<'r> {
    pub(super) record: &'r Record,
    pub(super) article: i64,
    pub(super) first_statement: i64,
}

/// Puts the words of all of them into one index after the other: each keeps its new words in a table that is larger
/// than a processor's cache as it is, and to change between the two takes twice as long.
pub(super) fn index(tx: &Transaction<'_>, records: &[Unindexed<'_>]) -> Result<()> {
    let sql = "INSERT INTO statement_fts(rowid, words) VALUES (?, ?)";
    let mut insert = tx.prepare_cached(sql)?;
    for Unindexed { record, first_statement, .. } in records {
        for statement in &record.statements {
            let words = statement.content.iter().map(|&span| &record.article.text[span]);
            let words = words.collect::<Vec<_>>().join(" … ");
            insert.execute(params![first_statement + i64::from(statement.id.0), words])?;
        }
    }
    let sql = "INSERT INTO article_fts(rowid, title, text) VALUES (?, ?, ?)";
    let mut insert = tx.prepare_cached(sql)?;
    for Unindexed { record, article, .. } in records {
        insert.execute(params![article, record.article.title, record.article.text.as_str()])?;
    }
    Ok(())
}
