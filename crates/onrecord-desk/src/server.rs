//! Connections. `axum::serve` knows no time limit for the head of a request, so that a few thousand clients
//! that never finish theirs would hold every connection there is.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower_service::Service;

use crate::options::Options;

/// The address that a request came from.
#[derive(Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// A connection ends after this time, with the request that it is at: whoever reads an answer a byte a
/// second holds it no longer.
const LIFETIME: Duration = Duration::from_secs(300);

/// For the request that it is at when it has to end.
const GRACE: Duration = Duration::from_secs(10);

/// The largest head of a request.
const MAX_HEAD: usize = 32 << 10;

/// Serves connections until `stop`.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    options: &Options,
    stop: impl Future<Output = ()>,
) {
    let mut stop = pin!(stop);
    let (ending, is_ending) = watch::channel(false);
    let free = Arc::new(Semaphore::new(options.max_connections));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(options.head_time).max_buf_size(MAX_HEAD);
    loop {
        let permit = Arc::clone(&free).acquire_owned();
        let accepted = async {
            let permit = permit.await.expect("the semaphore is never closed");
            (listener.accept().await, permit)
        };
        let (accepted, permit) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, address)) = accepted else {
            // Out of file handles: some will be free again soon.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (builder, router, mut is_ending) = (builder.clone(), router.clone(), is_ending.clone());
        tokio::spawn(async move {
            answer(&builder, stream, address, router, &mut is_ending).await;
            drop(permit);
        });
    }
    drop(listener);
    // Nobody listens if there is no connection.
    let _ = ending.send(true);
    let all = u32::try_from(options.max_connections).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(GRACE, free.acquire_many(all)).await;
}

async fn answer(
    builder: &http1::Builder,
    stream: TcpStream,
    address: SocketAddr,
    router: Router,
    is_ending: &mut watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(address));
        let mut router = router.clone();
        async move { router.call(request.map(Body::new)).await }
    });
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        // A connection that breaks is its client's business.
        _ = connection.as_mut() => return,
        () = tokio::time::sleep(LIFETIME) => {}
        _ = is_ending.wait_for(|is_ending| *is_ending) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = tokio::time::timeout(GRACE, connection).await;
}
