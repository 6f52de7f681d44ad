//! The cores on loopback: plain HTTP/1, one core behind one or several addresses.
//!
//! The core is locked only while it answers; sockets, bodies, fetches and the latency of a network
//! stay outside. What a core wants to fetch is really fetched, from loopback only: a simulator
//! that was handed a real address must not touch it. An answer that a fault swallows ends the
//! connection without a byte, as a broken network would.

mod body;
mod fetch;
pub mod push;

use crate::faults::{Answer, Faulty};
use crate::http::{InstantMs, Request, Response, Vendor};
use body::Outgoing;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// The largest request body.
const MAX_BODY: usize = 20 * 1024 * 1024;

/// A core behind its lock, as servers and tests share it.
pub type Shared<V> = Arc<Mutex<Faulty<V>>>;

/// An address that is taken but not served yet, so that a core can be told its origins first.
pub struct Bound {
    listener: TcpListener,
    origin: String,
}

impl Bound {
    /// Takes a loopback address; port 0 is any free one.
    pub async fn bind(address: SocketAddr) -> io::Result<Self> {
        if !address.ip().is_loopback() {
            let message = format!("a simulator listens on loopback only, not on {address}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let listener = TcpListener::bind(address).await?;
        let origin = format!("http://{}", listener.local_addr()?);
        Ok(Self { listener, origin })
    }

    /// Scheme, host and port, such as `http://127.0.0.1:4010`.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// A served core. Dropping it ends the service and its connections.
pub struct Running {
    /// Where it is served, in the order of the addresses.
    pub origins: Vec<String>,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Ends the service and waits until nothing is left of it.
    pub async fn stop(mut self) {
        for task in self.tasks.drain(..) {
            task.abort();
            // The task ends by being aborted: there is nothing else to learn from it.
            drop(task.await);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// What time a served core is told.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The real one.
    Real,
    /// One that a test moves: milliseconds since 1970.
    Moved(Arc<AtomicU64>),
}

impl Clock {
    /// Milliseconds since 1970.
    pub fn now(&self) -> InstantMs {
        match self {
            Self::Real => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH);
                since.map_or(0, |since| since.as_millis() as u64)
            }
            Self::Moved(at) => at.load(Ordering::SeqCst),
        }
    }

    /// Lets time pass: a clock that a test moves is moved, and nobody waits.
    async fn pass(&self, duration: Duration) {
        match self {
            _ if duration.is_zero() => {}
            Self::Real => tokio::time::sleep(duration).await,
            Self::Moved(at) => {
                at.fetch_add(duration.as_millis() as u64, Ordering::SeqCst);
            }
        }
    }
}

/// A core with what its connections need besides.
struct Service<V> {
    core: Shared<V>,
    latency: Duration,
    clock: Clock,
}

impl<V> Clone for Service<V> {
    fn clone(&self) -> Self {
        Self { core: Arc::clone(&self.core), latency: self.latency, clock: self.clock.clone() }
    }
}

/// Serves a core at these addresses; every answer takes at least `latency`.
pub fn serve<V>(core: &Shared<V>, bound: Vec<Bound>, latency: Duration) -> Running
where
    V: Vendor + 'static,
{
    serve_by(core, bound, latency, Clock::Real)
}

/// The same by another clock.
pub fn serve_by<V>(core: &Shared<V>, bound: Vec<Bound>, latency: Duration, clock: Clock) -> Running
where
    V: Vendor + 'static,
{
    let service = Service { core: Arc::clone(core), latency, clock };
    let origins = bound.iter().map(|bound| bound.origin.clone()).collect();
    let accept = |bound| tokio::spawn(accept(service.clone(), bound));
    let mut tasks: Vec<_> = bound.into_iter().map(accept).collect();
    tasks.push(tokio::spawn(fetch::serve(service)));
    Running { origins, tasks }
}

/// Locks a core. A panic of one request must not stop the others.
pub fn lock<V>(core: &Shared<V>) -> std::sync::MutexGuard<'_, Faulty<V>> {
    core.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept<V: Vendor + 'static>(service: Service<V>, bound: Bound) {
    // Connections belong to this set, so that they end with the service.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = bound.listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(converse(service.clone(), bound.origin.clone(), stream));
                }
                // Out of file handles, most likely: the ones in use will be given back.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn converse<V: Vendor + 'static>(service: Service<V>, origin: String, stream: TcpStream) {
    let answering = service_fn(|request| answer(&service, &origin, request));
    let served = hyper::server::conn::http1::Builder::new();
    // A client that goes away, and an answer lost on purpose, end here: neither is an error of
    // the server.
    drop(served.serve_connection(TokioIo::new(stream), answering).await);
}

async fn answer<V: Vendor>(
    service: &Service<V>,
    origin: &str,
    request: hyper::Request<Incoming>,
) -> io::Result<hyper::Response<Outgoing>> {
    let (head, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MAX_BODY).collect().await else {
        return whole(Response::new(413, "text/plain", "The body is too large or ended early."));
    };
    let request = Request {
        method: head.method.as_str().to_owned(),
        origin: origin.to_owned(),
        target: head.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned(),
        headers: headers(&head.headers),
        body: body.to_bytes().into(),
    };
    service.clock.pass(service.latency).await;
    let answer = lock(&service.core).handle(service.clock.now(), &request);
    match answer {
        Answer::Response(response) => whole(response),
        Answer::Late(response, ms) => {
            service.clock.pass(Duration::from_millis(ms)).await;
            whole(response)
        }
        Answer::Broken(response) => render(response, Outgoing::broken),
        Answer::Flood(response, length) => render(response, |bytes| Outgoing::flood(bytes, length)),
        // hyper closes the connection on an error, before it has written anything.
        Answer::Lost => Err(io::Error::other("the answer is lost on purpose")),
    }
}

fn whole(response: Response) -> io::Result<hyper::Response<Outgoing>> {
    render(response, Outgoing::whole)
}

fn render(
    response: Response,
    body: impl FnOnce(Vec<u8>) -> Outgoing,
) -> io::Result<hyper::Response<Outgoing>> {
    let mut builder = hyper::Response::builder().status(response.status);
    for (name, value) in response.headers {
        builder = builder.header(name, value);
    }
    builder.body(body(response.body)).map_err(io::Error::other)
}

/// Names come in lower case; values that are no text are read as far as they are.
fn headers(headers: &hyper::HeaderMap) -> Vec<(String, String)> {
    let text =
        |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

#[cfg(test)]
mod tests;
