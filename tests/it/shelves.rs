//! Collections of ours in Portals: cards, launch kits and tags. Written once, kept in step with
//! the titles, and never against what a person did.

use super::bench::{BUDGET, Bench, bench, data};
use connector_tests::world::{Ending, KillAt, When, run_killed};
use consonance_smintio::api::{self, inbox::InboxItem};
use consonance_smintio::platform::Platform;
use serde_json::json;
use simulators::world::seed::World;

const CARDS: &str = "rights-exchange";
pub const KITS: &str = "launch-metadata";
pub const TAGS: &str = "title-tags";

/// A collection with a marker: marker, id, members, comments.
pub struct Seen {
    pub marker: String,
    pub id: String,
    name: String,
    pub members: Vec<String>,
    cards: Vec<String>,
}

pub fn marked(bench: &Bench) -> Vec<Seen> {
    let all = bench.on_smintio(|s| s.collections());
    let mut seen: Vec<Seen> = all
        .into_iter()
        .filter_map(|(id, name)| {
            let marker = name.rsplit_once(" · ")?.1.to_owned();
            let mut members = bench.on_smintio(|s| s.collection_members(&id)).unwrap_or_default();
            members.sort();
            let cards = bench.on_smintio(|s| s.comments(&id)).into_iter().map(|c| c.text).collect();
            Some(Seen { marker, id, name, members, cards })
        })
        .collect();
    seen.sort_by(|a, b| a.marker.cmp(&b.marker));
    seen
}

/// What people see, without ids.
pub fn picture(bench: &Bench) -> Vec<String> {
    let shares = bench.on_smintio(|s| s.shares());
    let line = |s: Seen| {
        let here = shares.iter().filter(|(_, of, _)| of.as_deref() == Some(&s.id));
        let ends: Vec<_> = here.map(|(_, _, end)| end).collect();
        format!("{} {:?} {:?} {ends:?}", s.name, s.members, s.cards)
    };
    marked(bench).into_iter().map(line).collect()
}

/// Every title comes into its launch window.
pub fn in_window(bench: &mut Bench) {
    bench.config["kit"] = json!({ "days-before": 3650, "days-after": 3650 });
}

pub fn items(bench: &Bench, kind: &str) -> Vec<InboxItem> {
    let config = bench.config.to_string();
    let page = api::inbox::list(&bench.world, &config, None, 1_000).expect("a list");
    page.items.into_iter().filter(|item| item.kind == kind).collect()
}

pub fn resolve(bench: &Bench, item: &InboxItem, choice: &str) {
    let config = bench.config.to_string();
    api::inbox::resolve(&bench.world, &config, &item.id, choice).expect("an answer");
}

fn settled(flow: &str, titles: usize) -> Bench {
    let mut bench = bench(0, &data(titles));
    in_window(&mut bench);
    bench.settle_flow(flow, 40).expect("a calm world");
    bench
}

#[test]
fn each_linked_title_gets_one_collection_with_one_card() {
    let bench = settled(CARDS, 20);
    let seen = marked(&bench);
    assert!(seen.len() > 10, "{} collections", seen.len());
    for kit in &seen {
        assert_eq!(kit.cards.len(), 1, "{}", kit.name);
        assert!(kit.cards[0].ends_with(&format!("· {}", kit.marker)), "{:?}", kit.cards);
        assert!(kit.members.is_empty(), "cards fill nothing");
    }
    let before = picture(&bench);
    let again = bench.settle_flow(CARDS, 5).expect("a calm world");
    assert_eq!((again.writes, again.flows[0].written), (0, 0));
    assert_eq!(again.flows[0].unchanged, seen.len() as u64);
    assert_eq!(picture(&bench), before);
}

