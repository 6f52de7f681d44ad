//! Every flow in one tenant: none undoes another's work, and each comes to its end in calls that
//! are too small to list all collections.

use consonance_smintio::api::{self, Budget, connector::Report, connector::RunState};
use consonance_smintio::platform::Platform;
use serde_json::json;

use super::bench::{Bench, bench, bench_of, data};
use super::shelves::{KITS, TAGS, in_window, items, marked, picture};

const FLOWS: [&str; 5] = ["approved-assets", "rights-exchange", KITS, "stock-licences", TAGS];

/// Where purchases are shown to people.
const CONTENT_PAGE: &str = "https://tenant.example/project/{project}/content/{element}";

/// The smallest budget that a call may have.
pub const SMALL: Budget = Budget { deadline_ms: 60_000, max_requests: 100, max_writes: 40 };

/// Calls with a budget until the flow is done; the reports of the calls.
pub fn settle(bench: &Bench, flow: &str, budget: Budget) -> Vec<Report> {
    let config = bench.config.to_string();
    let mut reports = Vec::new();
    while reports.len() < 500 {
        let result = api::connector::run(&bench.world, &config, flow, budget).expect("a run");
        reports.push(result.report);
        match result.state {
            RunState::Done => return reports,
            RunState::Paused(at) => {
                let now = bench.world.now();
                bench.world.advance(at.0.saturating_sub(now.0).max(1));
            }
            other => panic!("{other:?}"),
        }
    }
    panic!("{flow} never ends");
}

fn sent(reports: &[Report], name: &str) -> u64 {
    let counts = reports.iter().flat_map(|report| &report.requests);
    counts.filter(|count| count.name == name).map(|count| count.value).sum()
}

pub fn listings(reports: &[Report]) -> u64 {
    sent(reports, "smintio-portals.collections_search")
}

#[test]
fn a_second_run_of_every_flow_writes_nothing() {
    let mut bench = bench(0, &data(60));
    in_window(&mut bench);
    bench.config["smintio"]["clapi"]["content-page"] = json!(CONTENT_PAGE);
    for flow in FLOWS {
        let first = bench.settle_flow(flow, 40).expect("a calm world");
        assert!(first.writes > 0, "{flow} has something to do");
    }
    let before = (picture(&bench), bench.picture());
    for flow in FLOWS {
        let again = bench.settle_flow(flow, 5).expect("a calm world");
        assert_eq!((again.writes, again.flows[0].written), (0, 0), "{flow}");
    }
    assert_eq!((picture(&bench), bench.picture()), before);
}

#[test]
fn collections_that_do_not_fit_into_one_call_are_listed_over_several() {
    let data = data(40);
    let calm = bench(0, &data);
    calm.settle_flow(TAGS, 40).expect("a calm world");
    let bench = bench_of(0, &data, |_, s| s.search_page_max = 1);
    settle(&bench, TAGS, SMALL);
    assert_eq!(picture(&bench), picture(&calm));
    let collections = bench.on_smintio(|s| s.collections()).len() as u64;
    assert!(collections > 100, "more pages than a call has requests for");
    let again = settle(&bench, TAGS, SMALL);
    assert_eq!(again.iter().map(|report| report.writes).sum::<u64>(), 0);
    let listed = listings(&again);
    // Each call that goes on looks at the page before once more.
    let most = collections + again.len() as u64 + 1;
    assert!((collections..=most).contains(&listed), "{listed} pages of {collections} collections");
}

#[test]
fn a_run_that_pauses_lists_the_collections_once() {
    let data = data(30);
    let calm = bench(0, &data);
    calm.settle_flow(TAGS, 40).expect("a calm world");
    let bench = bench(0, &data);
    let reports = settle(&bench, TAGS, SMALL);
    assert!(reports.len() > 5, "{} calls", reports.len());
    assert_eq!(listings(&reports), 1, "nothing but one page was there to list");
    assert_eq!(picture(&bench), picture(&calm));
    // Names that it gave meanwhile are not taken for a person's.
    let now = bench.world.now().0;
    bench.world.advance(2 * 86_400_000);
    let people: Vec<i64> = marked(&bench)
        .iter()
        .filter_map(|tag| tag.marker.strip_prefix('A')?.parse().ok())
        .collect();
    for id in &people {
        bench
            .on_consonance(|c| c.act(now, |p| p.rename_contributor(*id, &format!("New {id}"))))
            .expect("a contributor");
    }
    let budget = Budget { max_writes: 10, ..SMALL };
    let reports = settle(&bench, TAGS, budget);
    assert!(reports.len() > 2, "{} calls", reports.len());
    assert_eq!(items(&bench, "collection-renamed").len(), 0);
    let renamed = sent(&reports, "smintio-portals.rename_collection");
    assert_eq!(renamed, people.len() as u64);
    assert_eq!(settle(&bench, TAGS, BIG).iter().map(|report| report.writes).sum::<u64>(), 0);
}

#[test]
fn kits_that_are_too_many_to_look_at_in_one_call_are_filled_over_several() {
    let data = data(240);
    let filled = |small: bool| {
        let mut bench = bench(0, &data);
        in_window(&mut bench);
        // The collections are there: each must be looked into before it is filled.
        bench.settle_flow("rights-exchange", 40).expect("a calm world");
        settle(&bench, KITS, if small { SMALL } else { BIG });
        assert_eq!(settle(&bench, KITS, BIG).iter().map(|report| report.writes).sum::<u64>(), 0);
        bench
    };
    let (calm, small) = (filled(false), filled(true));
    let kits = marked(&calm).iter().filter(|kit| !kit.members.is_empty()).count();
    assert!(kits > 100, "{kits} kits, fewer than a call has requests for");
    assert_eq!(picture(&small), picture(&calm));
}

/// What a call usually has.
const BIG: Budget = super::bench::BUDGET;

#[test]
fn a_renamed_imprint_costs_what_changed() {
    let bench = bench(0, &data(120));
    bench.settle_flow(TAGS, 40).expect("a calm world");
    let works = bench.on_consonance(|c| c.works());
    let imprint = works.iter().find_map(|work| work.imprint.clone()).expect("an imprint").0;
    let of_it = works.iter().filter(|w| w.imprint.as_ref().is_some_and(|i| i.0 == imprint));
    let titles = of_it.count() as u64;
    let quiet = settle(&bench, TAGS, BIG);
    let now = bench.world.now().0;
    bench.on_consonance(|c| c.act(now, |p| p.rename_imprint(imprint, "Brand New")));
    let reports = settle(&bench, TAGS, BIG);
    assert_eq!(reports.iter().map(|report| report.writes).sum::<u64>(), 1);
    let works = |reports: &[Report]| sent(reports, "consonance.works");
    let more = works(&reports) - works(&quiet);
    assert!(more <= titles.div_ceil(25) + 1, "{more} requests for {titles} titles");
    assert_eq!(works(&settle(&bench, TAGS, BIG)), works(&quiet), "seen once");
}
