//! Runs towards Smint.io that do not fit into one call: what people do while they are paused is
//! respected, and each call gets further than the one before.

use consonance_smintio::api::connector::{Report, RunState};
use consonance_smintio::api::{self, Budget};
use consonance_smintio::platform::Platform;
use serde_json::json;
use simulators::faults::{Action, Fault, FaultPlan, When};
use simulators::http::Response;

use super::all_flows::{SMALL, listings, settle};
use super::bench::{BUDGET, Bench, bench, bench_of, data};
use super::shelves::{KITS, TAGS, in_window, items, marked, picture, resolve};

fn call(bench: &Bench, flow: &str, budget: Budget) -> (RunState, Report) {
    let config = bench.config.to_string();
    let result = api::connector::run(&bench.world, &config, flow, budget).expect("a run");
    if let RunState::Paused(at) = result.state {
        let now = bench.world.now();
        bench.world.advance(at.0.saturating_sub(now.0).max(1));
    }
    (result.state, result.report)
}

/// Every contributor gets another name, so that every author's tag does.
fn rename_everybody(bench: &Bench) {
    bench.world.advance(2 * 86_400_000);
    let now = bench.world.now().0;
    let ids =
        marked(bench).into_iter().filter_map(|tag| tag.marker.strip_prefix('A')?.parse().ok());
    for id in ids.collect::<Vec<i64>>() {
        bench
            .on_consonance(|c| c.act(now, |p| p.rename_contributor(id, &format!("New {id}"))))
            .expect("a contributor");
    }
}

/// So few changes that a call renames some of the tags only.
const FEW: Budget = Budget { max_writes: 3, ..SMALL };

/// A call that pauses, and the collection of an author that is still to be renamed.
fn pause_before_a_rename(bench: &Bench) -> String {
    assert!(matches!(call(bench, TAGS, FEW).0, RunState::Paused(_)));
    let waits = |(_, name): &(String, String)| name.starts_with("Author") && !name.contains("New ");
    let all = bench.on_smintio(|s| s.collections());
    all.into_iter().rfind(waits).expect("one that is still to be renamed").0
}

fn name_of(bench: &Bench, id: &str) -> String {
    let all = bench.on_smintio(|s| s.collections());
    all.into_iter().find(|(known, _)| known == id).expect("the collection").1
}

#[test]
fn a_name_that_a_person_gives_while_a_run_is_paused_stays() {
    let bench = bench(0, &data(30));
    bench.settle_flow(TAGS, 40).expect("a calm world");
    rename_everybody(&bench);
    let id = pause_before_a_rename(&bench);
    assert!(bench.on_smintio(|s| s.rename_collection(&id, "Mine")));
    settle(&bench, TAGS, FEW);
    assert_eq!(name_of(&bench, &id), "Mine");
    let item = items(&bench, "collection-renamed").pop().expect("a question");
    assert!(item.message.contains("Mine"), "{}", item.message);
    resolve(&bench, &item, "restore");
    bench.settle_flow(TAGS, 5).expect("a calm world");
    assert!(name_of(&bench, &id).contains("New "), "{}", name_of(&bench, &id));
}

#[test]
fn a_collection_that_a_person_deletes_while_a_run_is_paused_is_asked_about() {
    let bench = bench(0, &data(30));
    bench.settle_flow(TAGS, 40).expect("a calm world");
    rename_everybody(&bench);
    let id = pause_before_a_rename(&bench);
    assert!(bench.on_smintio(|s| s.delete_collection(&id)));
    settle(&bench, TAGS, FEW);
    assert_eq!(items(&bench, "collection-gone").len(), 1);
    assert!(items(&bench, "bad-record").iter().all(|item| !item.record_id.contains("collection")));
}

