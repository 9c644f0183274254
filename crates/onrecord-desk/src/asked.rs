//! A request, as pages see it.

use axum::extract::Request;
use axum::http::header::ACCEPT;
use jiff::civil::Date;
use onrecord_record::Form;
use onrecord_store::{Filter, Names, Somebody, Store};

use crate::desk::Shared;
use crate::guard::Session;
use crate::look::kind_and_country;
use crate::medium::Medium;
use crate::problem::{Choice, Problem};
use crate::query::Query;

/// Rows of a page, unless the query says how many.
const N_ROWS: u32 = 25;

/// The most rows of a page, and of the same for programs.
const MAX_ROWS: u32 = 200;
const MAX_ROWS_OF_PROGRAMS: u32 = 1000;

/// Who is suggested for a name that is nobody's.
const N_SUGGESTED: u32 = 12;

/// What a page is asked for.
pub(crate) struct Asked {
    /// Its path, without the ending of a medium.
    pub(crate) path: String,
    /// What stands after the `?`.
    pub(crate) query: Query,
    /// The form that it is wanted in.
    pub(crate) medium: Medium,
    /// Scheme and host by which the visitor knows this desk.
    pub(crate) origin: String,
    /// What forms that write carry.
    pub(crate) form_key: String,
    /// Whether the visitor signed in, and can sign out.
    pub(crate) is_signed_in: bool,
}

/// The form in which a request wants its answer, of those that there are.
pub(crate) fn medium_of(request: &Request, of: &[Medium]) -> Medium {
    let (_, medium) = Medium::of_path(request.uri().path());
    let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok());
    medium.unwrap_or_else(|| Medium::accepted(accept.unwrap_or_default(), of))
}

impl Asked {
    /// Reads a request.
    pub(crate) fn of(request: &Request, medium: Medium, shared: &Shared) -> Asked {
        let uri = request.uri();
        let session = request.extensions().get::<Session>();
        let host = request.headers().get("host").and_then(|host| host.to_str().ok());
        Asked {
            path: Medium::of_path(uri.path()).0.to_owned(),
            query: Query::parse(uri.query().unwrap_or_default()),
            medium,
            origin: format!("http://{}", host.unwrap_or("localhost")),
            form_key: session.map(|session| shared.guard.form_key(session)).unwrap_or_default(),
            is_signed_in: session.is_some_and(Session::is_signed_in),
        }
    }

    /// All that an answer depends on but the record: not on who asks.
    pub(crate) fn question(&self) -> String {
        format!("{} {}{}", self.origin, self.medium.ending(), self.query.at(&self.path))
    }

    /// The last part of the path: the number or the hash of what a page is about.
    pub(crate) fn id(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// This page with another query.
    pub(crate) fn here(&self, query: &Query) -> String {
        query.at(&self.path)
    }

    /// This page in another medium.
    pub(crate) fn as_medium(&self, medium: Medium) -> String {
        let path = match self.path.as_str() {
            "/" => "/search",
            path => path,
        };
        self.query.at(&format!("{path}{}", medium.ending()))
    }

    /// Whoever a name in the query stands for.
    ///
    /// # Errors
    /// If it is nobody, or one of several: then with those that it may be.
    pub(crate) fn somebody(
        &self,
        parameter: &'static str,
        store: &Store,
        names: &dyn Names,
    ) -> Result<Option<Somebody>, Problem> {
        let Some(name) = self.query.get(parameter) else { return Ok(None) };
        match store.somebody(&numbered(name).unwrap_or_else(|| name.to_owned()), names) {
            Ok(somebody) => Ok(Some(somebody)),
            Err(error) if error.is_unknown_name() || error.is_ambiguous_name() => {
                let choices = match error.candidates() {
                    [] => store
                        .suggest(name, N_SUGGESTED)?
                        .iter()
                        .map(|one| Choice {
                            parameter,
                            value: one.number(),
                            label: format!("{} ({})", one.name, kind_and_country(one)),
                        })
                        .collect(),
                    several => several
                        .iter()
                        .map(|one| Choice {
                            parameter,
                            value: one.id.clone(),
                            label: one.description.clone(),
                        })
                        .collect(),
                };
                Err(Problem::who(name, error.is_ambiguous_name(), choices))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// What the query narrows an answer to, but for the actors in it.
    ///
    /// # Errors
    /// If a value is none of its kind.
    pub(crate) fn filter(&self) -> Result<Filter, Problem> {
        let form = self.query.get("form").map(|form| {
            let unknown = || Problem::unclear("A form is direct, indirect or mixed.");
            Form::from_code(form).ok_or_else(unknown)
        });
        let text = |name: &str| self.query.get(name).map(str::to_owned);
        Ok(Filter {
            words: text("words"),
            since: self.day("since", Date::first_of_month)?,
            until: self.day("until", Date::last_of_month)?,
            form: form.transpose()?,
            outlet: text("outlet"),
            capacity: text("capacity"),
            skip: self.number("skip", u32::MAX)?.unwrap_or(0),
            limit: Some(self.n_rows()?),
            ..Filter::default()
        })
    }

    /// How many rows are wanted.
    ///
    /// # Errors
    /// If that is no number.
    pub(crate) fn n_rows(&self) -> Result<u32, Problem> {
        let max = match self.medium {
            Medium::Html => MAX_ROWS,
            _ => MAX_ROWS_OF_PROGRAMS,
        };
        Ok(self.number("limit", max)?.unwrap_or(N_ROWS))
    }

    /// A day, or the first or last one of a month.
    fn day(&self, name: &str, of_month: fn(Date) -> Date) -> Result<Option<Date>, Problem> {
        let Some(day) = self.query.get(name) else { return Ok(None) };
        let unclear = || Problem::no_day(day);
        let is_month = day.len() == 7;
        let written = if is_month { format!("{day}-01") } else { day.to_owned() };
        let date: Date = written.parse().map_err(|_| unclear())?;
        // The parser takes other notations too, and drops a time of day.
        if date.to_string() != written {
            return Err(unclear());
        }
        Ok(Some(if is_month { of_month(date) } else { date }))
    }

    /// A number, at most `max`.
    ///
    /// # Errors
    /// If the value is none.
    pub(crate) fn number(&self, name: &str, max: u32) -> Result<Option<u32>, Problem> {
        let Some(number) = self.query.get(name) else { return Ok(None) };
        let unclear = |_| Problem::unclear(format!("“{number}” is no number: {name} wants one."));
        Ok(Some(number.parse::<u32>().map_err(unclear)?.min(max)))
    }
}

/// The number of an actor in `Rasim Musabayov #23`, as this desk's own fields have it.
fn numbered(name: &str) -> Option<String> {
    let (_, number) = name.rsplit_once('#')?;
    number.parse::<i64>().ok().map(|number| format!("#{number}"))
}
