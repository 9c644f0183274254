//! FollowTheMoney entities: actors, articles, events; a statement is the `Documentation` that ties its
//! speaker to the article, with the words as its summary.

use std::io::Write;

use serde_json::{Map, Value, json};

use super::relations::nodes;
use crate::error::Result;
use crate::store::Store;

pub(super) fn write(store: &Store, out: &mut dyn Write) -> Result<()> {
    nodes(&store.db, |node| {
        let schema = match node.kind.as_str() {
            "person" => "Person",
            "state" => "PublicBody",
            "organization" => "Organization",
            "place" => "Address",
            "document" => "Document",
            _ => "LegalEntity",
        };
        let mut entity = Entity::new(format!("actor-{}", node.id), schema);
        match schema {
            "Document" => entity.add("title", &Some(node.name)),
            "Address" => entity.add("full", &Some(node.name)),
            _ => entity.add("name", &Some(node.name)),
        }
        if schema != "Document" {
            // FollowTheMoney has two letters for a country, ours are the three of ISO 3166: it takes both.
            entity.add("country", &node.country.map(|country| country.to_lowercase()));
        }
        if schema == "Person" {
            entity.add("position", &node.role);
        }
        let qid = node.link.as_deref().and_then(|link| link.strip_prefix("wikidata:"));
        entity.add("wikidataId", &qid.map(str::to_owned));
        entity.write(out)
    })?;
    articles(store, out)?;
    store.each_said(|row| {
        let Some(speaker) = row.speaker_id else { return Ok(()) };
        let mut entity = Entity::new(format!("statement-{}", row.statement), "Documentation");
        entity.add("document", &Some(format!("article-{}", row.article)));
        entity.add("entity", &Some(format!("actor-{speaker}")));
        entity.add("role", &Some(format!("speaker ({})", row.form)));
        entity.add("summary", &Some(row.words));
        entity.add("date", &row.published);
        entity.add("sourceUrl", &row.url);
        entity.write(out)
    })?;
    events(store, out)
}

fn articles(store: &Store, out: &mut dyn Write) -> Result<()> {
    let mut statement = store.db.prepare(
        "SELECT hash, url, title, outlet, published, language FROM article NOT INDEXED ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut last = String::new();
    while let Some(row) = rows.next()? {
        let hash: String = row.get(0)?;
        if hash == last {
            continue;
        }
        let mut entity = Entity::new(format!("article-{hash}"), "Article");
        for (property, column) in
            [("sourceUrl", 1), ("title", 2), ("publisher", 3), ("publishedAt", 4), ("language", 5)]
        {
            entity.add(property, &row.get(column)?);
        }
        entity.write(out)?;
        last = hash;
    }
    Ok(())
}

fn events(store: &Store, out: &mut dyn Write) -> Result<()> {
    let mut statement = store.db.prepare(
        "SELECT occurrence.id, event.type, occurrence.start, occurrence.end, \
         (SELECT json_group_array(DISTINCT 'onrecord-actor-' || capacity.actor_id) FROM event_actor \
          JOIN appearance ON appearance.id = event_actor.appearance_id \
          JOIN capacity ON capacity.id = appearance.capacity_id WHERE event_actor.event_id = event.id), \
         (SELECT json_group_array(DISTINCT 'onrecord-article-' || hash) FROM event AS report \
          JOIN article ON article.id = report.article_id WHERE report.occurrence_id = occurrence.id) \
         FROM occurrence JOIN event ON event.id = (SELECT min(id) FROM event WHERE occurrence_id = occurrence.id) \
         ORDER BY occurrence.id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let mut entity = Entity::new(format!("event-{id}"), "Event");
        entity.add("name", &row.get(1)?);
        entity.add("startDate", &row.get(2)?);
        entity.add("endDate", &row.get(3)?);
        for (property, column) in [("involved", 4), ("proof", 5)] {
            let list: String = row.get(column)?;
            entity
                .properties
                .insert(property.to_owned(), serde_json::from_str(&list).unwrap_or(json!([])));
        }
        entity.write(out)?;
    }
    Ok(())
}

/// An entity under construction; each property is a list.
struct Entity {
    id: String,
    schema: &'static str,
    properties: Map<String, Value>,
}

impl Entity {
    fn new(id: String, schema: &'static str) -> Entity {
        Entity { id: format!("onrecord-{id}"), schema, properties: Map::new() }
    }

    fn add(&mut self, property: &str, value: &Option<String>) {
        if let Some(value) = value {
            // References carry the prefix that every id has.
            let is_reference = matches!(property, "document" | "entity");
            let value = if is_reference { format!("onrecord-{value}") } else { value.clone() };
            self.properties.insert(property.to_owned(), json!([value]));
        }
    }

    fn write(&self, out: &mut dyn Write) -> Result<()> {
        let entity = json!({"id": self.id, "schema": self.schema, "properties": self.properties});
        Ok(writeln!(out, "{}", onrecord_record::harmless(entity.to_string()))?)
    }
}
