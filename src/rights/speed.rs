//! How many decisions a second, measured and printed, never asserted: run in release with
//! `--nocapture`.

#![allow(clippy::disallowed_methods, reason = "a stopwatch around pure code, in a test only")]

use std::time::Instant;

use super::laws::world;
use super::{Resolved, Sources};

#[test]
fn decisions_a_second() {
    let rounds = if cfg!(debug_assertions) { 500 } else { 50_000 };
    let worlds: Vec<_> = (0..64).map(world::seeded).collect();
    let sources: Vec<_> = worlds
        .iter()
        .map(|world| Sources { purchases: vec![&world.purchase], ..Sources::default() })
        .collect();
    let resolved: Vec<_> = sources.iter().map(Resolved::of).collect();
    let mut reasons = 0;
    let start = Instant::now();
    for (world, source) in worlds.iter().zip(&sources).cycle().take(rounds) {
        reasons += super::decide(source, &world.asked).reasons.len();
    }
    let fresh = start.elapsed();
    let start = Instant::now();
    for (world, resolved) in worlds.iter().zip(&resolved).cycle().take(rounds) {
        let decision = resolved.decide(&world.asked);
        reasons += decision.reasons.len() + super::explain(&decision).len();
    }
    let explained = start.elapsed();
    let start = Instant::now();
    for (world, resolved) in worlds.iter().zip(&resolved).cycle().take(rounds) {
        reasons += resolved.decide(&world.asked).reasons.len();
    }
    let prepared = start.elapsed();
    let rate = |time: std::time::Duration| rounds as f64 / time.as_secs_f64();
    println!(
        "decisions a second: {:.0} from raw sources, {:.0} prepared, {:.0} prepared and with a \
         sentence per reason ({reasons} reasons)",
        rate(fresh),
        rate(prepared),
        rate(explained)
    );
    assert!(reasons > 0);
}
