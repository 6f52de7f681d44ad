//! Links of purchases on their titles: once, only where the project names the title, gone when the
//! purchase is over, and never against what a person did.

use connector_tests::world::{Ending, KillAt, When, run_killed};
use consonance_smintio::api::{self, Budget, connector::RunState, inbox::InboxItem};
use consonance_smintio::platform::Platform;
use serde_json::{Value, json};
use simulators::consonance::{LinkParent, WebLink};
use simulators::faults::FaultPlan;
use simulators::world::seed::{PurchaseSeed, World};

use super::bench::{BUDGET, Bench, bench, data};
use super::lost_and_refused::{refuse_links, struck};

pub const LICENCES: &str = "stock-licences";
const ROLE: &str = "Smint.io licence";

fn fresh(data: &World) -> Bench {
    let mut bench = bench(0, data);
    bench.config["smintio"]["clapi"]["content-page"] =
        json!("https://tenant.example/project/{project}/content/{element}");
    bench
}

pub fn settled(titles: usize) -> (Bench, World) {
    let data = data(titles);
    let bench = fresh(&data);
    bench.settle_flow(LICENCES, 20).expect("a calm world");
    (bench, data)
}

fn links(bench: &Bench) -> Vec<WebLink> {
    let mut links = bench.on_consonance(|c| c.web_links());
    links.retain(|link| link.role.as_deref() == Some(ROLE));
    links
}

/// What hangs where, without ids.
fn picture(bench: &Bench) -> Vec<String> {
    let mut lines: Vec<String> =
        links(bench).iter().map(|l| format!("{:?} {} {:?}", l.parent, l.link, l.note)).collect();
    lines.sort();
    lines
}

pub fn records(bench: &Bench) -> Vec<(String, Value)> {
    let state = bench.world.state();
    let found = state.iter().filter(|(key, _)| key.starts_with("licence-link/"));
    found
        .map(|(key, bytes)| {
            let value: Value = serde_json::from_slice(bytes).expect("JSON");
            (key.trim_start_matches("licence-link/").to_owned(), value["data"].clone())
        })
        .collect()
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

pub fn writes(bench: &Bench) -> u64 {
    bench.settle_flow(LICENCES, 20).expect("a calm world").writes
}

/// A purchase that has links of its own.
pub fn linked(bench: &Bench) -> (String, Vec<Value>) {
    let (id, record) = records(bench).into_iter().next().expect("a record");
    (id, record["links"].as_array().expect("links").clone())
}

pub fn carries(bench: &Bench, link: &Value) -> bool {
    links(bench).iter().any(|there| {
        there.link == link["link"]
            && matches!(there.parent, LinkParent::Product(id) if id == link["product"])
    })
}

fn latest<'a>(data: &'a World, id: &str) -> &'a PurchaseSeed {
    data.purchases.iter().rfind(|p| p.document["uuid"] == id).expect("the purchase")
}

#[test]
fn purchases_whose_project_names_a_title_get_their_link_once() {
    let data = data(60);
    let bench = fresh(&data);
    let report = bench.settle_flow(LICENCES, 20).expect("a calm world");
    let flow = &report.flows[0];
    assert!(flow.written > 3 && flow.skipped > 0, "{flow:?}");
    assert_eq!(links(&bench).len() as u64, report.writes);
    for link in links(&bench) {
        let LinkParent::Product(product) = link.parent else { panic!("{link:?}") };
        let title = data.titles.iter().find(|t| t.products.iter().any(|p| p.product_id == product));
        let work = title.expect("a title").work_id;
        let page = format!("https://tenant.example/project/{work}/content/");
        assert!(link.link.starts_with(&page), "the project is named after the title: {link:?}");
        assert_eq!(link.note.unwrap_or_default(), "", "the link only leads there");
    }
    let again = bench.settle_flow(LICENCES, 5).expect("a calm world");
    assert_eq!((again.writes, again.flows[0].written), (0, 0));
    assert_eq!(again.flows[0].unchanged, flow.written + flow.unchanged);
}

#[test]
fn a_plan_is_what_the_run_then_does() {
    let bench = fresh(&data(20));
    let config = bench.config.to_string();
    let plan = || {
        api::connector::plan(&bench.world, &config, LICENCES, None, 1_000, BUDGET).expect("a plan")
    };
    let first = plan();
    assert_eq!(bench.mutations(), 0, "a plan changes nothing");
    assert_eq!(plan().changes, first.changes);
    let report = bench.settle_flow(LICENCES, 20).expect("a calm world");
    assert!(!first.changes.is_empty());
    assert_eq!(report.writes, first.changes.len() as u64);
    assert!(plan().changes.is_empty());
}

