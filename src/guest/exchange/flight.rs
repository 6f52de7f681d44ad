//! One request under way: its body going out and its answer coming in, side by side, because a
//! vendor may answer before it has read everything.

use super::receive::{Received, Receiving};
use super::send::Upload;
use crate::guest::bindings::wasi::clocks::monotonic_clock;
use crate::guest::bindings::wasi::http::types::FutureIncomingResponse;
use crate::guest::bindings::wasi::io::poll::Pollable;
use crate::limits;
use crate::platform::{ExchangeError, Request, Response};

/// Which half of a flight.
#[derive(Clone, Copy)]
pub enum Side {
    /// The request's body.
    Out,
    /// The answer.
    In,
}

/// A request under way.
pub struct Flight<'a> {
    /// The index of the request, for `done`.
    pub index: usize,
    /// When it is given up, in nanoseconds of the monotonic clock.
    pub deadline_ns: u64,
    upload: Option<Upload<'a>>,
    receiving: Receiving,
}

impl<'a> Flight<'a> {
    /// A request that the platform has just taken.
    pub fn new(
        index: usize,
        request: &'a Request,
        upload: Option<Upload<'a>>,
        future: FutureIncomingResponse,
    ) -> Self {
        let whole_ns = limits::HTTP_WHOLE_MS_MAX.saturating_mul(1_000_000);
        Self {
            index,
            deadline_ns: monotonic_clock::now().saturating_add(whole_ns),
            upload,
            receiving: Receiving::new(future, request.response_bytes_max),
        }
    }

    /// What it waits for.
    pub fn pollables(&self) -> impl Iterator<Item = (Side, &Pollable)> {
        let out = self.upload.iter().map(|upload| (Side::Out, upload.pollable()));
        out.chain(self.receiving.pollable().map(|pollable| (Side::In, pollable)))
    }

    /// Moves one half as far as it goes without waiting.
    pub fn advance(&mut self, side: Side) {
        match side {
            // A finished or broken upload gives its handles back; what became of the request is
            // for the answer's side to say.
            Side::Out => self.upload = self.upload.take().and_then(Upload::advance),
            Side::In => self.receiving.advance(),
        }
    }

    /// The result, once there is one.
    pub fn result(&mut self, now_ns: u64) -> Option<Result<Response, ExchangeError>> {
        match self.receiving.take() {
            Received::Whole(result) => Some(result),
            Received::NotYet if now_ns < self.deadline_ns => None,
            Received::NotYet => Some(Err(ExchangeError::Lost(format!(
                "no whole answer within {} ms",
                limits::HTTP_WHOLE_MS_MAX
            )))),
        }
    }
}
