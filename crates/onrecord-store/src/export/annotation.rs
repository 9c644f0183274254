//! Statements as W3C Web Annotations: what was said is the target, who said it the body.

use std::io::Write;

use serde_json::{Value, json};

use crate::error::Result;
use crate::store::Store;

/// Code points of text before and after a quotation, by which it is found in a changed page.
const CONTEXT: usize = 32;

pub(super) fn write(store: &Store, out: &mut dyn Write) -> Result<()> {
    let mut last: (String, Vec<char>) = Default::default();
    store.each_said(|row| {
        if last.0 != row.article {
            let text = store.text(&row.article)?;
            last = (row.article.clone(), text.chars().collect());
        }
        let source = match &row.url {
            Some(url) => url.clone(),
            None => format!("urn:sha256:{}", row.article),
        };
        let words = |start: usize, end: usize| last.1[start..end].iter().collect::<String>();
        let selector = |&[start, end]: &[u32; 2]| {
            let (from, to) = (start as usize, end as usize);
            json!([
                {"type": "TextPositionSelector", "start": start, "end": end},
                {"type": "TextQuoteSelector", "exact": words(from, to),
                 "prefix": words(from.saturating_sub(CONTEXT), from),
                 "suffix": words(to, (to + CONTEXT).min(last.1.len()))},
            ])
        };
        let targets: Vec<Value> = row
            .content
            .iter()
            .map(|span| json!({"source": source, "selector": selector(span)}))
            .collect();
        let mut bodies =
            vec![json!({"type": "TextualBody", "purpose": "classifying", "value": row.form})];
        if let Some(speaker) = &row.speaker {
            let id = format!("urn:onrecord:actor:{}", row.speaker_id.unwrap_or(0));
            bodies.push(json!({"type": "SpecificResource", "purpose": "identifying", "source": id,
                               "schema:name": speaker, "schema:jobTitle": row.role}));
        }
        for about in &row.about {
            let id = format!("urn:onrecord:actor:{}", about.actor);
            bodies.push(json!({"type": "SpecificResource", "purpose": "tagging", "source": id,
                               "schema:name": about.name, "onrecord:stance": about.stance}));
        }
        let annotation = json!({
            "@context": ["http://www.w3.org/ns/anno.jsonld",
                         {"schema": "https://schema.org/", "onrecord": "urn:onrecord:"}],
            "id": format!("urn:onrecord:{}:{}", row.article, row.statement),
            "type": "Annotation",
            "motivation": "identifying",
            "body": bodies,
            "target": targets,
        });
        Ok(writeln!(out, "{}", onrecord_record::harmless(annotation.to_string()))?)
    })
}
