//! What people state about rights while the connector runs: it counts, it is audited, it can be
//! taken back, and a word is void as soon as what it rests on changes.

use super::bench::{BUDGET, Bench, bench, data};
use consonance_smintio::api::connector::{Outcome, Report};
use consonance_smintio::api::error::ApiError;
use consonance_smintio::api::rights::{self, Override, StoredDeclaration};
use consonance_smintio::api::{Verdict, connector, inbox, reports};
use consonance_smintio::model::date::parse_day;
use consonance_smintio::model::ids::{AssetId, ProductId};
use consonance_smintio::platform::Platform;
use serde_json::{Value, json};
use simulators::world::seed::World;

fn settled() -> (Bench, Report) {
    let bench = bench(0, &data(60));
    let first = bench.settle(40).expect("a calm world");
    let again = bench.settle(10).expect("a calm world");
    assert!(first.writes > 0);
    (bench, again)
}

/// The first record whose decision has this verdict and code.
fn find(report: &Report, verdict: Verdict, code: &str) -> String {
    let fits = |o: &&Outcome| {
        o.decision.as_ref().is_some_and(|d| {
            d.verdict == verdict && d.reasons.first().is_some_and(|r| r.code == code)
        })
    };
    report.outcomes.iter().find(fits).map(|o| o.record_id.clone()).expect("such a record")
}

fn config(bench: &Bench) -> String {
    bench.config.to_string()
}

/// The first edition on which the asset is in review.
fn in_review(bench: &Bench, asset: &str) -> ProductId {
    let explained = connector::explain(&bench.world, &config(bench), asset).expect("an answer");
    let mut decisions = explained.iter().flat_map(|e| &e.decisions);
    let found = decisions.find(|d| d.decision.verdict == Verdict::NeedsReview);
    found.map(|d| d.product_id).expect("an edition in review")
}

fn declaration(id: &str, asset: &str) -> StoredDeclaration {
    let document = json!({
        "id": id,
        "signer": "Ann Rights",
        "signed_on": "2026-11-01",
        "scope": [{ "asset": asset }],
        "usages": ["any"],
        "media": ["any"],
        "territories": ["WORLD"],
        "languages": ["any"],
    });
    StoredDeclaration { id: id.to_owned(), document: document.to_string() }
}

fn actions(bench: &Bench) -> Vec<String> {
    let page = reports::audit(&bench.world, &config(bench), None, None, 1_000).expect("a page");
    let entry =
        |text: &String| serde_json::from_str::<Value>(text).expect("JSON")["action"].clone();
    let all = page.entries.iter().map(|e| entry(&e.document));
    all.filter_map(|action| action.as_str().map(str::to_owned)).collect()
}

#[test]
fn a_declaration_counts_until_it_is_revoked() {
    let (bench, report) = settled();
    let asset = find(&report, Verdict::NeedsReview, "NO_RIGHTS_SOURCE");
    assert!(!bench.is_placed(&asset));
    let stored = declaration("own-work", &asset);
    rights::declare(&bench.world, &config(&bench), &stored).expect("a good declaration");
    let listed = rights::declarations(&bench.world, &config(&bench)).expect("a list");
    assert_eq!(listed.len(), 1);
    bench.settle(20).expect("a calm world");
    let explained = connector::explain(&bench.world, &config(&bench), &asset).expect("an answer");
    let cleared = explained
        .iter()
        .flat_map(|e| &e.decisions)
        .any(|d| d.decision.verdict <= Verdict::ClearedUntil);
    assert!(cleared, "{explained:#?}");
    rights::revoke(&bench.world, &config(&bench), "own-work", "a mistake").expect("a revocation");
    assert!(rights::declarations(&bench.world, &config(&bench)).expect("a list").is_empty());
    assert!(bench.is_placed(&asset));
    bench.settle(20).expect("a calm world");
    // Without any source the rights are unknown, which is no proof against the image: a person is
    // asked, even where withdrawals go by themselves.
    assert!(bench.is_placed(&asset));
    let items = inbox::list(&bench.world, &config(&bench), None, 200).expect("a page").items;
    let asks = items.into_iter().find(|i| i.kind == "withdrawal" && i.record_id == asset);
    let asks = asks.expect("a question");
    inbox::resolve(&bench.world, &config(&bench), &asks.id, "withdraw").expect("an answer");
    bench.settle(20).expect("a calm world");
    assert!(!bench.is_placed(&asset), "nothing rests on a revoked declaration");
    let actions = actions(&bench);
    assert!(
        actions.iter().any(|a| a == "declare") && actions.iter().any(|a| a == "revoke-declaration")
    );
    let again = rights::revoke(&bench.world, &config(&bench), "own-work", "again");
    assert!(matches!(again, Err(ApiError::NotFound(_))), "{again:?}");
}

