//! A change that a person took back stays so for as long as source and rules want just what they
//! wanted then. Rights are not touched: only texts and fewer editions come back this way.

use crate::flows::placement::{Assessment, Judgement, Loss};
use crate::state::link::Link;

/// Puts what a person wants in the place of what is wanted.
pub fn apply(assessment: &mut Assessment, link: Option<&Link>) {
    let Some(undone) = link.and_then(|link| link.undone.as_ref()) else { return };
    let Judgement::Place(placement) = &mut assessment.judgement else { return };
    if placement.appearance != undone.against {
        return;
    }
    let restore = &undone.restore;
    for product in placement.appearance.products.clone() {
        if !restore.products.contains(&product) {
            placement.miss(product, "a person took that back".to_owned(), Loss::Chosen);
        }
    }
    placement.appearance.caption.clone_from(&restore.caption);
    placement.appearance.copyright.clone_from(&restore.copyright);
    placement.appearance.required_credit.clone_from(&restore.required_credit);
    let step =
        format!("A person took change {} back, so what was there before stays.", undone.change);
    assessment.steps.push(step);
}
