//! From a request value to a request that the platform has taken. Nothing of the body is written
//! here: the handle comes first, because a platform may take no byte before it.

use super::error;
use super::send::Upload;
use crate::guest::address;
use crate::guest::bindings::wasi::http::outgoing_handler::handle;
use crate::guest::bindings::wasi::http::types::{
    Fields, FutureIncomingResponse, HeaderError, Method, OutgoingRequest, RequestOptions, Scheme,
};
use crate::guest::fate::Moment;
use crate::limits;
use crate::platform::{self, ExchangeError, Request};

/// Starts a request. Without a body there is nothing to upload.
pub fn start(
    request: &Request,
) -> Result<(Option<Upload<'_>>, FutureIncomingResponse), ExchangeError> {
    let outgoing = outgoing(request)?;
    let upload = match request.body.as_slice() {
        [] => None,
        bytes => Some(open_body(&outgoing, bytes)?),
    };
    let future =
        handle(outgoing, options()).map_err(|code| error::sort(Moment::Starting, &code))?;
    Ok((upload, future))
}

fn outgoing(request: &Request) -> Result<OutgoingRequest, ExchangeError> {
    let address = address::split(&request.url).map_err(ExchangeError::Denied)?;
    let outgoing = OutgoingRequest::new(fields(request)?);
    let method = match request.method {
        platform::Method::Get => Method::Get,
        platform::Method::Post => Method::Post,
    };
    let scheme = if address.tls { Scheme::Https } else { Scheme::Http };
    let refused = |what: &'static str| {
        move |()| ExchangeError::Denied(format!("the platform does not accept the {what}"))
    };
    outgoing.set_method(&method).map_err(refused("method"))?;
    outgoing.set_scheme(Some(&scheme)).map_err(refused("scheme"))?;
    outgoing.set_authority(Some(address.authority)).map_err(refused("host and port"))?;
    outgoing.set_path_with_query(Some(&address.path_with_query)).map_err(refused("path"))?;
    Ok(outgoing)
}

/// The headers; the credential is added here and nowhere else, and the length is ours to state.
fn fields(request: &Request) -> Result<Fields, ExchangeError> {
    let fields = Fields::new();
    for (name, value) in &request.headers {
        if !["authorization", "content-length", "host"].contains(&name.as_str()) {
            append(&fields, name, value)?;
        }
    }
    if let Some(value) = &request.authorization {
        append(&fields, "authorization", value)?;
    }
    if !request.body.is_empty() {
        append(&fields, "content-length", &request.body.len().to_string())?;
    }
    Ok(fields)
}

/// The value is left out of every message: it may be a credential.
fn append(fields: &Fields, name: &str, value: &str) -> Result<(), ExchangeError> {
    fields.append(name, value.as_bytes()).map_err(|error| {
        ExchangeError::Denied(match error {
            HeaderError::Forbidden => format!("the platform forbids the header {name}"),
            HeaderError::InvalidSyntax => format!("the header {name} has an invalid value"),
            HeaderError::Immutable => format!("the header {name} cannot be set any more"),
        })
    })
}

fn open_body<'a>(outgoing: &OutgoingRequest, bytes: &'a [u8]) -> Result<Upload<'a>, ExchangeError> {
    let closed = |()| ExchangeError::NotSent("the platform gives no body to write to".to_owned());
    let body = outgoing.body().map_err(closed)?;
    let stream = body.write().map_err(closed)?;
    Ok(Upload::new(body, stream, bytes))
}

/// The three time-outs. A platform that knows one of them not keeps its own; the whole exchange
/// is bounded by us in any case.
fn options() -> Option<RequestOptions> {
    let ns = |ms: u64| Some(ms.saturating_mul(1_000_000));
    let options = RequestOptions::new();
    let known = [
        options.set_connect_timeout(ns(limits::HTTP_CONNECT_MS_MAX)),
        options.set_first_byte_timeout(ns(limits::HTTP_FIRST_BYTE_MS_MAX)),
        options.set_between_bytes_timeout(ns(limits::HTTP_BETWEEN_BYTES_MS_MAX)),
    ];
    known.iter().any(Result::is_ok).then_some(options)
}
