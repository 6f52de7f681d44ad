//! Fetches what a core wants: no redirects, ten seconds, 20 MB, and loopback only.

use super::{MAX_BODY, Service, headers, lock};
use crate::http::{Fetch, Response, Vendor};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::Uri;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::net::IpAddr;
use std::time::Duration;
use tokio::task::JoinSet;

/// How often a core is asked what it wants.
const ASK_EVERY: Duration = Duration::from_millis(10);
/// How long a fetch may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Fetches at the same time.
const AT_ONCE: usize = 8;

type Http = Client<HttpConnector, Empty<Bytes>>;

/// Serves the wishes of a core for as long as it is polled.
pub(super) async fn serve<V: Vendor + 'static>(service: Service<V>) {
    let client: Http = Client::builder(TokioExecutor::new()).build_http();
    let mut running = JoinSet::new();
    let mut ticks = tokio::time::interval(ASK_EVERY);
    loop {
        ticks.tick().await;
        while running.try_join_next().is_some() {}
        let wishes = lock(&service.core).fetches(service.clock.now());
        for Fetch { job, url } in wishes {
            if running.len() >= AT_ONCE {
                running.join_next().await;
            }
            let (service, client) = (service.clone(), client.clone());
            running.spawn(async move {
                let answer = get(&client, &url).await;
                lock(&service.core).fetched(service.clock.now(), job, answer);
            });
        }
    }
}

/// The answer, or `None` if nobody answered in time and within bounds.
async fn get(client: &Http, url: &str) -> Option<Response> {
    let uri: Uri = url.parse().ok()?;
    let host = uri.host()?.trim_matches(['[', ']']);
    let loopback = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    if !loopback {
        return None;
    }
    tokio::time::timeout(TIMEOUT, exchange(client, uri)).await.ok()?
}

async fn exchange(client: &Http, uri: Uri) -> Option<Response> {
    let (head, body) = client.get(uri).await.ok()?.into_parts();
    let body = Limited::new(body, MAX_BODY).collect().await.ok()?;
    let headers = headers(&head.headers);
    Some(Response { status: head.status.as_u16(), headers, body: body.to_bytes().into() })
}
