//! Which vendor keys would cover a use: the need table. The default is the specification's; a
//! tenant may replace rows, also with keys that are new to this program, which are known from then.
//! Invariant: `any` covers and hits in every row.

use crate::model::role::Role;

use super::vocabulary::{ANY, KeySet, Vocabulary};

#[cfg(test)]
mod tests;

/// The keys that cover one kind of use in one dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Need {
    keys: KeySet,
}

impl Need {
    fn of(vocabulary: Vocabulary, keys: &[&str]) -> Self {
        Self { keys: vocabulary.set(keys.iter().copied().chain([ANY])) }
    }

    /// The known keys of the set that this need names.
    pub fn hits(&self, set: &KeySet) -> u128 {
        set.known & self.keys.known
    }

    /// Whether a key that is new to this program is named by this need.
    pub fn names(&self, stranger: &str) -> bool {
        self.keys.strangers.iter().any(|key| &**key == stranger)
    }
}

/// One dimension's rows.
#[derive(Clone, Debug)]
pub(super) struct Rows<const N: usize> {
    /// The vocabulary the rows are written in.
    pub vocabulary: Vocabulary,
    rows: [Option<Need>; N],
}

impl<const N: usize> Rows<N> {
    fn new(vocabulary: Vocabulary, rows: [Option<&[&str]>; N]) -> Self {
        Self { vocabulary, rows: rows.map(|row| row.map(|keys| Need::of(vocabulary, keys))) }
    }

    /// The row; none: the dimension asks nothing of this use.
    pub fn row(&self, index: usize) -> Option<&Need> {
        self.rows.get(index)?.as_ref()
    }

    /// Whether some row names a key that is new to this program: then it is no stranger.
    pub fn knows(&self, stranger: &str) -> bool {
        self.rows.iter().flatten().any(|need| need.names(stranger))
    }

    fn set(&mut self, index: usize, keys: &[&str]) {
        if let Some(row) = self.rows.get_mut(index) {
            *row = Some(Need::of(self.vocabulary, keys));
        }
    }
}

/// The whole table.
#[derive(Clone, Debug)]
pub struct NeedTable {
    pub(super) usage: Rows<8>,
    pub(super) placement: Rows<8>,
    pub(super) size: Rows<8>,
    pub(super) media: Rows<2>,
    pub(super) industry: Rows<1>,
}

const BOOK: Option<&[&str]> = Some(&[
    "any",
    "publishing_editorial_any",
    "publishing_editorial_book",
    "publishing_editorial_retail_book",
]);
const PROMOTION: Option<&[&str]> =
    Some(&["any", "marketing_promotional_any", "advertising_any", "advertising_print_any"]);
const SCREEN: Option<&[&str]> =
    Some(&["any", "digital_media_any", "digital_media_digital_advertisement"]);
const SOCIAL: Option<&[&str]> = Some(&["any", "digital_media_any", "digital_media_social_media"]);
const COVER: Option<&[&str]> = Some(&["any", "page_any", "page_cover", "page_front"]);
const INSIDE: Option<&[&str]> = Some(&["any", "page_any", "page_inside"]);
/// The specification gives no row for sizes: only keys that mean every size cover.
const EVERY_SIZE: Option<&[&str]> = Some(&["any", "page_any", "resolution_any", "size_any"]);

impl Default for NeedTable {
    fn default() -> Self {
        use Vocabulary::{Distributions, Industries, Placements, Sizes, Usages};
        Self {
            usage: Rows::new(
                Usages,
                Role::ALL.map(|role| match role {
                    Role::FrontCover | Role::FullCover => BOOK,
                    Role::Interior | Role::AuthorPhoto => BOOK,
                    Role::MarketingPrint => PROMOTION,
                    Role::MarketingDigital | Role::RetailerFeed => SCREEN,
                    Role::Social => SOCIAL,
                }),
            ),
            placement: Rows::new(
                Placements,
                Role::ALL.map(|role| match role {
                    Role::FrontCover | Role::FullCover => COVER,
                    Role::Interior => INSIDE,
                    _ => None,
                }),
            ),
            size: Rows::new(Sizes, [EVERY_SIZE; 8]),
            media: Rows::new(
                Distributions,
                [
                    Some(&["any", "media_any", "media_print", "channel_any", "channel_print"]),
                    Some(&["any", "media_any", "media_digital", "channel_any", "channel_digital"]),
                ],
            ),
            industry: Rows::new(Industries, [Some(&["any", "industry_media"])]),
        }
    }
}

/// A medium, as the need table counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// Print and physical carriers.
    Print,
    /// Ebook, online, downloadable audio.
    Digital,
}

impl Medium {
    /// The spelling in cases, reports and declarations.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Print => "print",
            Self::Digital => "digital",
        }
    }
}

impl NeedTable {
    /// Replaces the usages that cover a role.
    pub fn set_usage(&mut self, role: Role, keys: &[&str]) {
        self.usage.set(row_of(role), keys);
    }

    /// Replaces the placements that cover a role.
    pub fn set_placement(&mut self, role: Role, keys: &[&str]) {
        self.placement.set(row_of(role), keys);
    }

    /// Replaces the sizes that cover a role.
    pub fn set_size(&mut self, role: Role, keys: &[&str]) {
        self.size.set(row_of(role), keys);
    }

    /// Replaces the distributions that cover a medium.
    pub fn set_media(&mut self, medium: Medium, keys: &[&str]) {
        self.media.set(medium as usize, keys);
    }

    /// Replaces the industries that mean us when they are denied.
    pub fn set_industry(&mut self, keys: &[&str]) {
        self.industry.set(0, keys);
    }
}

/// A role's row: its position in `Role::ALL`, which is the order of declaration.
pub(super) fn row_of(role: Role) -> usize {
    role as usize
}
