//! A new file that fits fewer editions: it goes on those it fits, and the older image stays on the
//! others, made again for just these, until a later file fits them or the asset goes.

use super::bench::{Bench, bench, data};
use connector_tests::world::{Ending, KillAt, When, run_killed};
use consonance_smintio::api;
use consonance_smintio::platform::Platform;
use serde_json::{Value, json};
use simulators::consonance::ResourceView;
use simulators::world::seed::{ImageSeed, ProductSeed, World};

/// Promotional graphics, which go on every live edition.
const COLLECTION: &str = "8104";

/// A world in which one graphic, large enough for all, is on editions of several classes.
struct Scene {
    data: World,
    asset: String,
    work: i64,
    print: Vec<i64>,
    ebooks: Vec<i64>,
}

fn scene() -> Scene {
    let mut data = data(60);
    let found = data.assets.iter().find_map(|asset| {
        let meant = asset.meant_for.as_ref().filter(|m| m.role == "marketing_digital")?;
        let plain =
            asset.trait_name().is_none() && asset.raw_data.get("licenceTransaction").is_none();
        let title = data.titles.iter().find(|title| title.work_id == meant.work_id)?;
        let is_live = |p: &&ProductSeed| matches!(p.status.as_deref(), None | Some("02" | "04"));
        let of = |forms: [&str; 2]| -> Vec<i64> {
            let is_one = |p: &&ProductSeed| forms.contains(&p.form.as_deref().unwrap_or_default());
            title.products.iter().filter(is_live).filter(is_one).map(|p| p.product_id).collect()
        };
        let (print, ebooks) = (of(["BB", "BC"]), of(["DG", "DH"]));
        let both = plain && !print.is_empty() && !ebooks.is_empty();
        both.then(|| (asset.id.clone(), title.work_id, print, ebooks))
    });
    let (asset, work, print, ebooks) = found.expect("a graphic for a book and an ebook");
    data.assets.retain(|other| other.id == asset);
    for collection in &mut data.collections {
        collection.asset_ids.retain(|id| *id == asset);
    }
    data.titles.retain(|title| title.work_id == work);
    data.purchases.clear();
    data.assets[0].image = image("large");
    Scene { data, asset, work, print, ebooks }
}

fn image(marker: &str) -> ImageSeed {
    let (width, height) = if marker.starts_with("small") { (600, 800) } else { (1_500, 2_000) };
    ImageSeed { width, height, format: "jpeg".to_owned(), marker: marker.to_owned() }
}

fn settled(scene: &Scene, policy: &str) -> Bench {
    let mut bench = bench(0, &scene.data);
    bench.config["engine"]["withdrawal"] = json!(policy);
    bench.config["specification"] = json!([
        { "role": "marketing_digital", "form-class": "ebook", "short-side-min": 1_000 },
    ]);
    bench.settle(20).expect("a calm world");
    bench
}

fn upload(bench: &Bench, scene: &Scene, marker: &str) {
    let now = bench.world.now().0;
    assert!(bench.on_smintio(|s| s.new_file_version(now, &scene.asset, image(marker))));
}

/// Our images on the work: their editions and their bytes, by edition.
fn shown(bench: &Bench, scene: &Scene) -> Vec<(Vec<i64>, Vec<u8>)> {
    let ours: Vec<i64> = bench.ours().into_iter().map(|(id, _)| id).collect();
    let resources = bench.on_consonance(|c| c.resources());
    let here = |r: &&ResourceView| r.work_id == scene.work && ours.contains(&r.id);
    let mut shown: Vec<_> = resources
        .iter()
        .filter(here)
        .map(|r| {
            (r.product_ids.clone(), bench.on_consonance(|c| c.image(r.id)).unwrap_or_default())
        })
        .collect();
    shown.sort();
    shown
}

fn all(scene: &Scene) -> Vec<i64> {
    let mut all: Vec<i64> = scene.print.iter().chain(&scene.ebooks).copied().collect();
    all.sort_unstable();
    all
}

fn settle(bench: &Bench) {
    for _ in 0..3 {
        bench.settle(20).expect("a calm world");
    }
}

#[test]
fn the_older_image_stays_where_the_new_file_does_not_fit() {
    let scene = scene();
    let bench = settled(&scene, "ask");
    let before = shown(&bench, &scene);
    assert_eq!(before.len(), 1);
    let carried = before[0].0.clone();
    assert!(all(&scene).iter().all(|product| carried.contains(product)), "{carried:?}");
    let links = bench.on_consonance(|c| c.web_links().len());
    upload(&bench, &scene, "small");
    settle(&bench);
    let now = shown(&bench, &scene);
    let (old, new): (Vec<_>, Vec<_>) = now.iter().partition(|(_, bytes)| *bytes == before[0].1);
    assert_eq!(
        (old.len(), new.len()),
        (1, 1),
        "{:?}",
        now.iter().map(|n| &n.0).collect::<Vec<_>>()
    );
    assert_eq!(old[0].0, scene.ebooks, "the older file stays on what the new one does not fit");
    let fits: Vec<i64> = carried.iter().copied().filter(|p| !scene.ebooks.contains(p)).collect();
    assert_eq!(new[0].0, fits, "and the new one is on all others");
    assert_eq!(bench.on_consonance(|c| c.web_links().len()), links, "each edition has its link");
    let writes = bench.mutations();
    settle(&bench);
    assert_eq!(bench.mutations(), writes, "nothing is left to do");
    // A later file fits all: one image is enough again.
    upload(&bench, &scene, "large-again");
    settle(&bench);
    let later = shown(&bench, &scene);
    assert_eq!(later.len(), 1);
    assert!(later[0].0 == carried && later[0].1 != before[0].1);
    assert_eq!(bench.on_consonance(|c| c.web_links().len()), links);
    let writes = bench.mutations();
    settle(&bench);
    assert_eq!(bench.mutations(), writes);
}

