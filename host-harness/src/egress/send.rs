//! One request of the guest on its way out.
//!
//! Invariant: a refused request is refused before anything is sent, and the log says why; the
//! guest learns only that it was refused. Placeholders become secrets in `authorization` alone.

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Request, Response, header};
use http_body_util::{BodyExt, Full};
use secrecy::ExposeSecret;
use tokio::time::{Instant, timeout, timeout_at};
use url::Url;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody};

use super::Inner;
use super::body::{Bounded, whole};
use super::origin::Origin;
use crate::credentials::contains_mark;

/// Sends a request of the guest.
pub async fn send(
    egress: &Inner,
    request: Request<WasiBody>,
    options: RequestOptions,
) -> Result<Response<WasiBody>, Error> {
    let started = Instant::now();
    let deadline = started + egress.bounds.total;
    let (mut parts, body) = request.into_parts();
    let origin = checked(egress, &parts)?;
    let body = timeout_at(deadline, whole(body, egress.bounds.request_bytes_max))
        .await
        .map_err(|_| Error::ConnectionWriteTimeout)??;
    if contains_mark(&body) {
        return Err(refuse(&parts, &origin, "a credential placeholder stands in the body"));
    }
    let placeholder = put_in_secret(egress, &mut parts, &origin)?;
    let shown = format!("{} {origin}{}", parts.method, parts.uri.path());
    let response = exchange(egress, Request::from_parts(parts, Full::new(body)), options).await;
    let elapsed_ms = started.elapsed().as_millis();
    if let (Ok(response), Some(placeholder)) = (&response, &placeholder)
        && response.status().is_success()
    {
        egress.broker.accepted(placeholder);
    }
    match &response {
        Ok(response) => {
            tracing::debug!(target: "egress", status = response.status().as_u16(), elapsed_ms, "{shown}");
        }
        Err(error) => tracing::debug!(target: "egress", %error, elapsed_ms, "{shown}"),
    }
    let between = options.between_bytes_timeout.unwrap_or(egress.bounds.first_byte);
    let between = between.min(egress.bounds.first_byte);
    Ok(response?.map(|body| {
        Bounded::new(body, deadline, between, egress.bounds.response_bytes_max).boxed_unsync()
    }))
}

async fn exchange(
    egress: &Inner,
    request: Request<Full<Bytes>>,
    options: RequestOptions,
) -> Result<Response<hyper::body::Incoming>, Error> {
    let bounds = &egress.bounds;
    let first_byte =
        options.first_byte_timeout.map_or(bounds.first_byte, |asked| asked.min(bounds.first_byte));
    // The connector has its own, shorter limit, so whatever runs into this one may be sent.
    timeout(bounds.connect + first_byte, egress.client.send(request))
        .await
        .unwrap_or(Err(Error::ConnectionReadTimeout))
}

/// The origin of an allowed request without a placeholder where none may be.
fn checked(egress: &Inner, parts: &Parts) -> Result<Origin, Error> {
    let address = parts.uri.to_string();
    let url = Url::parse(&address).map_err(|_| Error::HttpRequestUriInvalid)?;
    let origin = Origin::of(&url).map_err(|_| Error::HttpRequestUriInvalid)?;
    let user = parts.uri.authority().is_some_and(|authority| authority.as_str().contains('@'));
    if user {
        return Err(refuse(parts, &origin, "a user name stands in the address"));
    }
    if !egress.rules.iter().any(|rule| rule.allows(parts.method.as_str(), &origin)) {
        return Err(refuse(parts, &origin, "no rule allows it"));
    }
    if contains_mark(address.as_bytes()) {
        return Err(refuse(parts, &origin, "a credential placeholder stands in the address"));
    }
    let elsewhere = parts
        .headers
        .iter()
        .any(|(name, value)| *name != header::AUTHORIZATION && contains_mark(value.as_bytes()));
    if elsewhere {
        return Err(refuse(parts, &origin, "a credential placeholder stands in another header"));
    }
    Ok(origin)
}

/// Swaps the placeholder in `authorization` for the secret. The guest has no secrets, so any
/// other value there is not its own to send. Returns the placeholder.
fn put_in_secret(
    egress: &Inner,
    parts: &mut Parts,
    origin: &Origin,
) -> Result<Option<String>, Error> {
    let values: Vec<HeaderValue> =
        parts.headers.get_all(header::AUTHORIZATION).iter().cloned().collect();
    let value = match values.as_slice() {
        [] => return Ok(None),
        [value] => value.to_str().unwrap_or_default(),
        _ => return Err(refuse(parts, origin, "`authorization` stands there twice")),
    };
    let revealed = egress.broker.reveal(value, origin);
    let secret = revealed.map_err(|reason| refuse(parts, origin, &reason))?;
    let mut sent = HeaderValue::from_str(secret.expose_secret())
        .map_err(|_| refuse(parts, origin, "the secret cannot stand in a header"))?;
    sent.set_sensitive(true);
    let placeholder = value.to_owned();
    parts.headers.insert(header::AUTHORIZATION, sent);
    Ok(Some(placeholder))
}

fn refuse(parts: &Parts, origin: &Origin, reason: &str) -> Error {
    tracing::warn!(target: "egress", "refused {} {origin}: {reason}", parts.method);
    Error::HttpRequestDenied
}

#[cfg(test)]
mod tests;
