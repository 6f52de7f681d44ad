//! What is gone, refused or failing at a vendor ends in a clear state, and nobody else waits for it.

use std::sync::{Arc, Mutex};

use consonance_smintio::api::{self, connector::RunState, inbox::InboxItem};
use consonance_smintio::model::ids::WorkId;
use consonance_smintio::platform::Platform;
use serde_json::{Value, json};
use simulators::faults::{Action, Fault, FaultPlan, When};
use simulators::http::{Request, Response, Vendor as _};

use super::bench::{Bench, Edit, FLOW, bench, bench_of, data};

fn items(bench: &Bench, kind: &str) -> Vec<InboxItem> {
    let page = api::inbox::list(&bench.world, &bench.config.to_string(), None, 1_000);
    page.expect("a list").items.into_iter().filter(|item| item.kind == kind).collect()
}

fn read_all_again(bench: &Bench) {
    api::inbox::reset(&bench.world, &bench.config.to_string(), FLOW).expect("a reset");
}

fn stored(bench: &Bench, key: &str) -> Value {
    let state = bench.world.state();
    state.get(key).and_then(|v| serde_json::from_slice(v).ok()).unwrap_or_default()
}

/// Consonance does not find this work any more; with `listed` it still lists its id.
fn without_work(work: i64, listed: bool) -> Edit {
    let is_it = move |v: &Value| v["id"] == json!(work) || v["id"] == json!(work.to_string());
    Box::new(move |_: &Request, response: &mut Response| {
        let Ok(mut document) = serde_json::from_slice::<Value>(&response.body) else { return };
        let Some(data) = document["data"].as_object_mut() else { return };
        for field in data.values_mut() {
            match field {
                Value::Array(list) if !listed => list.retain(|entry| !is_it(entry)),
                found if is_it(found) => *found = Value::Null,
                _ => {}
            }
        }
        response.body = document.to_string().into_bytes();
    })
}

/// A work that carries an image of ours.
fn some_work(bench: &Bench) -> i64 {
    let ours: Vec<i64> = bench.ours().into_iter().map(|(id, _)| id).collect();
    let resources = bench.on_consonance(|c| c.resources());
    resources.iter().find(|r| ours.contains(&r.id)).expect("one of ours").work_id
}

#[test]
fn a_work_that_one_look_does_not_find_is_not_gone() {
    let bench = bench(0, &data(12));
    bench.settle(20).expect("a calm world");
    bench.settle(20).expect("a calm world");
    let (before, work) = (bench.picture(), some_work(&bench));
    bench.consonance.with(|core| core.1 = Some(without_work(work, true)));
    read_all_again(&bench);
    bench.settle(20).expect("a calm world");
    assert_eq!(
        stored(&bench, &consonance_smintio::state::keys::title(WorkId(work)))["data"]["gone"],
        json!(false)
    );
    bench.consonance.with(|core| core.1 = None);
    bench.settle(20).expect("a calm world");
    assert_eq!(bench.picture(), before);
}

#[test]
fn a_work_that_a_full_sweep_misses_is_gone_even_if_the_sweep_stopped_half_way() {
    let bench = bench_of(0, &data(12), |c, _| c.page_cap = Some(2));
    bench.settle(20).expect("a calm world");
    let work = some_work(&bench);
    let mut lists = 0;
    let mut hide = without_work(work, false);
    let edit = move |request: &Request, response: &mut Response| {
        hide(request, response);
        lists += usize::from(String::from_utf8_lossy(&request.body).contains("workSearch"));
        // From the fourth listing on Consonance fails for longer than anybody tries again.
        if (4..40).contains(&lists) {
            response.status = 500;
        }
    };
    bench.consonance.with(|core| core.1 = Some(Box::new(edit)));
    read_all_again(&bench);
    assert!(bench.run_once(&bench.world).map_or(true, |(state, _)| state != RunState::Done));
    bench.settle(60).expect("a calm world");
    let title = stored(&bench, &consonance_smintio::state::keys::title(WorkId(work)));
    assert_eq!(title["data"]["gone"], json!(true));
}

