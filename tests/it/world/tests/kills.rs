//! Kills happen where they are said to happen, and everything but the connector survives.

use super::*;
use consonance_smintio::platform::ConditionalPut;

/// A store write and two requests: calls 1, 2 and 3.
fn scenario(platform: &dyn Platform) -> usize {
    let put = ConditionalPut { key: "k".into(), expected: None, value: b"v".to_vec() };
    platform.put_if(&put).expect("no faults");
    let mut answers = 0;
    platform.exchange(&[post("/make/1"), post("/make/2")], 2, &mut |_, _| answers += 1);
    answers
}

#[test]
fn each_call_can_be_killed_on_both_sides() {
    let cases = [
        (1, When::Before, 0, 0),
        (1, When::After, 1, 0),
        (2, When::Before, 1, 0),
        (2, When::After, 1, 1),
        (3, When::Before, 1, 1),
        (3, When::After, 1, 2),
    ];
    for (call, when, stored, made) in cases {
        let (world, toy) = world(3);
        let ending = run_killed(&world, KillAt { call, when }, scenario);
        assert_eq!(ending, Ending::Killed, "{call} {when:?}");
        assert_eq!(world.state().len(), stored, "{call} {when:?}");
        assert_eq!(toy.with(|toy| toy.made.len()), made, "{call} {when:?}");
        // Nothing is left of the kill: the next run goes through.
        assert_eq!(send(&world, &[post("/make/3")]).len(), 1);
    }
}

#[test]
fn a_kill_beyond_the_end_does_not_happen() {
    let (world, _) = world(3);
    send_one(&world, post("/make/0")).unwrap();
    let kill = KillAt { call: 4, when: When::Before };
    assert_eq!(run_killed(&world, kill, scenario), Ending::Finished(2));
    assert_eq!(world.calls(), ["put-if", "request", "request"]);
}

#[test]
fn clocks_are_not_counted_and_everything_else_is() {
    let (world, _) = world(3);
    world.count_anew();
    world.now();
    world.monotonic_ms();
    assert!(world.calls().is_empty());
    drop(world.get("k"));
    drop(world.get_many(&[]));
    drop(world.scan("", None, 1));
    drop(world.delete_if("k", 1));
    drop(world.apply(&[]));
    drop(world.store_traits());
    world.wait_until(0);
    world.random();
    drop(world.authorization("toy"));
    world.rejected("toy", 0);
    world.progress("x", 0, None);
    let expected = "get get-many scan delete-if apply traits wait-until random authorization \
                    rejected progress";
    assert_eq!(world.calls().join(" "), expected);
}

#[test]
#[should_panic(expected = "a bug of the connector")]
fn other_panics_go_on() {
    let (world, _) = world(3);
    let kill = KillAt { call: 1, when: When::Before };
    run_killed(&world, kill, |_| panic!("a bug of the connector"));
}