#[test]
fn a_rename_without_an_answer_is_not_sent_over_a_persons_name() {
    let bench = bench(0, &data(20));
    bench.settle_flow(TAGS, 40).expect("a calm world");
    let imprint = marked(&bench).into_iter().find(|t| t.marker.starts_with('I')).expect("one");
    let number = imprint.marker[1..].parse().expect("a number");
    let now = bench.world.now().0;
    bench.on_consonance(|c| c.act(now, |p| p.rename_imprint(number, "Brand New")));
    // It is safe to repeat, and it is repeated, until the call gives up.
    let fault = Fault::new(Action::LoseAnswer, When::Every(1)).on("POST", "updateCollectionAsync");
    bench.smintio.with(|core| core.0.plan = FaultPlan::new(vec![fault], 1));
    bench.run_flow(&bench.world, TAGS).expect("a run");
    bench.smintio.with(|core| core.0.plan = FaultPlan::none());
    assert!(name_of(&bench, &imprint.id).contains("Brand New"), "it was done");
    assert!(bench.on_smintio(|s| s.rename_collection(&imprint.id, "Mine")));
    bench.settle_flow(TAGS, 5).expect("a calm world");
    assert_eq!(name_of(&bench, &imprint.id), "Mine");
    assert_eq!(items(&bench, "collection-renamed").len(), 1);
    // And one that nobody touched is ours, whatever it shall be by now.
    assert!(bench.on_smintio(|s| {
        s.rename_collection(&imprint.id, &format!("Imprint: Brand New · {}", imprint.marker))
    }));
    bench.settle_flow(TAGS, 5).expect("a calm world");
    assert_eq!(items(&bench, "collection-renamed").len(), 0);
}

/// Every kit open to outsiders.
fn shared(titles: usize) -> Bench {
    let mut bench = bench(0, &data(titles));
    in_window(&mut bench);
    bench.config["kit"]["share"] = json!(true);
    bench
}

#[test]
fn shared_kits_that_are_too_many_to_look_into_in_one_call_are_looked_into_over_several() {
    let made = |budget| {
        let bench = shared(240);
        settle(&bench, KITS, budget);
        // What a call had to leave between its note and its request is looked at by a later run.
        bench.world.advance(200_000);
        settle(&bench, KITS, budget);
        bench
    };
    let (calm, small) = (made(BUDGET), made(SMALL));
    let (is, should) = (picture(&small), picture(&calm));
    let odd: Vec<_> = is.iter().filter(|line| !should.contains(line)).collect();
    assert_eq!((odd, is.len()), (Vec::new(), should.len()), "made in small calls, too");
    let kits = small.on_smintio(|s| s.shares()).len();
    assert!(kits > 100, "{kits} kits, more than a call has requests for");
    let quiet = settle(&small, KITS, SMALL);
    assert_eq!(quiet.iter().map(|report| report.writes).sum::<u64>(), 0);
    // The next run looks at everything again.
    let last = marked(&small).into_iter().rfind(|kit| !kit.members.is_empty()).expect("a kit");
    let covers = small.on_smintio(|s| s.collection_members("8101")).expect("covers");
    let kits = marked(&small);
    let stranger = covers.into_iter().find(|id| kits.iter().all(|kit| !kit.members.contains(id)));
    let stranger = stranger.expect("one that is not cleared");
    assert!(small.on_smintio(|s| s.add_to_collection(&last.id, &stranger)));
    settle(&small, KITS, SMALL);
    let open = small.on_smintio(|s| s.shares());
    assert!(open.iter().all(|(_, of, _)| of.as_deref() != Some(&*last.id)), "it is closed");
    let state = small.world.state();
    let left: Vec<_> = state.keys().filter(|key| key.contains("looked")).collect();
    assert!(left.is_empty(), "nothing is left of the run: {left:?}");
}

#[test]
fn a_kit_whose_clearances_change_while_a_run_is_paused_is_looked_into_again() {
    let twin = shared(240);
    settle(&twin, KITS, BUDGET);
    let kit = marked(&twin).into_iter().find(|kit| kit.members.len() > 1).expect("a kit");
    // A person puts one of its assets into the collection first: it stays whatever comes.
    let bench = shared(240);
    bench.settle_flow("rights-exchange", 40).expect("a calm world");
    let (marker, asset) = (kit.marker, kit.members[0].clone());
    let id = marked(&bench).into_iter().find(|kit| kit.marker == marker).expect("the kit").id;
    assert!(bench.on_smintio(|s| s.add_to_collection(&id, &asset)));
    settle(&bench, KITS, BUDGET);
    let is_open = |bench: &Bench| {
        let open = bench.on_smintio(|s| s.shares());
        open.iter().any(|(_, of, _)| of.as_deref() == Some(&*id))
    };
    assert!(is_open(&bench));
    let (state, _) = call(&bench, KITS, SMALL);
    assert!(matches!(state, RunState::Paused(_)), "{state:?}");
    let now = bench.world.now().0;
    let publish_until = Some(Some("2020-01-01".to_owned()));
    let change = simulators::smintio::MetadataChange { publish_until, ..Default::default() };
    assert!(bench.on_smintio(|s| s.change_metadata(now, &asset, change)));
    // The listing of the sources counts for ten minutes.
    bench.world.advance(700_000);
    settle(&bench, KITS, SMALL);
    assert!(!is_open(&bench), "what it holds is cleared no more");
}

