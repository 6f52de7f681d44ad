//! A licence purchase and its terms, verbatim: open vocabularies stay text, absent stays unknown.

use serde::{Deserialize, Serialize};

use super::date::Day;
use super::ids::PurchaseId;

/// A licence purchase transaction (LPT): one purchase of one content element with its licence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    /// The LPT's uuid.
    pub id: PurchaseId,
    /// Grows when the purchase changes; unknown if absent.
    pub version: Option<i64>,
    /// The cart it was bought in: needed to read its binaries.
    pub cart: Option<String>,
    /// The earlier purchase whose file is reused.
    pub reused: Option<PurchaseId>,
    /// The vendor's state text, such as `completed` or `cancelled`.
    pub state: Option<String>,
    /// Whether the vendor lets it be synchronised; read after `state`, never before.
    pub can_be_synced: Option<bool>,
    /// The content element's uuid.
    pub element: Option<String>,
    /// The provider, such as `getty`.
    pub provider: Option<String>,
    /// The provider's licence, such as `image_standard`.
    pub licence_kind: Option<String>,
    /// Display name.
    pub name: Option<String>,
    /// The project's uuid.
    pub project: Option<String>,
    /// The project's name, every language.
    pub project_names: Vec<String>,
    /// Board (collection) names, every language.
    pub board_names: Vec<String>,
    /// The files.
    pub binaries: Vec<Binary>,
    /// What the clearance decision looks at.
    pub policy: Policy,
    /// Copyright notices.
    pub copyright: Option<String>,
    /// The name under which the delivery that this is from was kept for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<String>,
}

/// A file of a purchase.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binary {
    /// Unique within the purchase only.
    pub id: String,
    /// From 1, grows with each update.
    pub version: Option<i64>,
    /// The recommended file name: not unique, may be hostile.
    pub file_name: Option<String>,
}

/// One rights source as the decision sees it: terms and the facts that hold for the whole asset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The purchase's state text.
    pub state: Option<String>,
    /// The terms, in the vendor's order; none and no list are the same.
    pub terms: Vec<Term>,
    /// Release states.
    pub release: Release,
    /// Whether there is free licence text that no profile has turned into terms.
    pub unread_licence_text: bool,
    /// How often it may be reused; 0 or less: no limit; unknown counts as no limit.
    pub max_reuses: Option<i64>,
    /// How often it was reused.
    pub current_reuses: Option<i64>,
    /// Who holds the licence.
    pub licensee: Option<String>,
    /// Which operator profile filled unstated dimensions, shown in the reasons.
    pub profile: Option<String>,
}

/// Release states as the vendor spells them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Model release.
    pub model: Option<String>,
    /// Property release.
    pub property: Option<String>,
}

/// One licence term: a grant of its own. Terms are alternatives and are never mixed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Usages, such as `publishing_editorial_book`.
    pub usages: KeyLists,
    /// Sizes.
    pub sizes: KeyLists,
    /// Placements, such as `page_cover`.
    pub placements: KeyLists,
    /// Distributions, such as `media_print`.
    pub distributions: KeyLists,
    /// Geographies, such as `europe_any`.
    pub geographies: KeyLists,
    /// Industries.
    pub industries: KeyLists,
    /// Languages, such as `language_english`.
    pub languages: KeyLists,
    /// Exclusivities.
    pub exclusivities: Vec<String>,
    /// Caps, such as `quantity_up_to_10000_total_circulation`.
    pub usage_limits: Vec<String>,
    /// First day.
    pub valid_from: Bound,
    /// Last day.
    pub valid_until: Bound,
    /// First use must be by this day.
    pub to_be_used_until: Bound,
    /// Editorial use only?
    pub is_editorial_use: Option<bool>,
}

/// Allowed and restricted keys of one dimension. An absent list is the same as an empty one:
/// nothing stated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyLists {
    /// What is granted.
    pub allowed: Vec<String>,
    /// What is denied.
    pub restricted: Vec<String>,
}

/// A licence date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bound {
    /// Not stated: the vendor documents this as no restriction.
    #[default]
    None,
    /// The UTC date of the stamp; that whole day is included.
    Day(Day),
    /// Something stands there that is no date: unknown, never no restriction.
    Unreadable(String),
}
