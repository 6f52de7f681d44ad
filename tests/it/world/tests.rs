//! The world itself: it is as strict as it says, it replays, and its faults and kills happen.

mod credentials;
mod faults;
mod kills;
mod store;
mod toy;

use super::*;
use consonance_smintio::platform::{ExchangeError, Method, Platform, Request, Response};
use toy::Toy;

/// 2027-01-01T00:00:00Z.
const START: Instant = Instant(1_798_761_600_000);

/// A world with a toy vendor at `http://toy.test` and another at `http://files.test`.
fn world(seed: u64) -> (SeededWorld, Shared<Toy>) {
    let toy = Shared::new(Toy::default());
    let secret = Secret::Refresh {
        client_id: "client".into(),
        client_secret: "s&cret".into(),
        refresh_token: "first".into(),
    };
    let world = SeededWorld::new(seed, START)
        .vendor(&["http://toy.test"], toy.clone())
        .vendor(&["http://files.test"], Toy::default())
        .connection("toy", "http://toy.test", secret);
    (world, toy)
}

fn post(path: &str) -> Request {
    Request {
        method: Method::Post,
        url: format!("http://toy.test{path}"),
        headers: Vec::new(),
        body: b"body".to_vec(),
        response_bytes_max: 1_000,
        authorization: None,
    }
}

fn send(
    world: &SeededWorld,
    requests: &[Request],
) -> Vec<(usize, Result<Response, ExchangeError>)> {
    let mut results = Vec::new();
    world.exchange(requests, 4, &mut |index, result| results.push((index, result)));
    results
}

fn send_one(world: &SeededWorld, request: Request) -> Result<Response, ExchangeError> {
    send(world, &[request]).pop().expect("one result").1
}

#[test]
fn a_seed_gives_one_trace_and_its_own_order() {
    let run = |seed| {
        let (world, _) = world(seed);
        world.set_faults(FaultOptions::draw(seed));
        let requests: Vec<Request> = (0..20).map(|n| post(&format!("/make/{n}"))).collect();
        let order: Vec<usize> = send(&world, &requests).iter().map(|(index, _)| *index).collect();
        world.wait_until(world.random() % 10_000);
        let mut sorted = order.clone();
        consonance_smintio::order::sort(&mut sorted);
        assert_eq!(sorted, (0..20).collect::<Vec<_>>(), "each request is answered once");
        (order, world.trace_hash(), world.monotonic_ms())
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7).0, run(8).0);
    assert_ne!(run(7).1, run(8).1);
}

#[test]
fn time_moves_only_by_calls_and_waits() {
    let (world, _) = world(1);
    let before = world.monotonic_ms();
    assert_eq!((world.now(), world.monotonic_ms()), (START, before));
    world.wait_until(before + 5_000);
    assert_eq!(world.monotonic_ms(), before + 5_000);
    world.wait_until(before);
    assert_eq!(world.monotonic_ms(), before + 5_001);
    world.set_wall_clock(Instant(5));
    assert_eq!((world.now(), world.monotonic_ms()), (Instant(5), before + 5_001));
}

#[test]
fn a_vendor_fetches_from_another_within_the_same_request() {
    let (world, toy) = world(1);
    send_one(&world, post("/fetch/http://files.test/image")).unwrap();
    send_one(&world, post("/fetch/http://nobody.test/image")).unwrap();
    let fetched = toy.with(|toy| toy.fetched.clone());
    assert_eq!(fetched, [Some("made /image".to_owned()), None]);
}

#[test]
fn a_swallowed_answer_is_lost_after_the_effect() {
    let (world, toy) = world(1);
    assert!(matches!(send_one(&world, post("/swallow")), Err(ExchangeError::Lost(_))));
    assert_eq!(toy.with(|toy| toy.made.len()), 1);
}

#[test]
fn too_large_an_answer_is_cut_and_unknown_hosts_are_denied() {
    let (world, toy) = world(1);
    let small = Request { response_bytes_max: 3, ..post("/make/1") };
    assert_eq!(send_one(&world, small), Err(ExchangeError::TooLarge));
    assert_eq!(toy.with(|toy| toy.made.len()), 1);
    let elsewhere = Request { url: "http://evil.test/".into(), ..post("/") };
    assert!(matches!(send_one(&world, elsewhere), Err(ExchangeError::Denied(_))));
}
