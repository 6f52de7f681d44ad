//! Every delivery of a purchase is kept for ever under its version and content, put only if it is
//! not there: what a decision rested on can be looked up, whatever the vendor delivers later.

use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::model::delivery::Delivery;
use crate::model::licence::Purchase;
use crate::state::{keys, store};

/// Hexadecimal digits of the content's hash in a name: 64 bits tell the deliveries of one purchase
/// apart.
const HASH_DIGITS: usize = 16;

/// Keeps the deliveries, and gives their purchases the names under which they stand.
pub fn keep(run: &Run, deliveries: Vec<Delivery>) -> Result<Vec<Purchase>, Stop> {
    let mut puts = Vec::with_capacity(deliveries.len());
    let mut purchases = Vec::with_capacity(deliveries.len());
    for delivery in deliveries {
        let bytes = store::encode(&delivery)?;
        let name = name(&delivery.purchase, &bytes);
        let key = keys::snapshot(&delivery.purchase.id, &name);
        puts.push(store::prepared(key.clone(), None, &delivery)?);
        purchases.push(Purchase { snapshot: Some(key), ..delivery.purchase });
    }
    store::put_absent(run.platform, puts)?;
    Ok(purchases)
}

/// The vendor's version first, so that the deliveries of a purchase stand in their order. The hash,
/// because a vendor may deliver two things under one version, or none at all.
fn name(purchase: &Purchase, bytes: &[u8]) -> String {
    let hash: String = keys::sha256_hex(bytes).chars().take(HASH_DIGITS).collect();
    match purchase.version {
        Some(version) => format!("{version:010}-{hash}"),
        None => format!("unnumbered-{hash}"),
    }
}
