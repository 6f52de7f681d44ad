//! The store keeps the contract of `wit/platform.wit`.

use super::*;
use consonance_smintio::platform::{ConditionalPut, DeleteOutcome, PutOutcome, StateError};

fn put(key: &str, expected: Option<u64>) -> ConditionalPut {
    ConditionalPut { key: key.into(), expected, value: key.as_bytes().to_vec() }
}

fn stored(outcome: Result<PutOutcome, StateError>) -> u64 {
    match outcome {
        Ok(PutOutcome::Stored(version)) => version,
        other => panic!("not stored: {other:?}"),
    }
}

#[test]
fn writes_need_the_version_that_was_read() {
    let (world, _) = world(1);
    let first = stored(world.put_if(&put("k", None)));
    let current = world.get("k").unwrap();
    assert_eq!(world.put_if(&put("k", None)), Ok(PutOutcome::Lost(current.clone())));
    assert_eq!(world.put_if(&put("k", Some(first + 9))), Ok(PutOutcome::Lost(current)));
    assert_eq!(world.put_if(&put("other", Some(first))), Ok(PutOutcome::Lost(None)));
    let second = stored(world.put_if(&put("k", Some(first))));
    assert_ne!(first, second);
    assert!(matches!(world.delete_if("k", first), Ok(DeleteOutcome::Lost(Some(_)))));
    assert_eq!(world.delete_if("k", second), Ok(DeleteOutcome::Deleted));
    assert_eq!(world.delete_if("k", second), Ok(DeleteOutcome::Lost(None)));
}

#[test]
fn apply_stops_at_the_first_lost_put() {
    let (world, _) = world(1);
    let puts = [put("a", None), put("b", Some(77)), put("c", None)];
    assert_eq!(world.apply(&puts).map(|versions| versions.len()), Ok(1));
    assert_eq!(world.state().keys().collect::<Vec<_>>(), ["a"]);
}

#[test]
fn scans_bring_every_key_of_the_prefix_once_and_in_order() {
    for page_short in [0, 10_000] {
        let (world, _) = world(1);
        let keys: Vec<String> = (10..60).map(|n| format!("p/{n}")).collect();
        for key in keys.iter().map(String::as_str).chain(["o/1", "p", "p0", "q/1"]) {
            stored(world.put_if(&put(key, None)));
        }
        world.set_faults(FaultOptions { page_short, ..FaultOptions::none() });
        let mut found = Vec::new();
        let mut start: Option<String> = None;
        loop {
            let (entries, next) = world.scan("p/", start.as_deref(), 7).unwrap();
            assert!((1..=7).contains(&entries.len()));
            found.extend(entries.into_iter().map(|entry| entry.key));
            start = next;
            if start.is_none() {
                break;
            }
        }
        assert_eq!(found, keys);
    }
}

#[test]
fn bad_arguments_are_refused() {
    let (world, _) = world(1);
    let large = ConditionalPut { key: "k".into(), expected: None, value: vec![0; (1 << 20) + 1] };
    assert_eq!(world.put_if(&large), Err(StateError::TooLarge(1 << 20)));
    assert!(world.put_if(&put("", None)).is_err());
    assert!(world.put_if(&put(&"k".repeat(513), None)).is_err());
    assert!(world.scan("", None, 0).is_err() && world.scan("", None, 1_001).is_err());
}
