//! Resolving a name, checking what it resolves to, and connecting to exactly that.
//!
//! Invariant: one lookup per connection; if any of its addresses is not allowed, none is tried,
//! because an honest vendor's name does not mix public and inner addresses.

use std::fmt;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tower_service::Service;

use super::address::AddressPolicy;

/// Why there is no connection. In each case the request was surely not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The name is not known or its server does not answer.
    Dns,
    /// The name's server took too long.
    DnsTimeout,
    /// An address that is not allowed.
    Prohibited,
    /// Nobody listens there.
    Refused,
    /// Nobody answered in time.
    Timeout,
}

/// A failed connection.
#[derive(Debug)]
pub struct ConnectError {
    /// Why.
    pub cause: Cause,
    /// What was seen, for a person.
    pub detail: String,
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for ConnectError {}

/// Makes checked TCP connections.
#[derive(Clone, Debug)]
pub struct CheckedConnector {
    policy: AddressPolicy,
    limit: Duration,
}

impl CheckedConnector {
    /// A connector under this policy.
    pub fn new(policy: AddressPolicy, limit: Duration) -> Self {
        Self { policy, limit }
    }

    async fn connect(self, uri: Uri) -> Result<TokioIo<TcpStream>, ConnectError> {
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let default = if uri.scheme_str() == Some("http") { 80 } else { 443 };
        let port = uri.port_u16().unwrap_or(default);
        let addresses = self.resolve(&host, port).await?;
        let connected = timeout(self.limit, connect_to_first(&addresses)).await;
        let stream = connected.map_err(|_| ConnectError {
            cause: Cause::Timeout,
            detail: format!("{host}:{port} does not answer within {:?}", self.limit),
        })?;
        let stream = stream.map_err(|error| ConnectError {
            cause: Cause::Refused,
            detail: format!("{host}:{port} cannot be reached: {error}"),
        })?;
        // Small requests must not wait for the acknowledgement of earlier ones.
        stream.set_nodelay(true).ok();
        Ok(TokioIo::new(stream))
    }

    async fn resolve(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, ConnectError> {
        let failed = |cause, detail: String| ConnectError { cause, detail };
        let lookup = timeout(self.limit, tokio::net::lookup_host((host, port))).await;
        let found = lookup
            .map_err(|_| failed(Cause::DnsTimeout, format!("the name {host} does not resolve")))?
            .map_err(|error| failed(Cause::Dns, format!("the name {host}: {error}")))?;
        let addresses: Vec<SocketAddr> = found.collect();
        if addresses.is_empty() {
            return Err(failed(Cause::Dns, format!("the name {host} has no address")));
        }
        if let Some(refused) = addresses.iter().find(|found| !self.policy.allows(found.ip())) {
            let address = refused.ip();
            let detail = format!("{host} resolves to {address}, which egress does not allow");
            return Err(failed(Cause::Prohibited, detail));
        }
        Ok(addresses)
    }
}

async fn connect_to_first(addresses: &[SocketAddr]) -> std::io::Result<TcpStream> {
    let mut last = std::io::Error::other("no address");
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last)
}

impl Service<Uri> for CheckedConnector {
    type Response = TokioIo<TcpStream>;
    type Error = ConnectError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        Box::pin(self.clone().connect(uri))
    }
}
