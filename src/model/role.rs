//! What an image is for: the asset roles, and what each needs of a product and a file.

/// The role of an asset on a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The flat front cover (ONIX List 158 code 01).
    FrontCover,
    /// Cover, back, spine and flaps in one (code 29).
    FullCover,
    /// An illustration inside the book.
    Interior,
    /// A picture of a contributor (code 04).
    AuthorPhoto,
    /// Printed promotion.
    MarketingPrint,
    /// Promotion on screens (codes 35, 36).
    MarketingDigital,
    /// A graphic made for social media (code 49).
    Social,
    /// An image for retailers' feeds.
    RetailerFeed,
}

impl Role {
    /// Every role, in the order of the specification.
    pub const ALL: [Self; 8] = [
        Self::FrontCover,
        Self::FullCover,
        Self::Interior,
        Self::AuthorPhoto,
        Self::MarketingPrint,
        Self::MarketingDigital,
        Self::Social,
        Self::RetailerFeed,
    ];

    /// The spelling used in configuration, cases and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FrontCover => "front_cover",
            Self::FullCover => "full_cover",
            Self::Interior => "interior",
            Self::AuthorPhoto => "author_photo",
            Self::MarketingPrint => "marketing_print",
            Self::MarketingDigital => "marketing_digital",
            Self::Social => "social",
            Self::RetailerFeed => "retailer_feed",
        }
    }

    /// Reads the spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// Whether one product may carry only one asset of this role.
    pub fn is_exclusive(self) -> bool {
        matches!(self, Self::FrontCover | Self::FullCover)
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