#[test]
fn kits_that_take_long_to_look_into_are_filled_in_small_calls_too() {
    let filled = |budget| {
        let mut bench = bench_of(0, &data(60), |_, s| s.search_page_max = 1);
        in_window(&mut bench);
        bench.settle_flow("rights-exchange", 40).expect("a calm world");
        let covers = bench.on_smintio(|s| s.collection_members("8101")).expect("covers");
        for kit in marked(&bench) {
            for asset in covers.iter().take(10) {
                assert!(bench.on_smintio(|s| s.add_to_collection(&kit.id, asset)));
            }
        }
        settle(&bench, KITS, budget);
        bench.world.advance(200_000);
        settle(&bench, KITS, budget);
        picture(&bench)
    };
    assert_eq!(filled(SMALL), filled(BUDGET));
}

#[test]
fn a_vendor_that_asks_to_wait_does_not_begin_the_listing_anew() {
    let bench = bench_of(0, &data(80), |_, s| s.search_page_max = 1);
    settle(&bench, TAGS, SMALL);
    let collections = bench.on_smintio(|s| s.collections()).len() as u64;
    assert!(collections > 130, "{collections}: more pages than a call has requests for");
    let mut reports = Vec::new();
    while listings(&reports) < 30 {
        let (state, report) = call(&bench, TAGS, SMALL);
        assert!(matches!(state, RunState::Paused(_)), "{state:?}");
        reports.push(report);
    }
    assert!(listings(&reports) < collections, "it is in the middle of the listing");
    let mut refusal = Response::new(429, "text/plain", "Too Many Requests");
    refusal.headers.push(("retry-after".to_owned(), "60".to_owned()));
    let fault = Fault::new(Action::Refuse(refusal), When::First(1)).on("POST", "searchCollections");
    bench.smintio.with(|core| core.0.plan = FaultPlan::new(vec![fault], 1));
    reports.extend(settle(&bench, TAGS, SMALL));
    assert_eq!(bench.smintio.with(|core| core.0.plan.struck()), 1);
    let listed = listings(&reports);
    let most = collections + reports.len() as u64 + 1;
    assert!(listed <= most, "{listed} pages of {collections} collections");
}

#[test]
fn what_nobody_may_see_any_more_goes_first_however_small_the_budget() {
    let mut bench = bench(0, &data(20));
    in_window(&mut bench);
    bench.settle_flow(KITS, 40).expect("a calm world");
    let covers = bench.on_smintio(|s| s.collection_members("8101")).expect("covers");
    let held = |asset: &&String| covers.contains(*asset);
    let kits = marked(&bench);
    let last = kits.iter().rfind(|kit| kit.members.iter().any(|a| covers.contains(a)));
    let last = last.expect("a kit with a cover");
    let asset = last.members.iter().find(held).expect("its cover").clone();
    assert!(bench.on_smintio(|s| s.remove_from_collection("8101", &asset)));
    bench.world.advance(2 * 86_400_000);
    let now = bench.world.now().0;
    for kit in &kits {
        let work: i64 = kit.marker[1..].parse().expect("a number");
        bench.on_consonance(|c| c.act(now, |p| p.set_title(work, "New"))).expect("done");
    }
    let (state, report) = call(&bench, KITS, Budget { max_writes: 1, ..BUDGET });
    assert!(matches!(state, RunState::Paused(_)), "{state:?}");
    assert_eq!(report.writes, 1);
    let after = marked(&bench).into_iter().find(|kit| kit.id == last.id).expect("the kit");
    assert!(!after.members.contains(&asset), "the one change is the removal");
}

/// Where the connector keeps what it knows of a collection.
fn shelf(bench: &Bench, marker: &str) -> String {
    let state = bench.world.state();
    let found =
        state.into_iter().find(|(key, _)| key.starts_with("shelf/") && key.ends_with(marker));
    found.map(|(_, entry)| String::from_utf8_lossy(&entry).into_owned()).unwrap_or_default()
}

