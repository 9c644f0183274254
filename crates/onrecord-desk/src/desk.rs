//! The desk itself: a record that is open, and the server in front of it.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use onrecord_store::{Names, Store};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::add::Adding;
use crate::error::{Error, Kind, Result};
use crate::guard::Guard;
use crate::kept::Kept;
use crate::options::Options;
use crate::records::Records;
use crate::{routes, server};

/// Further names, as every thread of the desk may ask for them.
pub type SharedNames = Arc<dyn Names + Send + Sync>;

/// A desk that listens and is not yet served.
pub struct Desk {
    listener: std::net::TcpListener,
    shared: Arc<Shared>,
    options: Options,
    stop: Arc<Notify>,
}

/// Ends a desk that is served, from any thread.
#[derive(Clone)]
pub struct Stop(Arc<Notify>);

/// What all requests share.
pub(crate) struct Shared {
    pub(crate) records: Records,
    pub(crate) kept: Kept,
    pub(crate) adding: Adding,
    pub(crate) guard: Guard,
    pub(crate) max_body: usize,
}

impl Desk {
    /// Opens a record, makes it if there is none, and listens. `names` gives further names for those that
    /// visitors type.
    ///
    /// # Errors
    /// If the record cannot be opened, the address cannot be listened on, or others could reach it
    /// and there is no token.
    pub fn open(record: &Path, names: SharedNames, options: Options) -> Result<Desk> {
        if !options.is_guarded() {
            return Err(Error::new(Kind::NoToken(options.address)));
        }
        // Brings an older file up to date, so that readers need not.
        drop(Store::open(record)?);
        let address = options.address;
        let listen = || {
            let listener = std::net::TcpListener::bind(address)?;
            listener.set_nonblocking(true)?;
            Ok(listener)
        };
        let listener = listen().map_err(|error| Error::new(Kind::Address { address, error }))?;
        let shared = Shared {
            records: Records::new(record.to_owned(), names, &options)?,
            kept: Kept::new(record),
            adding: Adding::new(record.to_owned(), options.allow_private),
            guard: Guard::new(&options)?,
            max_body: options.max_body,
        };
        Ok(Desk { listener, shared: Arc::new(shared), options, stop: Arc::default() })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.listener.local_addr().unwrap_or(self.options.address)
    }

    /// What ends it.
    pub fn stop(&self) -> Stop {
        Stop(Arc::clone(&self.stop))
    }

    /// Answers requests until it is stopped, or the process is asked to end.
    ///
    /// # Errors
    /// If the server cannot be started.
    pub fn serve(self) -> Result<()> {
        let failed = |error| Error::new(Kind::Runtime(error));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            // A question holds one; those that wait for a reader hold none.
            .max_blocking_threads(self.options.readers.get() + 4)
            .build()
            .map_err(failed)?;
        runtime.block_on(async {
            let listener = TcpListener::from_std(self.listener).map_err(failed)?;
            let router = routes::router(Arc::clone(&self.shared), &self.options);
            let stop = async {
                tokio::select! {
                    () = self.stop.notified() => {}
                    () = asked_to_end() => {}
                }
            };
            server::serve(listener, router, &self.options, stop).await;
            Ok(())
        })
    }
}

/// Waits until the process is asked to end: by a person at its terminal, or by what supervises it.
async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

impl Stop {
    /// Ends it: what is being answered is answered, nothing more is.
    pub fn stop(&self) {
        self.0.notify_one();
    }
}
