//! An imprint is renamed in Consonance: what the flows that show imprints send for it.
//!
//! Invariant: the imprint is the one with the most titles, so that the figure is the worst case.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use host_harness::clock::now_ms;
use host_harness::simulation::Simulation;

use super::super::Figure;
use super::measured::Measured;
use super::timed;
use crate::cli::context::{Context, Opened};
use crate::cli::exit::Failure;

/// The flows on whose collections an imprint's name stands: its tag first, then the cards.
const FLOWS: [&str; 3] = ["title-tags", "launch-metadata", "rights-exchange"];

/// Measures.
pub async fn measure(
    context: &Context,
    opened: &Opened,
    simulation: &Simulation,
) -> Result<(Vec<Figure>, Vec<Measured>), Failure> {
    let (imprint, titles) = renamed(simulation);
    let mut runs = Vec::new();
    for flow in FLOWS {
        runs.push(timed(context, opened, "imprint renamed", flow).await?);
    }
    let figures = vec![
        ("imprint renamed".to_owned(), imprint.into()),
        ("titles of that imprint".to_owned(), titles.into()),
    ];
    Ok((figures, runs))
}

/// Renames the imprint with the most titles; gives its id and how many there are.
fn renamed(simulation: &Simulation) -> (i64, usize) {
    let mut consonance = simulation.consonance.lock().unwrap_or_else(PoisonError::into_inner);
    let mut titles: BTreeMap<i64, usize> = BTreeMap::new();
    for work in consonance.vendor.works() {
        if let Some((imprint, _)) = work.imprint {
            *titles.entry(imprint).or_default() += 1;
        }
    }
    let most = titles.into_iter().max_by_key(|(_, count)| *count).unwrap_or_default();
    consonance.vendor.act(now_ms(), |person| person.rename_imprint(most.0, "A New Name"));
    most
}