#[test]
fn a_bad_declaration_says_everything_that_it_lacks() {
    let (bench, _) = settled();
    let cases = [
        (json!({ "id": "d" }), "document.signer document.usages document.scope"),
        (
            json!({ "id": "d", "signer": " ", "usages": ["any"], "scope": "all of it" }),
            "document.signer document.scope",
        ),
        (
            json!({ "id": "d", "signer": "A", "usages": ["any"], "scope": [{ "metadata": "((" }] }),
            "document.scope.metadata",
        ),
        (
            json!({ "id": "e", "signer": "A", "usages": ["any"], "scope": [{ "asset": "x" }] }),
            "document.id",
        ),
        (json!({ "id": "d", "signer": "A", "usage": ["any"] }), "document.usage"),
        (json!(["d"]), "document"),
    ];
    for (document, expected) in cases {
        let stored = StoredDeclaration { id: "d".to_owned(), document: document.to_string() };
        let answer = rights::declare(&bench.world, &config(&bench), &stored);
        let Err(ApiError::InputInvalid(problems)) = answer else {
            panic!("{document}: {answer:?}")
        };
        let paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
        assert_eq!(paths.join(" "), expected, "{document}");
    }
    let none = StoredDeclaration { id: " ".to_owned(), document: "{}".to_owned() };
    assert!(rights::declare(&bench.world, &config(&bench), &none).is_err());
    assert!(rights::declarations(&bench.world, &config(&bench)).expect("a list").is_empty());
}

fn word(asset: &str, product: ProductId) -> Override {
    Override {
        asset: AssetId(asset.to_owned()),
        product_id: product,
        reason: "the photographer agreed by letter".to_owned(),
        until: parse_day("2027-06-30").expect("a day"),
        signer: "Ann Rights".to_owned(),
    }
}

#[test]
fn a_word_clears_one_use_and_is_void_when_its_inputs_change() {
    let (bench, report) = settled();
    let asset = find(&report, Verdict::NeedsReview, "NO_RIGHTS_SOURCE");
    let product = in_review(&bench, &asset);
    let given = word(&asset, product);
    let id = rights::override_use(&bench.world, &config(&bench), &given).expect("an override");
    let same = rights::override_use(&bench.world, &config(&bench), &given).expect("the same again");
    assert_eq!(id, same, "twice is once");
    let verdict = |bench: &Bench| {
        let explained =
            connector::explain(&bench.world, &config(bench), &asset).expect("an answer");
        let mut decisions = explained.into_iter().flat_map(|e| e.decisions);
        decisions.find(|d| d.product_id == product).map(|d| (d.decision.verdict, d.decision.until))
    };
    let until = parse_day("2027-06-30");
    assert_eq!(verdict(&bench), Some((Verdict::ClearedUntil, until)));
    let listed = || {
        let all = rights::overrides(&bench.world, &config(&bench)).expect("a list");
        let [one] = all.as_slice() else { panic!("one override: {all:?}") };
        one.clone()
    };
    let one = listed();
    assert_eq!((one.id.as_str(), one.void), (id.as_str(), None));
    assert_eq!((one.signer, one.reason), (given.signer.clone(), given.reason.clone()));
    // The file is another one: whoever cleared the old picture did not see it.
    let now = bench.world.now().0;
    let image = data(60).assets.into_iter().find(|a| a.id == asset).expect("known").image;
    let image =
        simulators::world::seed::ImageSeed { marker: image.marker.clone() + "-new", ..image };
    assert!(bench.on_smintio(|s| s.new_file_version(now, &asset, image)));
    bench.settle(20).expect("a calm world");
    assert_eq!(verdict(&bench).map(|(v, _)| v), Some(Verdict::NeedsReview), "the word is void");
    assert!(listed().void.is_some_and(|why| why.contains("changed")));
    bench.world.advance(300 * 86_400_000);
    assert!(listed().void.is_some_and(|why| why.contains("last day")));
    rights::revoke(&bench.world, &config(&bench), &id, "a mistake").expect("a revocation");
    assert!(rights::overrides(&bench.world, &config(&bench)).expect("a list").is_empty());
    assert!(actions(&bench).iter().any(|action| action == "override"));
}