#[test]
fn a_kit_holds_what_is_cleared_and_nothing_else() {
    // Flow 1 first: it finds out which files are no images.
    let mut bench = bench(0, &data(20));
    in_window(&mut bench);
    bench.settle(40).expect("flow 1 in the same world");
    bench.settle_flow(KITS, 40).expect("a calm world");
    let seen = marked(&bench);
    assert!((15..20).contains(&seen.len()), "titles without any date have no window");
    let members: Vec<&String> = seen.iter().flat_map(|kit| &kit.members).collect();
    assert!(members.len() > 10, "{} members", members.len());
    let config = bench.config.to_string();
    for asset in members {
        let explained = api::connector::explain(&bench.world, &config, asset).expect("an answer");
        let decisions = explained.iter().flat_map(|e| &e.decisions);
        let cleared = decisions
            .filter(|d| format!("{:?}", d.decision.verdict).starts_with("Cleared"))
            .count();
        assert!(cleared > 0, "{asset} is in a kit and not cleared: {explained:?}");
    }
    let again = bench.settle_flow(KITS, 5).expect("a calm world");
    assert_eq!(again.writes, 0);
}

#[test]
fn what_people_do_to_a_kit_survives() {
    let bench = settled(KITS, 20);
    let seen = marked(&bench);
    let kit = seen.iter().find(|kit| kit.members.len() > 1).expect("a kit of several");
    let (taken, foreign) = (kit.members[0].clone(), seen[0].id.clone());
    let added = bench
        .on_smintio(|s| s.collection_members("8101"))
        .expect("covers")
        .into_iter()
        .find(|asset| !kit.members.contains(asset))
        .expect("another asset");
    assert!(bench.on_smintio(|s| s.remove_from_collection(&kit.id, &taken)));
    assert!(bench.on_smintio(|s| s.add_to_collection(&kit.id, &added)));
    bench.world.advance(86_400_000);
    bench.settle_flow(KITS, 5).expect("a calm world");
    let now = marked(&bench).into_iter().find(|k| k.id == kit.id).expect("the kit");
    assert!(!now.members.contains(&taken), "the removal was undone");
    assert!(now.members.contains(&added), "the addition was undone");
    // Deleted by hand: asked about, and made again on a person's word only.
    assert!(bench.on_smintio(|s| s.delete_collection(&foreign)));
    bench.settle_flow(KITS, 5).expect("a calm world");
    assert_eq!(marked(&bench).len(), seen.len() - 1);
    let item = items(&bench, "collection-gone").pop().expect("a question");
    resolve(&bench, &item, "restore");
    // A plan acts on nothing: the answer can still be changed.
    let config = bench.config.to_string();
    api::connector::plan(&bench.world, &config, KITS, None, 10, BUDGET).expect("a plan");
    let answered = items(&bench, "collection-gone").pop().expect("it is still listed");
    assert_eq!(answered.answer.as_deref(), Some("restore"));
    bench.settle_flow(KITS, 10).expect("a calm world");
    assert_eq!(marked(&bench).len(), seen.len());
    assert!(items(&bench, "collection-gone").is_empty());
}

#[test]
fn two_collections_with_one_marker_are_a_question() {
    let mut bench = bench(0, &data(5));
    in_window(&mut bench);
    let work = 1.max(bench.on_consonance(|c| c.resources())[0].work_id);
    for name in ["One", "Two"] {
        bench.on_smintio(|s| s.make_collection(&format!("{name} · C{work}")));
    }
    bench.settle_flow(KITS, 20).expect("a calm world");
    let doubled = marked(&bench).into_iter().filter(|kit| kit.marker == format!("C{work}")).count();
    assert_eq!(doubled, 2, "no third one is made");
    assert_eq!(items(&bench, "collection-doubled").len(), 1);
    assert_eq!(marked(&bench).len(), 6);
}

#[test]
fn a_name_that_a_person_gave_stays_until_somebody_says_otherwise() {
    let bench = settled(CARDS, 5);
    let kit = marked(&bench).remove(0);
    assert!(bench.on_smintio(|s| s.rename_collection(&kit.id, "Mine")));
    let report = bench.settle_flow(CARDS, 5).expect("a calm world");
    assert_eq!(report.writes, 0);
    let item = items(&bench, "collection-renamed").pop().expect("a question");
    resolve(&bench, &item, "restore");
    bench.settle_flow(CARDS, 5).expect("a calm world");
    assert_eq!(marked(&bench).iter().find(|k| k.id == kit.id).map(|k| &k.name), Some(&kit.name));
}

