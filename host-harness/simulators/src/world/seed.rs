//! What both vendors start with, as plain data. Made by the generator from real titles or by hand
//! in a test; each vendor's core takes its part.

use serde_json::{Map, Value};
use time::Date;

/// Both vendors' contents, and what is meant to belong to what.
#[derive(Clone, Debug)]
pub struct World {
    /// The day on which the world is made; nothing in it is dated later than it should be.
    pub today: Date,
    /// Works in Consonance, ascending by id, all of one client.
    pub titles: Vec<TitleSeed>,
    /// Assets in Portals.
    pub assets: Vec<AssetSeed>,
    /// Collections in Portals.
    pub collections: Vec<CollectionSeed>,
    /// The CLAPI-C change log, oldest first. One purchase may occur several times.
    pub purchases: Vec<PurchaseSeed>,
    /// Declarations for what was commissioned or is the publisher's own, as a configuration spells
    /// them (`[[declaration]]`). No vendor holds them.
    pub declarations: Vec<Value>,
    /// Signed readings of provider licences, as a configuration spells them
    /// (`[[provider-profile]]`).
    pub provider_profiles: Vec<Value>,
}

impl World {
    /// A world with nothing in it, to start from in tests.
    pub fn empty(today: Date) -> Self {
        Self {
            today,
            titles: Vec::new(),
            assets: Vec::new(),
            collections: Vec::new(),
            purchases: Vec::new(),
            declarations: Vec::new(),
            provider_profiles: Vec::new(),
        }
    }
}

/// A work.
#[derive(Clone, Debug)]
pub struct TitleSeed {
    /// `Work.id`.
    pub work_id: i64,
    /// Title.
    pub title: String,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// `inHouseWorkReference`.
    pub in_house_reference: Option<String>,
    /// DOI.
    pub doi: Option<String>,
    /// Imprint id and name.
    pub imprint: Option<(i64, String)>,
    /// People in their order.
    pub contributors: Vec<ContributorSeed>,
    /// Products, ascending by id.
    pub products: Vec<ProductSeed>,
    /// Production runs.
    pub runs: Vec<RunSeed>,
    /// Subjects: scheme (`THEMA`, `BISAC`), code, heading, main.
    pub subjects: Vec<(String, String, String, bool)>,
    /// `season`, `marketingTier`, `projectStage`.
    pub season: Option<String>,
    /// Marketing tier.
    pub marketing_tier: Option<String>,
    /// Project stage.
    pub project_stage: Option<String>,
    /// Short description (HTML).
    pub description: Option<String>,
    /// Covers that people put there by hand before the connector came.
    pub foreign_covers: Vec<ForeignCoverSeed>,
    /// The day of the last change, for `changedSince`.
    pub changed_on: Date,
}

/// A contributor.
#[derive(Clone, Debug)]
pub struct ContributorSeed {
    /// `Contact.id`.
    pub contact_id: i64,
    /// Name as printed.
    pub name: String,
    /// ONIX List 17 code, `A01`.
    pub role: String,
}

/// A product.
#[derive(Clone, Debug)]
pub struct ProductSeed {
    /// `Product.id`.
    pub product_id: i64,
    /// ISBN-13 digits as stored (a bad one is possible).
    pub isbn13: Option<String>,
    /// ONIX 2.1 List 7, `BB`.
    pub form: Option<String>,
    /// ONIX List 64, `04`.
    pub status: Option<String>,
    /// Publication date.
    pub publication_date: Option<Date>,
    /// Planned publication date.
    pub planned_date: Option<Date>,
    /// `forSaleCountryCodes`.
    pub for_sale: Vec<String>,
    /// `notForSaleCountryCodes`.
    pub not_for_sale: Vec<String>,
    /// `isForSaleWorldwide`.
    pub worldwide: Option<bool>,
}

/// A production run.
#[derive(Clone, Debug)]
pub struct RunSeed {
    /// Run id.
    pub run_id: i64,
    /// Product id, copies ordered, copies received.
    pub quantities: Vec<(i64, i64, Option<i64>)>,
}

/// A hand-made cover.
#[derive(Clone, Debug)]
pub struct ForeignCoverSeed {
    /// Products it is linked to.
    pub product_ids: Vec<i64>,
    /// File name.
    pub file_name: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// An asset in Portals.
#[derive(Clone, Debug)]
pub struct AssetSeed {
    /// The full, opaque asset id.
    pub id: String,
    /// `externalId`.
    pub external_id: String,
    /// Name, culture to text; `x-default` always.
    pub name: Vec<(String, String)>,
    /// `fileMetadata.fileName` as people typed it.
    pub file_name: String,
    /// The image behind it.
    pub image: ImageSeed,
    /// `rawData`: field name to value. Dropped in search, present in details.
    pub raw_data: Map<String, Value>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Credit line.
    pub credit: Option<String>,
    /// Copyright notice.
    pub copyright: Option<String>,
    /// `version`.
    pub version: i64,
    /// `modifiedAt`, milliseconds since 1970.
    pub modified_at: u64,
    /// `publishFrom`, `publishUntil` as RFC 3339, absent if `None`.
    pub publish_from: Option<String>,
    /// Until.
    pub publish_until: Option<String>,
    /// `isDownloadable`, absent if `None`.
    pub downloadable: Option<bool>,
    /// What the generator meant, for tests and the demo's table; never served.
    pub meant_for: Option<Meant>,
}

impl AssetSeed {
    /// What the generator meant to be special about it.
    pub fn trait_name(&self) -> Option<&str> {
        self.meant_for.as_ref()?.trait_name.as_deref()
    }
}

/// The truth about an asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// The work.
    pub work_id: i64,
    /// The products; empty: whatever the role says.
    pub product_ids: Vec<i64>,
    /// `front_cover`, `author_photo`, ...
    pub role: String,
    /// What is special about it, such as `png`, `tiny`, `no-isbn`, `ambiguous`, `editorial`.
    pub trait_name: Option<String>,
}

/// How an image file is made; the same seed always gives the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageSeed {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// `jpeg`, `png`, or `broken` (bytes that are no image).
    pub format: String,
    /// Makes the bytes unique.
    pub marker: String,
}

/// A collection in Portals.
#[derive(Clone, Debug)]
pub struct CollectionSeed {
    /// `collectionId`.
    pub id: String,
    /// Name; not unique.
    pub name: String,
    /// Members in their order.
    pub asset_ids: Vec<String>,
    /// `random` or `cursor`: how its source pages.
    pub paging: String,
}

/// One entry of the CLAPI-C change log.
#[derive(Clone, Debug)]
pub struct PurchaseSeed {
    /// The LPT as the wire shows it (smintio facts, section 3.2).
    pub document: Value,
    /// Its `SyncBinary` objects without `download_url`, which the server adds.
    pub binaries: Vec<BinarySeed>,
}

/// A binary of a purchase.
#[derive(Clone, Debug)]
pub struct BinarySeed {
    /// The `SyncBinary` object without `download_url`.
    pub document: Value,
    /// Its file.
    pub image: ImageSeed,
}
