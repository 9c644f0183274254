//! A relation: events and statements between two actors, and how it went from month to month.

use std::collections::BTreeMap;

use onrecord_record::EventType;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::filter::{APPEARANCES, Conditions, Filter};
use super::{EventRow, SaidRow};
use crate::error::Result;
use crate::names::{Names, Somebody};
use crate::store::Store;

/// Events and statements between two actors.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct BetweenAnswer {
    /// The first.
    pub one: Somebody,
    /// The second.
    pub other: Somebody,
    /// Every month that has an event which occurred or is under way, in order.
    pub months: Vec<Month>,
    /// Events to which both are parties, in order of time, undated ones first.
    pub events: Vec<EventRow>,
    /// Statements of either about the other, in order of publication. For a state, its government and
    /// armed forces speak too.
    pub statements: Vec<SaidRow>,
}

/// A month of a relation.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Month {
    /// `2026-01`.
    pub month: String,
    /// Events of cooperation.
    pub cooperation: u32,
    /// Events of conflict.
    pub conflict: u32,
    /// Sum of their weights ([`EventType::weight`]), divided by their number: -2 to 2.
    pub balance: f64,
}

impl Store {
    /// Events and statements between two actors. `filter.by` and `filter.about` are not looked at; its
    /// limit is one of events and one of statements.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn between(
        &self,
        one: &str,
        other: &str,
        filter: &Filter,
        names: &dyn Names,
    ) -> Result<BetweenAnswer> {
        let _snapshot = self.snapshot()?;
        let (one, other) = (self.somebody(one, names)?, self.somebody(other, names)?);
        let mut conditions = Conditions::default();
        let parties = format!(
            "event.id IN (SELECT event_id FROM event_actor WHERE appearance_id IN {APPEARANCES})"
        );
        conditions.add(&parties, one.id);
        conditions.add(&parties, other.id);
        filter.of_articles(&mut conditions);
        let sql = format!(
            "SELECT DISTINCT event.type, occurrence.id, occurrence.start, occurrence.n_claimed FROM event \
             JOIN article ON article.id = event.article_id \
             JOIN occurrence ON occurrence.id = event.occurrence_id{} \
             ORDER BY occurrence.start DESC, occurrence.id DESC",
            conditions.sql()
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(&conditions.values), |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, Option<String>>(2)?,
                row.get::<_, i64>(3)?,
            ))
        })?;
        let found: Vec<_> = found.collect::<rusqlite::Result<_>>()?;
        let n_events = filter.limit.map_or(usize::MAX, |limit| limit as usize);
        let mut months: BTreeMap<String, (u32, u32, i32)> = BTreeMap::new();
        for (kind, _, start, n_claimed) in &found {
            let (Some(kind), Some(month)) =
                (EventType::from_code(kind), start.as_ref().and_then(|day| day.get(..7)))
            else {
                continue;
            };
            if *n_claimed > 0 {
                let weight = kind.weight();
                let month = months.entry(month.to_owned()).or_default();
                *(if weight > 0 { &mut month.0 } else { &mut month.1 }) += 1;
                month.2 += weight;
            }
        }
        let mut events = Vec::new();
        for (_, id, _, _) in found.iter().take(n_events) {
            events.push(self.occurrence(*id)?);
        }
        events.reverse();
        let mut statements = self.said_of_each(&one, &other, filter)?;
        statements.reverse();
        let months = months.into_iter().map(|(month, (cooperation, conflict, sum))| Month {
            month,
            cooperation,
            conflict,
            balance: f64::from(sum) / f64::from(cooperation + conflict),
        });
        Ok(BetweenAnswer { one, other, months: months.collect(), events, statements })
    }

    /// Statements of either, or of its government, about the other, those published last first.
    fn said_of_each(
        &self,
        one: &Somebody,
        other: &Somebody,
        filter: &Filter,
    ) -> Result<Vec<SaidRow>> {
        let mut conditions = Conditions::default();
        let about = format!(
            "statement.speaker_id IN {VOICES} AND statement.id IN \
             (SELECT statement_id FROM about WHERE appearance_id IN {APPEARANCES})"
        );
        let country =
            |actor: &Somebody| match actor.country.clone().filter(|_| actor.kind == "state") {
                Some(country) => Value::from(country),
                None => Value::Null,
            };
        conditions.add(&format!("(({about}) OR ({about}))"), one.id);
        let values =
            [country(one), other.id.into(), other.id.into(), country(other), one.id.into()];
        conditions.values.extend(values);
        filter.of_articles(&mut conditions);
        self.said_where(&conditions, "article.published DESC, statement.id DESC", filter.n_rows())
    }
}

/// Appearances of an actor, and of the government and armed forces of a country.
const VOICES: &str = "(SELECT appearance.id FROM capacity JOIN appearance ON capacity_id = capacity.id \
     WHERE capacity.id IN (SELECT id FROM capacity WHERE actor_id = ? UNION ALL \
     SELECT id FROM capacity WHERE country = ? AND (' ' || sector || ' ' GLOB '* GOV *' \
         OR ' ' || sector || ' ' GLOB '* MIL *')))";
