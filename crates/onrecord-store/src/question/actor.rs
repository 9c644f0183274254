//! Who somebody is: in which capacities they appear, what they said and did.

use rusqlite::params;

use super::filter::{APPEARANCES, Filter};
use super::{EventRow, SaidRow};
use crate::error::Result;
use crate::names::{Names, Somebody};
use crate::store::Store;

/// All that is known of an actor.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ActorAnswer {
    /// Who.
    pub actor: Somebody,
    /// In which capacities it appears, in order of first publication.
    pub capacities: Vec<CapacityRow>,
    /// How many statements it made.
    pub statements: u64,
    /// The latest of them, in order of publication.
    pub said: Vec<SaidRow>,
    /// The latest events that it did or had done to it, in order of time.
    pub events: Vec<EventRow>,
}

/// A capacity of an actor, with where it is found and why it is believed to be this actor's.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct CapacityRow {
    /// Number of the capacity in the file.
    pub capacity: i64,
    /// The name.
    pub name: String,
    /// Titles as printed, " | " between.
    pub role: Option<String>,
    /// The office on the day of publication, by the knowledge base.
    pub office: Option<String>,
    /// For whom it speaks or works.
    pub organization: Option<String>,
    /// The country.
    pub country: Option<String>,
    /// PLOVER sectors, a space between.
    pub sector: Option<String>,
    /// Ids elsewhere, as a JSON object.
    pub links: Option<String>,
    /// First day of publication.
    pub first: Option<String>,
    /// Last.
    pub last: Option<String>,
    /// In how many articles.
    pub articles: u64,
    /// SHA-256 of the text of the first of them.
    pub article: String,
    /// Why this capacity is believed to be this actor's.
    pub reason: String,
}

/// The reason of a capacity that nothing was there before to be one with.
const FIRST: &str = "the first that was found under its name";

impl Store {
    /// Who somebody is. `filter.limit` is one of statements and one of events; nothing else of the
    /// filter but its days and outlet is looked at.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn actor(&self, name: &str, filter: &Filter, names: &dyn Names) -> Result<ActorAnswer> {
        let _snapshot = self.snapshot()?;
        let actor = self.somebody(name, names)?;
        let mut statement = self.db.prepare_cached(
            "SELECT capacity.id, capacity.name, role, office, organization, country, sector, links, \
             min(published), max(published), count(DISTINCT article.id), reason, \
             (SELECT hash FROM article JOIN appearance ON appearance.article_id = article.id \
              WHERE appearance.capacity_id = capacity.id ORDER BY published, article.id LIMIT 1) \
             FROM capacity JOIN appearance ON appearance.capacity_id = capacity.id \
             JOIN article ON article.id = appearance.article_id WHERE actor_id = ? \
             GROUP BY capacity.id ORDER BY min(published), capacity.id",
        )?;
        let capacities = statement.query_map([actor.id], |row| {
            Ok(CapacityRow {
                capacity: row.get(0)?,
                name: row.get(1)?,
                role: row.get(2)?,
                office: row.get(3)?,
                organization: row.get(4)?,
                country: row.get(5)?,
                sector: row.get(6)?,
                links: row.get(7)?,
                first: row.get(8)?,
                last: row.get(9)?,
                articles: row.get(10)?,
                reason: row.get::<_, Option<String>>(11)?.unwrap_or_else(|| FIRST.to_owned()),
                article: row.get(12)?,
            })
        })?;
        let capacities: Vec<CapacityRow> = capacities.collect::<rusqlite::Result<_>>()?;
        let statements = self
            .db
            .prepare_cached(
                "SELECT ifnull(sum(n), 0) FROM quoted JOIN capacity ON capacity.id = capacity_id \
                 WHERE actor_id = ?",
            )?
            .query_row([actor.id], |row| row.get(0))?;
        let own = Filter {
            by: Some(actor.number()),
            about: None,
            words: None,
            skip: 0,
            ..filter.clone()
        };
        let mut said = self.said(&own, names)?;
        said.reverse();
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT DISTINCT occurrence.id FROM event_actor JOIN event ON event.id = event_id \
             JOIN occurrence ON occurrence.id = occurrence_id WHERE appearance_id IN {APPEARANCES} \
             ORDER BY occurrence.start DESC, occurrence.id DESC LIMIT ?"
        ))?;
        let ids =
            statement.query_map(params![actor.id, filter.n_rows()], |row| row.get::<_, i64>(0))?;
        let mut events = Vec::new();
        for id in ids {
            events.push(self.occurrence(id?)?);
        }
        events.reverse();
        Ok(ActorAnswer { actor, capacities, statements, said, events })
    }
}