#[test]
fn no_word_mends_a_broken_rule() {
    let (bench, report) = settled();
    let asset = find(&report, Verdict::Blocked, "PURCHASE_CANCELLED");
    let explained = connector::explain(&bench.world, &config(&bench), &asset).expect("an answer");
    let product = explained[0].decisions[0].product_id;
    let answer = rights::override_use(&bench.world, &config(&bench), &word(&asset, product));
    assert!(matches!(answer, Err(ApiError::Denied(_))), "{answer:?}");
    let past = Override { until: parse_day("2020-01-01").expect("a day"), ..word(&asset, product) };
    let answer = rights::override_use(&bench.world, &config(&bench), &past);
    assert!(matches!(answer, Err(ApiError::InputInvalid(_))), "{answer:?}");
}

#[test]
fn an_alert_is_stable_and_hidden_until_its_day_or_the_next_threshold() {
    let (bench, report) = settled();
    let asset = find(&report, Verdict::NeedsReview, "NO_RIGHTS_SOURCE");
    let mut stored: Value = serde_json::from_str(&declaration("d", &asset).document).expect("JSON");
    stored["valid_until"] = json!("2027-02-01");
    let stored = StoredDeclaration { id: "d".to_owned(), document: stored.to_string() };
    rights::declare(&bench.world, &config(&bench), &stored).expect("a good declaration");
    let alert = |within: u32| {
        let all = rights::expiring(&bench.world, &config(&bench), within).expect("a list");
        all.into_iter().find(|alert| alert.asset.0 == asset)
    };
    let found = alert(90).expect("it ends in 75 days");
    assert_eq!((found.threshold_days, found.due), (90, parse_day("2027-02-01").expect("a day")));
    assert!(alert(30).is_none());
    let until = parse_day("2027-01-15").expect("a day");
    rights::snooze(&bench.world, &config(&bench), &found.id, until, "Bob").expect("a snooze");
    let hidden = alert(90).expect("still listed");
    assert_eq!((hidden.id, hidden.snoozed_until), (found.id.clone(), Some(until)));
    assert_eq!(hidden.owner.as_deref(), Some("Bob"));
    // 2027-01-05: 27 days are left, which is another threshold.
    bench.world.advance(48 * 86_400_000);
    let again = alert(90).expect("it is back");
    assert_eq!((again.threshold_days, again.snoozed_until), (30, None));
    bench.world.advance(40 * 86_400_000);
    let ended = alert(0).expect("it ended");
    assert!(ended.message.contains("ended on 2027-02-01"), "{}", ended.message);
    let nobody = rights::snooze(&bench.world, &config(&bench), "nope", until, "Bob");
    assert!(nobody.is_err());
}

