//! Faults by name around a vendor: what really goes wrong between two systems, on purpose.
//!
//! A plan without faults changes nothing. With the same plan, seed and requests the same ones are
//! hit. Whether the vendor did what was asked is each fault's own business: that is what makes
//! `answer-lost` and `no-answer` different.

mod action;
mod names;

pub use action::{Action, Spoil};
pub use names::NAMES;

use crate::http::{Fetch, InstantMs, Request, Response, Vendor};
use crate::world::Rng;

/// What comes back.
#[derive(Clone, Debug)]
pub enum Answer {
    /// An answer.
    Response(Response),
    /// An answer, so many milliseconds later than it could be.
    Late(Response, u64),
    /// Head and first half of an answer; then the connection ends.
    Broken(Response),
    /// An answer whose body is repeated until it has so many bytes.
    Flood(Response, u64),
    /// Nothing: the connection ends.
    Lost,
}

/// The most of a flood that is made where there is no socket: more than anybody should read.
const FLOOD_IN_PROCESS: u64 = 24 * 1024 * 1024;

impl Answer {
    /// The same where there is no socket: an answer that breaks off is lost, time does not pass,
    /// and of a flood there is more than anybody should read.
    pub fn without_socket(self) -> Option<Response> {
        match self {
            Self::Response(response) | Self::Late(response, _) => Some(response),
            Self::Flood(mut response, bytes) => {
                let wanted = usize::try_from(bytes.min(FLOOD_IN_PROCESS)).unwrap_or_default();
                let part = std::mem::take(&mut response.body);
                let part = if part.is_empty() { vec![0; 1024] } else { part };
                response.body = part.into_iter().cycle().take(wanted).collect();
                Some(response)
            }
            Self::Broken(_) | Self::Lost => None,
        }
    }
}

/// Which of the matching requests are hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The n-th, from 1.
    Nth(u64),
    /// The first n.
    First(u64),
    /// Every n-th.
    Every(u64),
    /// So many of a thousand, by the plan's seed.
    PerThousand(u64),
}

/// One fault: which requests, how often, and what happens to them.
#[derive(Clone, Debug)]
pub struct Fault {
    method: Option<String>,
    path: String,
    body: String,
    when: When,
    action: Action,
    met: u64,
}

impl Fault {
    /// A fault that meets every request.
    pub fn new(action: Action, when: When) -> Self {
        Self { method: None, path: String::new(), body: String::new(), when, action, met: 0 }
    }

    /// The fault of that name, one of `NAMES`.
    pub fn named(name: &str) -> Option<Self> {
        names::find(name)
    }

    /// Only requests of this method whose target contains the text.
    #[must_use]
    pub fn on(mut self, method: &str, path: &str) -> Self {
        (self.method, self.path) = (Some(method.to_owned()), path.to_owned());
        self
    }

    /// Only requests whose body contains the text.
    #[must_use]
    pub fn containing(mut self, body: &str) -> Self {
        body.clone_into(&mut self.body);
        self
    }

    /// Only so often.
    #[must_use]
    pub fn when(mut self, when: When) -> Self {
        self.when = when;
        self
    }

    fn matches(&self, request: &Request) -> bool {
        let body = self.body.as_bytes();
        self.method.as_ref().is_none_or(|method| *method == request.method)
            && request.target.contains(&self.path)
            && (body.is_empty() || request.body.windows(body.len()).any(|part| part == body))
    }

    /// Counts a matching request and says whether it is hit.
    fn strikes(&mut self, rng: &mut Rng) -> bool {
        self.met += 1;
        match self.when {
            When::Nth(n) => self.met == n,
            When::First(n) => self.met <= n,
            When::Every(n) => self.met.is_multiple_of(n.max(1)),
            When::PerThousand(share) => rng.below(1000) < share,
        }
    }
}

/// Faults, of which the first that strikes a request counts.
pub struct FaultPlan {
    faults: Vec<Fault>,
    rng: Rng,
    struck: u64,
}

impl FaultPlan {
    /// Nothing goes wrong.
    pub fn none() -> Self {
        Self::new(Vec::new(), 0)
    }

    /// These faults; the seed decides about those with a rate.
    pub fn new(faults: Vec<Fault>, seed: u64) -> Self {
        Self { faults, rng: Rng::new(seed, "faults", 0), struck: 0 }
    }

    /// One more fault.
    pub fn add(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Nothing goes wrong any more.
    pub fn clear(&mut self) {
        self.faults.clear();
    }

    /// How many requests were hit so far.
    pub fn struck(&self) -> u64 {
        self.struck
    }

    /// What happens to a request; every fault that it matches counts it.
    fn strike(&mut self, request: &Request) -> Option<Action> {
        let mut action = None;
        for fault in self.faults.iter_mut().filter(|fault| fault.matches(request)) {
            if fault.strikes(&mut self.rng) && action.is_none() {
                action = Some(fault.action.clone());
            }
        }
        self.struck += u64::from(action.is_some());
        action
    }
}

/// A vendor with faults around it.
pub struct Faulty<V> {
    /// The vendor itself.
    pub vendor: V,
    /// What goes wrong.
    pub plan: FaultPlan,
}

impl<V: Vendor> Faulty<V> {
    /// The vendor, and nothing wrong with it yet.
    pub fn new(vendor: V) -> Self {
        Self { vendor, plan: FaultPlan::none() }
    }

    /// Answers one request, or does not.
    pub fn handle(&mut self, now: InstantMs, request: &Request) -> Answer {
        match self.plan.strike(request) {
            None => Answer::Response(self.vendor.handle(now, request)),
            Some(action) => action.carry_out(|| self.vendor.handle(now, request)),
        }
    }

    /// Files that the vendor wants to fetch now.
    pub fn fetches(&mut self, now: InstantMs) -> Vec<Fetch> {
        self.vendor.fetches(now)
    }

    /// What a fetch brought.
    pub fn fetched(&mut self, now: InstantMs, job: u64, answer: Option<Response>) {
        self.vendor.fetched(now, job, answer);
    }
}

#[cfg(test)]
mod tests;