#[test]
fn a_collection_that_may_not_be_written_spoils_no_other() {
    let bench = settled(CARDS, 5);
    let seen = marked(&bench);
    let works: Vec<i64> = seen.iter().map(|k| k.marker[1..].parse().expect("a number")).collect();
    assert!(bench.on_smintio(|s| s.set_read_only(&seen[0].id, true)));
    bench.world.advance(2 * 86_400_000);
    let now = bench.world.now().0;
    for work in &works {
        bench.on_consonance(|c| c.act(now, |p| p.set_title(*work, "New"))).expect("done");
    }
    bench.settle_flow(CARDS, 5).expect("a calm world");
    let renamed = marked(&bench).iter().filter(|kit| kit.name.starts_with("New ·")).count();
    assert_eq!(renamed, seen.len() - 1);
    assert_eq!(
        items(&bench, "bad-record").iter().filter(|i| i.message.contains("Portals")).count(),
        1
    );
}

#[test]
fn a_renamed_imprint_is_one_update() {
    let bench = settled(TAGS, 20);
    let seen = marked(&bench);
    let imprint = seen.iter().find(|tag| tag.marker.starts_with('I')).expect("an imprint");
    assert!(seen.iter().any(|tag| tag.marker.starts_with('T')) && imprint.members.len() > 1);
    let id: i64 = imprint.marker[1..].parse().expect("a number");
    let now = bench.world.now().0;
    assert!(bench.on_consonance(|c| c.act(now, |p| p.rename_imprint(id, "Brand New"))) > 0);
    // Imprints do not touch `changedSince`: each run looks at one title of each.
    let report = bench.settle_flow(TAGS, 5).expect("a calm world");
    assert_eq!(report.writes, 1);
    let after = marked(&bench).into_iter().find(|tag| tag.marker == imprint.marker);
    assert_eq!(after.map(|tag| tag.name), Some(format!("Imprint: Brand New · {}", imprint.marker)));
    assert_eq!(bench.settle_flow(TAGS, 5).expect("a calm world").writes, 0);
}

/// A run that is killed anywhere ends, with the next ones, where a calm run ends: nothing twice.
fn dies_anywhere(flow: &str, listed: bool, shared: bool) {
    let data = data(2);
    let fresh = |data: &World| {
        let mut bench = bench(0, data);
        in_window(&mut bench);
        bench.config["kit"]["share"] = json!(shared);
        if listed {
            let profile = json!({ "comment-list-method": "getCollectionCommentsAsync" });
            bench.config["smintio"]["portals"]["profile"] = profile;
            bench.on_smintio(|s| s.set_comments_listed(true));
        }
        bench
    };
    let calm = fresh(&data);
    calm.world.count_anew();
    calm.settle_flow(flow, 20).expect("a calm world");
    let expected = picture(&calm);
    assert!(!expected.is_empty());
    let mut failures = Vec::new();
    for (call, name) in calm.world.calls().into_iter().enumerate() {
        if matches!(name, "log" | "progress") {
            continue;
        }
        for when in [When::Before, When::After] {
            let bench = fresh(&data);
            let kill = KillAt { call: call as u64, when };
            let ending = run_killed(&bench.world, kill, |p| bench.run_flow(p, flow).map(|_| ()));
            if let Ending::Finished(Err(error)) = ending {
                failures.push(error);
            }
            let ended = bench.settle_flow(flow, 40);
            for item in items(&bench, "card-unknown") {
                // Without a method that lists comments a person looks: it is there, or not.
                let id = item.record_id.rsplit(':').next().unwrap_or_default().to_owned();
                let there = marked(&bench).iter().any(|k| k.marker == id && !k.cards.is_empty());
                resolve(&bench, &item, if there { "leave" } else { "post" });
            }
            let ended = ended.and_then(|_| bench.settle_flow(flow, 10));
            let found = picture(&bench);
            if ended.is_err() || found != expected {
                failures.push(format!("call {call} ({name}), {when:?}: {ended:?}\n{found:#?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures, first:\n{}", failures.len(), failures[0]);
}

#[test]
fn kits_survive_a_death_at_any_call() {
    dies_anywhere(KITS, false, false);
}

#[test]
fn cards_that_can_be_listed_survive_a_death_without_a_question() {
    dies_anywhere(CARDS, true, false);
}

#[test]
fn tags_survive_a_death_at_any_call() {
    dies_anywhere(TAGS, false, false);
}

#[test]
fn shares_survive_a_death_at_any_call() {
    dies_anywhere(KITS, false, true);
}
