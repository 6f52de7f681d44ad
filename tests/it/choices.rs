//! What a person answers, and what nobody may answer for them: each choice of the inbox does what
//! its label says, and what is not known any more is never taken for a permission.

use consonance_smintio::api::connector::RunState;
use consonance_smintio::api::{self, ApiError, Budget, inbox::InboxItem};
use consonance_smintio::platform::Platform;
use serde_json::{Value, json};
use simulators::smintio::MetadataChange;
use simulators::world::seed::{ForeignCoverSeed, World};

use super::audit::audit;
use super::bench::{BUDGET, Bench, FLOW, bench, data};

fn settled(titles: usize) -> (Bench, World) {
    let data = data(titles);
    let bench = bench(0, &data);
    bench.settle(20).expect("a calm world");
    bench.settle(20).expect("what Consonance failed on was looked at once more");
    (bench, data)
}

fn items(bench: &Bench, kind: &str) -> Vec<InboxItem> {
    let config = bench.config.to_string();
    let page = api::inbox::list(&bench.world, &config, None, 1_000).expect("a list");
    page.items.into_iter().filter(|item| item.kind == kind).collect()
}

fn resolve(bench: &Bench, item: &InboxItem, choice: &str) {
    let config = bench.config.to_string();
    api::inbox::resolve(&bench.world, &config, &item.id, choice).expect("an answer");
    bench.settle(20).expect("a calm world");
}

/// A pair of covers that both want one edition.
fn rivals(bench: &Bench, data: &World) -> [InboxItem; 2] {
    let rival = |item: &InboxItem| {
        let asset = data.assets.iter().find(|asset| asset.id == item.record_id);
        asset.is_some_and(|asset| asset.trait_name() == Some("rival-cover"))
    };
    let mut asked: Vec<InboxItem> = items(bench, "ambiguous");
    asked.retain(rival);
    let mut asked = asked.into_iter();
    let pair = asked.next().zip(asked.next());
    pair.map(|(one, other)| [one, other]).expect("two rivals")
}

#[test]
fn of_two_rivals_only_the_chosen_one_goes() {
    let (bench, mut truth) = settled(60);
    let [one, other] = rivals(&bench, &truth);
    assert!(!bench.is_placed(&one.record_id) && !bench.is_placed(&other.record_id));
    resolve(&bench, &one, "use");
    assert!(bench.is_placed(&one.record_id) && !bench.is_placed(&other.record_id));
    for asset in &mut truth.assets {
        if asset.id == one.record_id {
            asset.meant_for.as_mut().expect("meant").trait_name = None;
        }
    }
    assert_eq!(audit(&bench, &truth), [""; 0]);
}

#[test]
fn an_image_that_a_person_keeps_stays_and_is_not_asked_about_again() {
    let (mut bench, _) = settled(20);
    bench.config["engine"]["withdrawal"] = json!("ask");
    bench.settle(5).expect("a calm world");
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the collection");
    let gone = members.into_iter().find(|id| bench.is_placed(id)).expect("something is placed");
    assert!(bench.on_smintio(|s| s.remove_from_collection("8101", &gone)));
    bench.settle(5).expect("a calm world");
    let item = items(&bench, "withdrawal").pop().expect("a question");
    let writes = bench.mutations();
    resolve(&bench, &item, "keep");
    bench.settle(5).expect("a calm world");
    assert!(bench.is_placed(&gone));
    assert_eq!(bench.mutations(), writes);
    assert!(items(&bench, "withdrawal").is_empty());
    assert!(bench.on_smintio(|s| s.add_to_collection("8101", &gone)));
    bench.settle(5).expect("a calm world");
    assert_eq!(bench.mutations(), writes, "it is there and wanted");
}

#[test]
fn an_answer_can_be_changed_until_a_run_begins() {
    let (mut bench, _) = settled(20);
    bench.config["engine"]["withdrawal"] = json!("ask");
    bench.settle(5).expect("a calm world");
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the collection");
    let gone = members.into_iter().find(|id| bench.is_placed(id)).expect("something is placed");
    assert!(bench.on_smintio(|s| s.remove_from_collection("8101", &gone)));
    bench.settle(5).expect("a calm world");
    let asked = || items(&bench, "withdrawal").pop();
    let answer = || asked().expect("it is still listed").answer;
    assert_eq!(answer(), None);
    let id = asked().expect("a question").id;
    let config = bench.config.to_string();
    let say = |choice: &str| api::inbox::resolve(&bench.world, &config, &id, choice);
    say("keep").expect("an answer");
    assert_eq!(answer().as_deref(), Some("keep"));
    // A plan looks, and acts on nothing.
    api::connector::plan(&bench.world, &config, FLOW, None, 10, BUDGET).expect("a plan");
    assert_eq!(answer().as_deref(), Some("keep"));
    say("withdraw").expect("another answer");
    say("withdraw").expect("the same again");
    assert_eq!(answer().as_deref(), Some("withdraw"));
    assert_eq!(corrections(&bench), 1, "twice is once");
    bench.settle(5).expect("a calm world");
    assert!(!bench.is_placed(&gone), "the last answer counts");
    assert!(asked().is_none());
    let late = say("keep");
    assert!(matches!(late, Err(ApiError::NotFound(_))), "{late:?}");
}

