//! The page where articles are added, and the one that shows how that goes on.

use std::sync::Arc;

use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::form::{Form, key};
use super::job::{Outcome, State as Progress, Step};
use crate::asked::{Asked, medium_of};
use crate::desk::Shared;
use crate::guard::Session;
use crate::look::{self, Sheet, counted};
use crate::medium::Medium;
use crate::problem::Problem;

/// The form.
pub(crate) async fn show(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let asked = Asked::of(&request, Medium::Html, &shared);
    let body = html! {
        header class="title" {
            h1 { "Add articles" }
            p class="lead" { "They are read at once, on this machine, and stay in the record." }
        }
        div class="adding" {
            form method="post" action="/add" enctype="multipart/form-data" {
                input type="hidden" name="key" value=(asked.form_key);
                h2 { "A text" }
                label { span { "Text" } textarea name="text" required {} }
                label { span { "Headline (else its first line)" } input name="title" autocomplete="off"; }
                div class="pair" {
                    label { span { "Outlet" } input name="outlet" autocomplete="off"; }
                    label { span { "Published on" } input name="published" type="date"; }
                }
                label { span { "Address" } input name="url" type="url" autocomplete="off"; }
                button { "Read and add" }
            }
            div {
                form method="post" action="/add" enctype="multipart/form-data" {
                    input type="hidden" name="key" value=(asked.form_key);
                    h2 { "Files" }
                    label class="drop" data-drop {
                        span { "Text, web pages, PDF, mail, feeds, WARC, tables, archives of these; up to "
                            (shared.max_body >> 20) " MiB together" }
                        input type="file" name="files" multiple required;
                    }
                    button { "Read and add" }
                }
                form method="post" action="/add" enctype="multipart/form-data" class="second" {
                    input type="hidden" name="key" value=(asked.form_key);
                    h2 { "Pages by their address" }
                    label {
                        span { "Addresses of pages or feeds, one a line" }
                        textarea name="addresses" class="low" required {}
                    }
                    button { "Fetch, read and add" }
                }
            }
        }
    };
    let sheet = Sheet { title: "Add articles".to_owned(), place: "/add", body };
    Html(look::layout(&asked, &sheet).into_string()).into_response()
}

/// Takes the form.
pub(crate) async fn submit(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Problem> {
    let session = request.extensions().get::<Session>().cloned().unwrap_or_default();
    let refused = |_| Problem::unclear("This form is not one of this desk's.");
    let mut form = Multipart::from_request(request, &()).await.map_err(refused)?;
    let key = key(&mut form, shared.max_body).await?;
    shared.guard.check_form(&session, Some(&key))?;
    let form = Form::read(&mut form, shared.max_body).await?;
    let id = shared.adding.add(form.given()?)?;
    Ok(Redirect::to(&format!("/add/{id}")).into_response())
}

/// How it goes on.
pub(crate) async fn progress(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Problem> {
    let medium = medium_of(&request, &[Medium::Html, Medium::Json]);
    let asked = Asked::of(&request, medium, &shared);
    let forgotten =
        || Problem::missing("Nothing of this kind was added since the desk was started.");
    let state = shared.adding.job(asked.id()).ok_or_else(forgotten)?.state();
    let body = match medium {
        Medium::Json => onrecord_record::harmless(state.json().to_string()),
        _ => {
            let title = if state.is_over { "Added" } else { "Reading" }.to_owned();
            let sheet = Sheet { title, place: "/add", body: page(&state) };
            look::layout(&asked, &sheet).into_string()
        }
    };
    Ok(([(CONTENT_TYPE, medium.media_type())], body).into_response())
}

fn page(state: &Progress) -> Markup {
    html! {
        // Without a script the page is loaded again by itself.
        @if !state.is_over { noscript { meta http-equiv="refresh" content="1"; } }
        div class="prose" id="progress" data-running[!state.is_over] {
            h1 { @if state.is_over { "Added" } @else { "Reading" } }
            p class="lead" role="status" {
                (counted(state.n_added, "article")) " with " (counted(state.n_statements, "statement"))
                @if state.n_known > 0 { "; " (look::grouped(state.n_known)) " were there already" }
                @if state.n_failed > 0 { "; " (look::grouped(state.n_failed)) " could not be read" }
                "."
            }
            @if !state.is_over {
                progress max=(state.n_given) value=(state.n_done) aria-label="Given things that are done" {}
                p class="quiet" { @match &state.at { Some(at) => (at), None => "Waiting for its turn" } }
            }
            ul class="steps" {
                @for step in state.steps.iter().rev() { li { (one(step)) } }
            }
            @if state.is_over { p { a href="/add" { "Add more" } } }
        }
    }
}

fn one(step: &Step) -> Markup {
    match &step.outcome {
        Outcome::Added { hash, n_statements } => html! {
            a href=(look::article_path(hash)) { (step.name) }
            " " span class="quiet" { (counted(*n_statements as u64, "statement")) }
        },
        Outcome::Known { hash } => html! {
            a href=(look::article_path(hash)) { (step.name) } " " span class="quiet" { "was there already" }
        },
        Outcome::Failed(why) => html! { (step.name) ": " span class="failed" { (why) } },
    }
}
