//! Each fault does what it is called, and the seeds draw all of them.

use super::*;
use consonance_smintio::platform::{ConditionalPut, PutOutcome, StateError};

const ALWAYS: u32 = 10_000;

#[test]
fn faults_on_the_way_there_leave_the_vendor_alone() {
    let none = FaultOptions::none();
    let cases = [
        FaultOptions { connect_failed: ALWAYS, ..none },
        FaultOptions { request_lost: ALWAYS, ..none },
        FaultOptions { throttled: ALWAYS, ..none },
        FaultOptions { server_error: ALWAYS, ..none },
    ];
    let mut seen = Vec::new();
    for options in cases {
        let (world, toy) = world(5);
        world.set_faults(options);
        seen.push(match send_one(&world, post("/make/1")) {
            Err(ExchangeError::NotSent(_)) => 0,
            Err(ExchangeError::Lost(_)) => 1,
            Ok(answer) => answer.status,
            other => panic!("{other:?}"),
        });
        assert!(toy.with(|toy| toy.made.is_empty()), "{options}");
    }
    assert_eq!((seen[0], seen[1], seen[2]), (0, 1, 429));
    assert!([500, 503].contains(&seen[3]), "{seen:?}");
}

#[test]
fn a_lost_answer_comes_after_the_effect() {
    let (world, toy) = world(5);
    world.set_faults(FaultOptions { answer_lost: ALWAYS, ..FaultOptions::none() });
    let requests: Vec<Request> = (0..40).map(|n| post(&format!("/make/{n}"))).collect();
    let results = send(&world, &requests);
    assert_eq!(toy.with(|toy| toy.made.len()), 40);
    let lost = results.iter().filter(|(_, r)| matches!(r, Err(ExchangeError::Lost(_)))).count();
    let gateway = results.iter().filter(|(_, r)| r.as_ref().is_ok_and(|a| a.status == 504)).count();
    assert_eq!(lost + gateway, 40);
    assert!(lost > 0 && gateway > 0, "{lost} {gateway}");
}

#[test]
fn throttling_states_the_wait_in_every_way() {
    let (world, _) = world(5);
    world.set_faults(FaultOptions { throttled: ALWAYS, ..FaultOptions::none() });
    let requests: Vec<Request> = (0..100).map(|_| post("/make/1")).collect();
    let waits: Vec<Option<String>> = send(&world, &requests)
        .into_iter()
        .map(|(_, result)| result.unwrap().header("retry-after").map(str::to_owned))
        .collect();
    let has = |test: &dyn Fn(&str) -> bool| waits.iter().flatten().any(|wait| test(wait));
    assert!(waits.iter().any(Option::is_none));
    assert!(has(&|wait| wait == "0") && has(&|wait| wait == "-5") && has(&|wait| wait == "soon"));
    assert!(has(&|wait| wait.parse::<u64>().is_ok_and(|seconds| seconds > 60)));
    assert!(has(&|wait| wait.starts_with("Fri, 01 Jan 2027 00:0") && wait.ends_with(" GMT")));
}

#[test]
fn a_write_of_unknown_outcome_did_or_did_not_happen() {
    let put = ConditionalPut { key: "k".into(), expected: None, value: b"v".to_vec() };
    let none = FaultOptions::none();
    let cases = [
        (FaultOptions { write_unknown_done: ALWAYS, ..none }, 1),
        (FaultOptions { write_unknown_not_done: ALWAYS, ..none }, 0),
    ];
    for (options, stored) in cases {
        let (world, _) = world(5);
        world.set_faults(options);
        assert!(matches!(world.put_if(&put), Err(StateError::OutcomeUnknown(_))));
        assert_eq!(world.state().len(), stored, "{options}");
    }
}

#[test]
fn a_lost_write_shows_an_entry_of_another_version() {
    let (world, _) = world(5);
    world.overwrite("k", b"old");
    let version = world.get("k").unwrap().unwrap().version;
    world.set_faults(FaultOptions { write_lost: ALWAYS, ..FaultOptions::none() });
    let put = ConditionalPut { key: "k".into(), expected: Some(version), value: b"new".to_vec() };
    let Ok(PutOutcome::Lost(Some(entry))) = world.put_if(&put) else { panic!("not lost") };
    assert_eq!(entry.value, b"old");
    assert_ne!(entry.version, version);
}

#[test]
fn seeds_draw_nothing_one_fault_and_many() {
    let drawn: Vec<String> = (0..1_000).map(|seed| FaultOptions::draw(seed).to_string()).collect();
    let faults = |record: &String| {
        record.split_whitespace().filter(|part| part.contains('=') && !part.ends_with("=0")).count()
    };
    let counts: Vec<usize> = drawn.iter().map(faults).collect();
    assert!(counts.contains(&0) && counts.contains(&1) && counts.iter().any(|count| *count > 6));
    let names = FaultOptions::none().to_string();
    for name in names.split_whitespace().filter_map(|part| part.strip_suffix("=0")) {
        let fires = |record: &&String| !record.contains(&format!(" {name}=0"));
        let count = drawn.iter().filter(fires).count();
        assert!((250..750).contains(&count), "{name} is on in {count} of 1,000 seeds");
    }
}