fn corrections(bench: &Bench) -> usize {
    let config = bench.config.to_string();
    let page = api::reports::audit(&bench.world, &config, None, None, 1_000).expect("a page");
    let corrects = |text: &str| text.contains("correct-answer") && text.contains("keep");
    page.entries.iter().filter(|entry| corrects(&entry.document)).count()
}

/// A call that paused had begun, and may have acted on what it took up: nobody is told that an answer can be changed.
#[test]
fn an_answer_that_a_paused_run_took_up_is_no_longer_offered_to_be_changed() {
    let (mut bench, _) = settled(20);
    bench.config["engine"]["withdrawal"] = json!("ask");
    bench.settle(5).expect("a calm world");
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the collection");
    let gone = members.into_iter().find(|id| bench.is_placed(id)).expect("something is placed");
    assert!(bench.on_smintio(|s| s.remove_from_collection("8101", &gone)));
    bench.settle(5).expect("a calm world");
    let item = items(&bench, "withdrawal").pop().expect("a question");
    let config = bench.config.to_string();
    api::inbox::resolve(&bench.world, &config, &item.id, "withdraw").expect("an answer");
    let short = Budget { deadline_ms: 1, ..BUDGET };
    let paused = api::connector::run(&bench.world, &config, FLOW, short).expect("a result");
    assert!(matches!(paused.state, RunState::Paused(_)), "{:?}", paused.state);
    let late = api::inbox::resolve(&bench.world, &config, &item.id, "keep");
    let Err(ApiError::NotFound(why)) = late else { panic!("{late:?}") };
    assert!(why.contains("taken up the answer `withdraw`"), "{why}");
    bench.settle(5).expect("a calm world");
    assert!(!bench.is_placed(&gone), "the answer is not lost");
}

#[test]
fn a_replaced_cover_of_somebody_else_is_detached_and_not_deleted() {
    // A cover made by hand on exactly the edition that ours is for.
    let mut data = data(20);
    let place = data.assets.iter().find_map(|asset| {
        let meant = asset.meant_for.as_ref().filter(|m| m.role == "front_cover")?;
        let work = data.titles.iter().find(|title| title.work_id == meant.work_id)?;
        let plain =
            asset.trait_name().is_none() && asset.raw_data.get("licenceTransaction").is_none();
        let one = plain && meant.product_ids.len() == 1 && work.foreign_covers.is_empty();
        one.then(|| (asset.id.clone(), meant.work_id, meant.product_ids.clone()))
    });
    let (asset, work, product_ids) = place.expect("a plain cover");
    let by_hand = ForeignCoverSeed {
        product_ids,
        file_name: "by-hand.jpg".to_owned(),
        width: 600,
        height: 900,
    };
    let title = data.titles.iter_mut().find(|title| title.work_id == work).expect("its work");
    title.foreign_covers.push(by_hand);
    let bench = bench(0, &data);
    bench.settle(20).expect("a calm world");
    let item = items(&bench, "adoption").into_iter().find(|item| item.record_id == asset);
    let item = item.expect("a question");
    let foreign = bench.on_consonance(|c| c.foreign_ids());
    resolve(&bench, &item, "replace");
    let then = items(&bench, "adoption").into_iter().chain(items(&bench, "wrong-file"));
    let then: Vec<_> = then.filter(|i| i.record_id == item.record_id).collect();
    assert!(bench.is_placed(&item.record_id), "{item:?} {then:?}");
    assert_eq!(bench.on_consonance(|c| c.foreign_ids()), foreign, "nothing foreign is deleted");
    let link = bench.world.state()[&format!("link/{}", item.record_id)].clone();
    let link: Value = serde_json::from_slice(&link).expect("a record");
    let products = link["data"]["resource"]["asked"]["products"].clone();
    let resources = bench.on_consonance(|c| c.resources());
    let beside = resources.iter().filter(|r| {
        r.foreign
            && r.variant.as_deref() == Some("FRONT_COVER")
            && r.product_ids
                .iter()
                .any(|p| products.as_array().is_some_and(|a| a.contains(&json!(p))))
    });
    assert_eq!(beside.count(), 0, "its place is free");
}

