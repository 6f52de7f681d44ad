//! What people do at both vendors is respected, and what they decide takes effect.

use super::bench::{Bench, bench, data};
use consonance_smintio::api::connector::RunState;
use consonance_smintio::api::{self, inbox::InboxItem};
use consonance_smintio::platform::Platform;
use serde_json::json;

fn settled() -> Bench {
    let bench = bench(0, &data(20));
    bench.settle(20).expect("a calm world");
    bench.settle(20).expect("what Consonance failed on was looked at once more");
    bench
}

fn items(bench: &Bench, kind: &str) -> Vec<InboxItem> {
    let config = bench.config.to_string();
    let page = api::inbox::list(&bench.world, &config, None, 1_000).expect("a list");
    page.items.into_iter().filter(|item| item.kind == kind).collect()
}

fn resolve(bench: &Bench, item: &InboxItem, choice: &str) {
    let config = bench.config.to_string();
    api::inbox::resolve(&bench.world, &config, &item.id, choice).expect("an answer");
}

/// Makes the next run read the titles again, as a change of the title itself would.
fn read_again(bench: &Bench) {
    let config = bench.config.to_string();
    api::inbox::reset(&bench.world, &config, super::bench::FLOW).expect("a reset");
}

#[test]
fn an_image_that_a_person_deleted_is_not_put_back_in_silence() {
    let bench = settled();
    let (id, _) = bench.ours()[0].clone();
    let now = bench.world.now().0;
    bench.on_consonance(|c| c.act(now, |p| p.delete_resource(id))).expect("done");
    read_again(&bench);
    let writes = bench.mutations();
    bench.settle(5).expect("a calm world");
    assert_eq!(bench.mutations(), writes);
    let item = items(&bench, "foreign-edit").pop().expect("a question");
    resolve(&bench, &item, "restore");
    bench.settle(5).expect("a calm world");
    assert!(bench.mutations() > writes, "it was restored");
    assert!(items(&bench, "foreign-edit").is_empty());
}

#[test]
fn a_caption_that_a_person_wrote_stays() {
    let bench = settled();
    let (id, _) = bench.ours()[0].clone();
    let now = bench.world.now().0;
    bench.on_consonance(|c| c.act(now, |p| p.set_caption(id, Some("Mine")))).expect("done");
    read_again(&bench);
    bench.settle(5).expect("a calm world");
    let item = items(&bench, "foreign-edit").pop().expect("a question");
    resolve(&bench, &item, "accept");
    bench.settle(5).expect("a calm world");
    assert!(items(&bench, "foreign-edit").is_empty());
    let captions: Vec<String> = bench.ours().into_iter().map(|(_, caption)| caption).collect();
    assert!(captions.contains(&"Mine".to_owned()), "{captions:?}");
}

#[test]
fn covers_made_by_hand_are_untouched_until_a_person_says_so() {
    let bench = settled();
    let before = bench.on_consonance(|c| c.foreign_ids());
    let questions = items(&bench, "adoption");
    assert!(questions.len() > 1, "some titles have covers made by hand");
    resolve(&bench, &questions[0], "adopt");
    resolve(&bench, &questions[1], "add");
    let placed = bench.ours().len();
    bench.settle(5).expect("a calm world");
    assert_eq!(bench.ours().len(), placed + 1, "added one, adopted the other as it is");
    assert_eq!(bench.on_consonance(|c| c.foreign_ids()), before, "nothing foreign was deleted");
    let left: Vec<String> = items(&bench, "adoption").into_iter().map(|i| i.id).collect();
    assert!(!left.contains(&questions[0].id) && !left.contains(&questions[1].id));
}

#[test]
fn a_first_run_shows_its_plan_and_waits() {
    let mut bench = bench(0, &data(14));
    bench.config["first-run"] = json!("plan");
    let (state, _) = bench.run_once(&bench.world).expect("a run");
    assert_eq!(state, RunState::AwaitingAcceptance("first-run:approved-assets".to_owned()));
    assert_eq!(bench.mutations(), 0);
    let item = items(&bench, "first-run").pop().expect("a question");
    assert!(item.message.contains("new images"), "{}", item.message);
    resolve(&bench, &item, "accept");
    bench.settle(20).expect("a calm world");
    assert!(!bench.ours().is_empty());
}

#[test]
fn a_changed_mapping_asks_before_it_changes_what_is_there() {
    let mut bench = settled();
    bench.config["engine"]["rights-link-role"] = json!("Another role");
    let writes = bench.mutations();
    let (state, _) = bench.run_once(&bench.world).expect("a run");
    assert!(matches!(state, RunState::AwaitingAcceptance(_)), "{state:?}");
    assert_eq!(bench.mutations(), writes);
    let item = items(&bench, "mapping-changed").pop().expect("a question");
    resolve(&bench, &item, "accept");
    bench.settle(20).expect("a calm world");
    let roles = bench.on_consonance(|c| c.web_links());
    assert!(roles.iter().any(|l| l.role.as_deref() == Some("Another role")));
    assert!(roles.iter().all(|l| l.role.as_deref() != Some("Smint.io rights")));
}

#[test]
fn a_withdrawal_asks_unless_policy_lets_it_pass() {
    let mut bench = bench(0, &data(20));
    bench.config["engine"]["withdrawal"] = json!("ask");
    bench.settle(20).expect("a calm world");
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the collection");
    let gone = members.into_iter().find(|id| bench.is_placed(id)).expect("something is placed");
    assert!(bench.on_smintio(|s| s.remove_from_collection("8101", &gone)));
    let writes = bench.mutations();
    bench.settle(5).expect("a calm world");
    assert_eq!(bench.mutations(), writes, "nothing comes off by itself");
    let item = items(&bench, "withdrawal").pop().expect("a question");
    assert_eq!(item.record_id, gone);
    resolve(&bench, &item, "withdraw");
    bench.settle(5).expect("a calm world");
    assert!(!bench.is_placed(&gone));
}

