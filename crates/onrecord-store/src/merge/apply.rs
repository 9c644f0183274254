//! Brings the actors of some keys up to date.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::Kind;
use rusqlite::{Connection, params};

use super::capacity::Capacity;
use super::identity;
use crate::error::Result;

/// A capacity that is now another actor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moved {
    pub(crate) capacity: i64,
    /// 0: it is new.
    pub(crate) from: i64,
    pub(crate) to: i64,
}

/// Groups these capacities and all of these keys anew, with those that links and rulings tie to them, and says
/// which have become another actor's. An actor keeps its number as long as one of its capacities stays.
pub(crate) fn recluster(
    db: &Connection,
    keys: &BTreeSet<i64>,
    capacities: &[i64],
) -> Result<Vec<Moved>> {
    let merges = merges(db)?;
    let nodes = tied(db, keys, capacities, &merges)?;
    let mut groups = Groups::new(nodes.len());
    let mut reasons: Vec<Option<String>> = vec![None; nodes.len()];
    let mut of_key: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    let mut of_split: BTreeMap<i64, usize> = BTreeMap::new();
    let mut of_link: BTreeMap<&str, usize> = BTreeMap::new();
    for (idx, node) in nodes.iter().enumerate() {
        if let Some(ruling) = node.ruling {
            let first = *of_split.entry(ruling).or_insert(idx);
            groups.join(first, idx);
            reasons[idx] = Some(format!("ruling {ruling}: split"));
        } else if let Some(key) = node.key {
            of_key.entry(key).or_default().push(idx);
        }
    }
    for members in of_key.values() {
        let capacities: Vec<Capacity> =
            members.iter().map(|&idx| nodes[idx].capacity.clone()).collect();
        let mut first_of: BTreeMap<usize, usize> = BTreeMap::new();
        for (&idx, placed) in members.iter().zip(identity::group(&capacities)) {
            groups.join(*first_of.entry(placed.group).or_insert(idx), idx);
            reasons[idx] = placed.reason;
        }
    }
    for (idx, node) in nodes.iter().enumerate().filter(|(_, node)| node.ruling.is_none()) {
        let Some(link) = node.capacity.link.as_deref() else { continue };
        let first = *of_link.entry(link).or_insert(idx);
        if groups.root(first) != groups.root(idx) {
            groups.join(first, idx);
            reasons[idx] = Some(format!("same {link}"));
        }
    }
    let idx_of: BTreeMap<i64, usize> =
        nodes.iter().enumerate().map(|(idx, node)| (node.id, idx)).collect();
    for merge in &merges {
        if let (Some(&one), Some(&other)) = (idx_of.get(&merge.one), idx_of.get(&merge.other)) {
            groups.join(one, other);
            reasons[one] = Some(format!("ruling {}: merge", merge.ruling));
        }
    }
    write(db, &nodes, &mut groups, &reasons)
}

struct Merge {
    ruling: i64,
    one: i64,
    other: i64,
}