#[test]
fn a_first_run_shows_its_plan_and_waits() {
    let mut bench = fresh(&data(10));
    bench.config["first-run"] = json!("plan");
    let (state, report) = bench.run_flow(&bench.world, LICENCES).expect("a run");
    assert!(matches!(state, RunState::AwaitingAcceptance(_)), "{state:?}");
    assert!(report.writes == 0 && report.flows[0].deferred > 0);
    let item = items(&bench, "first-run").pop().expect("a question");
    assert!(item.message.contains("new links to purchases"), "{}", item.message);
    resolve(&bench, &item, "accept");
    assert!(writes(&bench) > 0);
}

#[test]
fn a_cancelled_purchase_loses_its_links_by_policy() {
    let (bench, _) = settled(20);
    let (id, gone) = linked(&bench);
    let now = bench.world.now().0;
    assert!(bench.on_smintio(|s| s.cancel_purchase(now, &id, false)));
    assert_eq!(writes(&bench), gone.len() as u64);
    assert!(gone.iter().all(|link| !carries(&bench, link)));
    assert!(records(&bench).iter().all(|(other, _)| *other != id));
    assert_eq!(writes(&bench), 0);
}

#[test]
fn where_the_policy_is_to_ask_a_person_decides() {
    for (choice, stays) in [("keep", true), ("withdraw", false)] {
        let (mut bench, _) = settled(10);
        bench.config["engine"]["withdrawal"] = json!("ask");
        let (id, there) = linked(&bench);
        let now = bench.world.now().0;
        assert!(bench.on_smintio(|s| s.cancel_purchase(now, &id, true)));
        assert_eq!(writes(&bench), 0, "asked first");
        let item = items(&bench, "withdrawal").pop().expect("a question");
        assert!(item.message.contains("cancelled"), "{}", item.message);
        resolve(&bench, &item, choice);
        assert_eq!(writes(&bench) > 0, !stays);
        assert!(there.iter().all(|link| carries(&bench, link) == stays), "{choice}");
        assert_eq!(writes(&bench), 0);
    }
}

#[test]
fn a_licence_that_ends_loses_its_links_on_the_day_after() {
    let (bench, data) = settled(10);
    let (id, there) = linked(&bench);
    let mut seed = latest(&data, &id).clone();
    seed.document["version"] = json!(50);
    for term in seed.document["license_terms"].as_array_mut().expect("terms") {
        term["valid_until"] = json!("2026-11-19T12:00:00Z");
    }
    if seed.document["license_terms"].as_array().is_some_and(Vec::is_empty) {
        seed.document["license_terms"] =
            json!([{ "sequence_number": 1, "valid_until": "2026-11-19T12:00:00Z" }]);
    }
    bench.on_smintio(|s| s.append_purchase(&seed));
    bench.world.advance(86_400_000);
    assert_eq!(writes(&bench), 0, "the last day is covered");
    bench.world.advance(86_400_000);
    assert_eq!(writes(&bench), there.len() as u64);
}

#[test]
fn what_a_person_did_stays_so() {
    let data = data(20);
    let calm = fresh(&data);
    calm.settle_flow(LICENCES, 20).expect("a calm world");
    let (_, some) = linked(&calm);
    // A person put the very same link there before us: it is theirs.
    let bench = fresh(&data);
    let now = bench.world.now().0;
    let product = some[0]["product"].as_i64().expect("a number");
    let address = some[0]["link"].as_str().expect("a text").to_owned();
    bench
        .on_consonance(|c| {
            c.act(now, |p| {
                p.add_web_link(LinkParent::Product(product), &address, Some(ROLE), Some("mine"))
            })
        })
        .expect("done");
    bench.settle_flow(LICENCES, 20).expect("a calm world");
    assert_eq!(links(&bench).len(), links(&calm).len(), "none is there twice");
    let now = bench.world.now().0;
    let (id, _) = linked(&calm);
    assert!(bench.on_smintio(|s| s.cancel_purchase(now, &id, true)));
    bench.settle_flow(LICENCES, 20).expect("a calm world");
    let mine = links(&bench).into_iter().filter(|l| l.note.as_deref() == Some("mine")).count();
    assert_eq!(mine, 1, "a person's link is never deleted");
    // One of ours that a person took off does not come back.
    let taken = links(&calm).swap_remove(0);
    let now = calm.world.now().0;
    calm.on_consonance(|c| c.act(now, |p| p.delete_web_link(taken.id))).expect("done");
    calm.world.advance(8 * 86_400_000);
    assert_eq!(writes(&calm), 0);
}

