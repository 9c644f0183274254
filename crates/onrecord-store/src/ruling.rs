//! A person's decisions about who is who. They are kept, and hold for articles added later too.

use std::collections::BTreeSet;

use rusqlite::{Transaction, TransactionBehavior, params};

use crate::add::regroup_moved;
use crate::error::{Error, Result};
use crate::merge::{Moved, recluster};
use crate::names::{Names, Somebody, somebody};
use crate::store::Store;

impl Store {
    /// Makes two actors one, for ever: whatever is found to be either is this one. Gives the actor.
    ///
    /// # Errors
    /// If a name is unknown or ambiguous, they are one already, or the file cannot be written.
    pub fn merge(
        &mut self,
        one: &str,
        other: &str,
        because: Option<&str>,
        names: &dyn Names,
    ) -> Result<Somebody> {
        let (one, other) = (self.somebody(one, names)?, self.somebody(other, names)?);
        if one.id == other.id {
            return Err(Error::query(format!("they are one already: #{} {}", one.id, one.name)));
        }
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let first = |actor: i64| -> Result<i64> {
            let sql = "SELECT min(id) FROM capacity WHERE actor_id = ?";
            Ok(tx.query_row(sql, [actor], |row| row.get(0))?)
        };
        let pair = [first(one.id)?, first(other.id)?];
        tx.execute(
            "INSERT INTO ruling(verb, capacity_id, other_id, because) VALUES ('merge', ?, ?, ?)",
            params![pair[0], pair[1], because],
        )?;
        apply(&tx, &pair, &[])?;
        let sql = "SELECT actor_id FROM capacity WHERE id = ?";
        let merged = tx.query_row(sql, [pair[0]], |row| row.get(0))?;
        let merged = somebody(&tx, merged)?.expect("a capacity is somebody's");
        tx.commit()?;
        self.cache = Default::default();
        Ok(merged)
    }

    /// Takes an actor's appearances in some articles away from it, for ever: there, it is somebody else.
    /// Articles are named by the beginning of their hash. Gives the new actor.
    ///
    /// # Errors
    /// If the name is unknown or ambiguous, it does not appear in one of the articles, or appears in no
    /// others; or the file cannot be written.
    pub fn split(
        &mut self,
        name: &str,
        articles: &[String],
        because: Option<&str>,
        names: &dyn Names,
    ) -> Result<Somebody> {
        let old = self.somebody(name, names)?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut appearances: BTreeSet<(i64, i64)> = BTreeSet::new();
        for article in articles {
            let found = appearances_in(&tx, old.id, article)?;
            if found.is_empty() {
                let problem = format!("{} does not appear in an article {article:?}", old.name);
                return Err(Error::query(problem));
            }
            appearances.extend(found);
        }
        let n_all: i64 = tx.query_row(
            "SELECT count(*) FROM appearance JOIN capacity ON capacity.id = capacity_id WHERE actor_id = ?",
            [old.id],
            |row| row.get(0),
        )?;
        if n_all as usize == appearances.len() {
            return Err(Error::query(format!("{} appears in no other article", old.name)));
        }
        let ruling = {
            let first = appearances.first().expect("it appears somewhere").0;
            let sql = "INSERT INTO ruling(verb, capacity_id, because) VALUES ('split', ?, ?)";
            tx.prepare(sql)?.insert(params![first, because])?
        };
        let capacities: BTreeSet<i64> = appearances.iter().map(|(capacity, _)| *capacity).collect();
        let mut new = Vec::new();
        for &capacity in &capacities {
            let copy = copy(&tx, capacity, ruling)?;
            for (_, appearance) in appearances.iter().filter(|(of, _)| *of == capacity) {
                tx.execute(
                    "UPDATE appearance SET capacity_id = ? WHERE id = ?",
                    [copy, *appearance],
                )?;
            }
            recount(&tx, capacity)?;
            recount(&tx, copy)?;
            new.push(copy);
        }
        let mut all: Vec<i64> = capacities.into_iter().collect();
        all.extend(&new);
        apply(&tx, &all, &new)?;
        let sql = "SELECT actor_id FROM capacity WHERE id = ?";
        let split = tx.query_row(sql, [new[0]], |row| row.get(0))?;
        let split = somebody(&tx, split)?.expect("a capacity is somebody's");
        tx.commit()?;
        self.cache = Default::default();
        Ok(split)
    }
}

/// Appearances of an actor, as (capacity, appearance), in the article whose hash begins so.
fn appearances_in(tx: &Transaction<'_>, actor: i64, hash: &str) -> Result<Vec<(i64, i64)>> {
    let mut statement = tx.prepare_cached(
        "SELECT capacity.id, appearance.id FROM capacity JOIN appearance ON capacity_id = capacity.id \
         JOIN article ON article.id = article_id WHERE actor_id = ?1 AND hash >= ?2 AND hash < ?2 || 'g'",
    )?;
    let rows = statement.query_map(params![actor, hash.to_ascii_lowercase()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A copy of a capacity that this ruling made.
fn copy(tx: &Transaction<'_>, capacity: i64, ruling: i64) -> Result<i64> {
    let sql = "INSERT INTO capacity(actor_id, name_key_id, name, kind, country, sector, organization, \
               office, role, links, link, ruling_id, reason) \
               SELECT 0, name_key_id, name, kind, country, sector, organization, office, role, links, \
               link, ?, NULL FROM capacity WHERE id = ?";
    Ok(tx.prepare_cached(sql)?.insert([ruling, capacity])?)
}

/// Counts anew how often a capacity is quoted.
fn recount(tx: &Transaction<'_>, capacity: i64) -> Result<()> {
    tx.execute("DELETE FROM quoted WHERE capacity_id = ?", [capacity])?;
    tx.execute(
        "INSERT INTO quoted(capacity_id, outlet, n) SELECT ?1, ifnull(outlet, ''), count(*) \
         FROM appearance JOIN statement ON speaker_id = appearance.id \
         JOIN article ON article.id = statement.article_id WHERE capacity_id = ?1 GROUP BY 2",
        [capacity],
    )?;
    Ok(())
}

/// Brings actors and events up to date after a ruling on these capacities.
fn apply(tx: &Transaction<'_>, capacities: &[i64], new: &[i64]) -> Result<()> {
    let mut keys = BTreeSet::new();
    for capacity in capacities {
        let sql = "SELECT name_key_id FROM capacity WHERE id = ?";
        keys.extend(tx.query_row(sql, [capacity], |row| row.get::<_, Option<i64>>(0))?);
    }
    let mut moved = recluster(tx, &keys, capacities)?;
    for one in moved.iter_mut().filter(|moved: &&mut Moved| new.contains(&moved.capacity)) {
        // Its events were another's until now.
        one.from = -1;
    }
    regroup_moved(tx, &moved)
}
