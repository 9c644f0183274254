//! Writes the rows of records, and joins them with what was there.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{Actor, Event, MentionForm, Record, Span, Statement, Text};
use rusqlite::{CachedStatement, Connection, Transaction, params};

use super::capacity::{insert_capacity, name_key, stored_capacity};
use super::copy::copy_of;
use super::index::{Unindexed, index};
use super::prepared::Prepared;
use super::transaction::{Added, Cache};
use crate::error::Result;
use crate::fold::fold;
use crate::merge::{self, Capacity, Report};
use crate::question::form_code;
use crate::store::HAS_HASH;
use crate::words::{More, written, written_mentions};

/// Records on their way into the file.
pub(super) struct Batch<'a, 'r> {
    tx: &'a Transaction<'a>,
    cache: &'a mut Cache,
    next: Next,
    added: Added,
    /// Keys that have capacities which are nobody's yet.
    open_keys: BTreeSet<i64>,
    events: Vec<NewEvent<'r>>,
    quoted: BTreeMap<(i64, String), i64>,
    /// Those that are new, whose words are not yet in the full-text indexes.
    unindexed: Vec<Unindexed<'r>>,
    inserts: Inserts<'a>,
}

/// The next row of each table.
struct Next {
    article: i64,
    appearance: i64,
    statement: i64,
    event: i64,
}

/// What is run many times an article, kept at hand: the cache would hash the text of each, each time.
struct Inserts<'a> {
    band: CachedStatement<'a>,
    appearance: CachedStatement<'a>,
    role: CachedStatement<'a>,
    statement: CachedStatement<'a>,
    about: CachedStatement<'a>,
    event: CachedStatement<'a>,
    party: CachedStatement<'a>,
}

impl<'a> Inserts<'a> {
    fn new(tx: &'a Transaction<'a>) -> Result<Inserts<'a>> {
        let insert = |verb: &str, table: &str, columns: &str| {
            let values = vec!["?"; columns.split(',').count()].join(", ");
            tx.prepare_cached(&format!("{verb} INTO {table}({columns}) VALUES ({values})"))
        };
        Ok(Inserts {
            band: insert("INSERT OR IGNORE", "article_band", "band, article_id")?,
            appearance: insert(
                "INSERT",
                "appearance",
                "id, article_id, number, capacity_id, organization_id, mentions",
            )?,
            role: insert("INSERT", "role", "appearance_id, number, start, end, organization_id")?,
            statement: insert(
                "INSERT",
                "statement",
                "id, article_id, number, form, content_start, content_end, source_start, source_end, \
                 cue_start, cue_end, more, speaker_id, speaker_confidence, within_id, continues_id, confidence",
            )?,
            about: insert("INSERT", "about", "appearance_id, statement_id, number, stance")?,
            event: insert(
                "INSERT",
                "event",
                "id, article_id, number, type, status, trigger, start, end, date, place_id, contexts, \
                 said_id, occurrence_id, confidence",
            )?,
            party: insert("INSERT", "event_actor", "appearance_id, event_id, part, number")?,
        })
    }
}

/// A new report, whose parties are known by their capacities until all actors are; written when it is known of
/// which occurrence it is.
struct NewEvent<'r> {
    id: i64,
    text: &'r Text,
    event: &'r Event,
    first_appearance: i64,
    first_statement: i64,
    report: Report,
}

impl<'a, 'r> Batch<'a, 'r> {
    pub(super) fn new(tx: &'a Transaction<'a>, cache: &'a mut Cache) -> Result<Batch<'a, 'r>> {
        let next = |table: &str| -> Result<i64> {
            let sql = format!("SELECT ifnull(max(id), 0) + 1 FROM {table}");
            Ok(tx.query_row(&sql, [], |row| row.get(0))?)
        };
        let next = Next {
            article: next("article")?,
            appearance: next("appearance")?,
            statement: next("statement")?,
            event: next("event")?,
        };
        Ok(Batch {
            tx,
            cache,
            next,
            added: Added::default(),
            open_keys: BTreeSet::new(),
            events: Vec::new(),
            quoted: BTreeMap::new(),
            unindexed: Vec::new(),
            inserts: Inserts::new(tx)?,
        })
    }

