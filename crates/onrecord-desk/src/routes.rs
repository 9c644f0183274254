//! Which request is answered by what.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, VARY};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use onrecord_store::{Names, Store};

use crate::answer::Reply;
use crate::asked::{Asked, medium_of};
use crate::desk::Shared;
use crate::kept::Body;
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
    let asked = Arc::new(Asked::of(&request, medium, &shared));
    let (question, stamp) = (asked.question(), shared.kept.stamp());
    let body = match shared.kept.get(&question, stamp) {
        Some(body) => body,
        None => {
            let for_answer = Arc::clone(&asked);
            let answer =
                move |store: &Store, names: &dyn Names| answer(page, &for_answer, store, names);
            match shared.records.ask(answer).await? {
                Ok(body) => {
                    let body = Arc::new(body);
                    shared.kept.keep(question, stamp, &body);
                    body
                }
                Err(href) => return Ok(Redirect::to(&href).into_response()),
            }
        }
    };
    let headers = [(CONTENT_TYPE, medium.media_type()), (VARY, "Accept")];
    Ok(match &*body {
        Body::Page(sheet) => (headers, look::layout(&asked, sheet).into_string()).into_response(),
        Body::Whole(body) => (headers, body.clone()).into_response(),
    })
}

/// An answer in the form that is wanted, or the path of the page that has it.
fn answer(
    page: &Page,
    asked: &Asked,
    store: &Store,
    names: &dyn Names,
) -> Result<Result<Body, String>, Problem> {
    let answer = match (page.ask)(asked, store, names)? {
        Reply::Answer(answer) => answer,
        Reply::Elsewhere(href) => return Ok(Err(href)),
    };
    let nothing = || Problem::no_such_page();
    Ok(Ok(match asked.medium {
        Medium::Html => Body::Page(answer.sheet(asked)),
        Medium::Json => Body::Whole(onrecord_record::harmless(answer.json().to_string())),
        Medium::Csv => Body::Whole(look::csv(&answer.table().ok_or_else(nothing)?)),
        Medium::Atom => Body::Whole(look::atom(asked, &answer.feed(asked).ok_or_else(nothing)?)),
    }))
}