#[test]
fn the_older_image_goes_with_its_asset() {
    let scene = scene();
    let bench = settled(&scene, "auto");
    upload(&bench, &scene, "small");
    settle(&bench);
    assert_eq!(shown(&bench, &scene).len(), 2);
    assert!(bench.on_smintio(|s| s.remove_from_collection(COLLECTION, &scene.asset)));
    // The only member: its absence is looked at directly.
    settle(&bench);
    assert_eq!(shown(&bench, &scene).len(), 0);
    assert_eq!(bench.intents(), 0);
}

#[test]
fn an_older_image_that_may_not_stay_comes_off() {
    let scene = scene();
    let mut bench = settled(&scene, "auto");
    upload(&bench, &scene, "small");
    settle(&bench);
    for declaration in bench.config["declaration"].as_array_mut().expect("declarations") {
        declaration["media"] = json!(["print"]);
    }
    settle(&bench);
    let now = shown(&bench, &scene);
    let on_ebooks =
        now.iter().any(|(products, _)| products.iter().any(|p| scene.ebooks.contains(p)));
    assert!(!on_ebooks, "{:?}", now.iter().map(|n| &n.0).collect::<Vec<_>>());
}

#[test]
fn both_images_go_in_one_run_when_their_licence_ends() {
    let scene = scene();
    let mut bench = settled(&scene, "auto");
    upload(&bench, &scene, "small");
    settle(&bench);
    assert_eq!(shown(&bench, &scene).len(), 2);
    let links = bench.on_consonance(|c| c.web_links().len());
    for declaration in bench.config["declaration"].as_array_mut().expect("declarations") {
        declaration["media"] = json!(["print"]);
    }
    bench.settle(20).expect("a calm world");
    assert_eq!(shown(&bench, &scene).len(), 0, "neither may stay until the next run");
    assert_eq!(bench.intents(), 0);
    assert!(bench.on_consonance(|c| c.web_links().len()) < links, "their links go with them");
    let writes = bench.mutations();
    settle(&bench);
    assert_eq!(bench.mutations(), writes, "nothing is left to do");
}

#[test]
fn both_images_lose_their_editions_in_one_run() {
    let scene = scene();
    let bench = settled(&scene, "auto");
    upload(&bench, &scene, "small");
    settle(&bench);
    let before = shown(&bench, &scene);
    let of = |print: bool| {
        let all = before.iter().map(|(products, _)| products);
        all.into_iter().find(|p| p.iter().any(|id| scene.ebooks.contains(id)) != print)
    };
    let (new, old) = (of(true).expect("the new one"), of(false).expect("the older one"));
    assert!(new.len() > 1, "one edition of it stays: {new:?}");
    let now = bench.world.now().0;
    let gone = [new[0], old[0]];
    for product in gone {
        bench.on_consonance(|c| c.act(now, |p| p.set_status(product, "01"))).expect("done");
    }
    let config = bench.config.to_string();
    api::inbox::reset(&bench.world, &config, super::bench::FLOW).expect("a reset");
    bench.settle(20).expect("a calm world");
    let after = shown(&bench, &scene);
    let carry = after.iter().any(|(products, _)| products.iter().any(|p| gone.contains(p)));
    assert!(!carry, "{:?}", after.iter().map(|n| &n.0).collect::<Vec<_>>());
    assert!(after.iter().any(|(products, _)| products == &new[1..]));
    assert_eq!(bench.intents(), 0);
}

#[test]
fn an_older_image_survives_a_death_at_any_call() {
    let scene = scene();
    let changed = || {
        let bench = settled(&scene, "auto");
        upload(&bench, &scene, "small");
        bench.world.count_anew();
        bench
    };
    let calm = changed();
    settle(&calm);
    let expected = calm.picture();
    let mut failures: Vec<Value> = Vec::new();
    let first = changed();
    first.run_once(&first.world).expect("a run");
    let made = first.world.calls().len();
    for (run, calls) in [(1, made), (2, made)] {
        for call in 0..calls {
            for when in [When::Before, When::After] {
                let bench = changed();
                if run == 2 {
                    bench.settle(20).expect("the first run ends");
                    bench.world.count_anew();
                }
                let kill = KillAt { call: call as u64, when };
                let act = |platform: &dyn Platform| bench.run_once(platform).map(|_| ());
                if let Ending::Finished(Err(error)) = run_killed(&bench.world, kill, act) {
                    failures.push(json!([run, call, error]));
                    continue;
                }
                for _ in 0..3 {
                    if let Err(error) = bench.settle(40) {
                        failures.push(json!([run, call, error]));
                    }
                }
                if bench.picture() != expected || bench.intents() > 0 {
                    failures.push(json!([run, call, bench.picture()]));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} failures: {:?}", failures.len(), failures.first());
    let config = calm.config.to_string();
    let page = api::inbox::list(&calm.world, &config, None, 100).expect("a list");
    assert!(page.items.iter().all(|item| item.kind != "withdrawal"), "{:?}", page.items);
}
