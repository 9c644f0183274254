//! Signing in and out.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::header::SET_COOKIE;
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::html;

use crate::asked::Asked;
use crate::desk::Shared;
use crate::guard::Session;
use crate::look::{self, Sheet};
use crate::medium::Medium;
use crate::problem::Problem;
use crate::query::Query;
use crate::server::Peer;

/// A form that is only a token needs no more bytes.
const MAX_FORM: usize = 8 << 10;

/// The form for the token.
pub(crate) async fn show(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let asked = Asked::of(&request, Medium::Html, &shared);
    if !shared.guard.has_token() || asked.is_signed_in {
        return Redirect::to("/").into_response();
    }
    let body = html! {
        div class="prose" {
            h1 { "Sign in" }
            p class="lead" { "This desk is shared. It wants the token that it was started with." }
            form method="post" action="/sign-in" class="sign-in" {
                label for="token" { "Token" }
                input id="token" name="token" type="password" required autofocus
                    autocomplete="current-password";
                button { "Sign in" }
            }
        }
    };
    let sheet = Sheet { title: "Sign in".to_owned(), place: "", body };
    Html(look::layout(&asked, &sheet).into_string()).into_response()
}

/// Begins a session.
pub(crate) async fn sign_in(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Problem> {
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
    let from = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let form = form(request).await?;
    let cookie = shared.guard.sign_in(form.get("token").unwrap_or_default(), from)?;
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}

/// Ends it.
pub(crate) async fn sign_out(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Problem> {
    let session = request.extensions().get::<Session>().cloned().unwrap_or_default();
    let form = form(request).await?;
    shared.guard.check_form(&session, form.get("key"))?;
    let cookie = shared.guard.sign_out(&session);
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/sign-in")).into_response())
}

/// The fields of a small form.
async fn form(request: Request) -> Result<Query, Problem> {
    let body = to_bytes(request.into_body(), MAX_FORM).await;
    let body = body.map_err(|_| Problem::unclear("This form is not one of this desk's."))?;
    Ok(Query::parse(&String::from_utf8_lossy(&body)))
}
