//! An article with all that was read in it, and how that is numbered across the file.

use rusqlite::params;

use onrecord_record::Record;

use crate::error::{Candidate, Error, Result};
use crate::store::Store;
use crate::stored::record;

/// Hexadecimal digits of a hash that name an article.
const N_DIGITS: usize = 8;

/// An article with all that was read in it.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleAnswer {
    /// The record, as it was added.
    pub record: Record,
    /// Of each actor of the record, its number across articles: `#12`.
    pub actors: Vec<i64>,
    /// Of each statement of the record, its number in the file.
    pub statements: Vec<i64>,
    /// Of each event of the record, the number of what happened, [`EventRow::occurrence`](crate::EventRow).
    pub occurrences: Vec<i64>,
    /// Other articles with this text or nearly this text, in the order in which they were added.
    pub copies: Vec<CopyRow>,
}

/// An article with the same text, or nearly.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CopyRow {
    /// SHA-256 of its text.
    pub article: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Whether it is what the others are copies of: it was added first.
    pub is_first: bool,
}

impl Store {
    /// The article whose hash is or begins with this, eight digits or more; of several articles with
    /// one text, the first that was added. `None`: there is none.
    ///
    /// # Errors
    /// If several texts have hashes that begin so, or the file cannot be read.
    pub fn article(&self, hash: &str) -> Result<Option<ArticleAnswer>> {
        let _snapshot = self.snapshot()?;
        let hash = hash.to_ascii_lowercase();
        if hash.len() < N_DIGITS || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let sql = "SELECT hash, min(id) FROM article WHERE substr(hash, 1, 16) >= substr(?1, 1, 16) \
                   AND substr(hash, 1, 16) < substr(?1, 1, 16) || 'g' AND hash >= ?1 AND hash < ?1 || 'g' \
                   GROUP BY hash LIMIT 2";
        let mut statement = self.db.prepare_cached(sql)?;
        let found = statement
            .query_map([&hash], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        match found.as_slice() {
            [] => Ok(None),
            [(_, id)] => self.article_of(*id).map(Some),
            several => {
                let candidate = |(hash, _): &(String, i64)| Candidate {
                    id: hash.clone(),
                    description: String::new(),
                };
                Err(Error::ambiguous(&hash, several.iter().map(candidate).collect()))
            }
        }
    }

    fn article_of(&self, id: i64) -> Result<ArticleAnswer> {
        let numbers = |sql: &str| -> Result<Vec<i64>> {
            let mut statement = self.db.prepare_cached(sql)?;
            let numbers = statement.query_map([id], |row| row.get(0))?;
            Ok(numbers.collect::<rusqlite::Result<_>>()?)
        };
        let mut copies = self.db.prepare_cached(
            "SELECT hash, outlet, published, url, copy_of IS NULL FROM article WHERE id <> ?1 AND id IN \
             (SELECT ifnull(copy_of, id) FROM article WHERE id = ?1 UNION ALL \
              SELECT id FROM article WHERE copy_of = (SELECT ifnull(copy_of, id) FROM article WHERE id = ?1)) \
             ORDER BY id",
        )?;
        let copies = copies.query_map(params![id], |row| {
            Ok(CopyRow {
                article: row.get(0)?,
                outlet: row.get(1)?,
                published: row.get(2)?,
                url: row.get(3)?,
                is_first: row.get(4)?,
            })
        })?;
        Ok(ArticleAnswer {
            record: record(&self.db, id)?,
            actors: numbers(
                "SELECT capacity.actor_id FROM article JOIN appearance ON appearance.id BETWEEN \
                 first_appearance AND first_appearance + n_appearances - 1 \
                 JOIN capacity ON capacity.id = capacity_id WHERE article.id = ? ORDER BY appearance.id",
            )?,
            statements: numbers(
                "SELECT statement.id FROM article JOIN statement ON statement.id BETWEEN \
                 first_statement AND first_statement + n_statements - 1 WHERE article.id = ? ORDER BY 1",
            )?,
            occurrences: numbers(
                "SELECT occurrence_id FROM article JOIN event ON event.id BETWEEN \
                 first_event AND first_event + n_events - 1 WHERE article.id = ? ORDER BY event.id",
            )?,
            copies: copies.collect::<rusqlite::Result<_>>()?,
        })
    }
}
