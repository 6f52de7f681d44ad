//! Which of several images has an edition, and why, in a sentence for each of them.

use crate::engine::plan::contest::Contest;
use crate::flows::approved_assets::edition;
use crate::model::ids::AssetId;
use crate::model::product::Product;

/// How the contest over an edition ended, as the asset sees it.
pub fn sentence(contest: &Contest, asset: &AssetId, products: &[Product]) -> String {
    let product = products.iter().find(|product| product.id.0 == contest.product);
    let place = match product {
        Some(product) => edition(product),
        None => format!("product {}", contest.product),
    };
    let others: Vec<&str> =
        contest.claimants.iter().filter(|other| *other != asset).map(AssetId::as_str).collect();
    let others = others.join(", ");
    let role = contest.role;
    let choose =
        "`inbox resolve ambiguous:ASSET use`, with the one that shall have it, changes that";
    match (&contest.winner, contest.chosen) {
        (Some(winner), true) if winner == asset => {
            format!("{place}: it is the {role}, because a person chose it over {others}.")
        }
        (Some(winner), false) if winner == asset => format!(
            "{place}: it is the {role} and stays, because it was there before {others}; {choose}."
        ),
        (Some(winner), true) => format!(
            "{place}: {winner} is the {role}, because a person chose it; claimed also by {others}."
        ),
        (Some(winner), false) => format!(
            "{place}: {winner} is the {role} and stays, because it was there first; {choose}."
        ),
        (None, _) => format!(
            "{place}: {others} would be its {role}, too, and none goes until one is chosen; {choose}."
        ),
    }
}
