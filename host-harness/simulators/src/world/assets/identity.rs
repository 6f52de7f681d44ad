//! The ways in which people say what an asset is for: in its file name, its name, its keywords or
//! its metadata, by ISBN, by the in-house reference, or not at all.

use super::draft::Draft;
use crate::world::isbn;
use crate::world::seed::AssetSeed;
use serde_json::Value;

/// How an asset says it.
#[derive(Clone, Copy, Debug)]
pub enum Identity<'a> {
    /// `9799..._FC.jpg`.
    FileName,
    /// Hyphenated, in the asset's name.
    Name,
    /// `rawData.isbn`, all of them if there are several.
    Metadata,
    /// Among the keywords.
    Keyword,
    /// Hyphenated in the file name and plain in `rawData.isbn`.
    Twice,
    /// No ISBN; `rawData.workReference` holds the in-house reference.
    Reference,
    /// No ISBN; `rawData.project` holds the in-house reference and the title.
    Project,
    /// Nothing at all.
    Nothing,
    /// The file name holds the right ISBN and the metadata that of another work.
    AndAnotherWork(&'a str),
    /// The file name holds these digits, whatever they are.
    Digits(&'a str),
}

impl Identity<'_> {
    /// The plain ways in turn.
    pub fn usual(number: usize, editions: usize) -> Self {
        match number % 5 {
            _ if editions > 1 => Self::Metadata,
            0 => Self::FileName,
            1 => Self::Name,
            2 => Self::Metadata,
            3 => Self::Keyword,
            _ => Self::Twice,
        }
    }

    /// Writes it into the asset.
    pub fn put(self, draft: &Draft, asset: &mut AssetSeed) {
        let title = draft.title;
        // Where the role decides on the editions, any edition's ISBN stands for the work.
        let mut isbns: Vec<&str> =
            draft.products.iter().filter_map(|p| p.isbn13.as_deref()).collect();
        if isbns.is_empty() {
            let all = title.products.iter().filter_map(|product| product.isbn13.as_deref());
            isbns.extend(all.filter(|isbn| isbn::is_valid(isbn)).take(1));
        }
        let first = isbns.first().copied().unwrap_or_default();
        let reference = title.in_house_reference.as_deref().unwrap_or_default();
        let file_name = |digits: &str| format!("{digits}_{}.jpg", draft.suffix);
        match self {
            Self::FileName => asset.file_name = file_name(first),
            Self::Name => asset.name[0].1 += &format!(" ({})", isbn::hyphenated(first)),
            Self::Metadata if isbns.len() > 1 => set(asset, "isbn", isbns.into()),
            Self::Metadata => set(asset, "isbn", first.into()),
            Self::Keyword => asset.keywords.push(first.to_owned()),
            Self::Twice => {
                asset.file_name = file_name(&isbn::hyphenated(first));
                set(asset, "isbn", first.into());
            }
            Self::Reference => set(asset, "workReference", reference.into()),
            Self::Project => set(asset, "project", format!("{reference} {}", title.title).into()),
            Self::Nothing => {}
            Self::AndAnotherWork(other) => {
                asset.file_name = file_name(first);
                set(asset, "isbn", other.into());
            }
            Self::Digits(digits) => asset.file_name = file_name(digits),
        }
    }

    /// What is special about an asset identified so.
    pub fn trait_name(self) -> Option<&'static str> {
        match self {
            Self::Reference => Some("no-isbn-reference"),
            Self::Project => Some("no-isbn-project"),
            Self::Nothing => Some("no-isbn"),
            Self::AndAnotherWork(_) => Some("ambiguous"),
            _ => None,
        }
    }
}

fn set(asset: &mut AssetSeed, field: &str, value: Value) {
    asset.raw_data.insert(field.to_owned(), value);
}
