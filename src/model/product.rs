//! A product: one edition of a work in one format, and what its form means for rights and files.

use serde::{Deserialize, Serialize};

use super::country::CountrySet;
use super::date::Day;
use super::ids::{ProductId, WebLinkId};
use super::isbn::Isbn13;

/// A product as Consonance shows it. `None` is *empty* (the vendor said so); a field that could
/// not be read never gets this far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// The id.
    pub id: ProductId,
    /// The ISBN, where one is assigned.
    pub isbn: Option<Isbn13>,
    /// ONIX 2.1 List 7 product form, such as `BB`; kept verbatim.
    pub form: Option<String>,
    /// ONIX List 64 publishing status, such as `04`; kept verbatim, without the underscore.
    pub status: Option<String>,
    /// Publication date, else the planned one.
    pub publication_date: Option<Day>,
    /// Where it is sold.
    pub territory: SalesTerritory,
    /// Our and foreign web links.
    pub web_links: Vec<WebLink>,
}

/// Where a product is sold: the known countries, and whether there may be more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalesTerritory {
    /// Countries it is sold in.
    pub known: CountrySet,
    /// The rights elsewhere are not stated (ONIX `ROWSalesRightsType` 00).
    pub unknown_rest: bool,
    /// For-sale and not-for-sale lists overlap.
    pub contradictory: bool,
}

/// A web link on a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebLink {
    /// The id.
    pub id: WebLinkId,
    /// The address.
    pub link: String,
    /// The role text.
    pub role: String,
    /// The note text.
    pub note: String,
}

/// What kind of thing a product form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FormClass {
    /// Printed book.
    Print,
    /// Ebook or online resource.
    Ebook,
    /// Downloadable audio.
    Audio,
    /// Sound or data on a physical carrier: counts as print for rights.
    PhysicalCarrier,
    /// Several media in one; parts not known from the form.
    Undecided,
    /// Not a book.
    Other,
}

/// The class of an ONIX 2.1 List 7 code (publishing-domain facts, section 1.2).
pub fn form_class(form: &str) -> FormClass {
    match form {
        "BB" | "BC" | "BD" | "BE" | "BF" | "BG" | "BH" | "BI" | "BJ" | "BK" | "BL" | "BM"
        | "BN" | "BO" | "BP" | "BZ" => FormClass::Print,
        "DG" | "DH" => FormClass::Ebook,
        "AJ" => FormClass::Audio,
        "AC" | "AK" | "AL" | "DB" | "DC" | "DE" | "DF" | "DI" | "DJ" | "DK" | "DL" | "DM"
        | "DN" => FormClass::PhysicalCarrier,
        "BA" | "DA" | "DO" | "DZ" | "WW" | "WX" => FormClass::Undecided,
        _ => FormClass::Other,
    }
}

/// The spelling of the class in reports and rules.
impl FormClass {
    /// print, ebook, audio, physical-carrier, undecided or other.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Print => "print",
            Self::Ebook => "ebook",
            Self::Audio => "audio",
            Self::PhysicalCarrier => "physical-carrier",
            Self::Undecided => "undecided",
            Self::Other => "other",
        }
    }
}
