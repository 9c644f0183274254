//! Checks everything in a file against what it was made from.

use rusqlite::{Connection, params};

use crate::digest::digest;
use crate::error::Result;
use crate::question::search;
use crate::store::Store;
use crate::stored;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    /// How many articles were checked.
    pub articles: u64,
    /// What is wrong, a line each; empty if nothing is.
    pub problems: Vec<String>,
}

/// Problems listed at most: a broken disk gives thousands.
const N_PROBLEMS: usize = 100;

impl Store {
    /// Checks the file: its pages; each text against its hash; each span, name and number of each record
    /// against the hash taken when it was added; references between tables; whether each
    /// statement is found by its words; the counts of reports and quotations against what they count.
    ///
    /// What is wrong is in the answer, so that a damaged file can be looked at as far as it can be read.
    ///
    /// # Errors
    /// If the file cannot be read at all.
    pub fn verify(&self, mut each: impl FnMut()) -> Result<Verified> {
        let _snapshot = self.snapshot()?;
        let mut verified = Verified::default();
        pages(&self.db, &mut verified.problems);
        let ids = match stored::article_ids(&self.db) {
            Ok(ids) => ids,
            Err(error) => {
                verified.problems.push(error.to_string());
                return Ok(verified);
            }
        };
        for id in ids {
            if verified.problems.len() >= N_PROBLEMS {
                verified.problems.push("…".to_owned());
                return Ok(verified);
            }
            if let Err(error) = article(&self.db, id) {
                verified.problems.push(error.to_string());
            }
            verified.articles += 1;
            each();
        }
        for (what, sql) in COUNTS {
            match self.db.query_row(sql, [], |row| row.get::<_, i64>(0)) {
                Ok(0) => {}
                Ok(n) => verified.problems.push(format!("{n} {what}")),
                Err(error) => verified.problems.push(format!("{what}: {error}")),
            }
        }
        Ok(verified)
    }

    /// Checks the full-text indexes as far as SQLite can; needs a file opened by [`Store::open`], and
    /// changes nothing.
    ///
    /// # Errors
    /// If an index is not what it should be.
    pub fn verify_search(&self) -> Result<()> {
        // 1: against the table too. That does not work with a view; `verify` looks up each statement.
        for (table, depth) in [("statement_fts", 0), ("article_fts", 1)] {
            let sql =
                format!("INSERT INTO {table}({table}, rank) VALUES ('integrity-check', {depth})");
            self.db.execute(&sql, []).map_err(|error| crate::Error::from(error).at(&self.path))?;
        }
        Ok(())
    }
}

/// What has to be zero.
const COUNTS: &[(&str, &str)] = &[
    (
        "events are counted wrongly in their occurrence",
        "SELECT count(*) FROM occurrence LEFT JOIN (SELECT occurrence_id, count(*) AS n, \
         sum(status IN ('occurred', 'ongoing')) AS claimed, sum(status = 'denied') AS denied \
         FROM event GROUP BY occurrence_id) ON occurrence_id = occurrence.id \
         WHERE n IS NOT n_reports OR claimed IS NOT n_claimed OR denied IS NOT n_denied",
    ),
    (
        "speakers are counted wrongly",
        "SELECT count(*) FROM (SELECT capacity_id, ifnull(outlet, '') AS outlet, count(*) AS n \
         FROM statement JOIN appearance ON appearance.id = speaker_id \
         JOIN article ON article.id = statement.article_id GROUP BY 1, 2) AS found \
         FULL JOIN quoted ON quoted.capacity_id = found.capacity_id AND quoted.outlet = found.outlet \
         WHERE found.n IS NOT quoted.n",
    ),
    (
        "actors, statements or events stand outside the numbers of their article",
        "SELECT (SELECT count(*) FROM appearance JOIN article ON article.id = article_id \
          WHERE appearance.id NOT BETWEEN first_appearance AND first_appearance + n_appearances - 1) \
         + (SELECT count(*) FROM statement JOIN article ON article.id = article_id \
          WHERE statement.id NOT BETWEEN first_statement AND first_statement + n_statements - 1) \
         + (SELECT count(*) FROM event JOIN article ON article.id = article_id \
          WHERE event.id NOT BETWEEN first_event AND first_event + n_events - 1)",
    ),
    (
        "articles are there twice",
        "SELECT count(*) FROM (SELECT 1 FROM article GROUP BY hash, ifnull(url, '') HAVING count(*) > 1)",
    ),
    (
        "actors have no capacity",
        "SELECT count(*) FROM actor WHERE id NOT IN (SELECT actor_id FROM capacity)",
    ),
];

/// The pages of the file, and references between its tables.
fn pages(db: &Connection, problems: &mut Vec<String>) {
    let mut check = |sql: &str, text: &dyn Fn(&rusqlite::Row<'_>) -> rusqlite::Result<String>| {
        let rows = || -> rusqlite::Result<Vec<String>> {
            db.prepare(sql)?.query_map([], |row| text(row))?.take(N_PROBLEMS).collect()
        };
        match rows() {
            Ok(rows) => problems.extend(rows.into_iter().filter(|row| row != "ok")),
            Err(error) => problems.push(error.to_string()),
        }
    };
    check("PRAGMA integrity_check", &|row| row.get(0));
    check("PRAGMA foreign_key_check", &|row| {
        let (table, id, to): (String, Option<i64>, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(format!("{table} {} points to no {to}", id.unwrap_or(0)))
    });
}

fn article(db: &Connection, id: i64) -> Result<()> {
    let record = stored::record(db, id)?;
    let added: i64 = db
        .prepare_cached("SELECT digest FROM article WHERE id = ?")?
        .query_row([id], |row| row.get(0))?;
    if digest(&record) != added {
        let problem = "what was read in it is not what was added";
        return Err(crate::Error::record(record.article.id, problem));
    }
    for statement in &record.statements {
        let words = &record.article.text[statement.content[0]];
        if !is_found(db, id, statement.id.0 + 1, words)? {
            let problem = format!("statement {} is not found by its words", statement.id);
            return Err(crate::Error::record(record.article.id, problem));
        }
    }
    Ok(())
}

/// Whether the full-text index has a statement under its first words.
fn is_found(db: &Connection, article: i64, number: u32, words: &str) -> Result<bool> {
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    let words: Vec<&str> = words.split_whitespace().filter(is_word).take(N_WORDS).collect();
    if words.is_empty() {
        return Ok(true);
    }
    let phrase = search(&format!("\"{}\"", words.join(" ").replace(['"', '“', '”'], " ")))?;
    let sql = "SELECT 1 FROM statement_fts WHERE statement_fts MATCH ? AND rowid = \
               (SELECT first_statement + ? - 1 FROM article WHERE id = ?)";
    Ok(db.prepare_cached(sql)?.exists(params![phrase, number, article])?)
}

/// Words by which a statement is looked up.
const N_WORDS: usize = 4;
