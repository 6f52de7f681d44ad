//! The door that a connector really goes through: HTTP/1.1 over sockets on loopback. The client is
//! a plain one, so that nothing between repairs what a vendor breaks.

use super::door::Door;
use super::small;
use simulators::consonance::Consonance;
use simulators::faults::Faulty;
use simulators::http::{Request, Response};
use simulators::modes::Modes;
use simulators::server::{self, Bound, Clock, Running, Shared};
use simulators::smintio::Smintio;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// More of an answer is not read: a flood is one long before.
const READ_MAX: u64 = 30_000_000;
const PATIENCE: Duration = Duration::from_secs(20);
const PLACES: [&str; 4] = ["consonance", "images", "smintio", "files"];

struct Sockets {
    consonance: Shared<Consonance>,
    origins: [String; 4],
    clock: Arc<AtomicU64>,
    running: Vec<Running>,
    runtime: Runtime,
}

/// Serves both vendors and opens the door to them.
pub fn open(modes: &[String]) -> Box<dyn Door> {
    let modes = Modes::named(modes).expect("known modes");
    let runtime = Runtime::new().expect("a runtime");
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let bind = || runtime.block_on(Bound::bind(any)).expect("a free port");
    let bound = [bind(), bind(), bind(), bind()];
    let origins = bound.each_ref().map(|bound| bound.origin().to_owned());
    let setup = small::setup(&modes, |place| place_of(&origins, place));
    let [at_consonance, at_smintio] = modes.plans(1);
    let mut consonance = Faulty::new(Consonance::new(&setup.world, setup.consonance));
    consonance.plan = at_consonance;
    let mut smintio = Faulty::new(Smintio::new(&setup.world, setup.smintio));
    smintio.plan = at_smintio;
    let consonance = Arc::new(Mutex::new(consonance));
    let smintio = Arc::new(Mutex::new(smintio));
    let clock = Arc::new(AtomicU64::new(small::START));
    let [api, images, portal, files] = bound;
    let entered = runtime.enter();
    let moved = || Clock::Moved(Arc::clone(&clock));
    let running = vec![
        server::serve_by(&consonance, vec![api, images], Duration::ZERO, moved()),
        server::serve_by(&smintio, vec![portal, files], Duration::ZERO, moved()),
    ];
    drop(entered);
    Box::new(Sockets { consonance, origins, clock, running, runtime })
}

fn place_of(origins: &[String; 4], place: &str) -> String {
    let at = PLACES.iter().position(|known| *known == place).expect("a known place");
    origins[at].clone()
}

impl Door for Sockets {
    fn send(&mut self, request: &Request) -> Option<Response> {
        exchange(request).ok()
    }

    fn advance(&mut self, ms: u64) {
        self.clock.fetch_add(ms, Ordering::SeqCst);
    }

    fn clock(&self) -> Option<u64> {
        Some(self.clock.load(Ordering::SeqCst))
    }

    fn settle(&mut self) {
        let start = Instant::now();
        while server::lock(&self.consonance).vendor.fetching() > 0 {
            assert!(start.elapsed() < PATIENCE, "Consonance still fetches");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn origin(&self, place: &str) -> String {
        place_of(&self.origins, place)
    }
}

impl Drop for Sockets {
    fn drop(&mut self) {
        for running in self.running.drain(..) {
            self.runtime.block_on(running.stop());
        }
    }
}

/// One request on a connection of its own. An answer that is shorter than announced is an error.
fn exchange(request: &Request) -> std::io::Result<Response> {
    let host = request.origin.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut head = format!("{} {} HTTP/1.1\r\nhost: {host}\r\n", request.method, request.target);
    for (name, value) in &request.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\nconnection: close\r\n\r\n", request.body.len()));
    stream.write_all(head.as_bytes())?;
    stream.write_all(&request.body)?;
    let mut answer = Vec::new();
    stream.take(READ_MAX).read_to_end(&mut answer)?;
    read(&answer, request.method == "HEAD")
        .ok_or_else(|| std::io::Error::other("the answer is no whole HTTP/1.1 response"))
}

fn read(answer: &[u8], headless: bool) -> Option<Response> {
    let end = answer.windows(4).position(|part| part == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let body = answer[end + 4..].to_vec();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let announced: u64 = length.and_then(|(_, text)| text.parse().ok()).unwrap_or_default();
    let whole = headless || body.len() as u64 >= announced.min(READ_MAX - 65_536);
    whole.then_some(Response { status, headers, body })
}
