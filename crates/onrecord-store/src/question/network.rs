//! Who is tied to whom in a period: by events between them, and by what one says of the other.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::EventType;
use rusqlite::params_from_iter;

use super::filter::{APPEARANCES, Conditions, Filter};
use crate::error::Result;
use crate::names::{Names, Somebody, somebody};
use crate::store::Store;

/// Articles that are looked at, those published last: a picture has room for no more.
const N_ARTICLES: usize = 1_000;

/// Actors and what ties them.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct NetworkAnswer {
    /// The actors of the edges, by number.
    pub nodes: Vec<Somebody>,
    /// The strongest ties, `filter.limit` of them.
    pub edges: Vec<NetworkEdge>,
    /// How many ties there are in the articles that were looked at.
    pub n_edges: u64,
    /// How many articles were looked at, those published last.
    pub n_articles: u64,
    /// How many there are in the period.
    pub of_articles: u64,
}

/// What ties two actors.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct NetworkEdge {
    /// The number of one.
    pub one: i64,
    /// The number of the other, a greater one.
    pub other: i64,
    /// All reports of events and statements.
    pub weight: u64,
    /// Reports of verbal cooperation between them, by PLOVER's quad classes; denied ones do not count.
    pub verbal_cooperation: u64,
    /// Of material cooperation.
    pub material_cooperation: u64,
    /// Of verbal conflict.
    pub verbal_conflict: u64,
    /// Of material conflict.
    pub material_conflict: u64,
    /// Statements of either about the other.
    pub statements: u64,
    /// Mean stance of those that have one.
    pub stance: Option<f64>,
}

impl Store {
    /// Ties between actors in the articles of a period, the strongest first. `filter.about` is an actor
    /// that all articles name; `filter.by`, words, form and capacity are not looked at.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn network(&self, filter: &Filter, names: &dyn Names) -> Result<NetworkAnswer> {
        let _snapshot = self.snapshot()?;
        let mut conditions = Conditions::default();
        if let Some(about) = &filter.about {
            let sql = format!(
                "article.id IN (SELECT article_id FROM appearance WHERE id IN {APPEARANCES})"
            );
            conditions.add(&sql, self.somebody(about, names)?.id);
        }
        filter.of_articles(&mut conditions);
        let sql = format!("SELECT count(*) FROM article{}", conditions.sql());
        let of_articles: u64 = self
            .db
            .prepare_cached(&sql)?
            .query_row(params_from_iter(&conditions.values), |row| row.get(0))?;
        let articles = format!(
            "(SELECT first_event, n_events, first_statement, n_statements FROM article{} ORDER BY published DESC, id DESC LIMIT {N_ARTICLES})",
            conditions.sql()
        );
        let mut edges = self.event_ties(&articles, &conditions)?;
        self.statement_ties(&articles, &conditions, &mut edges)?;
        let n_edges = edges.len() as u64;
        let mut edges: Vec<NetworkEdge> = edges.into_values().map(Tie::finish).collect();
        edges.sort_by_key(|edge| (std::cmp::Reverse(edge.weight), edge.one, edge.other));
        edges.truncate(filter.limit.map_or(usize::MAX, |limit| limit as usize));
        let ids: BTreeSet<i64> = edges.iter().flat_map(|edge| [edge.one, edge.other]).collect();
        let mut nodes = Vec::new();
        for id in ids {
            nodes.extend(somebody(&self.db, id)?);
        }
        let n_articles = of_articles.min(N_ARTICLES as u64);
        Ok(NetworkAnswer { nodes, edges, n_edges, n_articles, of_articles })
    }

    fn event_ties(&self, articles: &str, conditions: &Conditions) -> Result<Ties> {
        let sql = format!(
            "SELECT event.id, event.type, capacity.actor_id, event_actor.part FROM {articles} AS chosen \
             CROSS JOIN event ON event.id BETWEEN chosen.first_event AND chosen.first_event + chosen.n_events - 1 AND event.status <> 'denied' \
             CROSS JOIN event_actor ON event_actor.event_id = event.id \
             CROSS JOIN appearance ON appearance.id = event_actor.appearance_id \
             CROSS JOIN capacity ON capacity.id = appearance.capacity_id ORDER BY event.id"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&conditions.values), |row| {
            let party = Party { actor: row.get(2)?, part: row.get(3)? };
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, party))
        })?;
        let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        let mut ties = Ties::new();
        for event in rows.chunk_by(|(event, ..), (next, ..)| event == next) {
            let (_, kind, _) = &event[0];
            let parties: Vec<Party> = event.iter().map(|(.., party)| *party).collect();
            tie(&mut ties, kind, &parties);
        }
        Ok(ties)
    }

    fn statement_ties(
        &self,
        articles: &str,
        conditions: &Conditions,
        ties: &mut Ties,
    ) -> Result<()> {
        let sql = format!(
            "SELECT speaker.actor_id, target.actor_id, about.stance FROM {articles} AS chosen \
             CROSS JOIN statement ON statement.id BETWEEN chosen.first_statement \
             AND chosen.first_statement + chosen.n_statements - 1 \
             CROSS JOIN about ON about.statement_id = statement.id \
             CROSS JOIN appearance AS speaking ON speaking.id = statement.speaker_id \
             CROSS JOIN capacity AS speaker ON speaker.id = speaking.capacity_id \
             CROSS JOIN appearance AS targeted ON targeted.id = about.appearance_id \
             CROSS JOIN capacity AS target ON target.id = targeted.capacity_id"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&conditions.values))?;
        while let Some(row) = rows.next()? {
            let (speaker, target): (i64, i64) = (row.get(0)?, row.get(1)?);
            let stance: Option<f64> = row.get(2)?;
            if speaker == target {
                continue;
            }
            let tie = between(ties, speaker, target);
            tie.edge.statements += 1;
            if let Some(stance) = stance {
                tie.n_stances += 1;
                tie.stance += stance;
            }
        }
        Ok(())
    }
}

