//! A title: a work with its products, people, runs and images, as Consonance shows it.

use serde::{Deserialize, Serialize};

use super::ids::{ProductId, ResourceId, WorkId};
use super::product::Product;
use super::publication::Publication;

/// A work and everything of it that a flow looks at. `None` is *empty*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// The work.
    pub id: WorkId,
    /// The title; empty if Consonance has none.
    pub title: String,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// The publisher's own reference.
    pub in_house_reference: Option<String>,
    /// The imprint's name.
    pub imprint: Option<String>,
    /// Subjects, campaign words, embargoes.
    #[serde(default)]
    pub publication: Publication,
    /// The contributors in their order.
    pub contributors: Vec<Contributor>,
    /// Language of the text, ISO 639 as it comes; Consonance's GraphQL shows none on the work, so
    /// the tenant's default applies where this is empty.
    pub languages: Vec<String>,
    /// The products, ascending by id.
    pub products: Vec<Product>,
    /// The production runs.
    pub runs: Vec<ProductionRun>,
    /// The supporting resources, ours and foreign, ascending by id.
    pub resources: Vec<Resource>,
    /// What was found wrong in it without making it unreadable, for a person.
    pub notes: Vec<String>,
}

/// A contributor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contributor {
    /// The contact's id: it stays when the contact is renamed.
    #[serde(default)]
    pub id: Option<i64>,
    /// The name as printed.
    pub name: String,
    /// ONIX List 17 role, such as `A01`.
    pub role: String,
}

/// A manufacturing event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductionRun {
    /// Copies per product: ordered, and received so far.
    pub quantities: Vec<RunQuantity>,
}

/// How many copies of one product a run makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunQuantity {
    /// The product.
    pub product: ProductId,
    /// Copies ordered.
    pub ordered: i64,
    /// Copies received; empty while none arrived.
    pub received: Option<i64>,
}

/// A supporting resource: an image on a work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// The id.
    pub id: ResourceId,
    /// Which kind, in the vendor's spelling; absent if the schema does not show it.
    pub variant: Option<String>,
    /// The products it is linked to, ascending.
    pub products: Vec<ProductId>,
    /// The public address of the processed image.
    pub url: Option<String>,
    /// The address it was fetched from, if the vendor shows it.
    pub remote_url: Option<String>,
    /// The file name.
    pub file_name: Option<String>,
    /// Bytes.
    pub file_size: Option<i64>,
    /// Height in pixels.
    pub height: Option<i64>,
    /// Width over height.
    pub aspect_ratio: Option<Ratio>,
    /// Media type, such as `image/jpeg`.
    pub media_type: Option<String>,
    /// Caption.
    pub caption: Option<String>,
    /// Copyright line.
    pub copyright: Option<String>,
    /// Credit that must be shown.
    pub required_credit: Option<String>,
    /// ONIX List 154 audience, such as `00`.
    pub audience: Option<String>,
    /// Whether Consonance still works on it.
    pub processing: bool,
    /// What its background job says.
    pub job_status: Option<String>,
}

/// A finite ratio in millionths, so that records can be compared and stored exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratio {
    /// Millionths: 1,000,000 is square.
    pub millionths: i64,
}

impl Ratio {
    /// Width over height.
    pub fn of(width: i64, height: i64) -> Option<Self> {
        if width <= 0 || height <= 0 {
            return None;
        }
        width.checked_mul(1_000_000).map(|w| Self { millionths: w / height })
    }
}
