//! Why a decision is what it is: the closed list of codes, the dimension, the key or country, and
//! the licence term. Invariant: a code that is not in the list cannot be made.

use std::sync::Arc;

use crate::model::language::Language;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// A reason code: the closed list of docs/RIGHTS.md.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The spelling in cases, reports and audits.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

codes! {
    /// No usage is granted in so many words.
    UsageUnstated = "USAGE_UNSTATED",
    /// Other usages are granted, this one is not.
    UsageNotGranted = "USAGE_NOT_GRANTED",
    /// The usage is denied.
    UsageProhibited = "USAGE_PROHIBITED",
    /// No medium is granted in so many words.
    MediaUnstated = "MEDIA_UNSTATED",
    /// Other media are granted, this one is not.
    MediaNotGranted = "MEDIA_NOT_GRANTED",
    /// The medium is denied.
    MediaProhibited = "MEDIA_PROHIBITED",
    /// Other placements are granted, this one is not.
    PlacementNotGranted = "PLACEMENT_NOT_GRANTED",
    /// The placement is denied.
    PlacementProhibited = "PLACEMENT_PROHIBITED",
    /// Only sizes are granted that do not cover this use.
    SizeNotGranted = "SIZE_NOT_GRANTED",
    /// The size is denied.
    SizeProhibited = "SIZE_PROHIBITED",
    /// The image may not be altered in a way that the role usually needs.
    AlterationUncertain = "ALTERATION_UNCERTAIN",
    /// The publishing trade is denied.
    IndustryProhibited = "INDUSTRY_PROHIBITED",
    /// No territory is granted in so many words.
    TerritoryUnstated = "TERRITORY_UNSTATED",
    /// The country is outside what is granted.
    TerritoryNotGranted = "TERRITORY_NOT_GRANTED",
    /// The country is denied.
    TerritoryProhibited = "TERRITORY_PROHIBITED",
    /// A territory key that nobody here knows.
    TerritoryKeyUnknown = "TERRITORY_KEY_UNKNOWN",
    /// A region label that may or may not include the country.
    TerritoryRegionAmbiguous = "TERRITORY_REGION_AMBIGUOUS",
    /// Where the product is sold is not known in full.
    TerritoryProductUnknown = "TERRITORY_PRODUCT_UNKNOWN",
    /// Other languages are granted, this one is not.
    LanguageNotGranted = "LANGUAGE_NOT_GRANTED",
    /// The language is denied.
    LanguageProhibited = "LANGUAGE_PROHIBITED",
    /// A language key that nobody here knows, or that may or may not mean this language.
    LanguageKeyUnknown = "LANGUAGE_KEY_UNKNOWN",
    /// Any other key that nobody here knows.
    UnknownKey = "UNKNOWN_KEY",
    /// No print run is granted in so many words.
    PrintRunUnstated = "PRINT_RUN_UNSTATED",
    /// There is a cap, and the number of copies is not known.
    PrintRunUnknown = "PRINT_RUN_UNKNOWN",
    /// More copies than the cap.
    PrintRunExceeded = "PRINT_RUN_EXCEEDED",
    /// The use begins before the licence.
    NotYetValid = "NOT_YET_VALID",
    /// The licence has ended, or ends before the use begins.
    Expired = "EXPIRED",
    /// The licence ends while the product is on sale.
    ExpiresDuringSale = "EXPIRES_DURING_SALE",
    /// The first use comes after the day by which it had to happen.
    FirstUseDeadlineMissed = "FIRST_USE_DEADLINE_MISSED",
    /// A date is not known well enough to tell.
    DateImprecise = "DATE_IMPRECISE",
    /// The licence is bound in time and the first day of use is not known.
    UseDateUnknown = "USE_DATE_UNKNOWN",
    /// The image is for editorial use only.
    EditorialOnly = "EDITORIAL_ONLY",
    /// Whether the image is for editorial use only is not stated.
    EditorialUnknown = "EDITORIAL_UNKNOWN",
    /// Another term of the same purchase is for editorial use only.
    EditorialOtherTerm = "EDITORIAL_OTHER_TERM",
    /// Another term of the same purchase denies this usage.
    DeniedByOtherTerm = "DENIED_BY_OTHER_TERM",
    /// The purchase has no term at all.
    TermsEmpty = "TERMS_EMPTY",
    /// The purchase was cancelled.
    PurchaseCancelled = "PURCHASE_CANCELLED",
    /// The purchase is not completed.
    PurchaseIncomplete = "PURCHASE_INCOMPLETE",
    /// A recognisable person has not agreed.
    ModelReleaseMissing = "MODEL_RELEASE_MISSING",
    /// Whether the persons in the picture agreed is not known.
    ModelReleaseUnknown = "MODEL_RELEASE_UNKNOWN",
    /// The owner of a recognisable property has not agreed.
    PropertyReleaseMissing = "PROPERTY_RELEASE_MISSING",
    /// Whether the owners of the property agreed is not known.
    PropertyReleaseUnknown = "PROPERTY_RELEASE_UNKNOWN",
    /// The purchase was reused as often as it allows.
    ReuseLimit = "REUSE_LIMIT",
    /// The licence is not held by us.
    LicenseeOther = "LICENSEE_OTHER",
    /// There is licence text that nobody has turned into terms.
    FreeTextUnread = "FREE_TEXT_UNREAD",
    /// Neither a purchase nor a declaration covers the image.
    NoRightsSource = "NO_RIGHTS_SOURCE",
    /// The declaration has ended, or ends before the use begins.
    DeclarationExpired = "DECLARATION_EXPIRED",
    /// The declaration lacks its signer, scope or usages, or is not signed yet.
    DeclarationIncomplete = "DECLARATION_INCOMPLETE",
    /// Which media the product is made of is not known.
    MediaProductUnknown = "MEDIA_PRODUCT_UNKNOWN",
    /// The licence speaks of languages and the product's language is not known.
    LanguageProductUnknown = "LANGUAGE_PRODUCT_UNKNOWN",
    /// The use ends before it begins.
    DatesContradictory = "DATES_CONTRADICTORY",
}

