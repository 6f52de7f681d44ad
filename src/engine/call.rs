//! Sends calls: credentials, budget, retries, one refresh after a 401. The only place that talks
//! to `Platform::exchange`, and the only place where anything is sent twice.

use std::collections::BTreeMap;

use crate::fault::Fault;
use crate::limits::IN_FLIGHT_MAX;
use crate::model::date::Instant;
use crate::order;
use crate::platform::{Call, ExchangeError, Platform, Request, Response, Token};

use super::budget::Budget;
use super::retry::{Bucket, next_wait_ms};
use super::stop::Stop;

/// Turns a vendor's answer into a fault, where it is one: each vendor's `error::check`.
pub type Check = fn(&Call, &Response, Instant) -> Result<(), Fault>;

/// A vendor as the caller knows it.
#[derive(Clone, Copy)]
pub struct Vendor {
    /// Its name in the report.
    pub name: &'static str,
    /// How its answers are judged.
    pub check: Check,
}

/// An answer with the position of its call.
type Numbered = (usize, Result<Response, Fault>);

/// The answers of a batch, in the order of its calls.
pub type Answers = Vec<Result<Response, Fault>>;

/// Sends calls for one run.
pub struct Caller<'p> {
    platform: &'p dyn Platform,
    /// What the run may use.
    pub budget: Budget,
    bucket: Bucket,
    tokens: BTreeMap<String, Token>,
    /// Requests sent, per vendor and kind.
    pub sent: BTreeMap<String, u64>,
}

impl<'p> Caller<'p> {
    /// A caller with a fresh budget.
    pub fn new(platform: &'p dyn Platform, budget: Budget) -> Self {
        Self {
            platform,
            budget,
            bucket: Bucket::default(),
            tokens: BTreeMap::new(),
            sent: BTreeMap::new(),
        }
    }

    /// Sends one call.
    pub fn one(&mut self, call: Call, vendor: Vendor) -> Result<Result<Response, Fault>, Stop> {
        let mut answers = self.all(vec![call], vendor)?;
        Ok(answers.pop().unwrap_or_else(|| Err(Fault::Transient("no answer".to_owned()))))
    }

    /// Sends the calls, several at a time. Every call gets an answer or a fault; the run stops
    /// only if the budget does not allow the next request or a credential is missing.
    pub fn all(&mut self, calls: Vec<Call>, vendor: Vendor) -> Result<Answers, Stop> {
        let mut answers: Answers = calls.iter().map(|c| Err(unanswered(c.repeatable))).collect();
        let mut open: Vec<usize> = (0..calls.len()).collect();
        let mut attempt = 1;
        let changes = calls.iter().any(|call| !call.repeatable);
        while !open.is_empty() {
            let mut wait_ms = 0;
            let mut again = Vec::new();
            // Whatever is sent now and stays without an answer is in doubt, whatever came before.
            for index in &open {
                if let Some(call) = calls.get(*index) {
                    store(&mut answers, *index, Err(unanswered(call.repeatable)));
                }
            }
            for (index, result) in self.round(&calls, &open, vendor)? {
                if let Some(ms) = self.retry(calls.get(index), &result, attempt) {
                    wait_ms = wait_ms.max(ms);
                    again.push(index);
                }
                // Kept until a later try says something else.
                store(&mut answers, index, result);
            }
            if again.is_empty() {
                break;
            }
            match self.again(wait_ms, again.len()) {
                Ok(()) => {}
                // What was done is told first; the next request meets the end of the budget.
                Err(_) if changes => break,
                Err(stop) => return Err(stop),
            }
            open = again;
            attempt += 1;
        }
        Ok(answers)
    }

    /// Waits, if the budget allows the wait and so many requests after it.
    fn again(&self, wait_ms: u64, requests: usize) -> Result<(), Stop> {
        if self.budget.requests(requests) < requests {
            return Err(Budget::used_up(self.platform));
        }
        if wait_ms > 0 { self.budget.wait(self.platform, wait_ms) } else { Ok(()) }
    }

    fn retry(
        &mut self,
        call: Option<&Call>,
        result: &Result<Response, Fault>,
        attempt: u32,
    ) -> Option<u64> {
        match result {
            Ok(_) => {
                self.bucket.refund();
                None
            }
            // A change is sent again only when it surely was not done.
            Err(Fault::Unreadable(_)) if !call.is_some_and(|c| c.repeatable) => None,
            Err(fault) => next_wait_ms(&mut self.bucket, fault, attempt, self.platform.random()),
        }
    }

