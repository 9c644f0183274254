//! What programs may ask: the table of pages as an OpenAPI document.

use axum::response::IntoResponse;
use onrecord_record::harmless;
use serde_json::{Map, Value, json};

use crate::medium::Medium;
use crate::page::{Kind, PAGES, Page, Parameter};

/// Answers with the document.
pub(crate) async fn get() -> impl IntoResponse {
    let media_type = Medium::Json.media_type();
    ([(axum::http::header::CONTENT_TYPE, media_type)], harmless(document().to_string()))
}

/// The document, OpenAPI 3.1.
fn document() -> Value {
    let mut paths = Map::new();
    for page in PAGES {
        let programs = page.media.iter().filter(|&&medium| medium != Medium::Html);
        for &medium in programs.filter(|_| page.path != "/") {
            let path = format!("{}{}", page.path, medium.ending());
            paths.insert(path, json!({ "get": operation(page, medium) }));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Who said what about whom, with the offsets of every word. A path without its \
                            ending gives the same by the header Accept. Offsets are [start, end) in code points \
                            of the article's text.",
        },
        "security": [{}, { "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": {
                "Error": {
                    "type": "object",
                    "required": ["error"],
                    "properties": { "error": {
                        "type": "object",
                        "required": ["status", "message", "choices"],
                        "properties": {
                            "status": { "type": "integer" },
                            "message": { "type": "string" },
                            "choices": {
                                "type": "array",
                                "description": "Whom a name may stand for: values for the parameter.",
                                "items": {
                                    "type": "object",
                                    "properties": {
                                        "parameter": { "type": "string" },
                                        "value": { "type": "string" },
                                        "name": { "type": "string" },
                                    },
                                },
                            },
                        },
                    } },
                },
            },
        },
    })
}

fn operation(page: &Page, medium: Medium) -> Value {
    let mut parameters: Vec<Value> = page.parameters.iter().map(parameter).collect();
    if page.path.ends_with("{id}") {
        let number = json!({
            "name": "id", "in": "path", "required": true, "schema": { "type": "string" },
            "description": "The number of the actor, or the beginning of the SHA-256 of the article's text.",
        });
        parameters.insert(0, number);
    }
    let media_type = medium.media_type().split(';').next().unwrap_or_default();
    let schema = match medium {
        Medium::Json => json!({ "type": "object" }),
        _ => json!({ "type": "string" }),
    };
    let problem = json!({
        "description": "Why there is no answer; 300: a name stands for several.",
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } },
    });
    json!({
        "summary": page.summary,
        "parameters": parameters,
        "responses": {
            "200": { "description": "The answer.", "content": { media_type: { "schema": schema } } },
            "default": problem,
        },
    })
}

fn parameter(parameter: &Parameter) -> Value {
    let schema = match parameter.kind {
        Kind::Actor | Kind::Text => json!({ "type": "string" }),
        Kind::Day => json!({ "type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2})?$" }),
        Kind::Number => json!({ "type": "integer", "minimum": 0 }),
        Kind::Word(words) => json!({ "type": "string", "enum": words }),
    };
    let about = match parameter.kind {
        Kind::Actor => {
            format!("{} A name, an alias, a capital, a code of a country, or #12.", parameter.about)
        }
        _ => parameter.about.to_owned(),
    };
    json!({
        "name": parameter.name,
        "in": "query",
        "required": parameter.is_required,
        "description": about,
        "schema": schema,
    })
}