/// `use` says that it takes the others off: the one that is there makes place for the chosen one.
#[test]
fn a_newcomer_that_is_chosen_takes_the_place_of_the_one_that_is_there() {
    let mut data = data(60);
    let rivals: Vec<usize> = (0..data.assets.len())
        .filter(|n| data.assets[*n].trait_name() == Some("rival-cover"))
        .collect();
    let newcomer = data.assets[rivals[1]].id.clone();
    let incumbent = data.assets[rivals[0]].id.clone();
    for collection in &mut data.collections {
        collection.asset_ids.retain(|id| *id != newcomer);
    }
    let bench = bench(0, &data);
    bench.settle(20).expect("a calm world");
    assert!(bench.is_placed(&incumbent));
    assert!(bench.on_smintio(|s| s.add_to_collection("8101", &newcomer)));
    bench.settle(5).expect("a calm world");
    assert!(bench.is_placed(&incumbent) && !bench.is_placed(&newcomer));
    let item = items(&bench, "ambiguous").into_iter().find(|item| item.record_id == newcomer);
    resolve(&bench, &item.expect("a question"), "use");
    bench.settle(5).expect("a calm world");
    assert!(bench.is_placed(&newcomer) && !bench.is_placed(&incumbent));
}

/// Whose licence cannot be read any more is not cleared any more: nothing new goes out on it.
#[test]
fn an_unreadable_purchase_clears_nothing_new() {
    let (bench, data) = settled(60);
    let bought = data.assets.iter().find_map(|asset| {
        let purchase = asset.raw_data.get("licenceTransaction")?.as_str()?;
        bench.is_placed(&asset.id).then(|| (asset.id.clone(), purchase.to_owned()))
    });
    let (asset, purchase) = bought.expect("a stock cover is placed");
    let seed = data.purchases.iter().rfind(|p| p.document["uuid"] == *purchase);
    let mut seed = seed.expect("its purchase").clone();
    seed.document["license_terms"] = json!("to be renegotiated");
    seed.document["version"] = json!(9);
    bench.on_smintio(|s| s.append_purchase(&seed));
    let now = bench.world.now().0;
    let change =
        MetadataChange { copyright: Some(Some("© new".to_owned())), ..MetadataChange::default() };
    assert!(bench.on_smintio(|s| s.change_metadata(now, &asset, change)));
    let writes =
        bench.on_consonance(|c| c.counts().mutations.get("createSupportingResource").copied());
    bench.settle(5).expect("a calm world");
    let after =
        bench.on_consonance(|c| c.counts().mutations.get("createSupportingResource").copied());
    assert_eq!(writes, after, "nothing new goes out on a licence that cannot be read");
    let said = items(&bench, "bad-record");
    assert!(said.iter().any(|item| item.record_id.ends_with(&purchase)), "{said:?}");
    let asked = items(&bench, "withdrawal");
    assert!(bench.is_placed(&asset), "and what is there waits for a person: {asked:?}");
    // Readable again, it goes out.
    seed.document["license_terms"] = json!([]);
    let healed = data.purchases.iter().rfind(|p| p.document["uuid"] == *purchase);
    let mut healed = healed.expect("its purchase").clone();
    healed.document["version"] = json!(10);
    bench.on_smintio(|s| s.append_purchase(&healed));
    bench.settle(5).expect("a calm world");
    assert!(bench.ours().iter().any(|(id, _)| {
        let resources = bench.on_consonance(|c| c.resources());
        resources.iter().any(|r| r.id == *id && r.copyright.as_deref() == Some("© new"))
    }));
}

fn explained(bench: &Bench, subject: &str) -> Vec<api::connector::Explanation> {
    let config = bench.config.to_string();
    api::connector::explain(&bench.world, &config, subject).expect("an explanation")
}

/// What is said of an asset when somebody asks about its edition.
fn said(bench: &Bench, isbn: &str, asset: &str) -> String {
    let all = explained(bench, isbn);
    let one = all.into_iter().find(|e| e.asset.as_str() == asset).expect("it is explained");
    one.steps.join("\n")
}

#[test]
fn an_explanation_says_which_rival_has_the_edition_and_why() {
    let (bench, data) = settled(60);
    let [one, other] = rivals(&bench, &data);
    let decisions = explained(&bench, &one.record_id).remove(0).decisions;
    let isbn = decisions[0].isbn.clone().expect("its edition has an ISBN");
    for (asset, rival) in [(&one, &other), (&other, &one)] {
        let said = said(&bench, &isbn, &asset.record_id);
        assert!(said.contains(&rival.record_id) && said.contains("none goes until"), "{said}");
    }
    resolve(&bench, &one, "use");
    bench.settle(5).expect("a calm world");
    let winner = said(&bench, &isbn, &one.record_id);
    let chose = format!("a person chose it over {}", other.record_id);
    assert!(winner.contains(&chose), "{winner}");
    let loser = said(&bench, &isbn, &other.record_id);
    assert!(
        loser.contains(&format!("{} is the front_cover, because a person", one.record_id)),
        "{loser}"
    );
}

