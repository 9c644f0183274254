//! Who is let in, and what a browser may do with what it gets.

mod headers;
mod rate;
mod secret;
mod sessions;

use std::net::IpAddr;
use std::num::NonZero;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::desk::Shared;
use crate::error::Result;
use crate::options::Options;
use crate::problem::Problem;
use crate::server::Peer;

pub(crate) use headers::harden;
pub use secret::new_token;

use rate::Rate;
use secret::Secret;
use sessions::Sessions;

/// Attempts to sign in that an address has a minute.
const SIGN_INS: NonZero<u32> = NonZero::new(10).unwrap();

/// The cookie of a session.
const COOKIE_NAME: &str = "onrecord";

/// What is known of visitors.
pub(crate) struct Guard {
    token: Option<Secret>,
    is_local: bool,
    rate: Option<Rate>,
    sign_ins: Rate,
    sessions: Sessions,
    /// What forms are signed with.
    forms: Secret,
}

/// The session of a request: empty where none is needed.
#[derive(Clone, Default)]
pub(crate) struct Session(String);

impl Session {
    /// Whether it began with the token, in a browser.
    pub(crate) fn is_signed_in(&self) -> bool {
        !self.0.is_empty() && self.0 != BEARER
    }
}

/// The session of all programs that send the token along.
const BEARER: &str = "bearer";

impl Guard {
    /// # Errors
    /// If the system has no random numbers.
    pub(crate) fn new(options: &Options) -> Result<Guard> {
        Ok(Guard {
            token: options.token.as_deref().map(Secret::of),
            is_local: options.is_local(),
            rate: options.rate.map(Rate::a_second),
            sign_ins: Rate::a_minute(SIGN_INS),
            sessions: Sessions::default(),
            forms: Secret::of(&new_token()?),
        })
    }

    /// What a form of this session carries, so that no other site can send it.
    pub(crate) fn form_key(&self, session: &Session) -> String {
        self.forms.sign(&session.0)
    }

    /// Whether a form came from a page of this session.
    ///
    /// # Errors
    /// If not.
    pub(crate) fn check_form(
        &self,
        session: &Session,
        key: Option<&str>,
    ) -> std::result::Result<(), Problem> {
        let expected = Secret::of(&self.form_key(session));
        match key {
            Some(key) if expected.is(key) => Ok(()),
            _ => Err(Problem::forbidden(
                "This form is out of date. Load its page again, and send it once more.",
            )),
        }
    }

    /// Whether visitors have to sign in.
    pub(crate) fn has_token(&self) -> bool {
        self.token.is_some()
    }

    /// Signs in: a new session's cookie.
    ///
    /// # Errors
    /// If the token is wrong, or too many were tried.
    pub(crate) fn sign_in(
        &self,
        token: &str,
        from: IpAddr,
    ) -> std::result::Result<String, Problem> {
        if !self.sign_ins.allows(from) {
            return Err(Problem::too_many());
        }
        match &self.token {
            Some(expected) if expected.is(token) => {
                let id = new_token().map_err(|_| Problem::bug())?;
                self.sessions.begin(&id);
                Ok(cookie(&id, sessions::SECONDS))
            }
            _ => Err(Problem::forbidden("That is not the token that this desk was started with.")),
        }
    }

    /// Signs out: the cookie that ends the session in the browser.
    pub(crate) fn sign_out(&self, session: &Session) -> String {
        self.sessions.end(&session.0);
        cookie("", 0)
    }

    /// Whose request it is; `None`: a stranger's.
    fn session(&self, headers: &HeaderMap) -> Option<Session> {
        let Some(token) = &self.token else { return Some(Session::default()) };
        let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        if bearer
            .and_then(|value| value.strip_prefix("Bearer "))
            .is_some_and(|given| token.is(given))
        {
            return Some(Session(BEARER.to_owned()));
        }
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        let id = pairs.find_map(|(name, value)| (name == COOKIE_NAME).then_some(value))?;
        self.sessions.is_open(id).then(|| Session(id.to_owned()))
    }

