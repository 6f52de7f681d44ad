//! The guard: what a person would not expect waits, and an answer lets exactly those changes pass
//! that were shown.

use consonance_smintio::api::{self, inbox::InboxItem};
use consonance_smintio::platform::Platform;
use serde_json::json;
use simulators::smintio::MetadataChange;

use super::bench::{Bench, bench, data};

fn settled() -> Bench {
    let bench = bench(0, &data(40));
    bench.settle(20).expect("a calm world");
    bench.settle(20).expect("what Consonance failed on was looked at once more");
    bench
}

fn question(bench: &Bench) -> Option<InboxItem> {
    let config = bench.config.to_string();
    let page = api::inbox::list(&bench.world, &config, None, 1_000).expect("a list");
    page.items.into_iter().find(|item| item.kind == "guard")
}

fn accept(bench: &Bench, item: &InboxItem) {
    let config = bench.config.to_string();
    api::inbox::resolve(&bench.world, &config, &item.id, "accept").expect("an answer");
}

/// Members of the first collection whose images are placed.
fn placed(bench: &Bench) -> Vec<String> {
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the collection");
    members.into_iter().filter(|id| bench.is_placed(id)).collect()
}

fn set_copyright(bench: &Bench, assets: &[String], text: &str) {
    let now = bench.world.now().0;
    for id in assets {
        let copyright = Some(Some(text.to_owned()));
        let change = MetadataChange { copyright, ..MetadataChange::default() };
        assert!(bench.on_smintio(|s| s.change_metadata(now, id, change)));
    }
}

fn with_copyright(bench: &Bench, text: &str) -> usize {
    let resources = bench.on_consonance(|c| c.resources());
    resources.iter().filter(|r| r.copyright.as_deref() == Some(text)).count()
}

#[test]
fn over_half_replaced_at_once_waits_for_a_person() {
    let bench = settled();
    let every = bench.ours().len();
    let mut assets = Vec::new();
    for collection in ["8101", "8102", "8103", "8104"] {
        assets.extend(bench.on_smintio(|s| s.collection_members(collection)).unwrap_or_default());
    }
    assets.retain(|id| bench.is_placed(id));
    assert_eq!(assets.len(), every);
    let (some, rest) = assets.split_at(every / 2);
    let writes = bench.mutations();
    set_copyright(&bench, some, "© half");
    bench.settle(20).expect("a calm world");
    assert!(question(&bench).is_none() && with_copyright(&bench, "© half") == some.len());
    assert!(bench.mutations() > writes);
    set_copyright(&bench, &assets, "© all");
    let writes = bench.mutations();
    bench.settle(20).expect("a calm world");
    assert_eq!(bench.mutations(), writes, "{} with {} of {every}", some.len(), rest.len());
    let item = question(&bench).expect("a question");
    assert_eq!(item.record_id, "replacements");
    assert!(item.message.contains("copyright"), "{}", item.message);
    accept(&bench, &item);
    bench.settle(20).expect("a calm world");
    assert_eq!(with_copyright(&bench, "© all"), every);
    assert!(question(&bench).is_none());
    assert!(bench.world.state().keys().all(|key| !key.starts_with("guard/")));
}

#[test]
fn a_field_that_swings_on_many_titles_waits_for_a_person() {
    let bench = settled();
    let some = &placed(&bench)[..6];
    for text in ["© one", "© two"] {
        set_copyright(&bench, some, text);
        bench.settle(20).expect("a calm world");
        assert_eq!(with_copyright(&bench, text), 6, "a change is no swing");
    }
    set_copyright(&bench, some, "© one");
    let writes = bench.mutations();
    bench.settle(20).expect("a calm world");
    assert_eq!(bench.mutations(), writes);
    let item = question(&bench).expect("a question");
    assert!(item.record_id == "swings" && item.message.contains("to and fro"), "{item:?}");
    accept(&bench, &item);
    bench.settle(20).expect("a calm world");
    assert_eq!(with_copyright(&bench, "© one"), 6);
}

#[test]
fn an_answer_is_for_the_changes_that_were_shown_and_no_others() {
    let bench = settled();
    let all = placed(&bench);
    let leave = |id: &String| assert!(bench.on_smintio(|s| s.remove_from_collection("8101", id)));
    all[..6].iter().for_each(leave);
    bench.settle(20).expect("a calm world");
    let item = question(&bench).expect("a question");
    accept(&bench, &item);
    // One comes back and another goes: as many as were shown, and yet not the same.
    assert!(bench.on_smintio(|s| s.add_to_collection("8101", &all[0])));
    all[6..7].iter().for_each(leave);
    bench.settle(20).expect("a calm world");
    assert!(all[1..6].iter().all(|id| !bench.is_placed(id)), "these were shown");
    assert!(bench.is_placed(&all[0]) && bench.is_placed(&all[6]), "this one was not");
}

