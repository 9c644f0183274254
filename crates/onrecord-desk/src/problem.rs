//! What a visitor is told when there is no answer.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::html;
use serde_json::json;

use crate::asked::{Asked, medium_of};
use crate::desk::Shared;
use crate::look::{self, Sheet};
use crate::medium::Medium;
use crate::page;
use crate::query::Query;

/// Why there is no answer. Holds nothing of the machine that a visitor should not see.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    title: &'static str,
    message: String,
    choices: Vec<Choice>,
    /// Whether it is about a name.
    is_name: bool,
}

/// What a visitor may have meant.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    /// The name in the query that is to have the value.
    pub(crate) parameter: &'static str,
    /// The number of an actor.
    pub(crate) value: String,
    /// What tells it from others.
    pub(crate) label: String,
}

impl Problem {
    fn new(status: StatusCode, title: &'static str, message: impl Into<String>) -> Problem {
        Problem { status, title, message: message.into(), choices: Vec::new(), is_name: false }
    }

    /// There is no such page.
    pub(crate) fn no_such_page() -> Problem {
        Problem::missing("There is no such page here.")
    }

    /// What was asked for is not in the record.
    pub(crate) fn missing(message: impl Into<String>) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "Not in the record", message)
    }

    /// What was asked cannot be understood.
    pub(crate) fn unclear(message: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "That cannot be understood", message)
    }

    /// What was to be a day is none.
    pub(crate) fn no_day(day: &str) -> Problem {
        Problem::unclear(format!("“{day}” is no day: write it as 2026-01-23."))
    }

    /// A name that several bear, or nobody; some that it may stand for.
    pub(crate) fn who(name: &str, is_several: bool, choices: Vec<Choice>) -> Problem {
        let (status, title) = match is_several {
            true => (StatusCode::MULTIPLE_CHOICES, "Which one?"),
            false => (StatusCode::NOT_FOUND, "Not in the record"),
        };
        let message = match (is_several, choices.is_empty()) {
            (true, _) => format!("Several bear the name “{name}”."),
            (false, true) => format!("Nobody in the record is called “{name}”."),
            (false, false) => format!("Nobody in the record is called “{name}”. Close to it:"),
        };
        Problem { choices, is_name: true, ..Problem::new(status, title, message) }
    }

    /// Whether a name stands for nobody.
    pub(crate) fn is_unknown_name(&self) -> bool {
        self.is_name && self.status == StatusCode::NOT_FOUND
    }

    /// A visitor may not do that.
    pub(crate) fn forbidden(message: &str) -> Problem {
        Problem::new(StatusCode::FORBIDDEN, "Not allowed", message)
    }

    /// A visitor who has not signed in.
    pub(crate) fn stranger() -> Problem {
        let message =
            "This desk wants its token: sign in, or send it as `Authorization: Bearer TOKEN`.";
        Problem::new(StatusCode::UNAUTHORIZED, "Sign in first", message)
    }

    /// A visitor asks too often.
    pub(crate) fn too_many() -> Problem {
        let message = "Too many requests came from your address. Wait a minute, and go on.";
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "Too fast", message)
    }

    /// A page is asked for in a way that it does not take.
    pub(crate) fn wrong_method() -> Problem {
        let message = "This page is only to be read.";
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "Not done here", message)
    }

    /// What was sent is larger than this desk takes.
    pub(crate) fn too_large(max_bytes: usize) -> Problem {
        let message = format!(
            "At most {} MiB are taken at a time. Add larger files by `onrecord add`.",
            max_bytes >> 20
        );
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "Too large", message)
    }

    /// More is to be added than the desk bears.
    pub(crate) fn busy() -> Problem {
        let message = "Much is being added already. Try again when that is done.";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "Busy", message)
    }

    /// An answer took too long.
    pub(crate) fn too_slow() -> Problem {
        let message =
            "The answer took too long. Narrow the question by days, an outlet or an actor.";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "Too slow", message)
    }

    /// Something that should not have happened.
    pub(crate) fn bug() -> Problem {
        let message = "A bug in onrecord stopped this answer. Its terminal may say more.";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong", message)
    }
}

impl From<onrecord_store::Error> for Problem {
    fn from(error: onrecord_store::Error) -> Problem {
        let message = error.to_string();
        if error.is_unknown_name() || error.is_ambiguous_name() || error.is_unclear_search() {
            return Problem::unclear(message);
        }
        if error.is_given_up() {
            return Problem::too_slow();
        }
        // Its words name files of this machine.
        eprintln!("onrecord serve: {message}");
        let (status, title, message) = match error.is_busy() {
            true => (
                StatusCode::SERVICE_UNAVAILABLE,
                "The record is busy",
                "Another program is writing to the record. Try again in a moment.",
            ),
            false => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The record cannot be read",
                "The terminal where this desk was started says why.",
            ),
        };
        Problem::new(status, title, message)
    }
}

impl IntoResponse for Problem {
    /// An answer without a body, which [`dress`] gives it.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("60"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// Shows problems as the visitor reads other pages: as a page, or as JSON.
pub(crate) async fn dress(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let medium = medium_of(&request, page::MEDIA);
    let asked = Asked::of(&request, medium, &shared);
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    let (media_type, body) = match medium {
        Medium::Html => (Medium::Html, problem.page(&asked)),
        _ => (Medium::Json, problem.json()),
    };
    *response.body_mut() = Body::from(body);
    let media_type = HeaderValue::from_static(media_type.media_type());
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response
}

impl Problem {
    fn page(&self, asked: &Asked) -> String {
        let href =
            |choice: &Choice| asked.query.with(choice.parameter, &choice.value).at(&asked.path);
        let body = html! {
            div class="prose" {
                h1 { (self.title) }
                p class="lead" { (self.message) }
                @if !self.choices.is_empty() {
                    ul class="choices" {
                        @for choice in &self.choices {
                            li { a href=(href(choice)) { (choice.label) } }
                        }
                    }
                }
                @if self.choices.is_empty() && self.status != StatusCode::UNAUTHORIZED {
                    p { a href=(Query::default().at("/")) { "To the search" } }
                }
            }
        };
        look::layout(asked, &Sheet { title: self.title.to_owned(), place: "", body }).into_string()
    }

    fn json(&self) -> String {
        let choices = self.choices.iter().map(|choice| {
            json!({ "parameter": choice.parameter, "value": choice.value, "name": choice.label })
        });
        let choices: Vec<_> = choices.collect();
        let problem = json!({
            "error": { "status": self.status.as_u16(), "message": self.message, "choices": choices }
        });
        onrecord_record::harmless(problem.to_string())
    }
}
