//! Links to an image's rights that Consonance refused: they are not asked for again until the link
//! changes or a person says so, and that person is told.

use crate::engine::inbox::{Draft, Item, Kind, again};
use crate::flows::placement::Judgement;
use crate::model::ids::AssetId;
use crate::state::link::{Link, PlacedLink};
use crate::state::refusal::RefusedLink;

/// What a person is asked about an asset's refused links; none: there are none.
pub fn question(asset: &AssetId, refused: &[RefusedLink]) -> Option<Item> {
    let last = refused.iter().max_by_key(|r| &r.run_id)?;
    let products: Vec<String> = refused.iter().map(|r| r.link.product.to_string()).collect();
    let message = format!(
        "Consonance refuses a link to the image's rights on product {}: {}. It is not tried again \
         until the link changes or somebody says so",
        products.join(", "),
        last.why
    );
    let facts = format!("link {}", last.run_id);
    let item = Item::about(Kind::BadRecord, asset.as_str(), message, facts);
    Some(item.with_choices(again()))
}

/// Takes them out of what shall be there: those that are wanted, are not there by now, and are not to
/// be tried again.
pub fn leave_out(
    judgement: &mut Judgement,
    asset: &AssetId,
    mut refused: Vec<RefusedLink>,
    link: Option<&Link>,
    inbox: &Draft,
) {
    let Judgement::Place(placement) = judgement else { return };
    let there = link.map(|l| l.web_links.as_slice()).unwrap_or_default();
    let has = |links: &[PlacedLink], r: &RefusedLink| links.iter().any(|l| is_same(l, &r.link));
    refused.retain(|r| has(&placement.links, r) && !has(there, r));
    let question = question(asset, &refused);
    if question.is_some_and(|item| inbox.decision(&item) == Some("retry")) {
        return;
    }
    placement.links.retain(|link| !refused.iter().any(|r| is_same(link, &r.link)));
    placement.refused = refused;
}

fn is_same(a: &PlacedLink, b: &PlacedLink) -> bool {
    (a.product, &a.link, &a.role, &a.note) == (b.product, &b.link, &b.role, &b.note)
}