#[test]
fn an_image_on_its_way_to_a_deleted_work_does_not_fly_for_ever() {
    let bench = bench(0, &data(12));
    // Answers to creates are lost, so that intents stay.
    let fault = Fault::new(Action::LoseAnswer, When::Every(1)).containing("createSupporting");
    bench.consonance.with(|core| core.0.plan = FaultPlan::new(vec![fault], 1));
    let (state, _) = bench.run_once(&bench.world).expect("a run");
    assert!(matches!(state, RunState::Paused(_)) && bench.intents() > 0, "{state:?}");
    bench.consonance.with(|core| core.0.plan = FaultPlan::none());
    let work = some_work(&bench);
    bench.consonance.with(|core| core.1 = Some(without_work(work, false)));
    read_all_again(&bench);
    bench.settle(20).expect("everybody else arrives");
    assert_eq!(bench.intents(), 0);
}

#[test]
fn a_deletion_that_is_refused_waits_for_a_person_and_nobody_waits_for_it() {
    let bench = bench(0, &data(20));
    bench.settle(20).expect("a calm world");
    let refusal = json!({"data": {"result": {"errors": ["is locked"]}}});
    let fault = Fault::new(Action::Refuse(Response::json(200, &refusal)), When::Every(1))
        .containing("deleteSupportingResource");
    bench.consonance.with(|core| core.0.plan = FaultPlan::new(vec![fault], 1));
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the collection");
    let gone = members.into_iter().find(|id| bench.is_placed(id)).expect("something is placed");
    assert!(bench.on_smintio(|s| s.remove_from_collection("8101", &gone)));
    let report = bench.settle(5).expect("the run ends");
    assert!(report.flows.iter().any(|f| f.inbox > 0));
    let item = items(&bench, "bad-record").into_iter().find(|i| i.record_id == gone);
    assert!(item.expect("an item").message.contains("is locked"));
    bench.settle(5).expect("and so does the next");
    bench.consonance.with(|core| core.0.plan = FaultPlan::none());
    bench.settle(5).expect("and so does the next");
    assert!(!bench.is_placed(&gone) && bench.intents() == 0);
    assert!(items(&bench, "bad-record").into_iter().all(|i| i.record_id != gone));
}

#[test]
fn one_asset_whose_details_fail_for_ever_stops_nobody() {
    let data = data(12);
    let bench = bench(0, &data);
    let id = data.assets[0].id.clone();
    let fault = Fault::new(
        Action::Refuse(Response::new(500, "text/plain", "Internal Server Error")),
        When::Every(1),
    );
    // As it stands in an escaped text: with the quotes it would never be met.
    let fault = fault.on("POST", "").containing(&id);
    bench.smintio.with(|core| core.0.plan = FaultPlan::new(vec![fault], 1));
    let report = bench.settle(20).expect("the others arrive");
    assert!(report.flows.iter().any(|f| f.deferred > 0), "{report:?}");
    assert!(bench.ours().len() > 3);
    bench.smintio.with(|core| core.0.plan = FaultPlan::none());
    bench.settle(20).expect("a calm world");
}

#[test]
fn an_emptied_collection_is_a_question_and_no_withdrawal() {
    let bench = bench(0, &data(20));
    bench.settle(20).expect("a calm world");
    let before = bench.picture();
    for id in bench.on_smintio(|s| s.collection_members("8101")).expect("the collection") {
        assert!(bench.on_smintio(|s| s.remove_from_collection("8101", &id)));
    }
    bench.settle(5).expect("a calm world");
    assert_eq!(bench.picture(), before);
    let said = |bench: &Bench| {
        items(bench, "bad-record").into_iter().any(|i| i.record_id == "collection:8101")
    };
    assert!(said(&bench));
    bench.settle(5).expect("a calm world");
    assert!(said(&bench), "until it is mended");
}

