//! Events that one claims and another denies.

use std::collections::BTreeSet;

use rusqlite::params_from_iter;

use super::EventRow;
use super::filter::{APPEARANCES, Conditions, Filter};
use crate::error::Result;
use crate::names::Names;
use crate::store::Store;

/// A disputed event.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct DisputedRow {
    /// On whose word it happened, each once.
    pub claimed_by: Vec<String>,
    /// On whose word it did not.
    pub denied_by: Vec<String>,
    /// The event with all its reports.
    pub event: EventRow,
}

impl Store {
    /// Events that are claimed on one word and denied on another, the latest first. `filter.about` is a
    /// party to the event; its `by` and words are not looked at, and its days are the event's.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn disputed(&self, filter: &Filter, names: &dyn Names) -> Result<Vec<DisputedRow>> {
        let _snapshot = self.snapshot()?;
        let mut conditions = Conditions::default();
        if let Some(about) = &filter.about {
            let sql = format!(
                "occurrence.id IN (SELECT occurrence_id FROM event JOIN event_actor ON event_id = event.id \
                 WHERE appearance_id IN {APPEARANCES})"
            );
            conditions.add(&sql, self.somebody(about, names)?.id);
        }
        if let Some(since) = filter.since {
            conditions.add("occurrence.end >= ?", since.to_string());
        }
        if let Some(until) = filter.until {
            conditions.add("occurrence.start <= ?", until.to_string());
        }
        conditions.add("n_claimed > 0 AND n_denied > ?", 0);
        let sql = format!(
            "SELECT id FROM occurrence{} AND n_denied > 0 ORDER BY start DESC, id DESC",
            conditions.sql()
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let ids = statement
            .query_map(params_from_iter(&conditions.values), |row| row.get::<_, i64>(0))?;
        let n_rows = filter.limit.map_or(usize::MAX, |limit| limit as usize);
        let mut disputed = Vec::new();
        for id in ids {
            let event = self.occurrence(id?)?;
            let side = |statuses: &[&str]| -> BTreeSet<(&str, &str)> {
                let voices =
                    event.voices.iter().filter(|voice| statuses.contains(&voice.status.as_str()));
                voices.map(|voice| (voice.rests_on.as_str(), voice.name())).collect()
            };
            let (claims, denials) = (side(&["occurred", "ongoing"]), side(&["denied"]));
            // Somebody who says both is not disputed by anyone.
            if claims.is_superset(&denials) && denials.is_superset(&claims) {
                continue;
            }
            let names = |side: &BTreeSet<(&str, &str)>| {
                let names: BTreeSet<&str> = side.iter().map(|(_, name)| *name).collect();
                names.into_iter().map(str::to_owned).collect()
            };
            let (claimed_by, denied_by) = (names(&claims), names(&denials));
            disputed.push(DisputedRow { claimed_by, denied_by, event });
            if disputed.len() == n_rows {
                break;
            }
        }
        Ok(disputed)
    }
}

impl super::Voice {
    /// On whose word it is: the speaker, the source's words, or the outlet.
    pub fn name(&self) -> &str {
        let name = self.speaker.as_ref().or(self.source.as_ref()).or(self.outlet.as_ref());
        name.map_or("the outlet", String::as_str)
    }
}