#[test]
fn two_purchases_that_share_a_page_share_the_link() {
    let (bench, data) = settled(10);
    let (id, there) = linked(&bench);
    let mut twin = latest(&data, &id).clone();
    twin.document["uuid"] = json!("99999999");
    bench.on_smintio(|s| s.append_purchase(&twin));
    assert_eq!(writes(&bench), 0, "the link is there");
    let now = bench.world.now().0;
    assert!(bench.on_smintio(|s| s.cancel_purchase(now, &id, true)));
    assert_eq!(writes(&bench), 0, "the other one wants it");
    assert!(there.iter().all(|link| carries(&bench, link)));
    assert!(bench.on_smintio(|s| s.cancel_purchase(now, "99999999", true)));
    assert_eq!(writes(&bench), there.len() as u64);
}

#[test]
fn many_that_go_at_once_wait_for_a_person() {
    let (bench, _) = settled(60);
    let now = bench.world.now().0;
    let all = records(&bench);
    assert!(all.len() > 6, "{}", all.len());
    for (id, _) in &all {
        assert!(bench.on_smintio(|s| s.cancel_purchase(now, id, true)));
    }
    assert_eq!(writes(&bench), 0);
    let item = items(&bench, "guard").pop().expect("a question");
    resolve(&bench, &item, "accept");
    assert!(writes(&bench) > 6);
    assert!(links(&bench).is_empty());
}

#[test]
fn a_small_budget_pauses_and_comes_to_the_same_end() {
    let data = data(20);
    let calm = fresh(&data);
    calm.settle_flow(LICENCES, 20).expect("a calm world");
    let tight = fresh(&data);
    let config = tight.config.to_string();
    let budget = Budget { deadline_ms: 60_000, max_requests: 100, max_writes: 6 };
    let mut pauses = 0;
    loop {
        let result = api::connector::run(&tight.world, &config, LICENCES, budget).expect("a run");
        match result.state {
            RunState::Done => break,
            RunState::Paused(at) => {
                let now = tight.world.now();
                tight.world.advance(at.0.saturating_sub(now.0).max(1));
                pauses += 1;
            }
            other => panic!("{other:?}"),
        }
        assert!(pauses < 200, "it never ends");
    }
    assert!(pauses > 0, "the budget was not small");
    assert_eq!(picture(&tight), picture(&calm));
}

/// What happens in a settled world before the run that is killed.
type Act = fn(&Bench, &World);

