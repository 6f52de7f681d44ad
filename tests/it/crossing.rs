//! Two flows that list the same collection at the same time: neither spoils what the other stored.

use std::cell::Cell;

use connector_tests::world::SeededWorld;
use consonance_smintio::api::{self, Budget, connector::RunState};
use consonance_smintio::model::date::Instant;
use consonance_smintio::platform::{
    ConditionalPut, CredentialError, DeleteOutcome, Entry, ExchangeError, Level, Platform,
    PutOutcome, Request, Response, StateError, StoreTraits, Token,
};
use serde_json::json;

use super::bench::{FLOW, bench_of, data};
use super::records::{editing, set};

/// Where a flow stores how far it came, and what it saw.
const POSITION: &str = "cursor/mirrors/portals:8101";
const CHUNK: &str = "cursor/mirrors/portals:8101:00000";

/// The world, in which another flow stores its place in a listing as soon as this one's is dropped.
struct Crossed<'w> {
    world: &'w SeededWorld,
    crossed: Cell<bool>,
}

fn theirs(chunk: bool, began: u64) -> Vec<u8> {
    let data = if chunk {
        json!({ "sweep": "theirs", "members": ["a", "b"] })
    } else {
        json!({ "sweep": "theirs", "began": began, "page": 2, "size": 1, "result_set": null,
                "complete": true, "last": ["b"], "chunks": 1 })
    };
    json!({ "format": 1, "data": data }).to_string().into_bytes()
}

impl Platform for Crossed<'_> {
    fn delete_if(&self, key: &str, expected: u64) -> Result<DeleteOutcome, StateError> {
        let outcome = self.world.delete_if(key, expected);
        if key == CHUNK {
            self.world.overwrite(CHUNK, &theirs(true, 0));
            self.world.overwrite(POSITION, &theirs(false, self.world.now().0));
            self.crossed.set(true);
        }
        outcome
    }

    fn exchange(
        &self,
        requests: &[Request],
        in_flight_max: usize,
        done: &mut dyn FnMut(usize, Result<Response, ExchangeError>),
    ) {
        self.world.exchange(requests, in_flight_max, done);
    }

    fn get(&self, key: &str) -> Result<Option<Entry>, StateError> {
        self.world.get(key)
    }

    fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Entry>>, StateError> {
        self.world.get_many(keys)
    }

    fn scan(
        &self,
        prefix: &str,
        start: Option<&str>,
        limit: u32,
    ) -> Result<(Vec<Entry>, Option<String>), StateError> {
        self.world.scan(prefix, start, limit)
    }

    fn put_if(&self, put: &ConditionalPut) -> Result<PutOutcome, StateError> {
        self.world.put_if(put)
    }

    fn apply(&self, puts: &[ConditionalPut]) -> Result<Vec<u64>, StateError> {
        self.world.apply(puts)
    }

    fn store_traits(&self) -> Result<StoreTraits, StateError> {
        self.world.store_traits()
    }

    fn now(&self) -> Instant {
        self.world.now()
    }

    fn monotonic_ms(&self) -> u64 {
        self.world.monotonic_ms()
    }

    fn wait_until(&self, monotonic_ms: u64) {
        self.world.wait_until(monotonic_ms);
    }

    fn random(&self) -> u64 {
        self.world.random()
    }

    fn authorization(&self, connection: &str) -> Result<Token, CredentialError> {
        self.world.authorization(connection)
    }

    fn rejected(&self, connection: &str, generation: u64) {
        self.world.rejected(connection, generation);
    }

    fn log(&self, level: Level, message: &str, fields: &[(&str, String)]) {
        self.world.log(level, message, fields);
    }

    fn progress(&self, stage: &str, done: u64, total: Option<u64>) {
        self.world.progress(stage, done, total);
    }
}

#[test]
fn a_listing_that_ended_leaves_another_flows_place_alone() {
    let bench = bench_of(0, &data(120), |_, s| s.search_page_max = 1);
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the collection");
    assert!(members.len() > 100, "one call does not list them all");
    // One of the first cannot be read: then that is stored, too, when the listing has ended.
    let spoil = editing("uuid", json!(members[2]), |asset| {
        let odd = json!({ "key": "imageMetadata", "dataType": "string", "stringValue": "big" });
        set(asset, "imageMetadata", odd);
    });
    bench.smintio.with(|core| core.1 = Some(spoil));
    let config = bench.config.to_string();
    let small = Budget { deadline_ms: 60_000, max_requests: 100, max_writes: 40 };
    for _ in 0..60 {
        let platform = Crossed { world: &bench.world, crossed: Cell::new(false) };
        let result = api::connector::run(&platform, &config, FLOW, small).expect("a run");
        let RunState::Paused(at) = result.state else { panic!("{:?}", result.state) };
        if platform.crossed.get() {
            let state = bench.world.state();
            assert_eq!(state.get(CHUNK), Some(&theirs(true, 0)), "what they saw");
            let place = state.get(POSITION).map(|place| String::from_utf8_lossy(place));
            assert!(place.is_some_and(|place| place.contains("theirs")), "where they are");
            return;
        }
        let now = bench.world.now();
        bench.world.advance(at.0.saturating_sub(now.0).max(1));
    }
    panic!("the listing never ended in a call that paused after it");
}
