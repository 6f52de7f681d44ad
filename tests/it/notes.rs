//! The sentence on a rights link: written only under a confirmed role, replaced new before old, and
//! never over a person's act.

use connector_tests::world::{Ending, KillAt, When, run_killed};
use consonance_smintio::api::{self, connector::RunState, inbox::InboxItem};
use consonance_smintio::platform::Platform;
use serde_json::json;
use simulators::consonance::WebLink;

use super::bench::{Bench, FLOW, bench, data};

const ROLE: &str = "Smint.io rights";

fn links(bench: &Bench) -> Vec<WebLink> {
    let mut links = bench.on_consonance(|c| c.web_links());
    links.retain(|link| link.role.as_deref() == Some(ROLE));
    links
}

/// What hangs where and says what, without ids.
fn picture(bench: &Bench) -> Vec<String> {
    let line = |l: &WebLink| format!("{:?} {} {:?}", l.parent, l.link, l.note);
    let mut lines: Vec<String> = links(bench).iter().map(line).collect();
    lines.sort();
    lines.extend(bench.picture());
    lines
}

fn with_notes(titles: usize) -> Bench {
    let mut bench = bench(0, &data(titles));
    bench.config["notes"] = json!({ "text": true, "confirmed-role": ROLE });
    bench
}

/// From now on every declaration has an end, so that every sentence that rests on one changes.
fn end_declarations(bench: &mut Bench, until: &str) {
    for declaration in bench.config["declaration"].as_array_mut().expect("declarations") {
        declaration["valid_until"] = json!(until);
    }
}

fn asked(bench: &Bench, kind: &str) -> Vec<InboxItem> {
    let config = bench.config.to_string();
    let page = api::inbox::list(&bench.world, &config, None, 1_000).expect("a list");
    page.items.into_iter().filter(|item| item.kind == kind).collect()
}

fn notes(bench: &Bench) -> Vec<String> {
    links(bench).into_iter().map(|link| link.note.unwrap_or_default()).collect()
}

#[test]
fn by_default_a_link_says_nothing() {
    let bench = bench(0, &data(10));
    bench.settle(20).expect("a calm world");
    assert!(!links(&bench).is_empty());
    assert!(notes(&bench).iter().all(String::is_empty));
}

#[test]
fn a_confirmed_role_carries_a_sentence_that_stays_the_same_from_day_to_day() {
    let bench = with_notes(20);
    bench.settle(40).expect("a calm world");
    bench.settle(40).expect("what Consonance failed on was looked at once more");
    let said = notes(&bench);
    assert!(said.len() > 10);
    for note in &said {
        assert!(note.starts_with("Cleared for "), "{note}");
        assert!(note.contains(", until ") || note.contains("no end stated"), "{note}");
    }
    assert!(said.iter().any(|note| note.contains(", until ")), "{said:#?}");
    assert!(said.iter().any(|note| note.contains("Credit required: ")), "{said:#?}");
    let writes = bench.mutations();
    for _ in 0..3 {
        bench.world.advance(86_400_000);
        bench.settle(5).expect("a calm world");
    }
    assert_eq!(bench.mutations(), writes, "another day, the same words");
}

#[test]
fn switching_it_on_asks_and_then_replaces_each_link_once() {
    let mut bench = bench(0, &data(10));
    bench.settle(20).expect("a calm world");
    bench.settle(20).expect("what Consonance failed on was looked at once more");
    let (before, quiet) = (links(&bench).len(), bench.picture());
    bench.config["notes"] = json!({ "text": true, "confirmed-role": ROLE });
    let (state, _) = bench.run_flow(&bench.world, FLOW).expect("a run");
    assert!(matches!(&state, RunState::AwaitingAcceptance(_)), "a changed mapping: {state:?}");
    let item = asked(&bench, "mapping-changed").pop().expect("a question");
    let config = bench.config.to_string();
    api::inbox::resolve(&bench.world, &config, &item.id, "accept").expect("an answer");
    bench.settle(20).expect("a calm world");
    assert_eq!(links(&bench).len(), before);
    assert!(notes(&bench).iter().all(|note| note.starts_with("Cleared for ")));
    assert_eq!(bench.picture(), quiet, "nothing else moved");
    let writes = bench.mutations();
    bench.settle(5).expect("a calm world");
    assert_eq!(bench.mutations(), writes, "the second run writes nothing");
}

#[test]
fn without_the_confirmation_it_is_refused() {
    let mut bench = with_notes(2);
    bench.config["notes"] = json!({ "text": true });
    let error = bench.run_flow(&bench.world, FLOW).expect_err("no run");
    assert!(error.contains("notes.confirmed-role"), "{error}");
}

#[test]
fn a_link_that_a_person_took_off_is_not_written_again_without_a_question() {
    let mut bench = with_notes(6);
    bench.settle(20).expect("a calm world");
    bench.settle(20).expect("what Consonance failed on was looked at once more");
    end_declarations(&mut bench, "2031-05-31");
    let declared = notes(&bench).iter().position(|note| note.contains("no end stated"));
    let link = links(&bench).swap_remove(declared.expect("one that rests on a declaration"));
    let now = bench.world.now().0;
    bench.on_consonance(|c| c.act(now, |p| p.delete_web_link(link.id))).expect("done");
    // Web links do not touch `changedSince`: the full sweep sees it.
    bench.world.advance(8 * 86_400_000);
    bench.settle(20).expect("a calm world");
    let item = asked(&bench, "foreign-edit").pop().expect("a question");
    assert!(item.message.contains("rights note"), "{}", item.message);
    let there =
        |bench: &Bench| links(bench).iter().any(|l| l.parent == link.parent && l.link == link.link);
    assert!(!there(&bench), "a person took it off");
    let config = bench.config.to_string();
    api::inbox::resolve(&bench.world, &config, &item.id, "restore").expect("an answer");
    bench.settle(20).expect("a calm world");
    assert!(there(&bench) && asked(&bench, "foreign-edit").is_empty());
}

#[test]
fn a_changed_sentence_survives_a_death_at_any_call() {
    let fresh = || {
        let mut bench = with_notes(2);
        bench.settle(20).expect("a calm world");
        bench.world.advance(3_600_000);
        end_declarations(&mut bench, "2031-05-31");
        bench
    };
    let calm = fresh();
    let before = picture(&calm);
    calm.world.count_anew();
    calm.settle(20).expect("a calm world");
    let expected = picture(&calm);
    assert_ne!(before, expected, "the sentences changed");
    assert_eq!(before.len(), expected.len(), "none is there twice");
    let mut failures = Vec::new();
    for (call, name) in calm.world.calls().into_iter().enumerate() {
        if matches!(name, "log" | "progress") {
            continue;
        }
        for when in [When::Before, When::After] {
            let bench = fresh();
            let kill = KillAt { call: call as u64, when };
            let ending = run_killed(&bench.world, kill, |p| bench.run_flow(p, FLOW).map(|_| ()));
            if let Ending::Finished(Err(error)) = ending {
                failures.push(error);
            }
            // New before old: at no moment is an image without its link.
            let linked = links(&bench).len();
            let ended = bench.settle(40);
            let found = picture(&bench);
            if ended.is_err() || found != expected || linked < links(&bench).len() {
                failures.push(format!("call {call} ({name}), {when:?}: {ended:?}\n{found:#?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures, first:\n{}", failures.len(), failures[0]);
}
