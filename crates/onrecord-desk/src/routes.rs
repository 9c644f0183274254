//! Which request is answered by what.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, VARY};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::answer::Reply;
use crate::asked::{Asked, medium_of};
use crate::desk::Shared;
use crate::medium::Medium;
use crate::options::Options;
use crate::page::{PAGES, Page};
use crate::problem::{Problem, dress};
use crate::{add, assets, guard, look, openapi, sign_in};

/// All that the desk answers.
pub(crate) fn router(shared: Arc<Shared>, options: &Options) -> Router {
    let mut router = Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/add", get(add::show).post(add::submit))
        .route("/add/{id}", get(add::progress))
        .route("/openapi.json", get(openapi::get))
        .route("/assets/{name}", get(assets::get));
    for page in PAGES {
        for path in page.routes() {
            let show =
                move |state: State<Arc<Shared>>, request: Request| show(page, state, request);
            router = router.route(&path, get(show));
        }
    }
    let limit = options.request_time;
    let in_time = move |request: Request, next: Next| async move {
        let answered = tokio::time::timeout(limit, next.run(request)).await;
        answered.unwrap_or_else(|_| Problem::too_slow().into_response())
    };
    router
        .fallback(|| async { Problem::no_such_page() })
        .method_not_allowed_fallback(|| async { Problem::wrong_method() })
        .layer(axum::extract::DefaultBodyLimit::max(options.max_body))
        .layer(from_fn(in_time))
        // Inside of `admit`, which says whose the request is; it dresses what comes from below.
        .layer(from_fn_with_state(Arc::clone(&shared), dress))
        .layer(from_fn_with_state(Arc::clone(&shared), guard::admit))
        // And what `admit` itself says.
        .layer(from_fn_with_state(Arc::clone(&shared), dress))
        .layer(from_fn(guard::harden))
        .with_state(shared)
}

/// Answers a page's question in the form that is wanted.
async fn show(
    page: &'static Page,
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Problem> {
    let medium = medium_of(&request, page.media);
    if !page.media.contains(&medium) {
        return Err(Problem::no_such_page());
    }
    let asked = Asked::of(&request, medium, &shared);
    let body = shared.records.ask(move |store, names| {
        let answer = match (page.ask)(&asked, store, names)? {
            Reply::Answer(answer) => answer,
            Reply::Elsewhere(href) => return Ok(Err(href)),
        };
        let nothing = || Problem::no_such_page();
        Ok(Ok(match medium {
            Medium::Html => look::layout(&asked, &answer.sheet(&asked)).into_string(),
            Medium::Json => onrecord_record::harmless(answer.json().to_string()),
            Medium::Csv => look::csv(&answer.table().ok_or_else(nothing)?),
            Medium::Atom => look::atom(&asked, &answer.feed(&asked).ok_or_else(nothing)?),
        }))
    });
    Ok(match body.await? {
        Ok(body) => {
            let headers = [(CONTENT_TYPE, medium.media_type()), (VARY, "Accept")];
            (headers, Body::from(body)).into_response()
        }
        Err(href) => Redirect::to(&href).into_response(),
    })
}
