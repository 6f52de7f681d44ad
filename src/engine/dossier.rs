//! Everything that is known about the rights of an asset on its title, read from the mirrors: what
//! people's questions about rights are answered from.

use std::collections::BTreeMap;

use super::lookup;
use super::plan::judge::work_of;
use super::plan::survey::{Subject, Survey};
use super::run::Run;
use super::stop::Stop;
use crate::flows::clearance::Evidence;
use crate::linking::{self, Linked};
use crate::model::asset::Asset;
use crate::model::date::{Day, Instant};
use crate::model::licence::Purchase;
use crate::model::product::Product;
use crate::model::role::Role;
use crate::model::title::Title;
use crate::state::link::Link;
use crate::state::mirror::StoredAsset;
use crate::state::statement::OverrideUse;
use crate::state::{keys, store};

/// An asset on its title.
#[derive(Debug)]
pub struct Dossier<'s> {
    /// The asset.
    pub asset: Asset,
    /// What it is for.
    pub role: Role,
    /// The title.
    pub title: Title,
    /// The purchases that cover it.
    pub purchases: Vec<Purchase>,
    explicit: Vec<crate::model::ids::ProductId>,
    overrides: &'s [OverrideUse],
    copies_elsewhere: Option<i64>,
    placed_on: Option<Day>,
}

impl Dossier<'_> {
    /// What speaks for it.
    pub fn evidence<'a>(&'a self, survey: &'a Survey) -> Evidence<'a> {
        Evidence {
            asset: &self.asset,
            purchases: &self.purchases,
            declared: &survey.declared,
            overrides: self.overrides,
            copies_elsewhere: self.copies_elsewhere,
            placed_on: self.placed_on,
        }
    }

    /// The products that it is for.
    pub fn targets(&self, run: &Run) -> Vec<&Product> {
        let format = run.config.rules.format(&self.asset);
        let ids = linking::products(self.role, &self.explicit, format.as_ref(), &self.title);
        let ids = ids.unwrap_or_default();
        self.title.products.iter().filter(|product| ids.contains(&product.id)).collect()
    }
}

/// The dossiers of the subjects that are linked to a title and have a role.
pub fn dossiers<'s>(
    run: &Run,
    survey: &'s Survey,
    subjects: &[Subject],
) -> Result<Vec<Dossier<'s>>, Stop> {
    let asset_keys: Vec<String> = subjects.iter().map(|s| keys::asset(&s.asset)).collect();
    let link_keys: Vec<String> = subjects.iter().map(|s| keys::link(&s.asset)).collect();
    let assets = store::get_mirrors::<StoredAsset>(run.platform, &asset_keys)?;
    let links = store::get_many::<Link>(run.platform, &link_keys)?;
    let works: Vec<_> = subjects.iter().filter_map(work_of).collect();
    let titles = lookup::titles(run, &works)?;
    let mut dossiers = Vec::with_capacity(subjects.len());
    for ((subject, (stored, _)), link) in subjects.iter().zip(assets).zip(links) {
        let Linked::Title { work, products, .. } = &subject.linked else { continue };
        let (Some(stored), Some(title)) = (stored, titles.get(work)) else { continue };
        let source = run.config.sources.iter();
        let source = source.clone().find(|s| s.collection == stored.asset.collection.as_str());
        let Some(role) = run.config.rules.role(&stored.asset, source.and_then(|s| s.role)) else {
            continue;
        };
        dossiers.push(Dossier {
            purchases: lookup::purchases_of(run, &subject.purchases)?,
            asset: stored.asset,
            role,
            title: title.clone(),
            explicit: products.clone(),
            overrides: survey.overrides(&subject.asset),
            copies_elsewhere: survey.copies_elsewhere(&subject.purchases, *work),
            placed_on: link.and_then(|l| l.value.first_placed).map(|at| Instant(at).day()),
        });
    }
    Ok(dossiers)
}

/// Purchases of the same content as one of these, by id, without these.
pub fn of_same_content(
    run: &Run,
    purchases: &[Purchase],
) -> Result<BTreeMap<String, Purchase>, Stop> {
    let mut found = BTreeMap::new();
    for element in purchases.iter().filter_map(|p| p.element.as_deref()) {
        for other in lookup::of_element(run, element)? {
            if purchases.iter().all(|own| own.id != other.id) {
                found.insert(other.id.0.clone(), other);
            }
        }
    }
    Ok(found)
}
