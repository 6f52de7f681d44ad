//! The HTTP client below both the guest's requests and the platform's own token requests.
//!
//! Invariant: every connection it makes was checked by `connect`; whether a failed request was
//! surely not sent is told by the error.

use std::error::Error as StdError;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{self, Client as Pool};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::timeout;
use wasmtime_wasi_http::Error;

use super::Bounds;
use super::address::AddressPolicy;
use super::connect::{Cause, CheckedConnector, ConnectError};
use crate::credentials::TokenClient;

/// The largest answer of an authorization server.
const TOKEN_BYTES_MAX: usize = 1 << 20;

/// A pool of checked connections.
#[derive(Clone)]
pub struct Client {
    pool: Pool<HttpsConnector<CheckedConnector>, Full<Bytes>>,
    policy: AddressPolicy,
    bounds: Bounds,
}

impl Client {
    /// A client under this address policy.
    pub fn new(policy: AddressPolicy, bounds: Bounds) -> Self {
        let connector = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .wrap_connector(CheckedConnector::new(policy, bounds.connect));
        // The pool re-sends only what never left this process: a pooled connection that was
        // closed before the request was written to it. Everything else comes back as an error.
        let pool = Pool::builder(TokioExecutor::new())
            .pool_idle_timeout(Duration::from_secs(20))
            .pool_max_idle_per_host(8)
            .pool_timer(TokioTimer::new())
            .build(connector);
        Self { pool, policy, bounds }
    }

    /// Sends a request and returns the answer's head.
    pub async fn send(&self, request: Request<Full<Bytes>>) -> Result<Response<Incoming>, Error> {
        self.pool.request(request).await.map_err(|error| sort(&error))
    }
}

/// Sorts a failure by whether the request was surely not sent: name, address, connection and TLS
/// errors were before it; the rest is lost.
fn sort(error: &legacy::Error) -> Error {
    tracing::debug!(error = error as &dyn StdError, "a request failed");
    if let Some(found) = cause(error) {
        return match found.cause {
            Cause::Dns => Error::DnsError { rcode: Some(found.detail.clone()), info_code: None },
            Cause::DnsTimeout => Error::DnsTimeout,
            Cause::Prohibited => {
                tracing::warn!(target: "egress", "{}", found.detail);
                Error::DestinationIpProhibited
            }
            Cause::Refused => Error::ConnectionRefused,
            Cause::Timeout => Error::ConnectionTimeout,
        };
    }
    if error.is_connect() {
        let certificate = text(error).contains("certificate");
        return if certificate { Error::TlsCertificateError } else { Error::TlsProtocolError };
    }
    Error::ConnectionTerminated
}

/// The connector's own error among the sources of a failure.
fn cause<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e ConnectError> {
    sources(error).find_map(|source| source.downcast_ref::<ConnectError>())
}

fn text(error: &(dyn StdError + 'static)) -> String {
    sources(error).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

fn sources<'e>(
    error: &'e (dyn StdError + 'static),
) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error: &&'e (dyn StdError + 'static)| (*error).source())
}

impl Client {
    /// One exchange of the platform's own with an authorization server.
    async fn exchange(
        &self,
        address: &str,
        request: http::request::Builder,
        body: String,
    ) -> Result<(u16, Vec<u8>), String> {
        // Secrets go out in the clear only to this machine, where the operator allowed that.
        if !address.starts_with("https://") && !self.policy.allow_loopback {
            return Err(format!("{address} is not https"));
        }
        let request = request
            .header(header::ACCEPT, "application/json")
            .body(Full::from(body))
            .map_err(|error| format!("{address}: {error}"))?;
        let exchange = async {
            let response = self.send(request).await.map_err(|error| error.to_string())?;
            let status = response.status().as_u16();
            let body = Limited::new(response.into_body(), TOKEN_BYTES_MAX).collect().await;
            let body = body.map_err(|error| error.to_string())?;
            Ok((status, body.to_bytes().to_vec()))
        };
        timeout(self.bounds.total, exchange)
            .await
            .unwrap_or_else(|_| Err(format!("no answer within {:?}", self.bounds.total)))
            .map_err(|error: String| format!("{address}: {error}"))
    }
}

#[async_trait]
impl TokenClient for Client {
    async fn get(&self, address: &str) -> Result<(u16, Vec<u8>), String> {
        self.exchange(address, Request::get(address), String::new()).await
    }

    async fn post_form(&self, endpoint: &str, form: String) -> Result<(u16, Vec<u8>), String> {
        let request = Request::post(endpoint)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = self.exchange(endpoint, request, form).await;
        answer.map_err(|reason| format!("the token endpoint {reason}"))
    }
}
