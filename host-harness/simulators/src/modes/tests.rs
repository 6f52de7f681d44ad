//! Names are unique and explained, and every one does something.

use super::*;
use crate::world::{Options, generate};
use std::collections::BTreeSet;
use time::macros::date;

#[test]
fn names_are_unique_and_explained() {
    let mut seen = BTreeSet::new();
    for mode in all() {
        assert!(seen.insert(mode.name), "{} is there twice", mode.name);
        assert!(!mode.what.is_empty() && !mode.what.contains('\n'), "{}", mode.name);
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(mode.name.chars().all(plain), "{}", mode.name);
    }
    assert!(Modes::named(&["no-such-mode"]).is_err());
}

#[test]
fn every_odd_content_changes_the_feed_or_the_collections() {
    let options = Options { titles: 40, seed: 1, today: date!(2026 - 11 - 23) };
    let plain = generate(&options);
    for mode in all() {
        let Does::Contents(change) = mode.does else { continue };
        let mut changed = plain.clone();
        change(&mut changed);
        let text = |world: &World| format!("{:?} {:?}", world.purchases, world.collections);
        assert_ne!(text(&plain), text(&changed), "{} changes nothing", mode.name);
    }
}