fn merges(db: &Connection) -> Result<Vec<Merge>> {
    let sql = "SELECT id, capacity_id, other_id FROM ruling WHERE verb = 'merge' ORDER BY id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        Ok(Merge { ruling: row.get(0)?, one: row.get(1)?, other: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A stored capacity.
struct Node {
    id: i64,
    actor: i64,
    key: Option<i64>,
    ruling: Option<i64>,
    reason: Option<String>,
    capacity: Capacity,
}

/// These capacities, all of the keys, and what is tied to them, by id.
fn tied(
    db: &Connection,
    keys: &BTreeSet<i64>,
    capacities: &[i64],
    merges: &[Merge],
) -> Result<Vec<Node>> {
    const COLUMNS: &str = "SELECT id, actor_id, name_key_id, ruling_id, reason, name, kind, country, \
        sector, organization, office, role, links, link FROM capacity WHERE ";
    let mut by_key = db.prepare_cached(&format!("{COLUMNS} name_key_id = ?"))?;
    let mut by_link = db.prepare_cached(&format!("{COLUMNS} link = ?"))?;
    let mut by_id = db.prepare_cached(&format!("{COLUMNS} id = ?"))?;
    let node = |row: &rusqlite::Row<'_>| {
        let kind: String = row.get(6)?;
        Ok(Node {
            id: row.get(0)?,
            actor: row.get(1)?,
            key: row.get(2)?,
            ruling: row.get(3)?,
            reason: row.get(4)?,
            capacity: Capacity {
                key: None,
                name: row.get(5)?,
                kind: Kind::from_code(&kind).unwrap_or(Kind::Group),
                country: row.get(7)?,
                sector: row.get(8)?,
                organization: row.get(9)?,
                office: row.get(10)?,
                role: row.get(11)?,
                links: row.get(12)?,
                link: row.get(13)?,
            },
        })
    };
    let mut nodes: BTreeMap<i64, Node> = BTreeMap::new();
    let mut seen_keys = BTreeSet::new();
    let mut seen_links = BTreeSet::new();
    let mut to_see: Vec<i64> = keys.iter().copied().collect();
    let mut to_find = capacities.to_vec();
    loop {
        let mut found: Vec<Node> = Vec::new();
        for id in to_find.drain(..) {
            found.extend(by_id.query_map([id], node)?.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        for key in to_see.drain(..).filter(|&key| seen_keys.insert(key)) {
            found.extend(by_key.query_map([key], node)?.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        let tied =
            merges.iter().flat_map(|merge| [(merge.one, merge.other), (merge.other, merge.one)]);
        for (id, other) in tied {
            let is_in = |id: i64| nodes.contains_key(&id) || found.iter().any(|node| node.id == id);
            if is_in(id) && !is_in(other) {
                found
                    .extend(by_id.query_map([other], node)?.collect::<rusqlite::Result<Vec<_>>>()?);
            }
        }
        if found.is_empty() {
            return Ok(nodes.into_values().collect());
        }
        let mut along = Vec::new();
        for node_found in &found {
            to_see.extend(node_found.key);
            if let Some(link) = &node_found.capacity.link
                && seen_links.insert(link.clone())
            {
                along.extend(
                    by_link.query_map([link], node)?.collect::<rusqlite::Result<Vec<_>>>()?,
                );
            }
        }
        to_see.extend(along.iter().filter_map(|node| node.key));
        nodes.extend(found.into_iter().chain(along).map(|node| (node.id, node)));
    }
}

/// Gives each group an actor, and writes what changed.
fn write(
    db: &Connection,
    nodes: &[Node],
    groups: &mut Groups,
    reasons: &[Option<String>],
) -> Result<Vec<Moved>> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for idx in 0..nodes.len() {
        members.entry(groups.root(idx)).or_default().push(idx);
    }
    let mut taken = BTreeSet::new();
    let mut moved = Vec::new();
    let mut old_actors = BTreeSet::new();
    let mut insert =
        db.prepare_cached("INSERT INTO actor(name, kind, country) VALUES (?, ?, ?)")?;
    let mut update =
        db.prepare_cached("UPDATE actor SET name = ?, kind = ?, country = ? WHERE id = ?")?;
    let mut assign =
        db.prepare_cached("UPDATE capacity SET actor_id = ?, reason = ? WHERE id = ?")?;
    for group in members.values() {
        let group: Vec<&Node> = group.iter().map(|&idx| &nodes[idx]).collect();
        let first = group[0];
        let country = group.iter().find_map(|node| node.capacity.country.as_deref());
        let kind = match group.iter().any(|node| node.capacity.kind == Kind::State) {
            true => Kind::State,
            false => first.capacity.kind,
        };
        let facts = params![first.capacity.name, kind.as_str(), country];
        let old = group.iter().map(|node| node.actor).find(|id| *id != 0 && !taken.contains(id));
        let actor = match old {
            Some(id) => {
                update.execute(params![first.capacity.name, kind.as_str(), country, id])?;
                id
            }
            None => insert.insert(facts)?,
        };
        taken.insert(actor);
        for node in group {
            let idx = nodes.partition_point(|other| other.id < node.id);
            if node.actor != actor || node.reason != reasons[idx] {
                assign.execute(params![actor, reasons[idx], node.id])?;
            }
            if node.actor != actor {
                moved.push(Moved { capacity: node.id, from: node.actor, to: actor });
                old_actors.insert(node.actor);
            }
        }
    }
    let mut forget = db.prepare_cached(
        "DELETE FROM actor WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM capacity WHERE actor_id = ?1)",
    )?;
    for actor in old_actors {
        forget.execute([actor])?;
    }
    Ok(moved)
}

/// Disjoint sets of `0..n`; the root of a set is its smallest member.
struct Groups(Vec<usize>);

impl Groups {
    fn new(n: usize) -> Groups {
        Groups((0..n).collect())
    }

    fn root(&mut self, idx: usize) -> usize {
        let mut root = idx;
        while self.0[root] != root {
            root = self.0[root];
        }
        self.0[idx] = root;
        root
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}
