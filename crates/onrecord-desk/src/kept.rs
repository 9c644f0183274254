//! Answers that are kept until the record changes: analysts come back to the same pages, and many open them at
//! the same time.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use crate::look::Sheet;

/// Bytes that are kept.
const MAX_BYTES: usize = 32 << 20;

/// A larger answer is asked for too seldom to be kept.
const MAX_ANSWER: usize = 2 << 20;

/// A file that was written this short a time ago may be written again without a later time.
const UNSETTLED: Duration = Duration::from_millis(100);

/// An answer in one of its forms.
#[derive(Debug)]
pub(crate) enum Body {
    /// A page without its frame, which differs between visitors.
    Page(Sheet),
    /// All of it.
    Whole(String),
}

/// Answers, and the state of the record that they hold for.
pub(crate) struct Kept {
    record: PathBuf,
    log: PathBuf,
    answers: Mutex<Answers>,
}

/// How the record's files were found: their lengths, and when they were written last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp([Option<(u64, SystemTime)>; 2]);

#[derive(Default)]
struct Answers {
    stamp: Option<Stamp>,
    by_question: BTreeMap<String, (u64, Arc<Body>)>,
    n_bytes: usize,
    /// Counts uses, to tell which are the oldest.
    clock: u64,
}

impl Kept {
    pub(crate) fn new(record: &Path) -> Kept {
        let mut log = record.as_os_str().to_owned();
        log.push("-wal");
        Kept { record: record.to_owned(), log: log.into(), answers: Mutex::default() }
    }

    /// The state of the record.
    pub(crate) fn stamp(&self) -> Stamp {
        let found = |metadata: Metadata| Some((metadata.len(), metadata.modified().ok()?));
        Stamp([&self.record, &self.log].map(|path| path.metadata().ok().and_then(found)))
    }

    /// The answer to a question, if it was asked since the record was written last.
    pub(crate) fn get(&self, question: &str, stamp: Stamp) -> Option<Arc<Body>> {
        let mut answers = self.answers.lock().expect("nothing panics while it is held");
        if answers.stamp != Some(stamp) {
            return None;
        }
        answers.clock += 1;
        let clock = answers.clock;
        let (used, body) = answers.by_question.get_mut(question)?;
        *used = clock;
        Some(Arc::clone(body))
    }

    /// Keeps an answer for the state that the record had before the question was asked.
    pub(crate) fn keep(&self, question: String, stamp: Stamp, body: &Arc<Body>) {
        if body.len() > MAX_ANSWER || stamp.is_unsettled() {
            return;
        }
        let mut answers = self.answers.lock().expect("nothing panics while it is held");
        if answers.stamp != Some(stamp) {
            *answers = Answers { stamp: Some(stamp), ..Answers::default() };
        }
        answers.clock += 1;
        let clock = answers.clock;
        answers.n_bytes += question.len() + body.len();
        let old = answers.by_question.insert(question.clone(), (clock, Arc::clone(body)));
        answers.n_bytes -= old.map_or(0, |(_, body)| question.len() + body.len());
        while answers.n_bytes > MAX_BYTES {
            let oldest = answers.by_question.iter().min_by_key(|(_, (used, _))| *used);
            let Some(oldest) = oldest.map(|(question, _)| question.clone()) else { return };
            let removed = answers.by_question.remove(&oldest);
            answers.n_bytes -= removed.map_or(0, |(_, body)| oldest.len() + body.len());
        }
    }
}

impl Stamp {
    fn is_unsettled(&self) -> bool {
        let now = SystemTime::now();
        let age = |written: SystemTime| now.duration_since(written).unwrap_or_default();
        self.0.iter().flatten().any(|(_, written)| age(*written) < UNSETTLED)
    }
}

impl Body {
    fn len(&self) -> usize {
        match self {
            Body::Page(sheet) => sheet.title.len() + sheet.body.0.len(),
            Body::Whole(body) => body.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Arc<Body> {
        Arc::new(Body::Whole(text.to_owned()))
    }

    /// A record that was written long ago.
    fn settled(len: u64) -> Stamp {
        Stamp([Some((len, SystemTime::UNIX_EPOCH)), None])
    }

    #[test]
    fn an_answer_is_kept_until_the_record_changes() {
        let kept = Kept::new(Path::new("/nowhere/my.db"));
        kept.keep("/a".to_owned(), settled(1), &whole("one"));
        assert!(kept.get("/a", settled(1)).is_some());
        assert!(kept.get("/b", settled(1)).is_none());
        assert!(kept.get("/a", settled(2)).is_none());
        kept.keep("/a".to_owned(), settled(2), &whole("two"));
        assert!(kept.get("/a", settled(1)).is_none());
        let body = kept.get("/a", settled(2)).expect("it is kept");
        assert!(matches!(&*body, Body::Whole(body) if body == "two"));
    }

    #[test]
    fn what_was_written_just_now_is_not_relied_on() {
        let kept = Kept::new(Path::new("/nowhere/my.db"));
        let now = Stamp([Some((1, SystemTime::now())), None]);
        kept.keep("/a".to_owned(), now, &whole("one"));
        assert!(kept.get("/a", now).is_none());
    }

    #[test]
    fn those_used_last_stay() {
        let kept = Kept::new(Path::new("/nowhere/my.db"));
        let large = whole(&"x".repeat(MAX_ANSWER - 10));
        for n in 0..20 {
            kept.keep(format!("/{n}"), settled(1), &large);
            kept.get("/0", settled(1));
        }
        let n_kept = (0..20).filter(|n| kept.get(&format!("/{n}"), settled(1)).is_some()).count();
        assert!((10..=16).contains(&n_kept), "{n_kept}");
        assert!(kept.get("/0", settled(1)).is_some() && kept.get("/19", settled(1)).is_some());
        assert!(kept.get("/1", settled(1)).is_none());
    }
}
