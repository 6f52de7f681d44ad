//! The truth about a settled world, looked up in both vendors and the store, and compared with what
//! the world's makers meant. It shares no code with the connector.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use simulators::consonance::{ResourceView, WebLink};
use simulators::image_file;
use simulators::world::SPECIALS;
use simulators::world::seed::{AssetSeed, Meant, World};

use super::bench::Bench;

/// Nothing wrong with the asset: it may go onto its title.
fn may_go(asset: &AssetSeed) -> bool {
    let Some(name) = asset.trait_name() else { return true };
    let cleared = |s: &&simulators::world::Special| s.verdict.starts_with("cleared");
    ["no-isbn-reference", "no-isbn-project", "no-dimensions"].contains(&name)
        || SPECIALS.iter().filter(cleared).any(|special| special.name == name)
}

/// Images that must never be seen at Consonance, not even for a moment.
pub fn forbidden(truth: &World) -> BTreeSet<Vec<u8>> {
    let never = truth.assets.iter().filter(|asset| !may_go(asset));
    never.map(|asset| image_file::make(&asset.image)).collect()
}

/// Our resources that show a forbidden image.
pub fn escaped(bench: &Bench, forbidden: &BTreeSet<Vec<u8>>) -> Vec<i64> {
    let shows = |id: &i64| {
        let image = bench.on_consonance(|c| c.image(*id));
        image.is_some_and(|bytes| forbidden.contains(&bytes))
    };
    bench.ours().into_iter().map(|(id, _)| id).filter(shows).collect()
}

/// Everything that is wrong; nothing, if all is well. `truth` is the world as it is meant now.
pub fn audit(bench: &Bench, truth: &World) -> Vec<String> {
    let mut wrong = Vec::new();
    let resources = bench.on_consonance(|c| c.resources());
    let (foreign, ours): (Vec<_>, Vec<_>) = resources.into_iter().partition(|r| r.foreign);
    let links: Vec<Value> = stored(bench, "link/");
    if bench.intents() > 0 {
        wrong.push(format!("{} intents are left", bench.intents()));
    }
    if foreign != bench.foreign {
        wrong.push("something that people made was changed".to_owned());
    }
    let ours: BTreeMap<i64, ResourceView> = ours.into_iter().map(|r| (r.id, r)).collect();
    let mut kept = BTreeSet::new();
    for link in links.iter().filter(|link| link["resource"].is_object()) {
        let id = link["resource"]["id"].as_i64().unwrap_or_default();
        if !kept.insert(id) {
            wrong.push(format!("two links claim resource {id}"));
        }
        match ours.get(&id) {
            None => {
                wrong.push(format!("{} claims resource {id}, which is not there", link["asset"]))
            }
            Some(resource) => wrong.extend(placed(bench, truth, link, resource)),
        }
    }
    let orphans = ours.keys().filter(|id| !kept.contains(id));
    wrong.extend(orphans.map(|id| format!("nobody knows our resource {id}")));
    wrong.extend(web_links(bench, &links));
    wrong
}

fn stored(bench: &Bench, prefix: &str) -> Vec<Value> {
    let state = bench.world.state();
    let found = state.iter().filter(|(key, _)| key.starts_with(prefix));
    found
        .map(|(key, value)| {
            let value: Value = serde_json::from_slice(value).unwrap_or_default();
            assert!(value["data"].is_object(), "{key} is no record of ours");
            value["data"].clone()
        })
        .collect()
}

/// A resource is what its link says, and what the asset was meant to be.
fn placed(bench: &Bench, truth: &World, link: &Value, resource: &ResourceView) -> Vec<String> {
    let mut wrong = Vec::new();
    let name = link["asset"].as_str().unwrap_or_default();
    let asked = &link["resource"]["asked"];
    let seen = serde_json::json!({
        "work": resource.work_id, "products": resource.product_ids, "variant": resource.variant,
        "caption": resource.caption, "copyright": resource.copyright,
        "required_credit": resource.required_credit, "version": asked["version"],
    });
    if *asked != seen {
        wrong.push(format!("{name}: asked {asked}, Consonance has {seen}"));
    }
    let Some(asset) = truth.assets.iter().find(|asset| asset.id == name) else {
        return vec![format!("{name} is no asset of this world")];
    };
    if !may_go(asset) {
        wrong.push(format!("{name} is on a title, although it is {:?}", asset.trait_name()));
    }
    if let Some(meant) = &asset.meant_for {
        let astray = |p: &i64| !fits(truth, meant, *p);
        if meant.work_id != resource.work_id || resource.product_ids.iter().any(astray) {
            wrong.push(format!(
                "{name} is on work {}, {:?}; meant: {meant:?}",
                resource.work_id, resource.product_ids
            ));
        }
    }
    let image = bench.on_consonance(|c| c.image(resource.id));
    if image.is_none_or(|bytes| bytes != image_file::make(&asset.image)) {
        wrong.push(format!("{name}: another image than the asset's hangs on the title"));
    }
    wrong
}

/// The edition is meant, or of the same format as one that is: a stated format means all of them.
fn fits(truth: &World, meant: &Meant, product: i64) -> bool {
    let products = truth.titles.iter().flat_map(|title| &title.products);
    let forms: BTreeMap<i64, &str> =
        products.filter_map(|p| Some((p.product_id, format(p.form.as_deref()?)))).collect();
    let mut editions = meant.product_ids.iter();
    meant.product_ids.is_empty()
        || editions.any(|p| *p == product || forms.get(p) == forms.get(&product))
}

/// The format of a form, as far as covers are concerned: all ebooks, all audio books.
fn format(form: &str) -> &str {
    if form.starts_with(['A', 'D']) { &form[..1] } else { form }
}

/// Our web links and those in the store are the same ones.
fn web_links(bench: &Bench, links: &[Value]) -> Vec<String> {
    let there = bench.on_consonance(|c| c.web_links());
    let mut there: BTreeMap<i64, WebLink> =
        there.into_iter().filter(|l| !l.foreign).map(|l| (l.id, l)).collect();
    let mut wrong = Vec::new();
    let known = links.iter().flat_map(|link| link["web_links"].as_array().into_iter().flatten());
    for link in known {
        match link["id"].as_i64().and_then(|id| there.remove(&id)) {
            Some(found) if found.link == link["link"] => {}
            found => wrong.push(format!("the store says {link}, Consonance has {found:?}")),
        }
    }
    wrong.extend(there.values().map(|link| format!("nobody knows our web link {link:?}")));
    wrong
}
