//! How much of everything a world holds: counted from what the vendors would show, not from what
//! the generator meant, wherever that can be seen.

use super::collections::{APPROVED, AUTHOR_PHOTOS, COVERS, PROMOTION, STOCK_COVERS};
use super::isbn;
use super::seed::{AssetSeed, TitleSeed, World};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Works in Consonance.
    pub titles: usize,
    /// Products of all works.
    pub products: usize,
    /// Contributors, each person once.
    pub people: usize,
    /// Works to which somebody has already put a cover by hand.
    pub titles_with_foreign_covers: usize,
    /// Works with an approved cover in Portals.
    pub titles_with_covers: usize,
    /// Assets in Portals, drafts included.
    pub assets: usize,
    /// Members of the approval collections: covers, author photos, promotion.
    pub covers: usize,
    /// Author photos.
    pub author_photos: usize,
    /// Promotional graphics.
    pub promotional_graphics: usize,
    /// Assets that hold no ISBN, right or wrong, anywhere.
    pub without_isbn: usize,
    /// Assets that hold ISBNs of more than one work.
    pub ambiguous: usize,
    /// Assets whose file is no JPEG.
    pub wrong_types: usize,
    /// Assets whose file is too small for any use or has the wrong shape.
    pub wrong_sizes: usize,
    /// Purchases, each once, whether or not they may be synchronised.
    pub purchases: usize,
    /// Purchases that some asset names.
    pub purchases_on_assets: usize,
    /// Entries of the change log.
    pub log_entries: usize,
    /// How many assets have each trait.
    pub traits: BTreeMap<String, usize>,
}

impl World {
    /// Counts what is in it.
    pub fn summary(&self) -> Summary {
        let owners = owners(&self.titles);
        let works = |asset: &AssetSeed| -> BTreeSet<i64> {
            isbns_in(asset).iter().filter_map(|isbn| owners.get(isbn.as_str()).copied()).collect()
        };
        let count = |test: &dyn Fn(&AssetSeed) -> bool| {
            self.assets.iter().filter(|asset| test(asset)).count()
        };
        let people = self.titles.iter().flat_map(|title| &title.contributors);
        let purchases = self.purchases.iter().map(|seed| seed.document["uuid"].to_string());
        let foreign = self.titles.iter().filter(|title| !title.foreign_covers.is_empty());
        Summary {
            titles: self.titles.len(),
            products: self.titles.iter().map(|title| title.products.len()).sum(),
            people: people.map(|person| person.contact_id).collect::<BTreeSet<_>>().len(),
            titles_with_foreign_covers: foreign.count(),
            titles_with_covers: self.titles_with_covers(),
            assets: self.assets.len(),
            covers: self.members(COVERS) + self.members(STOCK_COVERS),
            author_photos: self.members(AUTHOR_PHOTOS),
            promotional_graphics: self.members(PROMOTION),
            without_isbn: count(&|asset| isbns_in(asset).is_empty()),
            ambiguous: count(&|asset| works(asset).len() > 1),
            wrong_types: count(&|asset| asset.image.format != "jpeg"),
            wrong_sizes: count(&|asset| {
                let (width, height) = (asset.image.width, asset.image.height);
                width.min(height) < 1400 || (meant_role(asset) == "front_cover" && width > height)
            }),
            purchases: purchases.collect::<BTreeSet<_>>().len(),
            purchases_on_assets: count(&|asset| asset.raw_data.contains_key("licenceTransaction")),
            log_entries: self.purchases.len(),
            traits: self.assets.iter().filter_map(|asset| asset.trait_name()).fold(
                BTreeMap::new(),
                |mut counts, name| {
                    *counts.entry(name.to_owned()).or_default() += 1;
                    counts
                },
            ),
        }
    }

    fn members(&self, id: &str) -> usize {
        let collection = self.collections.iter().find(|collection| collection.id == id);
        collection.map_or(0, |collection| collection.asset_ids.len())
    }

    fn titles_with_covers(&self) -> usize {
        let approved = self.collections.iter().filter(|c| APPROVED.contains(&c.id.as_str()));
        let approved: BTreeSet<_> = approved.flat_map(|c| &c.asset_ids).collect();
        let covers = self
            .assets
            .iter()
            .filter(|asset| approved.contains(&asset.id) && meant_role(asset) == "front_cover");
        covers
            .filter_map(|asset| Some(asset.meant_for.as_ref()?.work_id))
            .collect::<BTreeSet<_>>()
            .len()
    }
}

fn meant_role(asset: &AssetSeed) -> &str {
    asset.meant_for.as_ref().map_or("", |meant| &meant.role)
}

/// Which work each ISBN is of.
fn owners(titles: &[TitleSeed]) -> BTreeMap<&str, i64> {
    let isbns = titles.iter().flat_map(|title| {
        title.products.iter().filter_map(|p| Some((p.isbn13.as_deref()?, title.work_id)))
    });
    isbns.filter(|(isbn, _)| isbn::is_valid(isbn)).collect()
}

/// Whatever looks like an ISBN-13 in anything that Portals shows of the asset.
pub fn isbns_in(asset: &AssetSeed) -> BTreeSet<String> {
    let names = asset.name.iter().map(|(_, name)| name.as_str());
    let mut texts: Vec<String> = names.map(str::to_owned).collect();
    texts.push(asset.file_name.clone());
    texts.extend(asset.keywords.iter().cloned());
    texts.extend(asset.raw_data.values().map(ToString::to_string));
    let runs = |text: &String| {
        let plain = text.replace('-', "");
        let runs = plain.split(|c: char| !c.is_ascii_digit()).map(str::to_owned);
        runs.filter(|run| run.len() == 13 && run.starts_with("97")).collect::<Vec<_>>()
    };
    texts.iter().flat_map(runs).collect()
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = [
            ("titles", self.titles, None),
            ("products", self.products, None),
            ("people", self.people, None),
            ("titles with covers in Portals", self.titles_with_covers, Some(self.titles)),
            ("titles with covers by hand", self.titles_with_foreign_covers, Some(self.titles)),
            ("assets in Portals", self.assets, None),
            ("approved covers", self.covers, None),
            ("author photos", self.author_photos, None),
            ("promotional graphics", self.promotional_graphics, None),
            ("assets without an ISBN", self.without_isbn, Some(self.assets)),
            ("assets with two works' ISBNs", self.ambiguous, Some(self.assets)),
            ("files of a wrong type", self.wrong_types, None),
            ("files of a wrong size", self.wrong_sizes, None),
            ("purchases", self.purchases, None),
            ("purchases on assets", self.purchases_on_assets, None),
            ("entries of the change log", self.log_entries, None),
        ];
        for (what, count, whole) in lines {
            match whole.and_then(|whole| (100 * count).checked_div(whole)) {
                Some(share) => writeln!(f, "{count:>7}  {what} ({share} %)")?,
                None => writeln!(f, "{count:>7}  {what}")?,
            }
        }
        for (name, count) in &self.traits {
            writeln!(f, "{count:>7}  assets: {name}")?;
        }
        Ok(())
    }
}