#[test]
fn a_title_that_cannot_be_read_is_not_forgotten_when_a_person_answers() {
    let bench = bench(0, &data(12));
    bench.settle(20).expect("a calm world");
    bench.settle(20).expect("a calm world");
    let (expected, work) = (bench.picture(), some_work(&bench));
    let bench = self::bench(0, &data(12));
    let spoil = move |_: &Request, response: &mut Response| {
        let Ok(mut document) = serde_json::from_slice::<Value>(&response.body) else { return };
        for found in document["data"].as_object_mut().into_iter().flat_map(|d| d.values_mut()) {
            let id = &found["id"];
            if found.is_object() && (*id == json!(work) || *id == json!(work.to_string())) {
                found["title"] = json!({ "no": "text" });
            }
        }
        response.body = document.to_string().into_bytes();
    };
    bench.consonance.with(|core| core.1 = Some(Box::new(spoil)));
    bench.settle(20).expect("the others arrive");
    let item =
        items(&bench, "bad-record").into_iter().find(|i| i.record_id == format!("title:{work}"));
    let item = item.expect("an item");
    let config = bench.config.to_string();
    api::inbox::resolve(&bench.world, &config, &item.id, "retry").expect("an answer");
    api::inbox::replay(&bench.world, &config, &item.id).expect("and another");
    bench.consonance.with(|core| core.1 = None);
    bench.settle(20).expect("a calm world");
    bench.settle(20).expect("a calm world");
    assert_eq!(bench.picture(), expected);
    assert!(items(&bench, "bad-record").into_iter().all(|i| i.id != item.id));
}

fn link_creates(bench: &Bench) -> u64 {
    bench.on_consonance(|c| c.counts().mutations.get("createWebLink").copied().unwrap_or_default())
}

/// Consonance refuses every new web link from now on.
pub fn refuse_links(bench: &Bench) {
    let refusal = json!({"data": {"result": {"errors": ["is not allowed"]}}});
    let fault = Fault::new(Action::Refuse(Response::json(200, &refusal)), When::Every(1))
        .containing("createWebLink");
    bench.consonance.with(|core| core.0.plan = FaultPlan::new(vec![fault], 1));
}

pub fn struck(bench: &Bench) -> u64 {
    bench.consonance.with(|core| core.0.plan.struck())
}

#[test]
fn a_refused_link_is_told_and_not_tried_in_every_run() {
    let bench = bench(0, &data(12));
    refuse_links(&bench);
    bench.settle(20).expect("the images arrive");
    let placed = bench.ours().len();
    let tried = struck(&bench);
    assert!(placed > 5 && tried > 5 && link_creates(&bench) == 0, "{placed} {tried}");
    let said = || {
        let mut said = items(&bench, "bad-record");
        said.retain(|i| i.message.contains("is not allowed"));
        said
    };
    assert_eq!(said().len(), placed);
    let again = bench.settle(20).expect("a calm world");
    assert_eq!((struck(&bench), again.writes), (tried, 0), "nobody tries again by himself");
    assert_eq!(again.flows[0].written, 0);
    assert!(again.flows[0].inbox >= u64::try_from(placed).expect("small"));
    let item = said().pop().expect("a question");
    assert!(item.choices[0].label.starts_with("Try it again"), "{item:?}");
    // Still refused: the answer was tried, and there is a new question.
    let config = bench.config.to_string();
    api::inbox::resolve(&bench.world, &config, &item.id, "retry").expect("an answer");
    let report = bench.settle(20).expect("a calm world");
    assert!(struck(&bench) > tried);
    assert_eq!(report.flows[0].written, 0, "a refused link is nothing written");
    let tried = struck(&bench);
    bench.settle(20).expect("a calm world");
    assert_eq!((struck(&bench), said().len()), (tried, placed));
    bench.consonance.with(|core| core.0.plan = FaultPlan::none());
    for item in said() {
        api::inbox::resolve(&bench.world, &config, &item.id, "retry").expect("an answer");
    }
    bench.settle(20).expect("a calm world");
    assert!(link_creates(&bench) > 0 && said().is_empty());
    let writes = bench.mutations();
    bench.settle(20).expect("a calm world");
    assert_eq!(bench.mutations(), writes, "and they stay");
}

