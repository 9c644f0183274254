//! Many pages, of several hosts at the same time.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::client::{Client, Known, Response, parse};
use crate::error::{Error, Kind};

/// So many answers are kept at most while an earlier page is waited for, per thread.
const MAX_AHEAD: usize = 4;

/// Fetches pages, one at a time of each host and several hosts at the same time; the answers come
/// in the order of the addresses.
///
/// So many answers are held in memory as four times the threads.
pub struct Fetches {
    shared: Arc<Shared>,
    n_urls: usize,
    next: usize,
}

struct Shared {
    client: Client,
    n_ahead: usize,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    /// Not yet begun, by their places.
    left: BTreeMap<usize, Job>,
    /// Hosts that are being asked.
    busy: BTreeSet<String>,
    answers: BTreeMap<usize, Result<Response, Error>>,
    /// The first place whose answer was not yet taken.
    next: usize,
    is_over: bool,
}

#[derive(Clone)]
struct Job {
    url: String,
    host: String,
}

impl Fetches {
    /// Begins to fetch, on so many threads, which is how many hosts are asked at the same time.
    pub fn new(client: Client, urls: &[String], n_threads: usize) -> Fetches {
        let job = |url: &String| Job { url: url.clone(), host: host(url) };
        let left: BTreeMap<usize, Job> = urls.iter().map(job).enumerate().collect();
        let n_threads = n_threads.clamp(1, urls.len().max(1));
        let state = State {
            left,
            busy: BTreeSet::new(),
            answers: BTreeMap::new(),
            next: 0,
            is_over: false,
        };
        let shared = Arc::new(Shared {
            client,
            n_ahead: MAX_AHEAD * n_threads,
            state: Mutex::new(state),
            changed: Condvar::new(),
        });
        for _ in 0..n_threads {
            let shared = Arc::clone(&shared);
            thread::spawn(move || shared.work());
        }
        Fetches { shared, n_urls: urls.len(), next: 0 }
    }
}

impl Iterator for Fetches {
    type Item = Result<Response, Error>;

    fn next(&mut self) -> Option<Result<Response, Error>> {
        if self.next == self.n_urls {
            return None;
        }
        let mut state = self.shared.lock();
        let answer = loop {
            match state.answers.remove(&self.next) {
                Some(answer) => break answer,
                None => state = self.shared.wait(state),
            }
        };
        self.next += 1;
        state.next = self.next;
        self.shared.changed.notify_all();
        Some(answer)
    }
}

impl Drop for Fetches {
    fn drop(&mut self) {
        self.shared.lock().is_over = true;
        self.shared.changed.notify_all();
    }
}

impl Shared {
    /// Fetches one page after the other until none is left.
    fn work(&self) {
        let mut state = self.lock();
        loop {
            if state.is_over || state.left.is_empty() {
                return;
            }
            // The first place that is not taken is always within reach, so that nobody waits in vain.
            let reach = state.next + self.n_ahead;
            let free = state.left.range(..reach).find(|(_, job)| !state.busy.contains(&job.host));
            let Some(idx) = free.map(|(&idx, _)| idx) else {
                state = self.wait(state);
                continue;
            };
            let Job { url, host } = state.left.remove(&idx).expect("it was just found there");
            state.busy.insert(host.clone());
            drop(state);
            // A thread that ended early would leave its page waited for, for ever.
            let answer =
                catch_unwind(AssertUnwindSafe(|| self.client.get(&url, &Known::default())));
            let answer = match answer {
                Ok(Ok(response)) => {
                    Ok(response.expect("nothing was known that could be unchanged"))
                }
                Ok(Err(error)) => Err(error),
                Err(_) => Err(Error::new(Kind::Transfer("the client stopped".to_owned()))),
            };
            state = self.lock();
            state.busy.remove(&host);
            state.answers.insert(idx, answer);
            self.changed.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Each change of the state is whole before anything can panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is asked one thing at a time. Redirects may lead to another host: the client knows it too.
fn host(url: &str) -> String {
    parse(url).map_or_else(|_| url.to_owned(), |url| url.origin().ascii_serialization())
}
