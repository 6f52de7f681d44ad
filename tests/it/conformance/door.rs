//! A way to the vendors: what a case needs of it, whatever it is behind.

use simulators::http::{Request, Response};

/// Vendors that a case talks to.
pub trait Door {
    /// Sends a request; nothing comes back if the connection ends before the answer does.
    fn send(&mut self, request: &Request) -> Option<Response>;

    /// Time passes at the vendors.
    fn advance(&mut self, ms: u64);

    /// What time it is at the vendors, if this door lets a slow answer take its time.
    fn clock(&self) -> Option<u64>;

    /// Waits until nobody fetches anything that is due.
    fn settle(&mut self);

    /// The origin of `consonance`, `images`, `smintio` or `files`.
    fn origin(&self, place: &str) -> String;
}

/// Vendors that answer with nonsense, to see whether a case notices.
#[derive(Default)]
pub struct Nonsense(u64);

impl Door for Nonsense {
    fn send(&mut self, _request: &Request) -> Option<Response> {
        Some(Response::new(299, "text/plain", "nonsense"))
    }

    fn advance(&mut self, ms: u64) {
        self.0 += ms;
    }

    fn clock(&self) -> Option<u64> {
        Some(self.0)
    }

    fn settle(&mut self) {}

    fn origin(&self, place: &str) -> String {
        format!("http://{place}.test")
    }
}