    /// Whether the host that a request names is this desk. A name that some site had resolve to this machine
    /// would else make its pages this desk's own in the eyes of a browser.
    fn is_own_host(&self, headers: &HeaderMap) -> bool {
        if !self.is_local || self.has_token() {
            return true;
        }
        let host = headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let name = without_port(host);
        let address = name.trim_matches(['[', ']']).parse::<IpAddr>();
        name == "localhost" || address.is_ok_and(|address| address.is_loopback())
    }
}

/// The visitor whom the desk lets in, or why it does not.
pub(crate) async fn admit(
    State(shared): State<Arc<Shared>>,
    mut request: Request,
    next: Next,
) -> Response {
    let guard = &shared.guard;
    let headers = request.headers();
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
    if !guard.is_own_host(headers) {
        return Problem::forbidden("This desk answers to localhost only.").into_response();
    }
    if let (Some(rate), Some(peer)) = (&guard.rate, peer)
        && !rate.allows(peer)
    {
        return Problem::too_many().into_response();
    }
    if request.method() != Method::GET
        && request.method() != Method::HEAD
        && !is_own_origin(headers)
    {
        return Problem::forbidden("Another site sent this form.").into_response();
    }
    let path = request.uri().path();
    let is_public = path == "/sign-in" || path.starts_with("/assets/");
    let session = match guard.session(headers) {
        Some(session) => session,
        None if is_public => Session::default(),
        None => {
            let wants_page = headers.get("accept").and_then(|value| value.to_str().ok());
            return match wants_page.is_some_and(|accept| accept.contains("text/html")) {
                true => Redirect::to("/sign-in").into_response(),
                false => Problem::stranger().into_response(),
            };
        }
    };
    request.extensions_mut().insert(session);
    next.run(request).await
}

/// Whether a browser says that a page of this desk sent the request; programs say nothing.
fn is_own_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let from_own_site =
        text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let host = text(HOST.as_str()).unwrap_or_default();
    let from_own_origin = text(ORIGIN.as_str())
        .is_none_or(|origin| origin.split_once("://").is_some_and(|(_, origin)| origin == host));
    from_own_site && from_own_origin
}

fn cookie(value: &str, seconds: u64) -> String {
    format!("{COOKIE_NAME}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict")
}

/// The name of a host, brackets of an IPv6 address kept.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_its_own_host() {
        let guard = Guard::new(&Options::default()).unwrap();
        let cases = [
            ("localhost:80", true),
            ("localhost", true),
            ("[::1]:7070", true),
            ("[::1]", true),
            ("127.0.0.1:1", true),
            ("127.0.0.2:7070", true),
            ("desk.example:7070", false),
            ("localhost.example", false),
            ("192.168.0.1:7070", false),
            ("[2001:db8::1]:7070", false),
            ("", false),
        ];
        for (host, expected) in cases {
            let headers = HeaderMap::from_iter([(HOST, host.parse().unwrap())]);
            assert_eq!(guard.is_own_host(&headers), expected, "{host}");
        }
    }

    #[test]
    fn origins_of_other_sites_are_not_its_own() {
        let headers = |pairs: &[(&'static str, &str)]| -> HeaderMap {
            let pair = |&(name, value): &(&'static str, &str)| {
                (axum::http::HeaderName::from_static(name), value.parse().unwrap())
            };
            pairs.iter().map(pair).collect()
        };
        let host = ("host", "localhost:7070");
        let cases: &[(&[(&str, &str)], bool)] = &[
            (&[host], true),
            (&[host, ("origin", "http://localhost:7070")], true),
            (&[host, ("origin", "http://localhost:7071")], false),
            (&[host, ("origin", "null")], false),
            (&[host, ("origin", "https://evil.example")], false),
            (&[host, ("sec-fetch-site", "same-origin")], true),
            (&[host, ("sec-fetch-site", "same-site")], false),
            (&[host, ("sec-fetch-site", "cross-site"), ("origin", "http://localhost:7070")], false),
        ];
        for (pairs, expected) in cases {
            let pairs: Vec<(&'static str, &str)> = pairs.to_vec();
            assert_eq!(is_own_origin(&headers(&pairs)), *expected, "{pairs:?}");
        }
    }
}