#[test]
fn rights_that_get_worse_on_many_titles_are_a_question_of_their_own() {
    let mut bench = settled();
    for declaration in bench.config["declaration"].as_array_mut().expect("declarations") {
        declaration["media"] = json!(["print"]);
    }
    let before = bench.picture();
    bench.settle(20).expect("a calm world");
    assert_eq!(bench.picture(), before);
    let item = question(&bench).expect("a question");
    assert_eq!(item.record_id, "rights");
    assert!(item.message.contains("the rights of"), "{}", item.message);
    accept(&bench, &item);
    bench.settle(20).expect("a calm world");
    assert_ne!(bench.picture(), before);
}

#[test]
fn an_accepted_first_plan_is_for_the_images_that_it_showed() {
    let mut bench = bench(0, &data(40));
    bench.config["first-run"] = json!("plan");
    let members = bench.on_smintio(|s| s.collection_members("8101")).expect("the collection");
    // Found where everything is placed: an asset that will be.
    let calm = settled();
    let late = members.into_iter().find(|id| calm.is_placed(id)).expect("one that is placed");
    assert!(bench.on_smintio(|s| s.remove_from_collection("8101", &late)));
    let item = bench.settle(5).expect_err("a question");
    assert!(bench.ours().is_empty());
    let config = bench.config.to_string();
    api::inbox::resolve(&bench.world, &config, &item, "accept").expect("an answer");
    assert!(bench.on_smintio(|s| s.add_to_collection("8101", &late)));
    let report = bench.settle(20).expect("a calm world");
    assert!(bench.ours().len() > 10, "what was shown is placed");
    assert!(!bench.is_placed(&late), "this one was not shown");
    let said = report.outcomes.iter().find(|outcome| outcome.record_id == late);
    assert!(said.is_some_and(|o| o.state.as_str() == "deferred"), "{said:?}");
    bench.settle(20).expect("a calm world");
    bench.settle(20).expect("a calm world");
    assert!(bench.is_placed(&late), "the next run decides about it");
    assert_eq!(bench.ours().len(), calm.ours().len());
    assert!(bench.world.state().keys().all(|key| !key.starts_with("guard/")));
}

#[test]
fn an_accepted_change_of_the_mapping_is_for_the_changes_that_it_showed() {
    let mut bench = settled();
    let late = placed(&bench).remove(0);
    bench.config["engine"]["rights-link-role"] = json!("Another role");
    let item = bench.settle(5).expect_err("a question");
    let config = bench.config.to_string();
    api::inbox::resolve(&bench.world, &config, &item, "accept").expect("an answer");
    set_copyright(&bench, std::slice::from_ref(&late), "© late");
    bench.settle(20).expect("a calm world");
    let roles = |bench: &Bench| {
        let links = bench.on_consonance(|c| c.web_links());
        links.iter().filter(|link| link.role.as_deref() == Some("Another role")).count()
    };
    assert!(roles(&bench) > 10, "what was shown is done");
    assert_eq!(with_copyright(&bench, "© late"), 0, "this was not shown");
    let before = roles(&bench);
    bench.settle(20).expect("a calm world");
    assert_eq!(with_copyright(&bench, "© late"), 1, "the next run decides about it");
    assert!(roles(&bench) > before);
}

#[test]
fn an_answer_about_one_mapping_is_none_about_another() {
    let mut bench = settled();
    bench.config["engine"]["rights-link-role"] = json!("Another role");
    let item = bench.settle(5).expect_err("a question");
    api::inbox::resolve(&bench.world, &bench.config.to_string(), &item, "accept").expect("it");
    bench.config["engine"]["rights-link-role"] = json!("A third role");
    let again = bench.settle(5).expect_err("another question");
    let with_role = |bench: &Bench, role: &str| {
        let links = bench.on_consonance(|c| c.web_links());
        links.iter().filter(|link| link.role.as_deref() == Some(role)).count()
    };
    assert_eq!(with_role(&bench, "Another role"), 0);
    assert_eq!(with_role(&bench, "A third role"), 0);
    api::inbox::resolve(&bench.world, &bench.config.to_string(), &again, "accept").expect("it");
    bench.settle(20).expect("a calm world");
    assert!(with_role(&bench, "A third role") > 10);
}
