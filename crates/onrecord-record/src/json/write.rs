//! Writes a record as JSON.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::FORMAT;
use crate::{Actor, Article, Event, Note, Record, Role, Span, Statement, Text};

impl Record {
    /// The record on one line, without a line break at its end.
    ///
    /// Offsets are `[start, end)` in Unicode code points of `article.text`.
    pub fn to_json(&self) -> String {
        let text = &self.article.text;
        let line = Line {
            format: FORMAT,
            article: article(&self.article),
            actors: self.actors.iter().map(|a| actor(text, a)).collect(),
            statements: self.statements.iter().map(|s| statement(text, s)).collect(),
            events: self.events.iter().map(|e| event(text, e)).collect(),
            notes: self.notes.iter().map(|n| note(text, n)).collect(),
        };
        harmless(serde_json::to_string(&line).expect("strings and numbers always serialise"))
    }
}

/// JSON with DEL and the C1 controls escaped, which JSON lets stand and terminals obey.
pub fn harmless(json: String) -> String {
    let control = |c: char| ('\u{7f}'..='\u{9f}').contains(&c);
    if !json.contains(control) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if control(c) { out += &format!("\\u{:04x}", c as u32) } else { out.push(c) }
    }
    out
}

#[derive(Serialize)]
struct Line {
    format: &'static str,
    article: Value,
    actors: Vec<Value>,
    statements: Vec<Value>,
    events: Vec<Value>,
    notes: Vec<Value>,
}

fn article(article: &Article) -> Value {
    let origins: Map<String, Value> =
        article.origins.iter().map(|(field, origin)| (field.clone(), json!(origin))).collect();
    json!({
        "id": article.id.to_string(),
        "path": article.path,
        "url": article.url,
        "title": article.title,
        "outlet": article.outlet,
        "authors": article.authors,
        "canonical_url": article.canonical_url,
        "section": article.section,
        "published": article.published.map(|date| date.to_string()),
        "published_at": article.published_at,
        "updated": article.updated.map(|date| date.to_string()),
        "language": article.language,
        "origins": origins,
        "text": article.text.as_str(),
    })
}

fn statement(text: &Text, statement: &Statement) -> Value {
    json!({
        "id": statement.id.to_string(),
        "form": statement.form.as_str(),
        "content": spans(text, &statement.content),
        "source": spans(text, &statement.source),
        "cue": spans(text, &statement.cue),
        "speaker": statement.speaker.map(|s| s.actor.to_string()),
        "speaker_confidence": statement.speaker.map(|s| rounded(s.confidence)),
        "within": statement.within.map(|id| id.to_string()),
        "continues": statement.continues.map(|id| id.to_string()),
        "about": statement.about.iter().map(|about| json!({
            "actor": about.actor.to_string(),
            "stance": about.stance.map(rounded),
        })).collect::<Value>(),
        "confidence": rounded(statement.confidence),
    })
}

fn actor(text: &Text, actor: &Actor) -> Value {
    let links: Map<String, Value> =
        actor.links.iter().map(|(name, id)| (name.clone(), json!(id))).collect();
    let role = |role: &Role| {
        json!({
            "title": &text[role.span],
            "organization": role.organization.map(|id| id.to_string()),
            "span": text.code_points(role.span),
        })
    };
    json!({
        "id": actor.id.to_string(),
        "name": actor.name,
        "kind": actor.kind.as_str(),
        "country": actor.country.map(|country| country.to_string()),
        "sector": actor.sectors.iter().map(|s| s.as_str()).collect::<Value>(),
        "organization": actor.organization.map(|id| id.to_string()),
        "office": actor.office,
        "links": links,
        "roles": actor.roles.iter().map(role).collect::<Value>(),
        "mentions": actor.mentions.iter().map(|mention| json!({
            "span": text.code_points(mention.span),
            "form": mention.form.as_str(),
        })).collect::<Value>(),
    })
}

fn event(text: &Text, event: &Event) -> Value {
    let ids = |ids: &[crate::ActorId]| -> Value { ids.iter().map(|id| id.to_string()).collect() };
    json!({
        "id": event.id.to_string(),
        "type": event.kind.as_str(),
        "trigger": spans(text, &event.trigger),
        "actors": ids(&event.actors),
        "recipients": ids(&event.recipients),
        "date": event.date.map(|date| json!({
            "start": date.start.to_string(),
            "end": date.end.to_string(),
            "span": date.span.map(|span| text.code_points(span)),
        })),
        "place": event.place.map(|id| id.to_string()),
        "contexts": event.contexts.iter().map(|c| c.as_str()).collect::<Value>(),
        "status": event.status.as_str(),
        "said": event.said.map(|id| id.to_string()),
        "confidence": rounded(event.confidence),
    })
}

/// To three decimals.
fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

fn note(text: &Text, note: &Note) -> Value {
    json!({
        "kind": note.kind.as_str(),
        "span": note.span.map(|span| text.code_points(span)),
        "message": note.message,
    })
}

fn spans(text: &Text, spans: &[Span]) -> Vec<[u32; 2]> {
    spans.iter().map(|&span| text.code_points(span)).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Article, Form, Note, NoteKind, Record, Statement, StatementId};

    #[test]
    fn offsets_are_code_points() {
        let article = Article::new("🙂 “Да,” he said.\u{9b}2J");
        let text = &article.text;
        let statement = Statement {
            id: StatementId(0),
            form: Form::Direct,
            content: vec![text.span(5, 16).unwrap()],
            source: vec![text.span(17, 19).unwrap()],
            cue: vec![text.span(20, 24).unwrap()],
            speaker: None,
            within: None,
            continues: None,
            about: vec![],
            confidence: 0.9375,
        };
        let note = Note { kind: NoteKind::TooLong, span: None, message: "…".into() };
        let record =
            Record { statements: vec![statement], notes: vec![note], ..Record::empty(article) };
        assert!(!record.to_json().contains('\u{9b}'));
        let json: serde_json::Value = serde_json::from_str(&record.to_json()).unwrap();
        assert!(json["article"]["text"].as_str().unwrap().ends_with("said.\u{9b}2J"));
        let chars: Vec<char> = json["article"]["text"].as_str().unwrap().chars().collect();
        let words = |value: &serde_json::Value| -> String {
            let at = |i: usize| value[0][i].as_u64().unwrap() as usize;
            chars[at(0)..at(1)].iter().collect()
        };
        let statement = &json["statements"][0];
        assert_eq!(words(&statement["content"]), "“Да,”");
        assert_eq!(words(&statement["source"]), "he");
        assert_eq!(words(&statement["cue"]), "said");
        assert_eq!(statement["confidence"], 0.938);
        assert_eq!(json["format"], "onrecord/1");
        assert_eq!(json["notes"][0]["kind"], "too_long");
    }
}
