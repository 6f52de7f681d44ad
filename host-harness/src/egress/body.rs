//! Bodies with bounds.
//!
//! Invariant: a body that is too large, too slow or cut off ends with an error, never as if it
//! were complete.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::{Instant, Sleep, sleep, sleep_until};
use wasmtime_wasi_http::{Error, WasiBody};

/// A response body that must end before a point in time and within a size.
pub struct Bounded {
    inner: Incoming,
    deadline: Pin<Box<Sleep>>,
    between: Duration,
    stalled: Pin<Box<Sleep>>,
    bytes_left: usize,
    bytes_max: usize,
}

impl Bounded {
    /// Bounds a body.
    pub fn new(inner: Incoming, deadline: Instant, between: Duration, bytes_max: usize) -> Self {
        Self {
            inner,
            deadline: Box::pin(sleep_until(deadline)),
            between,
            stalled: Box::pin(sleep(between)),
            bytes_left: bytes_max,
            bytes_max,
        }
    }

    fn too_large(&self) -> Error {
        Error::HttpResponseBodySize(u64::try_from(self.bytes_max).ok())
    }
}

impl Body for Bounded {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if self.deadline.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Some(Err(Error::HttpResponseTimeout)));
        }
        match Pin::new(&mut self.inner).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                let size = frame.data_ref().map_or(0, Bytes::len);
                let Some(left) = self.bytes_left.checked_sub(size) else {
                    return Poll::Ready(Some(Err(self.too_large())));
                };
                self.bytes_left = left;
                let next = Instant::now() + self.between;
                self.stalled.as_mut().reset(next);
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(cut_off(&error)))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending if self.stalled.as_mut().poll(cx).is_ready() => {
                Poll::Ready(Some(Err(Error::ConnectionReadTimeout)))
            }
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

fn cut_off(error: &hyper::Error) -> Error {
    tracing::debug!(%error, "a response body was cut off");
    if error.is_timeout() { Error::HttpResponseTimeout } else { Error::HttpResponseIncomplete }
}

/// Reads a request body whole, so that it can be checked and sent with its length.
pub async fn whole(body: WasiBody, bytes_max: usize) -> Result<Bytes, Error> {
    match Limited::new(body, bytes_max).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) => match error.downcast::<Error>() {
            Ok(error) => Err(*error),
            Err(_) => Err(Error::HttpRequestBodySize(u64::try_from(bytes_max).ok())),
        },
    }
}
