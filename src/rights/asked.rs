//! The use that is asked about: one asset role, one product, one market. A value: nothing here
//! looks anything up. What could not be read is carried as unknown, never dropped.

use crate::model::country::CountrySet;
use crate::model::date::Day;
use crate::model::language::Language;
use crate::model::role::Role;

/// One use of one asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// What the image is for.
    pub role: Role,
    /// The media of the product.
    pub media: Media,
    /// Where it is sold.
    pub territory: Territory,
    /// Its languages.
    pub languages: Languages,
    /// Copies to be made.
    pub planned_run: Run,
    /// Copies made before, over all products that use the asset under the same purchase.
    pub prior_run: Run,
    /// The first day of use.
    pub use_from: UseFrom,
    /// The last day of use; none: while it is in print.
    pub use_until: Option<Day>,
    /// The day of the evaluation.
    pub today: Day,
    /// Our legal entity; none: any licensee is ours.
    pub legal_entity: Option<String>,
}

/// The media of a product; a bundle has several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Media {
    /// Printed, or on a physical carrier.
    pub print: bool,
    /// Ebook, online, downloadable audio.
    pub digital: bool,
    /// There is a medium that could not be told.
    pub unknown: bool,
}

impl Media {
    /// Whether the media are known in full.
    pub fn is_known(self) -> bool {
        !self.unknown && (self.print || self.digital)
    }
}

/// Where a product is sold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Territory {
    /// The known countries.
    pub known: CountrySet,
    /// There may be more, or a text that is no country stood there.
    pub unknown_rest: bool,
}

/// The languages of a product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Languages {
    /// Those that were understood.
    pub known: Vec<Language>,
    /// A text that names no language stood there.
    pub unknown: bool,
}

impl Languages {
    /// Reads codes, tags and keys.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut languages = Self::default();
        for text in texts {
            match Language::parse(text) {
                Some(language) => languages.known.push(language),
                None => languages.unknown = true,
            }
        }
        languages
    }

    /// Whether the languages are known in full.
    pub fn is_known(&self) -> bool {
        !self.unknown && !self.known.is_empty()
    }
}

/// A number of copies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Run {
    /// So many.
    Copies(u64),
    /// Not known; print on demand has no finite number either.
    #[default]
    Unknown,
    /// Something stood there that is no number of copies, such as a negative number.
    Invalid,
}

impl Run {
    /// The number as it came; `None` is not known.
    pub fn of(number: Option<i64>) -> Self {
        match number {
            None => Self::Unknown,
            Some(n) => u64::try_from(n).map_or(Self::Invalid, Self::Copies),
        }
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Copies(a), Self::Copies(b)) => Self::Copies(a.saturating_add(b)),
            (Self::Invalid, _) | (_, Self::Invalid) => Self::Invalid,
            _ => Self::Unknown,
        }
    }

    /// The known part.
    pub(super) fn known(self) -> u64 {
        match self {
            Self::Copies(n) => n,
            Self::Unknown | Self::Invalid => 0,
        }
    }
}

/// The first day of use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UseFrom {
    /// This day.
    Day(Day),
    /// Not before the first and not after the second; a reversed pair is a contradiction.
    Between(Day, Day),
    /// Not known.
    #[default]
    Unknown,
}
