//! Follows feeds.

use onrecord_intake::{Entry, feed};

use crate::client::Client;
use crate::error::{Error, Kind};
use crate::state::FeedState;

/// Looks at a feed. Returns the entries that are not in `state`, in the order of the feed, and what
/// has been seen now; a caller keeps that once it is done with the entries.
///
/// # Errors
/// If the feed cannot be fetched, or is none.
pub fn look(
    client: &Client,
    url: &str,
    state: &FeedState,
) -> Result<(Vec<Entry>, FeedState), Error> {
    let Some(response) = client.get(url, &state.known)? else {
        return Ok((Vec::new(), state.clone()));
    };
    let found = feed(&response.content()?);
    let entries = found.map_err(|error| Error::new(Kind::Transfer(error.to_string())))?.entries;
    let id = |entry: &Entry| entry.id.clone().or_else(|| entry.title.clone()).unwrap_or_default();
    let seen: Vec<String> = entries.iter().map(id).collect();
    let is_new = |entry: &Entry| !state.seen.contains(&id(entry));
    let new = entries.into_iter().filter(is_new).collect();
    Ok((new, FeedState { known: response.known(), seen }))
}