#[test]
fn a_name_that_a_person_gives_while_another_change_is_under_way_stays() {
    let bench = bench(0, &data(60));
    let adding = |bench: &Bench| {
        let all = marked(bench).into_iter().filter(|tag| tag.marker.starts_with('I'));
        let mut waiting = all.filter(|tag| shelf(bench, &tag.marker).contains(r#""Add""#));
        waiting.next()
    };
    // So short that calls end while a background task runs.
    let short = Budget { deadline_ms: 2_500, ..BUDGET };
    let tag = (0..400).find_map(|_| {
        assert!(matches!(call(&bench, TAGS, short).0, RunState::Paused(_)));
        adding(&bench)
    });
    let tag = tag.expect("an imprint's tag to which assets are being added at a pause");
    let (now, imprint) = (bench.world.now().0, tag.marker[1..].parse().expect("a number"));
    assert!(bench.on_consonance(|c| c.act(now, |p| p.rename_imprint(imprint, "Brand New"))) > 0);
    assert!(bench.on_smintio(|s| s.rename_collection(&tag.id, "Mine")));
    settle(&bench, TAGS, SMALL);
    assert_eq!(name_of(&bench, &tag.id), "Mine");
    assert_eq!(items(&bench, "collection-renamed").len(), 1);
}

#[test]
fn a_card_that_a_person_keeps_is_kept_by_every_call_of_a_run() {
    let mut bench = shared(240);
    bench.config["smintio"]["portals"]["profile"] =
        json!({ "comment-list-method": "getCollectionCommentsAsync" });
    bench.on_smintio(|s| s.set_comments_listed(true));
    settle(&bench, KITS, BUDGET);
    let open = bench.on_smintio(|s| s.shares());
    let is_open = |id: &str| open.iter().any(|(_, of, _)| of.as_deref() == Some(id));
    let kit = marked(&bench).into_iter().find(|kit| is_open(&kit.id)).expect("a shared kit");
    let card = || bench.on_smintio(|s| s.comments(&kit.id)).remove(0);
    let id = card().id;
    assert!(bench.on_smintio(|s| s.change_comment(&kit.id, &id, Some("Mine"))));
    let now = bench.world.now().0;
    let renamed = |id| bench.on_consonance(|c| c.act(now, |p| p.rename_imprint(id, "Brand New")));
    assert!((0..1_000).map(renamed).sum::<usize>() > 0);
    settle(&bench, KITS, BUDGET);
    let item = items(&bench, "card-edited").pop().expect("a question");
    resolve(&bench, &item, "leave");
    let (state, _) = call(&bench, KITS, SMALL);
    assert!(matches!(state, RunState::Paused(_)), "{state:?}");
    settle(&bench, KITS, SMALL);
    assert_eq!(card().text, "Mine");
}

#[test]
fn a_shared_kit_that_a_person_deletes_while_a_run_is_paused_is_asked_about() {
    let bench = shared(240);
    settle(&bench, KITS, BUDGET);
    let (state, _) = call(&bench, KITS, SMALL);
    assert!(matches!(state, RunState::Paused(_)), "{state:?}");
    let open = bench.on_smintio(|s| s.shares());
    let is_open = |id: &str| open.iter().any(|(_, of, _)| of.as_deref() == Some(id));
    let last = marked(&bench).into_iter().rfind(|kit| is_open(&kit.id)).expect("a shared kit");
    assert!(bench.on_smintio(|s| s.delete_collection(&last.id)));
    settle(&bench, KITS, SMALL);
    assert_eq!(items(&bench, "collection-gone").len(), 1);
}

#[test]
fn more_deleted_collections_than_a_call_can_ask_about_become_questions_over_several_runs() {
    let bench = bench(0, &data(80));
    settle(&bench, TAGS, BUDGET);
    let all: Vec<_> = marked(&bench).into_iter().map(|tag| tag.id).collect();
    let lost = all.into_iter().take(130);
    let lost = lost.filter(|id| bench.on_smintio(|s| s.delete_collection(id))).count();
    assert_eq!(lost, 130, "more than a call has requests for");
    // The listing of all collections counts for an hour.
    let mut asked = 0;
    for _ in 0..60 {
        bench.world.advance(4_000_000);
        settle(&bench, TAGS, SMALL);
        let now = items(&bench, "collection-gone").len();
        assert!(now > asked, "{asked} of {lost} were asked about, and then no more");
        asked = now;
        if asked == lost {
            return;
        }
    }
    panic!("{asked} of {lost} were asked about in 60 runs");
}
