//! Sessions of those who signed in. They end with the server, or after half a day.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

/// How long a session lasts.
pub(super) const SECONDS: u64 = 12 * 60 * 60;

/// More than this many are of nobody's use; the oldest end.
const MAX: usize = 1000;

/// Hashes of the ids of open sessions, and when each began. Found by hash, so that the time it takes tells
/// nothing of the ids.
#[derive(Default)]
pub(super) struct Sessions(Mutex<BTreeMap<[u8; 32], Instant>>);

impl Sessions {
    pub(super) fn begin(&self, id: &str) {
        let mut open = self.0.lock().expect("nothing panics while it is held");
        open.retain(|_, began| began.elapsed() < Duration::from_secs(SECONDS));
        if open.len() >= MAX
            && let Some(oldest) = open.iter().min_by_key(|(_, began)| **began).map(|(key, _)| *key)
        {
            open.remove(&oldest);
        }
        open.insert(key(id), Instant::now());
    }

    pub(super) fn is_open(&self, id: &str) -> bool {
        let open = self.0.lock().expect("nothing panics while it is held");
        open.get(&key(id)).is_some_and(|began| began.elapsed() < Duration::from_secs(SECONDS))
    }

    pub(super) fn end(&self, id: &str) {
        self.0.lock().expect("nothing panics while it is held").remove(&key(id));
    }
}

fn key(id: &str) -> [u8; 32] {
    Sha256::digest(id.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_begin_and_end() {
        let sessions = Sessions::default();
        sessions.begin("one");
        assert!(sessions.is_open("one"));
        assert!(!sessions.is_open("other"));
        sessions.end("one");
        assert!(!sessions.is_open("one"));
    }

    #[test]
    fn there_are_never_too_many() {
        let sessions = Sessions::default();
        (0..MAX + 10).for_each(|n| sessions.begin(&n.to_string()));
        assert_eq!(sessions.0.lock().unwrap().len(), MAX);
        assert!(!sessions.is_open("0"));
        assert!(sessions.is_open(&(MAX + 9).to_string()));
    }
}
