//! Whom a name that an analyst types stands for.

use rusqlite::Connection;

use crate::error::{Candidate, Error, Result};
use crate::fold::fold;
use crate::store::Store;

/// A source of further names: a knowledge base.
pub trait Names {
    /// What else whoever bears this name may be found by.
    fn others(&self, name: &str) -> Vec<OtherName>;
}

/// A name or a link that a knowledge base gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OtherName {
    /// Another name: "Türkiye".
    Name(String),
    /// An id elsewhere: `wikidata:Q43`.
    Link(String),
}

/// No knowledge beyond the file.
pub struct NoNames;

impl Names for NoNames {
    fn others(&self, _: &str) -> Vec<OtherName> {
        Vec::new()
    }
}

/// An actor across articles.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Somebody {
    /// Its number in the file, by which it can be named without doubt: `#12`.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// Its country.
    pub country: Option<String>,
}

impl Somebody {
    /// What names it without doubt: `#12`.
    pub fn number(&self) -> String {
        format!("#{}", self.id)
    }
}

impl Store {
    /// Whom a name stands for: an actor's name or alias, a capital or other metonym that the articles
    /// use for a state, the code of a country, a name that `names` knows, or `#12`.
    ///
    /// # Errors
    /// If it is nobody, or one of several.
    pub fn somebody(&self, name: &str, names: &dyn Names) -> Result<Somebody> {
        let mut found = self.candidates(name)?;
        if found.is_empty() {
            for other in names.others(name) {
                let sql = "SELECT DISTINCT actor_id FROM capacity WHERE link = ?";
                match other {
                    OtherName::Name(other) => found.extend(self.candidates(&other)?),
                    OtherName::Link(link) => {
                        let mut statement = self.db.prepare_cached(sql)?;
                        let ids = statement.query_map([link], |row| row.get::<_, i64>(0))?;
                        for id in ids {
                            found.extend(somebody(&self.db, id?)?.map(|one| (OWN_NAME, one)));
                        }
                    }
                }
            }
        }
        let best = found.iter().map(|(rank, _)| *rank).max();
        found.retain(|(rank, _)| Some(*rank) == best);
        found.sort_by_key(|(_, somebody)| somebody.id);
        found.dedup_by_key(|(_, somebody)| somebody.id);
        match found.as_slice() {
            [] => Err(Error::unknown(name)),
            [(_, one)] => Ok(one.clone()),
            several => {
                let candidates = several.iter().take(20).map(|(_, one)| self.candidate(one));
                Err(Error::ambiguous(name, candidates.collect::<Result<_>>()?))
            }
        }
    }

    /// Actors with a name or alias that begins so, for somebody who is typing it; those quoted most first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn suggest(&self, beginning: &str, limit: u32) -> Result<Vec<Somebody>> {
        let folded = fold(beginning);
        if folded.is_empty() {
            return Ok(Vec::new());
        }
        let mut statement = self.db.prepare_cached(
            "SELECT actor.id, actor.name, actor.kind, actor.country FROM \
             (SELECT DISTINCT name_key_id FROM alias WHERE folded >= ?1 AND folded < ?2 LIMIT 500) AS named \
             JOIN capacity ON capacity.name_key_id = named.name_key_id \
             JOIN actor ON actor.id = capacity.actor_id \
             LEFT JOIN quoted ON quoted.capacity_id = capacity.id \
             GROUP BY actor.id ORDER BY sum(n) DESC, actor.id LIMIT ?3",
        )?;
        let end = format!("{folded}\u{10ffff}");
        let found = statement.query_map(rusqlite::params![folded, end, limit], read)?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Actors that bear the name, with how well it fits.
    fn candidates(&self, name: &str) -> Result<Vec<(u8, Somebody)>> {
        if let Some(id) = name.strip_prefix('#').and_then(|id| id.parse().ok()) {
            return Ok(somebody(&self.db, id)?.map(|one| (OWN_NAME, one)).into_iter().collect());
        }
        let folded = fold(name);
        let mut found = Vec::new();
        let mut statement = self.db.prepare_cached(
            "SELECT DISTINCT actor.id, actor.name, actor.kind, actor.country FROM alias \
             JOIN capacity ON capacity.name_key_id = alias.name_key_id \
             JOIN actor ON actor.id = capacity.actor_id WHERE alias.folded = ?",
        )?;
        for one in statement.query_map([&folded], read)? {
            let one = one?;
            let is_own = fold(&one.name) == folded;
            let rank = match one.kind.as_str() {
                // Ankara is a town, and stands for a state: an analyst means the state.
                "state" => OWN_NAME,
                "place" if is_own => 2,
                _ if is_own => OWN_NAME,
                _ => 1,
            };
            found.push((rank, one));
        }
        if name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase()) {
            // The state itself and not one of its regions: the one that appears most.
            let mut statement = self.db.prepare_cached(
                "SELECT id, name, kind, country FROM actor WHERE kind = 'state' AND country = ? \
                 ORDER BY (SELECT count(*) FROM capacity JOIN appearance \
                           ON appearance.capacity_id = capacity.id WHERE actor_id = actor.id) DESC, id LIMIT 1",
            )?;
            for one in statement.query_map([name], read)? {
                found.push((OWN_NAME + 1, one?));
            }
        }
        Ok(found)
    }

    /// An actor with what tells it from others of its name.
    fn candidate(&self, one: &Somebody) -> Result<Candidate> {
        let mut statement = self.db.prepare_cached(
            "SELECT role FROM capacity WHERE actor_id = ? AND role IS NOT NULL ORDER BY id LIMIT 1",
        )?;
        let role: Option<String> =
            statement.query_map([one.id], |row| row.get(0))?.next().transpose()?;
        let mut parts = vec![one.kind.clone()];
        parts.extend(one.country.clone());
        parts.extend(role);
        let description = format!("{} ({})", one.name, parts.join(", "));
        Ok(Candidate { id: one.number(), description })
    }
}

/// How well a name fits that is the actor's own.
const OWN_NAME: u8 = 3;

/// The actor with this number.
pub(crate) fn somebody(db: &Connection, id: i64) -> Result<Option<Somebody>> {
    let mut statement =
        db.prepare_cached("SELECT id, name, kind, country FROM actor WHERE id = ?")?;
    Ok(statement.query_map([id], read)?.next().transpose()?)
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Somebody> {
    Ok(Somebody { id: row.get(0)?, name: row.get(1)?, kind: row.get(2)?, country: row.get(3)? })
}
