//! Connections to the record, for reading. Questions block, so that each runs on a thread of its own; there are
//! no more of them at a time than connections.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use onrecord_store::{Names, Store};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::desk::SharedNames;
use crate::error::Result;
use crate::options::Options;
use crate::problem::Problem;

/// A record with a few connections to it.
pub(crate) struct Records(Arc<Inner>);

struct Inner {
    path: PathBuf,
    names: SharedNames,
    idle: Mutex<Vec<Store>>,
    question_time: Duration,
    free: Arc<Semaphore>,
}

impl Records {
    /// Opens all connections: what keeps one from being opened is said before anybody asks.
    ///
    /// # Errors
    /// If one cannot be opened.
    pub(crate) fn new(path: PathBuf, names: SharedNames, options: &Options) -> Result<Records> {
        let n = options.readers.get();
        let idle =
            (0..n).map(|_| Store::open_to_read(&path)).collect::<std::result::Result<_, _>>()?;
        let (idle, free) = (Mutex::new(idle), Arc::new(Semaphore::new(n)));
        let question_time = options.question_time;
        Ok(Records(Arc::new(Inner { path, names, idle, question_time, free })))
    }

    /// Asks a question on a thread where it may block.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Store, &dyn Names) -> std::result::Result<T, Problem> + Send + 'static,
    ) -> std::result::Result<T, Problem> {
        let inner = Arc::clone(&self.0);
        let permit = Arc::clone(&inner.free).acquire_owned().await;
        let permit = permit.expect("the semaphore is never closed");
        let asked = spawn_blocking(move || {
            let idle = || inner.idle.lock().expect("nothing panics while it is held");
            let next = idle().pop();
            let mut store = match next {
                Some(store) => store,
                // A question that ended in a bug took its connection along.
                None => Store::open_to_read(&inner.path)?,
            };
            store.give_up_at(Some(Instant::now() + inner.question_time))?;
            let answer = question(&store, inner.names.as_ref());
            idle().push(store);
            drop(permit);
            answer
        });
        asked.await.unwrap_or_else(|_| Err(Problem::bug()))
    }
}
