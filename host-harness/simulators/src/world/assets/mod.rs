//! The assets in Portals, as people left them there.
//!
//! `rawData` holds `role`, `assetType`, `creditLine`, and where somebody filled them in `format`,
//! `isbn` (text or list), `workReference`, `project`, `contributor`, and `licenceTransaction` (the
//! uuid of the purchase whose picture is on it).
//! Invariant: `Meant` names the true work, editions and role of every asset, whatever the asset
//! itself says.

mod covers;
mod draft;
mod identity;
mod odd;
mod people;

pub use odd::FAULTS;

use super::generate::Options;
use super::seed::{AssetSeed, TitleSeed};
use draft::{Draft, format_word};
use identity::Identity;

/// Where an asset lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pile {
    /// Approved covers, commissioned.
    Covers,
    /// Approved covers that show stock pictures.
    Stock,
    /// Approved author photos.
    Photos,
    /// Approved promotional graphics.
    Promotion,
    /// Not approved.
    Drafts,
}

/// Collects the assets.
pub struct Maker<'a> {
    /// What the world is made from.
    pub options: &'a Options,
    /// The titles.
    pub titles: &'a [TitleSeed],
    /// The assets so far.
    pub assets: Vec<AssetSeed>,
    /// Where each of them lies.
    pub piles: Vec<Pile>,
    regular: usize,
}

/// All assets of a world, and where each lies.
pub fn make(options: &Options, titles: &[TitleSeed]) -> (Vec<AssetSeed>, Vec<Pile>) {
    let mut maker = Maker { options, titles, assets: Vec::new(), piles: Vec::new(), regular: 0 };
    covers::make(&mut maker);
    people::make(&mut maker);
    odd::make(&mut maker);
    (maker.assets, maker.piles)
}

impl<'a> Maker<'a> {
    /// Adds an asset with nothing wrong about its file. One of six has no ISBN anywhere, one of
    /// eighteen has those of two works.
    fn add_regular(&mut self, draft: &Draft, pile: Pile) {
        let number = self.regular;
        self.regular += 1;
        let referenced = draft.title.in_house_reference.is_some();
        let identity = match (number % 6, number % 18) {
            (4, 4) if referenced => Identity::Reference,
            (4, 10) if referenced => Identity::Project,
            (4, _) => Identity::Nothing,
            (_, 1) if self.titles.len() > 1 => {
                Identity::AndAnotherWork(self.isbn_of_another(draft.title))
            }
            _ => Identity::usual(number, draft.products.len()),
        };
        let mut asset = draft.build(self.options, self.assets.len());
        identity.put(draft, &mut asset);
        say_format(draft, identity, &mut asset);
        if let Some(meant) = &mut asset.meant_for {
            meant.trait_name = identity.trait_name().map(str::to_owned);
        }
        self.push(asset, pile);
    }

    fn isbn_of_another(&self, title: &TitleSeed) -> &'a str {
        let titles: &'a [TitleSeed] = self.titles;
        let others = titles.iter().filter(|other| other.work_id > title.work_id);
        let others = others.chain(titles.iter().filter(|other| other.work_id < title.work_id));
        let mut isbns = others.flat_map(|other| other.products.first()?.isbn13.as_deref());
        isbns.next().unwrap_or_default()
    }

    fn push(&mut self, asset: AssetSeed, pile: Pile) {
        self.assets.push(asset);
        self.piles.push(pile);
    }
}

/// Without an ISBN an edition's cover must name its format, or it could be any edition's.
fn say_format(draft: &Draft, identity: Identity, asset: &mut AssetSeed) {
    let form = draft.products.first().and_then(|product| product.form.as_deref());
    if let (Identity::Reference | Identity::Project, Some(form)) = (identity, form) {
        let word = format_word(form);
        asset.raw_data.insert("format".to_owned(), word.into());
        let same = draft.title.products.iter().filter(|product| {
            product.form.as_deref().is_some_and(|form| format_word(form) == word)
        });
        if let Some(meant) = &mut asset.meant_for {
            meant.product_ids = same.map(|product| product.product_id).collect();
        }
    }
}