#[test]
fn a_refused_link_is_tried_again_when_the_link_changes() {
    let mut bench = bench(0, &data(12));
    refuse_links(&bench);
    bench.settle(20).expect("the images arrive");
    bench.consonance.with(|core| core.0.plan = FaultPlan::none());
    bench.settle(20).expect("a calm world");
    assert_eq!(link_creates(&bench), 0);
    bench.config["engine"]["rights-link-role"] = json!("Another role");
    if let Err(item) = bench.settle(20) {
        let config = bench.config.to_string();
        api::inbox::resolve(&bench.world, &config, &item, "accept").expect("an answer");
        bench.settle(20).expect("a calm world");
    }
    assert!(link_creates(&bench) > 0);
    assert!(items(&bench, "bad-record").iter().all(|i| !i.message.contains("is not allowed")));
}

/// Consonance refuses every create in words that leave doubt; what it was asked for.
fn refuse_creates(bench: &Bench) -> Arc<Mutex<Vec<Request>>> {
    let refusal = json!({ "data": null, "errors": [{ "message": "is busy, try later" }] });
    let fault = Fault::new(Action::Refuse(Response::json(200, &refusal)), When::Every(1))
        .containing("createSupportingResource");
    bench.consonance.with(|core| core.0.plan = FaultPlan::new(vec![fault], 1));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    let edit = move |request: &Request, _: &mut Response| {
        if String::from_utf8_lossy(&request.body).contains("createSupportingResource") {
            kept.lock().expect("nobody panicked").push(request.clone());
        }
    };
    bench.consonance.with(|core| core.1 = Some(Box::new(edit)));
    asked
}

#[test]
fn an_image_that_looks_like_a_refused_one_is_a_persons() {
    let bench = bench(0, &data(12));
    let asked = refuse_creates(&bench);
    let (state, _) = bench.run_once(&bench.world).expect("a run");
    assert!(matches!(state, RunState::Paused(_)) && bench.intents() > 0, "{state:?}");
    bench.consonance.with(|core| core.1 = None);
    // A person puts up an image with the same editions and texts, from somewhere else.
    let mut request = asked.lock().expect("nobody panicked").first().cloned().expect("a create");
    let body = String::from_utf8_lossy(&request.body).replace(":4004/", ":4004/by-hand/");
    request.body = body.into_bytes();
    let before = bench.on_consonance(|c| c.resources()).len();
    let now = bench.world.now().0;
    bench.consonance.with(|core| core.0.vendor.handle(now, &request));
    let all = bench.on_consonance(|c| c.resources());
    assert_eq!(all.len(), before + 1, "the person's image is there");
    let theirs = all.iter().map(|r| r.id).max().expect("it");
    for _ in 0..6 {
        bench.world.advance(200_000);
        bench.run_once(&bench.world).expect("a run");
    }
    let after = bench.on_consonance(|c| c.resources());
    assert!(after.iter().any(|r| r.id == theirs), "nobody took it for ours and deleted it");
    let said = items(&bench, "maybe-created");
    assert_eq!(said.len(), 1);
    assert!(said[0].message.contains(&theirs.to_string()), "{}", said[0].message);
    assert!(!bench.is_placed(&said[0].record_id));
}

#[test]
fn a_credential_that_is_refused_twice_in_a_row_is_told_to_the_platform_twice() {
    let bench = bench(0, &data(5));
    let refuse = |when| {
        let refusal = Response::new(401, "text/plain", "");
        let fault = Fault::new(Action::Refuse(refusal), when).on("POST", "/graphql");
        bench.consonance.with(|core| core.0.plan = FaultPlan::new(vec![fault], 1));
        bench.world.count_anew();
    };
    let told = || bench.world.calls().into_iter().filter(|name| *name == "rejected").count();
    refuse(When::Every(1));
    let ended = bench.run_once(&bench.world);
    assert!(ended.as_ref().is_err_and(|why| why.contains("NeedsConsent")), "{ended:?}");
    assert_eq!(told(), 2, "once for a newer one, and once because that was refused, too");
    refuse(When::Nth(2));
    bench.settle(20).expect("one 401 is an accident");
    assert_eq!(told(), 1);
}