#[test]
fn many_withdrawals_at_once_wait_for_a_person() {
    let bench = settled();
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the collection");
    let placed: Vec<String> = members.iter().filter(|id| bench.is_placed(id)).cloned().collect();
    assert!(placed.len() > 5, "{}", placed.len());
    for id in &placed[..6] {
        assert!(bench.on_smintio(|s| s.remove_from_collection("8101", id)));
    }
    let writes = bench.mutations();
    bench.settle(5).expect("a calm world");
    assert_eq!(bench.mutations(), writes, "the guard withholds them");
    let item = items(&bench, "guard").pop().expect("a question");
    resolve(&bench, &item, "accept");
    bench.settle(5).expect("a calm world");
    assert!(placed[..6].iter().all(|id| !bench.is_placed(id)));
}

#[test]
fn a_cancelled_purchase_takes_its_image_off() {
    let data = data(60);
    let bench = bench(0, &data);
    bench.settle(20).expect("a calm world");
    let bought = data.assets.iter().find_map(|asset| {
        let purchase = asset.raw_data.get("licenceTransaction")?.as_str()?;
        bench.is_placed(&asset.id).then(|| (asset.id.clone(), purchase.to_owned()))
    });
    let (asset, purchase) = bought.expect("a stock cover is placed");
    let now = bench.world.now().0;
    assert!(bench.on_smintio(|s| s.cancel_purchase(now, &purchase, false)));
    bench.settle(5).expect("a calm world");
    assert!(!bench.is_placed(&asset), "cancelled, although it can no longer be synchronised");
}

/// The products of our image of an asset.
fn products(bench: &Bench, asset: &str) -> Vec<i64> {
    let link = bench.world.state().get(&format!("link/{asset}")).cloned().expect("a link");
    let link: serde_json::Value = serde_json::from_slice(&link).expect("JSON");
    serde_json::from_value(link["data"]["resource"]["asked"]["products"].clone()).expect("ids")
}

/// A declaration that covered every medium covers print only, from now on.
fn narrow_to_print(bench: &mut Bench) {
    let declarations = bench.config["declaration"].as_array_mut().expect("declarations");
    for declaration in declarations {
        declaration["media"] = json!(["print"]);
    }
}

#[test]
fn editions_that_lose_their_clearance_are_asked_about_first() {
    let mut bench = bench(0, &data(20));
    bench.config["engine"]["withdrawal"] = json!("ask");
    bench.settle(20).expect("a calm world");
    let (before, writes) = (bench.picture(), bench.mutations());
    narrow_to_print(&mut bench);
    bench.settle(5).expect("a calm world");
    assert_eq!((bench.picture(), bench.mutations()), (before, writes), "all stays meanwhile");
    let partial = |i: &InboxItem| i.message.contains("some of its editions");
    let mut asked: Vec<InboxItem> =
        items(&bench, "withdrawal").into_iter().filter(partial).collect();
    let (yes, no) = (asked.pop().expect("a question"), asked.pop().expect("another"));
    assert!(yes.message.contains("MEDIA_NOT_GRANTED"), "{}", yes.message);
    let of = |item: &InboxItem| products(&bench, &item.record_id);
    let (all, others) = (of(&yes), of(&no));
    resolve(&bench, &yes, "withdraw");
    resolve(&bench, &no, "keep");
    bench.settle(5).expect("a calm world");
    let left = of(&yes);
    assert!(!left.is_empty() && left.len() < all.len(), "{left:?} of {all:?}");
    assert_eq!(of(&no), others);
}

#[test]
fn losses_of_editions_count_at_the_guard() {
    let mut bench = settled();
    narrow_to_print(&mut bench);
    let before = bench.picture();
    bench.settle(5).expect("a calm world");
    assert_eq!(bench.picture(), before, "more than five at once");
    let item = items(&bench, "guard").pop().expect("a question");
    resolve(&bench, &item, "accept");
    bench.settle(9).expect("a calm world");
    assert_ne!(bench.picture(), before);
    assert!(items(&bench, "guard").is_empty());
}

#[test]
fn an_old_edition_may_get_an_image_that_was_bought_lately() {
    let data = data(60);
    let calm = bench(0, &data);
    calm.settle(20).expect("a calm world");
    let bought = data.assets.iter().find(|asset| {
        let Some(id) = asset.raw_data.get("licenceTransaction") else { return false };
        let purchase = data.purchases.iter().find(|p| &p.document["uuid"] == id);
        let starts =
            purchase.is_some_and(|p| p.document.to_string().contains("\"valid_from\":\"20"));
        starts && calm.is_placed(&asset.id)
    });
    let bought = bought.expect("a stock cover whose licence has a first day");
    let work = bought.meant_for.as_ref().expect("meant").work_id;
    let bench = bench(0, &data);
    let now = bench.world.now();
    let old = time::macros::date!(2001 - 01 - 01);
    let title = data.titles.iter().find(|title| title.work_id == work).expect("its title");
    for product in &title.products {
        bench
            .on_consonance(|c| {
                c.act(now.0, |p| p.set_publication_date(product.product_id, Some(old)))
            })
            .expect("done");
    }
    bench.settle(20).expect("a calm world");
    assert!(bench.is_placed(&bought.id));
    let writes = bench.mutations();
    bench.world.advance(5 * 24 * 3_600_000);
    bench.settle(20).expect("a calm world");
    assert!(bench.is_placed(&bought.id) && bench.mutations() >= writes);
}
