//! A purchase as one delivery of the licence feed stated it: what the decision looks at, and what
//! people read beside it. Personal data (buyers, members, contact persons, addresses) has no place
//! here, so that it cannot be kept.

use serde::{Deserialize, Serialize};

use super::licence::Purchase;

/// One delivery. Kept as it came, for ever: a decision of then can be looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// What clearance and linking rest on; without its files, which are listed elsewhere.
    pub purchase: Purchase,
    /// Everything else that the licence says.
    pub details: Details,
}

/// A text in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The culture as the vendor spells it; unknown if absent.
    pub culture: Option<String>,
    /// The text, verbatim.
    pub text: String,
}

/// What a licence says beside its terms. Absent is unknown; words are the vendor's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Such as `royalty_free`.
    pub licence_type: Option<String>,
    /// Such as `image`.
    pub content_type: Option<String>,
    /// Such as `creative`.
    pub content_category: Option<String>,
    /// The licensee's id.
    pub licensee: Option<String>,
    /// Whether Smint.io found potentially restrictive terms.
    pub restrictive: Option<bool>,
    /// The editorial flags beside those of the terms; they can disagree.
    pub editorial: Editorial,
    /// Whether the image was made by a machine.
    pub is_ai: Option<bool>,
    /// Whether the offer had options; which ones is not consumed any more.
    pub has_options: Option<bool>,
    /// Download constraints and what is used of them.
    pub limits: Limits,
    /// The terms' numbers and names, in the order of the purchase's terms.
    pub terms: Vec<TermLabel>,
    /// The content's name.
    pub names: Vec<Label>,
    /// The project's name.
    pub project_names: Vec<Label>,
    /// The board's name.
    pub board_names: Vec<Label>,
    /// Copyright notices.
    pub copyright: Vec<Label>,
    /// The purchase's licence text.
    pub licence_text: LicenceText,
    /// The offer's licence text, where the vendor puts it there.
    pub offered_text: LicenceText,
    /// Licence pages of the provider, without queries, which may be signed.
    pub licence_pages: Vec<Label>,
    /// What the provider says about releases.
    pub release: ReleaseComments,
    /// When things happened, as the vendor writes it.
    pub stamps: Stamps,
}

/// Editorial flags of the content and of the offer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Editorial {
    /// `content_element.is_editorial_use`
    pub content_use: Option<bool>,
    /// `content_element.is_editorial`
    pub content: Option<bool>,
    /// `offering.is_editorial_use`
    pub offer_use: Option<bool>,
    /// `offering.is_editorial`
    pub offer: Option<bool>,
}

/// Download constraints: 0 or less is no limit; absent is not set, or unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// How often it may be downloaded.
    pub max_downloads: Option<i64>,
    /// How many people may use it.
    pub max_users: Option<i64>,
    /// How often it was downloaded.
    pub current_downloads: Option<i64>,
    /// How many people use it.
    pub current_users: Option<i64>,
}

/// What a term is called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermLabel {
    /// Unique within the purchase; below 0 or absent: unknown.
    pub sequence: Option<i64>,
    /// Its name.
    pub names: Vec<Label>,
}

/// Free licence text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenceText {
    /// The text, verbatim.
    pub texts: Vec<Label>,
    /// Whether the vendor calls it safe HTML.
    pub is_safe_html: Option<bool>,
}

/// What the provider says about releases and use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseComments {
    /// Allowed use.
    pub allowed_use: Vec<Label>,
    /// Releases.
    pub release: Vec<Label>,
    /// Constraints of use.
    pub constraints: Vec<Label>,
}

/// Instants as the vendor writes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamps {
    /// When it was bought.
    pub purchased: Option<String>,
    /// When the purchase was completed.
    pub completed: Option<String>,
    /// When it was changed last.
    pub updated: Option<String>,
}