/// An actor of an event, and whether it did it (1) or had it done to it (2).
#[derive(Clone, Copy)]
struct Party {
    actor: i64,
    part: i64,
}

/// Ties by the numbers of both, the smaller first.
type Ties = BTreeMap<(i64, i64), Tie>;

#[derive(Default)]
struct Tie {
    edge: NetworkEdge,
    n_stances: u32,
    stance: f64,
}

impl Tie {
    fn finish(self) -> NetworkEdge {
        let edge = self.edge;
        let n_events = edge.verbal_cooperation
            + edge.material_cooperation
            + edge.verbal_conflict
            + edge.material_conflict;
        NetworkEdge {
            weight: n_events + edge.statements,
            stance: (self.n_stances > 0).then(|| self.stance / f64::from(self.n_stances)),
            ..edge
        }
    }
}

fn between(ties: &mut Ties, one: i64, other: i64) -> &mut Tie {
    let (one, other) = (one.min(other), one.max(other));
    let edge = NetworkEdge { one, other, ..NetworkEdge::default() };
    ties.entry((one, other)).or_insert_with(|| Tie { edge, ..Tie::default() })
}

/// Counts an event between each of its actors and each recipient; without recipients, between actors.
fn tie(ties: &mut Ties, kind: &str, parties: &[Party]) {
    let Some(kind) = EventType::from_code(kind) else { return };
    let of =
        |part: i64| parties.iter().filter(move |party| party.part == part).map(|party| party.actor);
    let has_recipients = of(2).next().is_some();
    let mut pairs: BTreeSet<(i64, i64)> = BTreeSet::new();
    for actor in of(1) {
        let others = of(if has_recipients { 2 } else { 1 });
        pairs.extend(
            others
                .filter(|&other| other != actor)
                .map(|other| (actor.min(other), actor.max(other))),
        );
    }
    for (one, other) in pairs {
        let edge = &mut between(ties, one, other).edge;
        let count = match kind.weight() {
            1 => &mut edge.verbal_cooperation,
            2 => &mut edge.material_cooperation,
            -1 => &mut edge.verbal_conflict,
            _ => &mut edge.material_conflict,
        };
        *count += 1;
    }
}