#[test]
fn a_snooze_hides_an_alert_however_far_a_list_looks() {
    let (bench, report) = settled();
    let asset = find(&report, Verdict::NeedsReview, "NO_RIGHTS_SOURCE");
    let mut stored: Value = serde_json::from_str(&declaration("d", &asset).document).expect("JSON");
    stored["valid_until"] = json!("2028-02-01");
    let stored = StoredDeclaration { id: "d".to_owned(), document: stored.to_string() };
    rights::declare(&bench.world, &config(&bench), &stored).expect("a good declaration");
    let alert = |within: u32| {
        let all = rights::expiring(&bench.world, &config(&bench), within).expect("a list");
        all.into_iter().find(|alert| alert.asset.0 == asset).expect("it ends in 440 days")
    };
    let until = parse_day("2027-12-01").expect("a day");
    rights::snooze(&bench.world, &config(&bench), &alert(500).id, until, "Bob").expect("a snooze");
    for within in [450, 500, 10_000] {
        assert_eq!(alert(within).snoozed_until, Some(until), "{within}");
    }
    // 153 days are left, which is a threshold that it had not reached.
    bench.world.advance(287 * 86_400_000);
    assert_eq!((alert(500).threshold_days, alert(500).snoozed_until), (180, None));
}

#[test]
fn what_in_a_declaration_clears_nothing_is_told() {
    let mut bench = bench(0, &data(4));
    let slip = |id: &str| {
        let mut slip: Value = serde_json::from_str(&declaration(id, "x").document).expect("JSON");
        slip["usages"] = json!(["front_cover", "frontcover"]);
        slip["valid_until"] = json!("2026-01-31");
        slip
    };
    let stored = StoredDeclaration { id: "d".to_owned(), document: slip("d").to_string() };
    let doubts = rights::declare(&bench.world, &config(&bench), &stored).expect("it is stored");
    let paths: Vec<&str> = doubts.iter().map(|doubt| doubt.path.as_str()).collect();
    assert_eq!(paths, ["document.usages[1]", "document.valid_until"]);
    bench.config["declaration"].as_array_mut().expect("a list").push(slip("slip"));
    let checked = connector::check(&bench.world, &config(&bench), BUDGET).expect("results");
    let warned: Vec<_> = checked.iter().filter(|result| result.outcome == "warning").collect();
    let [one] = warned.as_slice() else { panic!("{checked:#?}") };
    assert_eq!(one.name, "declaration.slip");
    assert!(one.detail.contains("frontcover") && one.detail.contains("2026-01-31"), "{one:?}");
}

/// Any ISBN of the title that has an asset with this trait.
fn isbn_of(data: &World, name: &str) -> String {
    let marked = data.assets.iter().find(|a| a.trait_name() == Some(name));
    let work = marked.and_then(|a| a.meant_for.as_ref()).expect("such an asset").work_id;
    let title = data.titles.iter().find(|t| t.work_id == work).expect("its title");
    title.products.iter().find_map(|p| p.isbn13.clone()).expect("an ISBN")
}

#[test]
fn the_matrix_shows_each_edition_and_what_a_reprint_would_do() {
    let data = data(250);
    let bench = bench(0, &data);
    bench.settle(40).expect("a calm world");
    let isbn = isbn_of(&data, "profiled");
    let ask = |copies| rights::clearance(&bench.world, &config(&bench), &isbn, copies);
    let (now, more) = (ask(None).expect("a matrix"), ask(Some(600_000)).expect("a matrix"));
    let editions: Vec<ProductId> = now.editions.iter().map(|e| e.product_id).collect();
    assert!(editions.len() > 1, "{now:#?}");
    for edition in &editions {
        assert!(now.cells.iter().any(|cell| cell.product_id == *edition), "{now:#?}");
    }
    let over = |m: &rights::Matrix| {
        let exceeds = |c: &&rights::Cell| {
            c.decision.reasons.first().is_some_and(|r| r.code == "PRINT_RUN_EXCEEDED")
        };
        m.cells.iter().filter(exceeds).count()
    };
    assert_eq!(over(&now), 0, "{now:#?}");
    assert!(over(&more) > 0, "the licence ends at 500,000 copies: {more:#?}");
}
