//! Ctrl-C ends a run in order: its lease is not left behind. A run that is cut off keeps it, because
//! nobody knows what is still under way.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::simulated::{Ran, Tenant};

fn interrupt(child: &Child) {
    let id = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &id]).status().expect("a signal");
    assert!(sent.success());
}

/// Starts a run and interrupts it so often once it is at this stage; how it ended.
async fn interrupted(tenant: &Tenant, stage: &'static str, times: usize) -> Ran {
    interrupted_in(tenant, &["run"], stage, times).await
}

async fn interrupted_in(
    tenant: &Tenant,
    arguments: &[&str],
    stage: &'static str,
    times: usize,
) -> Ran {
    let mut command = tenant.talkative(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let run = move || {
        let mut child = command.spawn().expect("it runs");
        let mut told = BufReader::new(child.stderr.take().expect("standard error"));
        let mut said = String::new();
        while !said.contains(stage) {
            assert!(told.read_line(&mut said).expect("a line") > 0, "it ended: {said}");
        }
        for _ in 0..times {
            interrupt(&child);
            std::thread::sleep(Duration::from_millis(300));
        }
        told.read_to_string(&mut said).expect("the rest");
        let output = child.wait_with_output().expect("it ends");
        Ran { told: said, ..Ran::of(output) }
    };
    tokio::task::spawn_blocking(run).await.expect("no panic")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_interrupted_gives_its_lease_back() {
    let tenant = Tenant::slow("interrupted", 60, Duration::from_millis(200)).await;
    let ran = interrupted(&tenant, "titles: ", 1).await;
    assert_eq!(ran.code, Some(130), "{}", ran.told);
    assert!(ran.told.contains("No lease is left behind"), "{}", ran.told);
    assert!(ran.shown.contains("approved-assets"), "what was done is shown: {}", ran.shown);
    assert!(ran.shown.contains("made at the vendors; interrupted"), "{}", ran.shown);
    assert!(!ran.shown.contains("paused until"), "nobody waits for that: {}", ran.shown);
    let export = tenant.run(&["inbox", "export"]).await.shown;
    let held: Vec<&str> = export
        .lines()
        .filter(|line| line.contains(r#""key":"lease/"#) && !line.contains(r#""until":0"#))
        .collect();
    assert!(held.is_empty(), "{held:?}");
    assert!(export.contains(r#""key":"lease/"#), "it had one");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_interrupted_while_it_writes_is_gone_on_with() {
    let tenant = Tenant::slow("writing", 80, Duration::from_millis(50)).await;
    let ran = interrupted(&tenant, "writing: ", 1).await;
    assert_eq!(ran.code, Some(130), "{}", ran.told);
    let next = tenant.run(&["run"]).await;
    assert_eq!(next.code, Some(0), "{}{}", next.shown, next.told);
    let again = tenant.run(&["--json", "run"]).await;
    assert!(again.shown.contains(r#""writes":0"#), "{}", again.shown);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_cut_off_keeps_its_lease() {
    let tenant = Tenant::slow("cut-off", 60, Duration::from_secs(2)).await;
    let ran = interrupted(&tenant, "titles: ", 2).await;
    assert_eq!(ran.code, Some(130), "{}", ran.told);
    let next = tenant.run(&["run", "--no-wait"]).await;
    assert_eq!(next.code, Some(5), "{}{}", next.shown, next.told);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_is_interrupted_on_a_later_page_shows_what_it_has() {
    let tenant = Tenant::slow("pages", 200, Duration::from_millis(10)).await;
    let path = tenant.file("connector.toml");
    let text = std::fs::read_to_string(&path).expect("a configuration");
    let kit = "\n[kit]\ndays-before = 3650\ndays-after = 3650\n";
    let limits = "\n[platform.limits]\nmax-requests = 100\n";
    std::fs::write(&path, format!("{text}{kit}{limits}")).expect("written");
    let cards = tenant.run(&["run", "--flow", "rights-exchange"]).await;
    assert_eq!(cards.code, Some(0), "{}{}", cards.shown, cards.told);
    let plan = ["plan", "--flow", "launch-metadata", "--all"];
    let ran = interrupted_in(&tenant, &plan, "planning: ", 1).await;
    assert_eq!(ran.code, Some(130), "{}{}", ran.shown, ran.told);
    for part in ["add-assets", "The first ", "interrupted before its end"] {
        assert!(ran.shown.contains(part), "{part}: {}", ran.shown);
    }
    let whole = tenant.run(&plan).await;
    assert_eq!(whole.code, Some(0), "{}", whole.told);
    assert!(whole.shown.contains("changes planned"), "{}", whole.shown);
}
