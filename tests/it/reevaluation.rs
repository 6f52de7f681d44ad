//! When only the clock, a purchase, a date, a territory or a production run changes, the verdict
//! changes with it, and only what changed is read again.

use std::collections::BTreeMap;

use consonance_smintio::api::{self, Verdict, connector::RunState};
use consonance_smintio::model::ids::ProductId;
use consonance_smintio::platform::Platform;
use serde_json::{Value, json};
use simulators::consonance::Person;
use simulators::world::seed::World;
use simulators::world::{self};

use super::bench::{Bench, FLOW, bench, data};

/// An image that rests on a purchase, on a printed edition that is out already.
struct Subject {
    bench: Bench,
    data: World,
    asset: String,
    purchase: String,
    product: i64,
    work: i64,
    isbn: String,
    version: i64,
}

fn stored(bench: &Bench, prefix: &str) -> Vec<Value> {
    let state = bench.world.state();
    let found = state.iter().filter(|(key, _)| key.starts_with(prefix));
    found
        .map(|(_, bytes)| {
            let value: Value = serde_json::from_slice(bytes).expect("JSON");
            value["data"].clone()
        })
        .collect()
}

fn subject() -> Subject {
    let data = data(120);
    let bench = bench(0, &data);
    bench.settle(40).expect("a calm world");
    bench.settle(40).expect("what Consonance failed on was looked at once more");
    let today = time::macros::date!(2026 - 11 - 18);
    let find = |entry: &Value| {
        let name = entry["document"]["rests-on"][0].as_str()?;
        let purchase = name.split('/').nth(1)?.to_owned();
        let products = &entry["document"]["after"]["resource"]["asked"]["products"];
        let product = products.as_array()?.iter().filter_map(Value::as_i64).find_map(|id| {
            let all = data.titles.iter().flat_map(|title| &title.products);
            let print = |form: &String| form.starts_with('B') && form != "BA";
            all.into_iter().find(|p| {
                p.product_id == id
                    && p.isbn13.is_some()
                    && p.form.as_ref().is_some_and(print)
                    && p.publication_date.is_some_and(|day| day < today)
            })
        })?;
        let asset = entry["asset"].as_str()?.to_owned();
        let work = entry["work"].as_i64()?;
        Some((asset, purchase, product.product_id, work, product.isbn13.clone()?))
    };
    let audit = stored(&bench, "audit/");
    let (asset, purchase, product, work, isbn) =
        audit.iter().find_map(find).expect("an image that rests on a purchase");
    Subject { bench, data, asset, purchase, product, work, isbn, version: 60 }
}

impl Subject {
    /// A newer delivery of the purchase with one term.
    fn delivers(&mut self, term: Value, state: &str) {
        let purchases = &self.data.purchases;
        let seed = purchases.iter().rfind(|p| p.document["uuid"] == self.purchase.as_str());
        let mut seed = seed.expect("the purchase").clone();
        self.version += 1;
        seed.document["version"] = json!(self.version);
        seed.document["state"] = json!(state);
        seed.document["licensee_name"] = json!(world::LEGAL_ENTITY);
        seed.document["license_text"] = json!({ "effective_text": [] });
        seed.document["license_download_constraints"] = json!({});
        seed.document["offering"]["license_text"] = json!({ "effective_text": [] });
        seed.document["content_element"]["release_details"] = json!({
            "model_release_state": "released",
            "property_release_state": "no_release_required",
        });
        let mut full = json!({
            "sequence_number": 1,
            "allowed_usages": ["any"],
            "allowed_distributions": ["any"],
            "allowed_geographies": ["any"],
            "usage_limits": ["any"],
            "is_editorial_use": false,
        });
        for (key, value) in term.as_object().expect("a term") {
            full[key.as_str()] = value.clone();
        }
        seed.document["license_terms"] = json!([full]);
        self.bench.on_smintio(|s| s.append_purchase(&seed));
    }

