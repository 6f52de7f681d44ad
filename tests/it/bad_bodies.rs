//! Nonsense instead of answers: nothing is deleted, nothing is lost, and the next healthy run is as
//! if it had never been.

use super::bench::{Bench, bench, data};
use simulators::faults::{Fault, FaultPlan, NAMES, When};

/// Faults that are answers, and broken ones.
const BODIES: [&str; 8] = [
    "bad-gateway",
    "graphql-errors",
    "partial-data",
    "empty-lists",
    "broken-utf8",
    "cut-body",
    "huge-string",
    "deep",
];

#[test]
fn every_fault_has_a_name() {
    let known: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
    assert!(BODIES.iter().all(|name| known.contains(name)), "{known:?}");
}

#[test]
fn nonsense_from_either_vendor_destroys_nothing() {
    let data = data(8);
    let calm = bench(0, &data);
    calm.settle(20).expect("a calm world");
    let expected = calm.picture();
    for name in BODIES {
        for vendor in ["consonance", "smintio"] {
            let bench = bench(0, &data);
            bench.settle(20).expect("a calm world");
            infect(&bench, vendor, name);
            bench.world.advance(8 * 24 * 3_600_000);
            let writes = bench.mutations();
            // However it ends: it must not have changed anything.
            let ended = bench.run_once(&bench.world);
            assert_eq!(bench.mutations(), writes, "{name} from {vendor} made changes: {ended:?}");
            assert_eq!(bench.picture(), expected, "{name} from {vendor}");
            heal(&bench);
            bench.world.advance(200_000);
            bench.settle(20).unwrap_or_else(|e| panic!("after {name} from {vendor}: {e}"));
            assert_eq!(bench.picture(), expected, "after {name} from {vendor}");
        }
    }
}

fn infect(bench: &Bench, vendor: &str, name: &str) {
    let fault = || Fault::named(name).expect("a known fault").when(When::Every(1));
    let plan = FaultPlan::new(vec![fault()], 1);
    if vendor == "consonance" {
        bench.consonance.with(|core| core.0.plan = plan);
    } else {
        bench.smintio.with(|core| core.0.plan = plan);
    }
}

fn heal(bench: &Bench) {
    bench.consonance.with(|core| core.0.plan = FaultPlan::none());
    bench.smintio.with(|core| core.0.plan = FaultPlan::none());
}
