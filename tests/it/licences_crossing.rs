//! Another flow at work while the links of purchases are compared.

use consonance_smintio::platform::Platform as _;

use super::licences::{carries, linked, records, settled, writes};

/// Another flow may read the feed while this one compares, which it does twice.
#[test]
fn a_purchase_that_is_cancelled_between_two_looks_is_left_to_the_next_run() {
    let (other, _) = settled(20);
    let (id, gone) = linked(&other);
    let now = other.world.now().0;
    assert!(other.on_smintio(|s| s.cancel_purchase(now, &id, false)));
    other.settle_flow("rights-exchange", 20).expect("a calm world");
    let key = format!("licence/{id}");
    let cancelled = other.world.state().remove(&key).expect("a purchase");
    let (bench, _) = settled(20);
    bench.world.before_scan("licence/", move |world| {
        world.before_scan("licence/", move |world| world.overwrite(&key, &cancelled));
    });
    assert_eq!(writes(&bench), 0);
    assert!(gone.iter().all(|link| carries(&bench, link)));
    assert!(records(&bench).iter().any(|(other, _)| *other == id), "they are still ours");
    assert_eq!(writes(&bench), gone.len() as u64);
    assert!(gone.iter().all(|link| !carries(&bench, link)));
}