    pub(super) fn add(&mut self, record: &'r Record, prepared: Prepared) -> Result<()> {
        let article = &record.article;
        let hash = article.id.to_string();
        let known = self
            .tx
            .prepare_cached(&format!(
                "SELECT 1 FROM article WHERE {HAS_HASH} AND ifnull(url, '') = ifnull(?2, '')"
            ))?
            .exists(params![hash, article.url])?;
        if known {
            self.added.known += 1;
            return Ok(());
        }
        let id = self.next.article;
        self.next.article += 1;
        self.article(id, &hash, record, &prepared)?;
        let first_appearance = self.next.appearance;
        let mut capacities = Vec::with_capacity(record.actors.len());
        for (actor, capacity) in record.actors.iter().zip(prepared.capacities) {
            capacities.push(self.appearance(id, first_appearance, record, actor, capacity)?);
        }
        let first_statement = self.next.statement;
        for statement in &record.statements {
            let first = (first_appearance, first_statement);
            self.statement(id, first, &article.text, statement)?;
            if let Some(speaker) = statement.speaker {
                let outlet = article.outlet.clone().unwrap_or_default();
                let capacity = capacities[speaker.actor.0 as usize];
                *self.quoted.entry((capacity, outlet)).or_default() += 1;
            }
        }
        for event in &record.events {
            self.event(id, (first_appearance, first_statement), record, event, &capacities);
        }
        self.unindexed.push(Unindexed { record, article: id, first_statement });
        self.next.appearance += record.actors.len() as i64;
        self.next.statement += record.statements.len() as i64;
        self.next.event += record.events.len() as i64;
        self.added.new += 1;
        self.added.statements += record.statements.len() as u64;
        self.added.events += record.events.len() as u64;
        Ok(())
    }