/// A run that is killed anywhere ends, with the next ones, where a calm run ends: nothing twice.
fn dies_anywhere(act: Option<Act>) {
    let data = data(4);
    let prepared = || {
        let bench = fresh(&data);
        if let Some(act) = act {
            bench.settle_flow(LICENCES, 20).expect("a calm world");
            bench.world.advance(3_600_000);
            act(&bench, &data);
        }
        bench
    };
    let calm = prepared();
    let before = picture(&calm);
    calm.world.count_anew();
    calm.settle_flow(LICENCES, 20).expect("a calm world");
    let expected = picture(&calm);
    assert_ne!(before, expected, "something happens");
    let mut failures = Vec::new();
    for (call, name) in calm.world.calls().into_iter().enumerate() {
        if matches!(name, "log" | "progress") {
            continue;
        }
        for when in [When::Before, When::After] {
            let bench = prepared();
            let kill = KillAt { call: call as u64, when };
            let ending =
                run_killed(&bench.world, kill, |p| bench.run_flow(p, LICENCES).map(|_| ()));
            if let Ending::Finished(Err(error)) = ending {
                failures.push(error);
            }
            let ended = bench.settle_flow(LICENCES, 40);
            let found = picture(&bench);
            let pending = records(&bench).iter().filter(|(_, r)| !r["pending"].is_null()).count();
            if ended.is_err() || found != expected || pending > 0 {
                failures.push(format!("call {call} ({name}), {when:?}: {ended:?}\n{found:#?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures, first:\n{}", failures.len(), failures[0]);
}

#[test]
fn the_first_links_survive_a_death_at_any_call() {
    dies_anywhere(None);
}

#[test]
fn a_withdrawal_of_links_survives_a_death_at_any_call() {
    dies_anywhere(Some(|bench, _| {
        let (id, _) = linked(bench);
        let now = bench.world.now().0;
        assert!(bench.on_smintio(|s| s.cancel_purchase(now, &id, true)));
    }));
}

#[test]
fn a_purchase_that_moves_to_another_title_survives_a_death_at_any_call() {
    dies_anywhere(Some(|bench, data| {
        let (id, record) = records(bench).into_iter().next().expect("a record");
        let other = data.titles.iter().find(|t| record["work"] != t.work_id).expect("another");
        let isbn = other.products.iter().find_map(|p| p.isbn13.clone()).expect("an ISBN");
        let mut seed = latest(data, &id).clone();
        seed.document["version"] = json!(50);
        seed.document["project_name"] = json!([{ "culture": "en", "value": isbn }]);
        seed.document["collection_name"] = json!([]);
        bench.on_smintio(|s| s.append_purchase(&seed));
    }));
}

#[test]
fn a_refused_link_to_a_purchase_is_told_and_not_tried_in_every_run() {
    let data = data(20);
    let calm = fresh(&data);
    calm.settle_flow(LICENCES, 20).expect("a calm world");
    let bench = fresh(&data);
    refuse_links(&bench);
    bench.settle_flow(LICENCES, 20).expect("a calm world");
    let tried = struck(&bench);
    let said = || {
        let mut said = items(&bench, "bad-record");
        said.retain(|item| item.message.contains("is not allowed"));
        said
    };
    let asked = said();
    assert!(tried > 1 && asked.len() > 1 && links(&bench).is_empty(), "{tried} {asked:?}");
    let again = bench.settle_flow(LICENCES, 5).expect("a calm world");
    assert_eq!((struck(&bench), again.writes), (tried, 0), "nobody tries again by himself");
    assert_eq!(again.flows[0].inbox as usize, asked.len());
    assert_eq!(said().len(), asked.len(), "the questions stay");
    // Still refused: the answer was tried, and there is a new question.
    resolve(&bench, &asked[0], "retry");
    bench.settle_flow(LICENCES, 5).expect("a calm world");
    let now = struck(&bench);
    assert!(now > tried && said().len() == asked.len(), "{now} {tried}");
    bench.settle_flow(LICENCES, 5).expect("a calm world");
    assert_eq!(struck(&bench), now);
    bench.consonance.with(|core| core.0.plan = FaultPlan::none());
    assert_eq!(writes(&bench), 0);
    for item in said() {
        resolve(&bench, &item, "retry");
    }
    assert!(writes(&bench) > 0 && said().is_empty());
    assert_eq!(picture(&bench), picture(&calm));
    assert_eq!(writes(&bench), 0);
}

#[test]
fn a_refused_link_to_a_purchase_is_tried_again_when_it_changes() {
    let data = data(20);
    let mut bench = fresh(&data);
    refuse_links(&bench);
    bench.settle_flow(LICENCES, 20).expect("a calm world");
    bench.consonance.with(|core| core.0.plan = FaultPlan::none());
    bench.config["smintio"]["clapi"]["content-page"] =
        json!("https://tenant.example/p/{project}/c/{element}");
    if let Err(item) = bench.settle_flow(LICENCES, 20) {
        let config = bench.config.to_string();
        api::inbox::resolve(&bench.world, &config, &item, "accept").expect("an answer");
        bench.settle_flow(LICENCES, 20).expect("a calm world");
    }
    assert!(links(&bench).len() > 1);
    assert!(items(&bench, "bad-record").iter().all(|i| !i.message.contains("is not allowed")));
}

#[test]
fn an_accepted_plan_that_changed_since_is_another_question() {
    let data = data(20);
    let calm = fresh(&data);
    calm.settle_flow(LICENCES, 20).expect("a calm world");
    let (gone, _) = linked(&calm);
    let mut bench = fresh(&data);
    bench.config["first-run"] = json!("plan");
    let asked = bench.settle_flow(LICENCES, 5).expect_err("a question");
    let first = items(&bench, "first-run").pop().expect("a question");
    assert_eq!(first.id, asked);
    bench.settle_flow(LICENCES, 5).expect_err("still");
    assert_eq!(items(&bench, "first-run"), std::slice::from_ref(&first), "the same question");
    resolve(&bench, &first, "accept");
    let now = bench.world.now().0;
    assert!(bench.on_smintio(|s| s.cancel_purchase(now, &gone, true)));
    bench.settle_flow(LICENCES, 5).expect_err("another question");
    assert!(links(&bench).is_empty());
    let second = items(&bench, "first-run").pop().expect("a question");
    assert_ne!(second.details, first.details);
    resolve(&bench, &second, "accept");
    assert!(writes(&bench) > 0);
}
