//! An answer on its way in, read chunk by chunk. Invariants: no more than the request's bound is
//! kept in memory; handles are dropped children first (pollable, stream, body, response), because
//! a platform may trap on any other order.

use super::error;
use crate::guest::bindings::wasi::http::types::{
    FutureIncomingResponse, IncomingBody, IncomingResponse,
};
use crate::guest::bindings::wasi::io::poll::Pollable;
use crate::guest::bindings::wasi::io::streams::{InputStream, StreamError};
use crate::guest::fate::Moment;
use crate::platform::{ExchangeError, Response};

/// The most that is asked of the stream in one call.
const CHUNK_BYTES: u64 = 64 << 10;

/// The answer's side of a flight.
pub struct Receiving {
    state: State,
    bytes_max: usize,
}

enum State {
    Waiting(Waiting),
    Reading(Reading),
    Done(Result<Response, ExchangeError>),
    Taken,
}

/// Nothing has come yet. The fields are dropped in their order.
struct Waiting {
    pollable: Pollable,
    future: FutureIncomingResponse,
}

/// The body is coming. The fields are dropped in their order.
struct Reading {
    pollable: Pollable,
    stream: InputStream,
    _body: IncomingBody,
    _response: IncomingResponse,
    answer: Response,
}

/// What there is so far.
pub enum Received {
    /// The result. It is handed out once.
    Whole(Result<Response, ExchangeError>),
    /// Nothing to hand out.
    NotYet,
}

impl Receiving {
    /// Waits for an answer of at most so many bytes.
    pub fn new(future: FutureIncomingResponse, bytes_max: usize) -> Self {
        let waiting = Waiting { pollable: future.subscribe(), future };
        Self { state: State::Waiting(waiting), bytes_max }
    }

    /// Ready when more can be read; `None` once there is a result.
    pub fn pollable(&self) -> Option<&Pollable> {
        match &self.state {
            State::Waiting(waiting) => Some(&waiting.pollable),
            State::Reading(reading) => Some(&reading.pollable),
            State::Done(_) | State::Taken => None,
        }
    }

    /// Goes on as far as possible without waiting.
    pub fn advance(&mut self) {
        self.state = match std::mem::replace(&mut self.state, State::Taken) {
            State::Waiting(waiting) => waiting.advance(self.bytes_max),
            State::Reading(reading) => reading.advance(self.bytes_max),
            other => other,
        };
    }

    /// Takes the result.
    pub fn take(&mut self) -> Received {
        match std::mem::replace(&mut self.state, State::Taken) {
            State::Done(result) => Received::Whole(result),
            other => {
                self.state = other;
                Received::NotYet
            }
        }
    }
}

impl Waiting {
    fn advance(self, bytes_max: usize) -> State {
        let response = match self.future.get() {
            None => return State::Waiting(self),
            Some(Ok(Ok(response))) => response,
            Some(Ok(Err(code))) => return State::Done(Err(error::sort(Moment::Waiting, &code))),
            Some(Err(())) => return lost("the platform handed the answer out twice"),
        };
        drop(self);
        let answer =
            Response { status: response.status(), headers: headers(&response), body: Vec::new() };
        let announced = answer.header("content-length").and_then(|text| text.parse().ok());
        if announced.is_some_and(|bytes: usize| bytes > bytes_max) {
            return State::Done(Err(ExchangeError::TooLarge));
        }
        let Ok(body) = response.consume() else {
            return lost("the platform gave the body away already");
        };
        let Ok(stream) = body.stream() else {
            return lost("the platform gave the stream away already");
        };
        let pollable = stream.subscribe();
        Reading { pollable, stream, _body: body, _response: response, answer }.advance(bytes_max)
    }
}

impl Reading {
    fn advance(mut self, bytes_max: usize) -> State {
        loop {
            match self.stream.read(CHUNK_BYTES) {
                Ok(bytes) if bytes.is_empty() => return State::Reading(self),
                Ok(bytes) if bytes.len() > bytes_max.saturating_sub(self.answer.body.len()) => {
                    return State::Done(Err(ExchangeError::TooLarge));
                }
                Ok(bytes) => self.answer.body.extend_from_slice(&bytes),
                Err(StreamError::Closed) => {
                    let answer = std::mem::replace(
                        &mut self.answer,
                        Response { status: 0, headers: Vec::new(), body: Vec::new() },
                    );
                    return State::Done(Ok(answer));
                }
                Err(StreamError::LastOperationFailed(failure)) => {
                    return State::Done(Err(error::of_stream(&failure)));
                }
            }
        }
    }
}

/// The headers, names in lower case. A value that is no UTF-8 is kept as far as it can be read.
fn headers(response: &IncomingResponse) -> Vec<(String, String)> {
    let entries = response.headers().entries();
    let text = |value: Vec<u8>| String::from_utf8_lossy(&value).into_owned();
    entries.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), text(value))).collect()
}

fn lost(what: &str) -> State {
    State::Done(Err(ExchangeError::Lost(what.to_owned())))
}