    /// Somebody works in Consonance.
    fn person(&self, act: impl FnOnce(&mut Person<'_>)) {
        let now = self.bench.world.now().0;
        self.bench.on_consonance(|c| c.act(now, act));
    }

    /// The worst verdict of the image on the edition, from what was read last.
    fn verdict(&self) -> Verdict {
        let config = self.bench.config.to_string();
        let matrix =
            api::rights::clearance(&self.bench.world, &config, &self.isbn, None).expect("a matrix");
        let cells = matrix.cells.iter();
        let ours = cells.filter(|c| c.asset.0 == self.asset && c.product_id.0 == self.product);
        ours.map(|cell| cell.decision.verdict).max().expect("a cell")
    }

    /// Runs to the end; what was sent, and what was read into mirrors.
    fn settle(&self) -> (BTreeMap<String, u64>, BTreeMap<String, u64>) {
        let (mut sent, mut read) = (BTreeMap::new(), BTreeMap::new());
        for _ in 0..40 {
            let (state, report) = self.bench.run_flow(&self.bench.world, FLOW).expect("a run");
            for count in report.requests {
                *sent.entry(count.name).or_default() += count.value;
            }
            for count in report.mirrors {
                *read.entry(count.name).or_default() += count.value;
            }
            match state {
                RunState::Done => return (sent, read),
                RunState::Paused(at) => {
                    let now = self.bench.world.now();
                    self.bench.world.advance(at.0.saturating_sub(now.0).max(100));
                }
                other => panic!("{other:?}"),
            }
        }
        panic!("it never ends")
    }

    /// Settles, and checks that nothing was read again for nothing: no details of an asset, at
    /// most one purchase, and few titles.
    fn settle_cheaply(&self, purchases: u64) {
        let (sent, read) = self.settle();
        let of = |counts: &BTreeMap<String, u64>, name: &str| {
            counts.get(name).copied().unwrap_or_default()
        };
        assert_eq!(of(&sent, "smintio-portals.asset"), 0, "{sent:?}");
        assert!(of(&sent, "smintio-clapi.binaries") <= purchases, "{sent:?}");
        assert!(of(&read, "purchases") <= purchases, "{read:?}");
        assert!(of(&sent, "consonance.works") <= 12, "{sent:?}");
        let titles = self.data.titles.len() as u64;
        assert!(of(&read, "titles") < titles / 2, "{read:?} of {titles} titles");
    }

    /// How many requests both vendors have had.
    fn requests(&self) -> u64 {
        self.bench.on_consonance(|c| c.counts().graphql_requests)
            + self.bench.on_smintio(|s| s.counters().requests.values().sum::<u64>())
    }
}

fn day(text: &str) -> String {
    format!("{text}T23:59:59Z")
}

#[test]
fn the_clock_alone_ends_a_licence() {
    let mut subject = subject();
    subject.delivers(json!({ "valid_until": day("2026-11-20") }), "completed");
    subject.settle();
    assert_eq!(subject.verdict(), Verdict::ClearedUntil);
    assert!(subject.bench.is_placed(&subject.asset));
    let requests = subject.requests();
    subject.bench.world.advance(3 * 86_400_000);
    assert_eq!(subject.verdict(), Verdict::Blocked, "nothing was read: the day is enough");
    assert_eq!(subject.requests(), requests);
    subject.settle_cheaply(0);
    assert!(!subject.bench.is_placed(&subject.asset), "and the next run takes it off");
}

#[test]
fn a_purchase_alone_changes_the_verdict() {
    let mut subject = subject();
    subject.delivers(json!({}), "completed");
    subject.settle();
    assert_eq!(subject.verdict(), Verdict::Cleared);
    subject.delivers(json!({ "restricted_usages": ["publishing_editorial_any"] }), "completed");
    subject.settle_cheaply(1);
    assert_eq!(subject.verdict(), Verdict::Blocked);
    assert!(!subject.bench.is_placed(&subject.asset));
    subject.delivers(json!({}), "completed");
    subject.settle_cheaply(1);
    assert_eq!(subject.verdict(), Verdict::Cleared);
    assert!(subject.bench.is_placed(&subject.asset), "cleared again, it comes back");
    subject.delivers(json!({}), "cancelled");
    subject.settle_cheaply(1);
    assert_eq!(subject.verdict(), Verdict::Blocked);
}

#[test]
fn a_date_alone_changes_the_verdict() {
    let mut subject = subject();
    subject.delivers(json!({ "valid_until": day("2027-01-31") }), "completed");
    subject.settle();
    assert_eq!(subject.verdict(), Verdict::ClearedUntil);
    let product = subject.product;
    let later = Some(time::macros::date!(2027 - 06 - 01));
    subject.person(|p| p.set_publication_date(product, later).expect("done"));
    subject.settle_cheaply(0);
    assert_eq!(subject.verdict(), Verdict::Blocked, "it appears when the licence has ended");
}

#[test]
fn a_territory_alone_changes_the_verdict() {
    let mut subject = subject();
    let product = subject.product;
    subject.person(|p| p.set_countries(product, &["GB"]).expect("done"));
    subject.delivers(json!({ "allowed_geographies": ["europe_united_kingdom"] }), "completed");
    subject.settle();
    assert_eq!(subject.verdict(), Verdict::Cleared);
    subject.person(|p| p.set_countries(product, &["GB", "US"]).expect("done"));
    subject.settle_cheaply(0);
    assert_eq!(subject.verdict(), Verdict::Blocked, "the licence ends at the coast");
}

#[test]
fn a_production_run_alone_changes_the_verdict() {
    let mut subject = subject();
    let (work, product) = (subject.work, subject.product);
    subject.person(|p| p.set_runs(work, &[(product, 5_000)]).expect("done"));
    let cap = json!({ "usage_limits": ["quantity_up_to_10000_total_circulation"] });
    subject.delivers(cap, "completed");
    subject.settle();
    assert_eq!(subject.verdict(), Verdict::Cleared);
    subject.person(|p| p.set_runs(work, &[(product, 5_000), (product, 8_000)]).expect("done"));
    subject.settle_cheaply(0);
    assert_eq!(subject.verdict(), Verdict::Blocked, "13,000 copies of 10,000");
}

#[test]
fn a_persons_word_names_the_delivery_that_it_rested_on() {
    let mut subject = subject();
    // A denial that nobody knows; what is merely unstated the provider's profile may fill.
    subject.delivers(json!({ "restricted_usages": ["holograms"] }), "completed");
    subject.settle();
    assert_eq!(subject.verdict(), Verdict::NeedsReview);
    let word = api::rights::Override {
        asset: subject.asset.as_str().into(),
        product_id: ProductId(subject.product),
        reason: "the contract says so".to_owned(),
        until: time::macros::date!(2027 - 06 - 30),
        signer: "B. Rights".to_owned(),
    };
    let config = subject.bench.config.to_string();
    api::rights::override_use(&subject.bench.world, &config, &word).expect("an override");
    assert_eq!(subject.verdict(), Verdict::ClearedUntil);
    let of_ours = format!("snapshot/{}/", subject.purchase);
    let audit = stored(&subject.bench, "audit/");
    let entry = audit.iter().find(|entry| entry["action"] == "override").expect("an entry");
    let named: Vec<&str> = entry["document"]["override"]["rests_on"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let newest = format!("{of_ours}{:010}-", subject.version);
    assert!(named.iter().any(|name| name.starts_with(&newest)), "{named:?} lack {newest}");
    // A new delivery is another input: the word is void.
    subject.delivers(json!({ "restricted_usages": ["holograms", "charms"] }), "completed");
    subject.settle();
    assert_eq!(subject.verdict(), Verdict::NeedsReview);
}
