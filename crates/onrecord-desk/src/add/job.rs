//! What was given to be added, and how far it has come.

use std::sync::Mutex;

use onrecord_record::Article;
use serde_json::{Value, json};

/// Results that are kept of a job; there may be thousands in an archive.
const MAX_STEPS: usize = 200;

/// What articles are made of.
pub(crate) enum Given {
    /// Text that was pasted, with what was said of it.
    Text(Box<Article>),
    /// A file of any kind that is read.
    File { name: String, bytes: Vec<u8> },
    /// The address of a page, a feed or a file.
    Url(String),
}

impl Given {
    /// What it is called.
    pub(crate) fn name(&self) -> &str {
        match self {
            Given::Text(article) => article.title.as_deref().unwrap_or("the text"),
            Given::File { name, .. } => name,
            Given::Url(url) => url,
        }
    }
}

/// Things that were given to be added together.
pub(crate) struct Job {
    pub(crate) id: String,
    state: Mutex<State>,
}

/// How far a job has come.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// What it is at.
    pub(crate) at: Option<String>,
    /// Things that were given, and those that are done.
    pub(crate) n_given: usize,
    pub(crate) n_done: usize,
    /// What came of it, the latest last.
    pub(crate) steps: Vec<Step>,
    pub(crate) n_added: u64,
    pub(crate) n_statements: u64,
    pub(crate) n_known: u64,
    pub(crate) n_failed: u64,
    pub(crate) is_over: bool,
}

/// What came of an article.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) outcome: Outcome,
}

#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// It is in the record, with this hash.
    Added { hash: String, n_statements: usize },
    /// It was there before.
    Known { hash: String },
    /// It could not be read.
    Failed(String),
}

impl Job {
    pub(crate) fn new(id: String, n_given: usize) -> Job {
        Job { id, state: Mutex::new(State { n_given, ..State::default() }) }
    }

    /// How far it has come.
    pub(crate) fn state(&self) -> State {
        self.state.lock().expect("nothing panics while it is held").clone()
    }

    pub(super) fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().expect("nothing panics while it is held"));
    }

    /// Notes down what came of an article.
    pub(super) fn step(&self, name: String, outcome: Outcome) {
        self.change(|state| {
            match &outcome {
                Outcome::Added { n_statements, .. } => {
                    state.n_added += 1;
                    state.n_statements += *n_statements as u64;
                }
                Outcome::Known { .. } => state.n_known += 1,
                Outcome::Failed(_) => state.n_failed += 1,
            }
            if state.steps.len() == MAX_STEPS {
                state.steps.remove(0);
            }
            state.steps.push(Step { name, outcome });
        });
    }
}

impl State {
    pub(crate) fn json(&self) -> Value {
        let step = |step: &Step| match &step.outcome {
            Outcome::Added { hash, n_statements } => {
                json!({ "name": step.name, "article": hash, "statements": n_statements })
            }
            Outcome::Known { hash } => json!({ "name": step.name, "article": hash, "known": true }),
            Outcome::Failed(why) => json!({ "name": step.name, "error": why }),
        };
        json!({
            "over": self.is_over,
            "at": self.at,
            "given": self.n_given,
            "done": self.n_done,
            "added": self.n_added,
            "statements": self.n_statements,
            "known": self.n_known,
            "failed": self.n_failed,
            "steps": self.steps.iter().map(step).collect::<Vec<_>>(),
        })
    }
}
