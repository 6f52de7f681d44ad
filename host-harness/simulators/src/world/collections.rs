//! Collections in Portals: four that stand for approval, one that does not, and two of one name.

use super::assets::Pile;
use super::seed::{AssetSeed, CollectionSeed};

/// Approved covers that were commissioned or made in house.
pub const COVERS: &str = "8101";
/// Approved covers that show stock pictures: what was bought decides about them.
pub const STOCK_COVERS: &str = "8102";
/// Approved author photos; pages by cursor only.
pub const AUTHOR_PHOTOS: &str = "8103";
/// Approved promotional graphics.
pub const PROMOTION: &str = "8104";
/// Approval collections, in the order in which a configuration names them.
pub const APPROVED: [&str; 4] = [COVERS, STOCK_COVERS, AUTHOR_PHOTOS, PROMOTION];

/// Id, name, paging, and the pile that lies in it.
const LAYOUT: [(&str, &str, &str, Pile); 5] = [
    (COVERS, "Approved covers", "random", Pile::Covers),
    (STOCK_COVERS, "Approved covers with stock pictures", "random", Pile::Stock),
    (AUTHOR_PHOTOS, "Approved author photos", "cursor", Pile::Photos),
    (PROMOTION, "Approved promotion", "random", Pile::Promotion),
    ("8105", "Drafts, do not use", "random", Pile::Drafts),
];

/// The collections with their members.
pub fn make(assets: &[AssetSeed], piles: &[Pile]) -> Vec<CollectionSeed> {
    let of = |pile: Pile| {
        let members = assets.iter().zip(piles).filter(move |(_, lies)| **lies == pile);
        members.map(|(asset, _)| asset.id.clone())
    };
    let collection = |id: &str, name: &str, paging: &str, asset_ids| CollectionSeed {
        id: id.to_owned(),
        name: name.to_owned(),
        asset_ids,
        paging: paging.to_owned(),
    };
    let laid =
        LAYOUT.map(|(id, name, paging, pile)| collection(id, name, paging, of(pile).collect()));
    let campaign = |id, from| {
        let members = of(Pile::Promotion).skip(from).step_by(2).collect();
        collection(id, "Spring campaign", "random", members)
    };
    laid.into_iter().chain([campaign("8106", 0), campaign("8107", 1)]).collect()
}