    /// Sends the open calls once, and those again that met a stale credential. Refused twice in a
    /// row, it is a person's: the platform knows best what that person has to do.
    fn round(
        &mut self,
        calls: &[Call],
        open: &[usize],
        vendor: Vendor,
    ) -> Result<Vec<Numbered>, Stop> {
        let mut results = self.send(calls, open, vendor)?;
        let stale = unauthorized(&results);
        if stale.is_empty() || !self.refresh(calls, &stale)? {
            return Ok(results);
        }
        results.retain(|(index, _)| !stale.contains(index));
        results.extend(self.send(calls, &stale, vendor)?);
        let again = unauthorized(&results);
        if !again.is_empty() {
            let said = self.refresh(calls, &again);
            // What was changed beside them is told first.
            if calls.iter().all(|call| call.repeatable) {
                said?;
            }
        }
        Ok(results)
    }

    /// Asks the platform for newer credentials; true if there is one.
    fn refresh(&mut self, calls: &[Call], stale: &[usize]) -> Result<bool, Stop> {
        let mut connections: Vec<String> =
            stale.iter().filter_map(|i| calls.get(*i)?.connection.clone()).collect();
        order::sort_once(&mut connections);
        let mut newer = false;
        for connection in connections {
            let Some(old) = self.tokens.remove(&connection) else { continue };
            self.platform.rejected(&connection, old.generation);
            newer |= self.token(&connection)?.generation > old.generation;
        }
        Ok(newer)
    }

    fn send(
        &mut self,
        calls: &[Call],
        open: &[usize],
        vendor: Vendor,
    ) -> Result<Vec<Numbered>, Stop> {
        self.budget.check_time(self.platform)?;
        if self.budget.requests(open.len()) < open.len() {
            return Err(Budget::used_up(self.platform));
        }
        let mut requests = Vec::with_capacity(open.len());
        for index in open {
            if let Some(call) = calls.get(*index) {
                requests.push(self.authorised(call, vendor)?);
            }
        }
        self.budget.spend_requests(requests.len());
        let now = self.platform.now();
        let mut results = Vec::with_capacity(requests.len());
        self.platform.exchange(&requests, IN_FLIGHT_MAX, &mut |position, result| {
            let Some(index) = open.get(position) else { return };
            let Some(call) = calls.get(*index) else { return };
            results.push((*index, judged(call, result, vendor.check, now)));
        });
        Ok(results)
    }

    fn authorised(&mut self, call: &Call, vendor: Vendor) -> Result<Request, Stop> {
        *self.sent.entry(format!("{}.{}", vendor.name, call.kind)).or_default() += 1;
        let authorization = match &call.connection {
            Some(connection) => Some(self.token(connection)?.header),
            None => None,
        };
        Ok(Request { authorization, ..call.request.clone() })
    }

    fn token(&mut self, connection: &str) -> Result<Token, Stop> {
        if let Some(token) = self.tokens.get(connection) {
            return Ok(token.clone());
        }
        let token = self.platform.authorization(connection)?;
        self.tokens.insert(connection.to_owned(), token.clone());
        Ok(token)
    }
}

fn unauthorized(results: &[Numbered]) -> Vec<usize> {
    let stale = results.iter().filter(|(_, r)| matches!(r, Err(Fault::Unauthorized)));
    stale.map(|(index, _)| *index).collect()
}

fn store(answers: &mut Answers, index: usize, result: Result<Response, Fault>) {
    if let Some(slot) = answers.get_mut(index) {
        *slot = result;
    }
}

/// A change without an answer may have been made.
fn unanswered(repeatable: bool) -> Fault {
    let detail = "the platform gave no answer".to_owned();
    if repeatable { Fault::Transient(detail) } else { Fault::Unknown(detail) }
}

/// What came of one request. For a change, every doubt about whether it happened is `Unknown`.
fn judged(
    call: &Call,
    result: Result<Response, ExchangeError>,
    check: Check,
    now: Instant,
) -> Result<Response, Fault> {
    let response = match result {
        Ok(response) => response,
        Err(ExchangeError::NotSent(d)) => return Err(Fault::Transient(d)),
        Err(ExchangeError::Denied(d)) => return Err(Fault::Denied(d)),
        Err(ExchangeError::Lost(d)) if call.repeatable => return Err(Fault::Transient(d)),
        Err(ExchangeError::Lost(d)) => return Err(Fault::Unknown(d)),
        Err(ExchangeError::TooLarge) if call.repeatable => {
            return Err(Fault::Unreadable("more bytes than allowed".to_owned()));
        }
        Err(ExchangeError::TooLarge) => return Err(Fault::Unknown("too many bytes".to_owned())),
    };
    check(call, &response, now).map(|()| response)
}
