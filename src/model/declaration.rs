//! A signed statement about commissioned or own work: a rights source beside purchases.

use super::licence::{Bound, Term};

/// A declaration. What is absent is unknown; one without signer, scope or usages clears nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    /// Its id, unique within the tenant.
    pub id: String,
    /// Who signed it.
    pub signer: Option<String>,
    /// The day it was signed.
    pub signed_on: Bound,
    /// What it covers: any of these.
    pub scope: Vec<Scope>,
    /// Allowed usages: Smint.io usage keys, asset roles (`front_cover`), or `any`.
    pub usages: Vec<String>,
    /// Allowed media: `print`, `digital`, Smint.io distribution keys, or `any`.
    pub media: Vec<String>,
    /// Allowed territories: ISO 3166-1 alpha-2, `WORLD`, Smint.io geography keys, or `any`.
    pub territories: Vec<String>,
    /// Allowed languages: ISO 639, Smint.io language keys, or `any`.
    pub languages: Vec<String>,
    /// First day.
    pub valid_from: Bound,
    /// Last day.
    pub valid_until: Bound,
    /// The credit it asks for.
    pub credit: Option<String>,
}

/// What a declaration covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every asset of an approval collection.
    Collection(String),
    /// One asset.
    Asset(String),
    /// Every asset for whose document this JMESPath condition holds.
    Metadata(String),
    /// A scope given as free text (worked cases): it covers the asset in hand.
    Stated(String),
}

/// An operator's signed reading of one provider licence: fills dimensions that the purchase's own
/// terms leave unstated. It never replaces what a term states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProviderProfile {
    /// Its id, shown in the reasons.
    pub id: String,
    /// The provider, such as `adobestock`.
    pub provider: String,
    /// The provider's licence, such as `image_standard`.
    pub licence_kind: String,
    /// Who signed it.
    pub signer: String,
    /// The day it was signed.
    pub signed_on: Bound,
    /// The dimensions it states.
    pub term: Term,
}
