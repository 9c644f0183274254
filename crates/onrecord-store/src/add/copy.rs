//! Of which article a text is a copy.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, OptionalExtension};

use super::prepared::Prepared;
use crate::error::Result;
use crate::merge;
use crate::store::HAS_HASH;

/// Texts of which this much is the same are copies.
const COPY: f64 = 0.8;

/// Texts that share a band and are compared, at most: enough to find one copy.
const N_CANDIDATES: usize = 3;

/// Bands that two texts have to share before they are compared.
const N_SHARED: i64 = 2;

/// Shingles of stored texts that others were compared with: a text that one copies, the next may copy too, and to
/// read it and cut it up again takes longer than all else that is done to find a copy.
#[derive(Default)]
pub(crate) struct Compared {
    shingles: HashMap<i64, Vec<u64>>,
    n_shingles: usize,
}

/// At this many shingles all are forgotten: 32 MB.
const FULL: usize = 4 << 20;

impl Compared {
    fn shingles(&mut self, db: &Connection, article: i64) -> Result<&[u64]> {
        if self.n_shingles > FULL {
            *self = Compared::default();
        }
        if !self.shingles.contains_key(&article) {
            let mut read = db.prepare_cached("SELECT text FROM article WHERE id = ?")?;
            let shingles = read.query_row([article], |row| {
                Ok(merge::Shingles::of(row.get_ref(0)?.as_str().unwrap_or("")).distinct())
            })?;
            self.n_shingles += shingles.len();
            self.shingles.insert(article, shingles);
        }
        Ok(&self.shingles[&article])
    }
}

/// The first article of which this text is a copy.
pub(super) fn copy_of(
    db: &Connection,
    compared: &mut Compared,
    hash: &str,
    prepared: &Prepared,
) -> Result<Option<i64>> {
    let sql = format!("SELECT ifnull(copy_of, id) FROM article WHERE {HAS_HASH} ORDER BY id");
    let same: Option<i64> =
        db.prepare_cached(&sql)?.query_row([hash], |row| row.get(0)).optional()?;
    if same.is_some() {
        return Ok(same);
    }
    let mut candidates = BTreeMap::new();
    let sql = "SELECT article_id FROM article_band WHERE band = ? LIMIT 8";
    let mut statement = db.prepare_cached(sql)?;
    for band in &prepared.bands {
        let found = statement.query_map([band], |row| row.get::<_, i64>(0))?;
        for id in found {
            *candidates.entry(id?).or_insert(0) += 1;
        }
    }
    let mut candidates: Vec<(i64, i64)> =
        candidates.into_iter().filter(|(_, n)| *n >= N_SHARED).map(|(id, n)| (-n, id)).collect();
    candidates.sort_unstable();
    for (_, id) in candidates.into_iter().take(N_CANDIDATES) {
        if prepared.shingles.overlaps(compared.shingles(db, id)?, COPY) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
