//! The vendors' cores, reached by origin, and what one of them fetches from another.

use simulators::http::{Request, Response, Vendor};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Rounds of fetching after one request, so that two vendors cannot keep each other busy forever.
const ROUNDS_MAX: usize = 1_000;

/// A vendor that the test keeps a hand on.
pub struct Shared<V>(Arc<Mutex<V>>);

impl<V> Clone for Shared<V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<V> Shared<V> {
    /// Shares a vendor.
    pub fn new(vendor: V) -> Self {
        Self(Arc::new(Mutex::new(vendor)))
    }

    /// Looks at the vendor, or lets somebody act there.
    pub fn with<T>(&self, act: impl FnOnce(&mut V) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<V: Vendor> Vendor for Shared<V> {
    fn handle(&mut self, now: u64, request: &Request) -> Response {
        self.with(|vendor| vendor.handle(now, request))
    }

    fn fetches(&mut self, now: u64) -> Vec<simulators::http::Fetch> {
        self.with(|vendor| vendor.fetches(now))
    }

    fn fetched(&mut self, now: u64, job: u64, answer: Option<Response>) {
        self.with(|vendor| vendor.fetched(now, job, answer));
    }
}

/// All vendors.
#[derive(Default)]
pub struct Vendors {
    vendors: Vec<Box<dyn Vendor>>,
    routes: BTreeMap<String, usize>,
}

impl Vendors {
    /// A vendor at its origins.
    pub fn add(&mut self, origins: &[&str], vendor: Box<dyn Vendor>) {
        for origin in origins {
            self.routes.insert((*origin).to_owned(), self.vendors.len());
        }
        self.vendors.push(vendor);
    }

    /// Whether anybody is there.
    pub fn is_known(&self, origin: &str) -> bool {
        self.routes.contains_key(origin)
    }

    /// Sends a request; afterwards everybody fetches what they want.
    pub fn send(&mut self, now: u64, request: &Request) -> Option<Response> {
        let answer = self.handle(now, request);
        self.pump(now);
        answer
    }

    /// Lets every vendor fetch what it wants, until nobody wants anything.
    pub fn pump(&mut self, now: u64) {
        for _ in 0..ROUNDS_MAX {
            let mut fetched = false;
            for position in 0..self.vendors.len() {
                for fetch in self.vendors[position].fetches(now) {
                    let answer = get(&fetch.url).and_then(|request| self.handle(now, &request));
                    self.vendors[position].fetched(now, fetch.job, answer);
                    fetched = true;
                }
            }
            if !fetched {
                return;
            }
        }
        panic!("the vendors still fetch after {ROUNDS_MAX} rounds");
    }

    fn handle(&mut self, now: u64, request: &Request) -> Option<Response> {
        let position = *self.routes.get(&request.origin)?;
        Some(self.vendors[position].handle(now, request))
    }
}

/// A plain GET of an address.
fn get(url: &str) -> Option<Request> {
    let (origin, target) = split(url)?;
    let method = "GET".to_owned();
    Some(Request { method, origin, target, headers: Vec::new(), body: Vec::new() })
}

/// Origin and target of an absolute address.
pub fn split(url: &str) -> Option<(String, String)> {
    let (scheme, rest) = url.split_once("://")?;
    let rest = rest.split('#').next()?;
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let target = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    Some((format!("{scheme}://{authority}"), target))
}
