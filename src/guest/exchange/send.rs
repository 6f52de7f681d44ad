//! The body of a request on its way out. Invariant: never more is written than the platform just
//! said it takes, because it may trap on more; and a body is finished only if all of it was
//! written, because an unfinished body tells the vendor that the request is broken.

use crate::guest::bindings::wasi::http::types::OutgoingBody;
use crate::guest::bindings::wasi::io::poll::Pollable;
use crate::guest::bindings::wasi::io::streams::OutputStream;

/// A body being written. The fields are dropped in their order: children before parents.
pub struct Upload<'a> {
    pollable: Pollable,
    stream: OutputStream,
    body: OutgoingBody,
    rest: &'a [u8],
    flushed: bool,
}

impl<'a> Upload<'a> {
    /// A body none of which is written yet.
    pub fn new(body: OutgoingBody, stream: OutputStream, bytes: &'a [u8]) -> Self {
        Self { pollable: stream.subscribe(), stream, body, rest: bytes, flushed: false }
    }

    /// Ready when more can be written.
    pub fn pollable(&self) -> &Pollable {
        &self.pollable
    }

    /// Writes what the platform takes now; `None` once there is nothing more to do.
    pub fn advance(mut self) -> Option<Self> {
        while !self.rest.is_empty() {
            let Ok(permitted) = self.stream.check_write() else { return None };
            let permitted = usize::try_from(permitted).unwrap_or(usize::MAX);
            if permitted == 0 {
                return Some(self);
            }
            let (now, later) = self.rest.split_at(permitted.min(self.rest.len()));
            if self.stream.write(now).is_err() {
                return None;
            }
            self.rest = later;
        }
        if !self.flushed {
            self.flushed = true;
            if self.stream.flush().is_ok() && matches!(self.stream.check_write(), Ok(0)) {
                return Some(self);
            }
        }
        self.finish();
        None
    }

    /// Everything is written: the request is whole.
    fn finish(self) {
        let Self { pollable, stream, body, .. } = self;
        drop(pollable);
        drop(stream);
        // A platform that does not accept the end says so in the answer's place too.
        drop(OutgoingBody::finish(body, None));
    }
}