#[test]
fn a_person_says_to_which_of_several_titles_an_asset_belongs() {
    let (bench, _) = settled(60);
    let mut asked = items(&bench, "ambiguous");
    asked.retain(|item| item.message.contains("several titles"));
    assert!(!asked.is_empty());
    let mut placed = 0;
    for item in &asked {
        let ids: Vec<&str> = item.choices.iter().map(|choice| choice.id.as_str()).collect();
        assert!(ids.len() > 1 && ids.iter().all(|id| id.starts_with("work-")), "{ids:?}");
        resolve(&bench, item, ids[0]);
        let state = bench.world.state().get(&format!("link/{}", item.record_id)).cloned();
        let link: Value = state.and_then(|s| serde_json::from_slice(&s).ok()).unwrap_or_default();
        if let Some(work) = link["data"]["work"].as_i64() {
            assert_eq!(format!("work-{work}"), ids[0]);
            placed += 1;
        }
    }
    assert!(placed > 0, "the answer takes effect");
    let left = items(&bench, "ambiguous");
    assert!(left.iter().all(|item| !item.message.contains("several titles")), "{left:?}");
}

/// Two images that may come off, with the question about each; nothing is answered.
fn two_withdrawals(bench: &mut Bench) -> [InboxItem; 2] {
    bench.config["engine"]["withdrawal"] = json!("ask");
    bench.settle(5).expect("a calm world");
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the collection");
    let gone: Vec<String> = members.into_iter().filter(|id| bench.is_placed(id)).take(2).collect();
    for id in &gone {
        assert!(bench.on_smintio(|s| s.remove_from_collection("8101", id)));
    }
    bench.settle(5).expect("a calm world");
    items(bench, "withdrawal").try_into().expect("two questions")
}

/// A person answers on another terminal just before a run takes this item up.
fn answered_meanwhile(bench: &Bench, taken: &InboxItem, id: &str, choice: &'static str) {
    let (config, id) = (bench.config.to_string(), id.to_owned());
    bench.world.before_delete(&format!("inbox/{}", taken.id), move |world| {
        api::inbox::resolve(world, &config, &id, choice).expect("an answer");
    });
}

fn answer_to(bench: &Bench, id: &str) -> Option<String> {
    let config = bench.config.to_string();
    api::inbox::show(&bench.world, &config, id).expect("it is still open").answer
}

#[test]
fn what_is_answered_while_a_run_takes_up_other_answers_waits_for_the_next_run() {
    let (mut bench, _) = settled(20);
    let [one, other] = two_withdrawals(&mut bench);
    let config = bench.config.to_string();
    let say = |id: &str, choice| api::inbox::resolve(&bench.world, &config, id, choice);
    say(&one.id, "withdraw").expect("an answer");
    answered_meanwhile(&bench, &one, &other.id, "withdraw");
    bench.run_once(&bench.world).expect("a run");
    assert!(!bench.is_placed(&one.record_id));
    assert!(bench.is_placed(&other.record_id), "its answer can still be changed");
    assert_eq!(answer_to(&bench, &other.id).as_deref(), Some("withdraw"));
    say(&other.id, "keep").expect("a correction");
    bench.settle(5).expect("a calm world");
    assert!(bench.is_placed(&other.record_id));
}

#[test]
fn an_answer_that_is_corrected_while_a_run_takes_it_up_waits_for_the_next_run() {
    let (mut bench, _) = settled(20);
    let [one, _] = two_withdrawals(&mut bench);
    resolve_only(&bench, &one.id, "withdraw");
    answered_meanwhile(&bench, &one, &one.id, "keep");
    bench.run_once(&bench.world).expect("a run");
    assert!(bench.is_placed(&one.record_id));
    assert_eq!(answer_to(&bench, &one.id).as_deref(), Some("keep"));
    resolve_only(&bench, &one.id, "withdraw");
    bench.settle(5).expect("a calm world");
    assert!(!bench.is_placed(&one.record_id));
}

fn resolve_only(bench: &Bench, id: &str, choice: &str) {
    let config = bench.config.to_string();
    api::inbox::resolve(&bench.world, &config, id, choice).expect("an answer");
}

#[test]
fn an_answer_that_is_corrected_before_a_run_takes_it_up_is_the_one_that_counts() {
    let (mut bench, _) = settled(20);
    let [one, _] = two_withdrawals(&mut bench);
    resolve_only(&bench, &one.id, "withdraw");
    let (config, id) = (bench.config.to_string(), one.id.clone());
    // The run has read the answers and has not looked at the items yet.
    bench.world.before_scan("inbox/", move |world| {
        api::inbox::resolve(world, &config, &id, "keep").expect("an answer");
    });
    bench.settle(5).expect("a calm world");
    assert!(bench.is_placed(&one.record_id), "the person was told that `keep` counts");
}