impl Code {
    /// Reads the spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a reason is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Dimension {
    /// What the image is used for.
    Usage,
    /// In which media.
    Media,
    /// Where in the work.
    Placement,
    /// How large, and how altered.
    Size,
    /// For which trade.
    Industry,
    /// Where it is sold.
    Territory,
    /// In which languages.
    Language,
    /// How many copies.
    PrintRun,
    /// When.
    Time,
    /// Editorial or commercial.
    Editorial,
    /// The asset as a whole.
    Asset,
    /// The use itself.
    Use,
}

impl Dimension {
    /// The spelling in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Media => "media",
            Self::Placement => "placement",
            Self::Size => "size",
            Self::Industry => "industry",
            Self::Territory => "territory",
            Self::Language => "language",
            Self::PrintRun => "print-run",
            Self::Time => "time",
            Self::Editorial => "editorial",
            Self::Asset => "asset",
            Self::Use => "use",
        }
    }
}

/// The key or country that a reason names. Cheap to copy: decisions are made by the thousand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Key {
    /// None.
    #[default]
    None,
    /// A known key, a country or a word of ours.
    Known(&'static str),
    /// A text as it came.
    Text(Arc<str>),
    /// A language.
    Language(Language),
}

impl Key {
    /// The text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Known(text) => Some(text),
            Self::Text(text) => Some(text),
            Self::Language(language) => Some(language.as_str()),
        }
    }

    /// The text, as a value of its own.
    pub fn to_text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }
}

/// How much a reason weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It bounds the use in time.
    Until,
    /// A person must look.
    Review,
    /// A stated rule is broken.
    Block,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The code.
    pub code: Code,
    /// What it is about.
    pub dimension: Dimension,
    /// The vendor's key, the country or the language concerned.
    pub key: Key,
    /// The licence term that said so, from 1; none for the asset or the use as a whole.
    pub term: Option<u32>,
    /// How much it weighs.
    pub weight: Weight,
}
