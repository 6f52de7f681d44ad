//! Everything that leaves through the guest's HTTP, in two layers.
//!
//! Invariant: a request is sent only if a rule allows its method, scheme, host and port (the
//! first layer) and every address that its host resolves to is allowed (the second layer), and
//! the connection goes to the address that was checked. Redirects are answers, never followed;
//! nothing is retried.

pub mod address;
pub mod allow;
pub mod body;
pub mod client;
pub mod connect;
pub mod origin;
mod send;

use std::sync::Arc;
use std::time::Duration;

use http_body_util::BodyExt as _;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use crate::credentials::Broker;
use crate::stop::Stop;
use client::Client;

/// Times and sizes of one exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Until a connection stands, name resolution and TLS included.
    pub connect: Duration,
    /// From the request to the first byte of the answer.
    pub first_byte: Duration,
    /// The whole exchange.
    pub total: Duration,
    /// The largest request body.
    pub request_bytes_max: usize,
    /// The largest response body.
    pub response_bytes_max: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connect: Duration::from_millis(3_100),
            first_byte: Duration::from_secs(10),
            total: Duration::from_secs(30),
            request_bytes_max: 4 << 20,
            // Above every bound of the guest, which reports its own in its own words.
            response_bytes_max: 32 << 20,
        }
    }
}

/// The way out for one tenant.
#[derive(Clone)]
pub struct Egress(Arc<Inner>);

struct Inner {
    rules: Vec<allow::Rule>,
    bounds: Bounds,
    client: Client,
    broker: Broker,
}

impl Egress {
    /// A way out that these rules allow.
    pub fn new(rules: Vec<allow::Rule>, bounds: Bounds, client: Client, broker: Broker) -> Self {
        Self(Arc::new(Inner { rules, bounds, client, broker }))
    }

    /// No way out.
    pub fn closed(client: Client) -> Self {
        Self::new(Vec::new(), Bounds::default(), client, Broker::default())
    }

    /// The connections.
    pub fn broker(&self) -> &Broker {
        &self.0.broker
    }

    /// What wasi-http calls for one store.
    pub fn hooks(&self, stop: Stop) -> Hooks {
        Hooks { egress: self.clone(), stop }
    }
}

/// The hook of wasi-http.
pub struct Hooks {
    egress: Egress,
    stop: Stop,
}

/// What wasi-http wants back: the response, and a future that drives its connection.
type Sent =
    Result<(http::Response<WasiBody>, Box<dyn Future<Output = Result<(), Error>> + Send>), Error>;

impl WasiHttpHooks for Hooks {
    fn send_request(
        &mut self,
        request: http::Request<WasiBody>,
        options: Option<RequestOptions>,
        _processed: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        let egress = self.egress.clone();
        // From here on, and until the guest has let go of the answer.
        let under_way = self.stop.request();
        Box::new(async move {
            let response = send::send(&egress.0, request, options.unwrap_or_default()).await?;
            let response = response.map(|body| {
                let held = move |frame| {
                    let _ = &under_way;
                    frame
                };
                body.map_frame(held).boxed_unsync()
            });
            // The client's pool drives the connection.
            let driver: Box<dyn Future<Output = Result<(), Error>> + Send> =
                Box::new(async { Ok(()) });
            Ok((response, driver))
        })
    }
}
