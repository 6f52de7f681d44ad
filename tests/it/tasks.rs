//! Background tasks that outlast a call: the next call goes on with them.

use super::bench::{Bench, FLOW, bench_of, data};
use consonance_smintio::api::connector::RunState;
use consonance_smintio::api::{self, Budget};
use consonance_smintio::platform::Platform;
use simulators::world::seed::ImageSeed;

/// Two polls a call, where each task takes six.
const SHORT: Budget = Budget { deadline_ms: 3_000, max_requests: 2_000, max_writes: 10_000 };

fn slow_portals() -> Bench {
    bench_of(0, &data(14), |_, smintio| smintio.polls_until_done = 6)
}

/// Runs to the end with this budget; gives back how often it paused and how many downloads it began.
fn run_to_the_end(bench: &Bench, budget: Budget) -> (u32, u64) {
    let config = bench.config.to_string();
    let (mut pauses, mut downloads) = (0, 0);
    loop {
        let result = api::connector::run(&bench.world, &config, FLOW, budget).expect("a run");
        let begun = result.report.requests.iter().filter(|r| r.name.ends_with("initiate_download"));
        downloads += begun.map(|r| r.value).sum::<u64>();
        match result.state {
            RunState::Done => return (pauses, downloads),
            RunState::Paused(at) => {
                let now = bench.world.now();
                bench.world.advance(at.0.saturating_sub(now.0).max(1));
                pauses += 1;
            }
            other => panic!("{other:?}"),
        }
        assert!(pauses < 400, "it never ends");
    }
}

#[test]
fn calls_shorter_than_a_task_come_to_the_same_end_with_the_same_downloads() {
    let (patient, hasty) = (slow_portals(), slow_portals());
    let (_, downloads) = run_to_the_end(&patient, super::bench::BUDGET);
    let (pauses, as_many) = run_to_the_end(&hasty, SHORT);
    assert!(pauses > 10, "{pauses} pauses: the calls were not short");
    assert_eq!(hasty.picture(), patient.picture());
    assert_eq!(as_many, downloads, "a download that runs is not begun again");
    let left: Vec<String> =
        hasty.world.state().into_keys().filter(|key| key.starts_with("task/")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_task_whose_result_is_gone_is_begun_anew() {
    let bench = bench_of(0, &data(14), |_, smintio| {
        smintio.polls_until_done = 6;
        smintio.task_result_lifetime_ms = 150_000;
    });
    let config = bench.config.to_string();
    let mut ended = false;
    for call in 0..200_u64 {
        let result = api::connector::run(&bench.world, &config, FLOW, SHORT).expect("a run");
        if result.state == RunState::Done {
            ended = true;
            break;
        }
        // Now and then nobody calls for a while, and results are thrown away.
        bench.world.advance(if call % 45 == 4 { 200_000 } else { 1_100 });
    }
    assert!(ended, "it never ends");
    let patient = slow_portals();
    run_to_the_end(&patient, super::bench::BUDGET);
    assert_eq!(bench.picture(), patient.picture());
}

#[test]
fn a_file_that_is_replaced_while_its_download_runs_ends_as_the_newer_one() {
    let (bench, calm) = (slow_portals(), slow_portals());
    let config = bench.config.to_string();
    for _ in 0..40 {
        let result = api::connector::run(&bench.world, &config, FLOW, SHORT).expect("a run");
        bench.world.advance(1_100);
        if result.report.requests.iter().any(|r| r.name.ends_with("initiate_download")) {
            break;
        }
    }
    assert!(bench.ours().is_empty(), "the downloads are on their way");
    for bench in [&bench, &calm] {
        let now = bench.world.now().0;
        for asset in bench.on_smintio(|s| s.collection_members("8101")).expect("a collection") {
            let marker = format!("newer {asset}");
            let image =
                ImageSeed { width: 1_600, height: 2_400, format: "jpeg".to_owned(), marker };
            bench.on_smintio(|s| s.new_file_version(now, &asset, image));
        }
    }
    run_to_the_end(&bench, SHORT);
    // A collection that was listed to its end is listed again after ten minutes.
    bench.world.advance(700_000);
    run_to_the_end(&bench, SHORT);
    run_to_the_end(&calm, super::bench::BUDGET);
    assert!(bench.ours().len() > 3);
    assert_eq!(bench.picture(), calm.picture());
}
