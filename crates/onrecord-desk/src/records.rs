//! Connections to the record, for reading. Questions block, so that each runs on a thread of its own; there are
//! no more of them at a time than connections.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use onrecord_store::{Names, Store};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::desk::SharedNames;
use crate::problem::Problem;

/// A record with a few connections to it.
pub(crate) struct Records(Arc<Inner>);

struct Inner {
    path: PathBuf,
    names: SharedNames,
    idle: Mutex<Vec<Store>>,
    free: Arc<Semaphore>,
}

impl Records {
    pub(crate) fn new(path: PathBuf, names: SharedNames, n: NonZero<usize>) -> Records {
        let free = Arc::new(Semaphore::new(n.get()));
        Records(Arc::new(Inner { path, names, idle: Mutex::default(), free }))
    }

    /// Asks a question on a thread where it may block.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Store, &dyn Names) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let inner = Arc::clone(&self.0);
        let permit = Arc::clone(&inner.free).acquire_owned().await;
        let permit = permit.expect("the semaphore is never closed");
        let asked = spawn_blocking(move || {
            let idle = || inner.idle.lock().expect("nothing panics while it is held");
            let next = idle().pop();
            let store = match next {
                Some(store) => store,
                None => Store::open_to_read(&inner.path)?,
            };
            let answer = question(&store, inner.names.as_ref());
            idle().push(store);
            drop(permit);
            answer
        });
        asked.await.unwrap_or_else(|_| Err(Problem::bug()))
    }
}