    fn article(&mut self, id: i64, hash: &str, record: &Record, prepared: &Prepared) -> Result<()> {
        let article = &record.article;
        let text = article.text.as_str();
        let copy_of = copy_of(self.tx, &mut self.cache.compared, hash, prepared)?;
        self.added.copies += u64::from(copy_of.is_some());
        let first = |next: i64, n: usize| if n > 0 { next } else { 0 };
        let authors = (!article.authors.is_empty()).then(|| json(&article.authors));
        let origins = (!article.origins.is_empty()).then(|| json(&article.origins));
        let notes: Vec<_> = record
            .notes
            .iter()
            .map(|note| {
                let span = note.span.map(|span| article.text.code_points(span));
                serde_json::json!({"kind": note.kind.as_str(), "span": span, "message": note.message})
            })
            .collect();
        self.tx
            .prepare_cached(
                "INSERT INTO article(id, hash, url, path, title, outlet, authors, canonical_url, \
                 section, published, published_at, updated, language, origins, notes, copy_of, digest, \
                 first_appearance, n_appearances, first_statement, n_statements, first_event, n_events, text) \
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                id,
                hash,
                article.url,
                article.path,
                article.title,
                article.outlet,
                authors,
                article.canonical_url,
                article.section,
                article.published.map(|day| day.to_string()),
                article.published_at,
                article.updated.map(|day| day.to_string()),
                article.language,
                origins,
                (!notes.is_empty()).then(|| json(&notes)),
                copy_of,
                prepared.digest,
                first(self.next.appearance, record.actors.len()),
                record.actors.len(),
                first(self.next.statement, record.statements.len()),
                record.statements.len(),
                first(self.next.event, record.events.len()),
                record.events.len(),
                text,
            ])?;
        // A copy is found by the first of its kind.
        if copy_of.is_none() {
            for &band in &prepared.bands {
                self.inserts.band.execute([band, id])?;
            }
        }
        Ok(())
    }

    /// Writes an actor of the record, and gives its capacity.
    fn appearance(
        &mut self,
        article: i64,
        first: i64,
        record: &Record,
        actor: &Actor,
        capacity: Capacity,
    ) -> Result<i64> {
        let text = &record.article.text;
        let id = first + i64::from(actor.id.0);
        let row = |actor: onrecord_record::ActorId| first + i64::from(actor.0);
        let key = capacity.key.is_some();
        let (capacity, key_id) = self.capacity(capacity)?;
        let mentions = actor.mentions.iter();
        let mentions = mentions.map(|mention| (text.code_points(mention.span), mention.form));
        self.inserts.appearance.execute(params![
            id,
            article,
            actor.id.0 + 1,
            capacity,
            actor.organization.map(row),
            written_mentions(mentions),
        ])?;
        for (idx, role) in actor.roles.iter().enumerate() {
            let [start, end] = text.code_points(role.span);
            let organization = role.organization.map(row);
            self.inserts.role.execute(params![id, idx + 1, start, end, organization])?;
        }
        if let Some(key_id) = key_id.filter(|_| key) {
            let names = actor
                .mentions
                .iter()
                .filter(|mention| matches!(mention.form, MentionForm::Name | MentionForm::Metonym));
            let names = names.map(|mention| &text[mention.span]).chain([actor.name.as_str()]);
            let known = self.cache.aliases.entry(key_id).or_default();
            for name in names {
                if known.contains(name) {
                    continue;
                }
                let sql = "INSERT OR IGNORE INTO alias(folded, name_key_id) VALUES (?, ?)";
                self.tx.prepare_cached(sql)?.execute(params![fold(name), key_id])?;
                known.insert(name.to_owned());
            }
        }
        Ok(capacity)
    }

    /// The row of a capacity and of its key, made where there is none yet.
    fn capacity(&mut self, capacity: Capacity) -> Result<(i64, Option<i64>)> {
        let Some(key) = &capacity.key else {
            // Nobody else's: an actor of its own.
            let actor = self.actor(&capacity)?;
            let id = insert_capacity(self.tx, &capacity, actor, None)?;
            self.cache.actors.insert(id, actor);
            return Ok((id, None));
        };
        let (key_id, is_new) = match self.cache.keys.get(key) {
            Some(&id) => (id, false),
            None => {
                let (id, is_new) = name_key(self.tx, key)?;
                self.cache.keys.insert(key.clone(), id);
                (id, is_new)
            }
        };
        if let Some(&id) = self.cache.capacities.get(&capacity) {
            return Ok((id, Some(key_id)));
        }
        let stored = match is_new {
            true => None,
            false => stored_capacity(self.tx, &capacity, key_id)?,
        };
        let id = match stored {
            Some((id, actor)) => {
                self.cache.actors.insert(id, actor);
                id
            }
            None if is_new && capacity.link.is_none() => {
                let actor = self.actor(&capacity)?;
                let id = insert_capacity(self.tx, &capacity, actor, Some(key_id))?;
                self.cache.actors.insert(id, actor);
                id
            }
            None => {
                self.open_keys.insert(key_id);
                insert_capacity(self.tx, &capacity, 0, Some(key_id))?
            }
        };
        self.cache.capacities.insert(capacity, id);
        Ok((id, Some(key_id)))
    }

    fn actor(&self, capacity: &Capacity) -> Result<i64> {
        let sql = "INSERT INTO actor(name, kind, country) VALUES (?, ?, ?)";
        let row = params![capacity.name, capacity.kind.as_str(), capacity.country];
        Ok(self.tx.prepare_cached(sql)?.insert(row)?)
    }

    fn statement(
        &mut self,
        article: i64,
        (first_appearance, first_statement): (i64, i64),
        text: &Text,
        statement: &Statement,
    ) -> Result<()> {
        let row = |id: onrecord_record::StatementId| first_statement + i64::from(id.0);
        let appearance = |id: onrecord_record::ActorId| first_appearance + i64::from(id.0);
        let id = row(statement.id);
        let [(content, more_content), (source, more_source), (cue, more_cue)] =
            [&statement.content, &statement.source, &statement.cue].map(|spans| {
                let mut points = spans.iter().map(|&span| text.code_points(span));
                (points.next(), points.collect::<Vec<_>>())
            });
        let more = More { content: more_content, source: more_source, cue: more_cue };
        let has_more = [&more.content, &more.source, &more.cue].iter().any(|more| !more.is_empty());
        self.inserts.statement.execute(params![
            id,
            article,
            statement.id.0 + 1,
            form_code(statement.form),
            content.map(|[start, _]| start),
            content.map(|[_, end]| end),
            source.map(|[start, _]| start),
            source.map(|[_, end]| end),
            cue.map(|[start, _]| start),
            cue.map(|[_, end]| end),
            has_more.then(|| json(&more)),
            statement.speaker.map(|speaker| appearance(speaker.actor)),
            statement.speaker.map(|speaker| per_mille(speaker.confidence)),
            statement.within.map(row),
            statement.continues.map(row),
            per_mille(statement.confidence),
        ])?;
        for (idx, about) in statement.about.iter().enumerate() {
            let stance = about.stance.map(rounded);
            self.inserts.about.execute(params![appearance(about.actor), id, idx + 1, stance])?;
        }
        Ok(())
    }

    fn event(
        &mut self,
        article: i64,
        (first_appearance, first_statement): (i64, i64),
        record: &'r Record,
        event: &'r Event,
        capacities: &[i64],
    ) {
        let text = &record.article.text;
        let capacity = |id: &onrecord_record::ActorId| capacities[id.0 as usize];
        self.events.push(NewEvent {
            id: self.next.event + i64::from(event.id.0),
            text,
            event,
            first_appearance,
            first_statement,
            report: Report {
                kind: event.kind,
                actors: event.actors.iter().map(capacity).collect(),
                recipients: event.recipients.iter().map(capacity).collect(),
                dates: event.date.map(|date| (date.start, date.end)),
                place: event.place.as_ref().map(capacity),
                word: merge::last_word(&text[event.trigger[0]]),
                article,
                published: record.article.published,
            },
        });
    }

    fn write_event(&mut self, new: &NewEvent<'_>, occurrence: i64) -> Result<()> {
        let NewEvent { id, text, event, .. } = new;
        let appearance = |id: onrecord_record::ActorId| new.first_appearance + i64::from(id.0);
        let contexts: Vec<&str> = event.contexts.iter().map(|context| context.as_str()).collect();
        let date = event.date.and_then(|date| date.span).map(|span| [span]);
        self.inserts.event.execute(params![
            id,
            new.report.article,
            event.id.0 + 1,
            event.kind.as_str(),
            event.status.as_str(),
            spans(text, &event.trigger),
            event.date.map(|date| date.start.to_string()),
            event.date.map(|date| date.end.to_string()),
            date.and_then(|date| spans(text, &date)),
            event.place.map(appearance),
            (!contexts.is_empty()).then(|| contexts.join(" ")),
            event.said.map(|id| new.first_statement + i64::from(id.0)),
            occurrence,
            per_mille(event.confidence),
        ])?;
        for (part, actors) in [(1, &event.actors), (2, &event.recipients)] {
            for (idx, &actor) in actors.iter().enumerate() {
                self.inserts.party.execute(params![appearance(actor), id, part, idx + 1])?;
            }
        }
        Ok(())
    }

    /// Joins what was added with what was there.
    pub(super) fn finish(mut self) -> Result<Added> {
        index(self.tx, &self.unindexed)?;
        let moved = merge::recluster(self.tx, &self.open_keys, &[])?;
        for moved in &moved {
            self.cache.actors.insert(moved.capacity, moved.to);
        }
        for mut new in std::mem::take(&mut self.events) {
            let actor = |capacity: &mut i64| {
                *capacity =
                    *self.cache.actors.get(capacity).expect("each capacity is somebody's by now");
            };
            new.report.actors.iter_mut().for_each(actor);
            new.report.recipients.iter_mut().for_each(actor);
            new.report.place.iter_mut().for_each(actor);
            let occurrence = merge::place(self.tx, &new.report, new.event.status)?;
            self.write_event(&new, occurrence)?;
        }
        regroup_moved(self.tx, &moved)?;
        let mut insert = self.tx.prepare_cached(
            "INSERT INTO quoted(capacity_id, outlet, n) VALUES (?, ?, ?) \
             ON CONFLICT (capacity_id, outlet) DO UPDATE SET n = n + excluded.n",
        )?;
        for ((capacity, outlet), n) in self.quoted {
            insert.execute(params![capacity, outlet, n])?;
        }
        Ok(self.added)
    }
}

/// Groups the events of actors anew that have become others.
pub(crate) fn regroup_moved(db: &Connection, moved: &[merge::Moved]) -> Result<()> {
    let mut events = db.prepare_cached(
        "SELECT event_id FROM event_actor WHERE appearance_id IN \
         (SELECT id FROM appearance WHERE capacity_id = ?1) UNION \
         SELECT id FROM event WHERE place_id IN (SELECT id FROM appearance WHERE capacity_id = ?1)",
    )?;
    for moved in moved.iter().filter(|moved| moved.from != 0) {
        let ids = events.query_map([moved.capacity], |row| row.get::<_, i64>(0))?;
        let ids = ids.collect::<rusqlite::Result<Vec<_>>>()?;
        merge::regroup(db, &ids)?;
    }
    Ok(())
}

/// Spans as the file has them; null for none.
fn spans(text: &Text, spans: &[Span]) -> Option<String> {
    written(spans.iter().map(|&span| text.code_points(span)))
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("strings and numbers always serialise")
}

fn per_mille(value: f32) -> i64 {
    (f64::from(value) * 1000.0).round() as i64
}

/// To three decimals, as the record's JSON has it.
fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}
