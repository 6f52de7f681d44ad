//! Many HTTP requests in one poll loop over `wasi:http/outgoing-handler`. Invariants: at most
//! `in_flight_max` requests are under way; every request is answered to `done` exactly once; the
//! loop waits in one place only, so no request ever waits for another one's body.

mod error;
mod flight;
mod receive;
mod send;
mod start;

use super::bindings::wasi::clocks::monotonic_clock;
use super::bindings::wasi::io::poll::{Pollable, poll};
use crate::platform::{ExchangeError, Request, Response};
use flight::{Flight, Side};

/// Where the results go: the index of the request and its result.
type Done<'a> = dyn FnMut(usize, Result<Response, ExchangeError>) + 'a;

/// See `Platform::exchange`.
pub fn exchange(requests: &[Request], in_flight_max: usize, done: &mut Done<'_>) {
    let mut waiting = requests.iter().enumerate();
    let mut flights: Vec<Flight<'_>> = Vec::new();
    loop {
        while flights.len() < in_flight_max.max(1) {
            let Some((index, request)) = waiting.next() else { break };
            match start::start(request) {
                Ok((upload, future)) => flights.push(Flight::new(index, request, upload, future)),
                Err(error) => done(index, Err(error)),
            }
        }
        if flights.is_empty() {
            return;
        }
        wait(&mut flights);
        flights = land(flights, done);
    }
}

/// Sleeps until something can move or the earliest deadline has passed, then moves what can.
fn wait(flights: &mut [Flight<'_>]) {
    let mut sides: Vec<(usize, Side)> = Vec::new();
    let mut pollables: Vec<&Pollable> = Vec::new();
    for (position, flight) in flights.iter().enumerate() {
        for (side, pollable) in flight.pollables() {
            sides.push((position, side));
            pollables.push(pollable);
        }
    }
    let deadline = flights.iter().map(|flight| flight.deadline_ns).min().unwrap_or_default();
    let alarm = monotonic_clock::subscribe_instant(deadline);
    pollables.push(&alarm);
    let ready = poll(&pollables);
    for (position, side) in ready.iter().filter_map(|&index| sides.get(index as usize)) {
        if let Some(flight) = flights.get_mut(*position) {
            flight.advance(*side);
        }
    }
}

/// Hands over the results of those that are done, and keeps the others.
fn land<'a>(flights: Vec<Flight<'a>>, done: &mut Done<'_>) -> Vec<Flight<'a>> {
    let now_ns = monotonic_clock::now();
    let mut still = Vec::with_capacity(flights.len());
    for mut flight in flights {
        match flight.result(now_ns) {
            Some(result) => {
                let index = flight.index;
                // Its handles go back to the platform before anything else is asked of it.
                drop(flight);
                done(index, result);
            }
            None => still.push(flight),
        }
    }
    still
}
