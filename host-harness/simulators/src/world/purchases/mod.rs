//! Purchases of the stock pictures that are on covers, as the CLAPI-C change log.
//!
//! A purchase and an asset share no id: a person typed the purchase's uuid into the asset's
//! `rawData.licenceTransaction`, or forgot to.

mod document;
mod kinds;
mod log;
mod terms;
#[cfg(test)]
mod tests;

pub use kinds::{SPECIALS, Special};

use super::assets::Pile;
use super::generate::Options;
use super::seed::{AssetSeed, ProductSeed, PurchaseSeed, TitleSeed};
use kinds::Dealer;
use log::Log;
use serde_json::json;
use std::collections::BTreeMap;
use time::{Date, Duration};

/// Who buys.
pub const LEGAL_ENTITY: &str = "Exemplar Scholarly Press Group Ltd";
/// The providers in turn. Only the last one's licence text has a signed profile.
const PROVIDERS: [&str; 4] = ["shutterstock", "getty", "istock", "adobestock"];
/// The first purchase's uuid.
const FIRST: i64 = 70_001;

/// A cover with a stock picture on it.
pub struct Stock<'a> {
    number: usize,
    today: Date,
    title: &'a TitleSeed,
    asset: &'a AssetSeed,
    provider: &'static str,
}

impl Stock<'_> {
    /// The editions that it is on.
    fn products(&self) -> impl Iterator<Item = &ProductSeed> {
        let meant = self.asset.meant_for.as_ref();
        let ids = meant.map_or(&[][..], |meant| &meant.product_ids);
        self.title.products.iter().filter(move |product| ids.contains(&product.product_id))
    }

    /// When the first of its editions appears, if all of them say so.
    fn publication(&self) -> Option<Date> {
        let dates: Option<Vec<Date>> = self.products().map(|p| p.publication_date).collect();
        dates?.into_iter().min()
    }

    /// When the picture was bought: well before the book appeared, and before today.
    fn bought(&self) -> Date {
        let early = self.publication().map(|date| date - Duration::days(240));
        let latest = self.today - Duration::days(10);
        early.map_or(self.today - Duration::days(200), |date| date.min(latest))
    }

    fn provider(&self) -> &str {
        self.provider
    }
}

/// What is bought for the assets in the stock pile. Writes the uuids and what is special into the
/// assets; each twenty-fifth asset without any other trait has no purchase to its name.
pub fn make(
    options: &Options,
    titles: &[TitleSeed],
    assets: &mut [AssetSeed],
    piles: &[Pile],
) -> Vec<PurchaseSeed> {
    let by_work: BTreeMap<i64, &TitleSeed> = titles.iter().map(|t| (t.work_id, t)).collect();
    let stock = assets.iter_mut().zip(piles).filter(|(_, pile)| **pile == Pile::Stock);
    let mut shop: Option<Shop> = None;
    for (number, (asset, _)) in stock.enumerate() {
        let Some(title) = asset.meant_for.as_ref().and_then(|meant| by_work.get(&meant.work_id))
        else {
            continue;
        };
        let mut stock = Stock { number, today: options.today, title, asset, provider: "" };
        let shop = shop.get_or_insert_with(|| Shop::open(&stock, titles.len()));
        let bought = shop.buy(&mut stock);
        note(asset, bought);
    }
    shop.map(|shop| shop.log.finish()).unwrap_or_default()
}

/// What a person types beside the asset.
fn note(asset: &mut AssetSeed, bought: Bought) {
    if let Some(uuid) = bought.uuid {
        asset.raw_data.insert("licenceTransaction".to_owned(), uuid.to_string().into());
    }
    if let (Some(name), Some(meant)) = (bought.trait_name, &mut asset.meant_for) {
        meant.trait_name = Some(name.to_owned());
    }
}

/// What came of a purchase.
struct Bought {
    uuid: Option<i64>,
    trait_name: Option<&'static str>,
}

/// Where the pictures are bought.
struct Shop {
    log: Log,
    dealer: Dealer,
    next: i64,
}

impl Shop {
    fn open(any: &Stock, titles: usize) -> Self {
        Self { log: Log::new(any, titles), dealer: Dealer::default(), next: FIRST }
    }

    fn uuid(&mut self) -> i64 {
        self.next += 1;
        self.next - 1
    }

    fn buy(&mut self, stock: &mut Stock) -> Bought {
        let untouched = stock.asset.trait_name().is_none();
        let trait_name = match stock.number % 50 {
            12 if untouched => Some("unlicensed"),
            37 if untouched => Some("declaration-expired"),
            _ => None,
        };
        if trait_name.is_some() {
            return Bought { uuid: None, trait_name };
        }
        let special = self.dealer.next(stock);
        let kind = special.map_or("plain", |special| special.name);
        stock.provider = match kind {
            "profiled" => PROVIDERS[3],
            "html-text" | "mojibake-text" => "panthermedia",
            "plain" => PROVIDERS[stock.number % 4],
            _ => PROVIDERS[stock.number % 3],
        };
        let uuid = self.uuid();
        let first = document::make(stock, uuid, kind);
        self.deliver(stock, kind, first);
        Bought { uuid: Some(uuid), trait_name: special.map(|special| special.name) }
    }

    /// Puts a purchase into the log, with what happens to it afterwards.
    fn deliver(&mut self, stock: &Stock, kind: &str, mut first: PurchaseSeed) {
        if kind == "reuse" {
            let original = document::make(stock, self.uuid(), "plain");
            let reused = &original.document["uuid"];
            first.document["reused_license_purchase_transaction_uuid"] = reused.clone();
            return self.log.add_pair(first, original);
        }
        let later = later(stock, kind, &first);
        self.log.add(first);
        if let Some(later) = later {
            self.log.change(later);
        }
    }
}

/// The later version of a purchase, if its kind has one.
fn later(stock: &Stock, kind: &str, first: &PurchaseSeed) -> Option<PurchaseSeed> {
    let change: &dyn Fn(&mut PurchaseSeed) = match kind {
        "cancelled" => &|later| later.document["state"] = json!("cancelled"),
        "cancelled-hidden" => &|later| {
            later.document["state"] = json!("cancelled");
            later.document["can_be_synced"] = json!(false);
        },
        "redelivered" => &|later| {
            let name = json!([{"culture": "en", "value": "Renamed later"}]);
            later.document["content_element"]["name"] = name;
        },
        "narrowed" => &|later| later.document["license_terms"] = terms::narrowed().into(),
        "binary-version-2" => &|later| {
            let uuid = later.document["uuid"].as_str().and_then(|uuid| uuid.parse().ok());
            later.binaries = document::binaries(uuid.unwrap_or_default(), kind, 2);
        },
        _ => return None,
    };
    let mut later = document::later(first, stock.today, 2);
    change(&mut later);
    Some(later)
}
