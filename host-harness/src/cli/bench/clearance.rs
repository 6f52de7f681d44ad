//! Clearance decisions a second: the pure function natively, the export natively, and the export
//! in the component.
//!
//! Invariant: all three decide the same cases in the same order, on one thread.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use consonance_smintio::api;
use consonance_smintio::rights::{explain, wire};

use host_harness::tenant::Tenant;

use super::Figure;
use super::stopwatch::{per_second, ratio};
use crate::cli::clearance::{cases, read};
use crate::cli::context::Context;
use crate::cli::exit::Failure;

/// Decisions of each kind in a round.
const DECISIONS: usize = 40_000;
/// Rounds that are timed; the fastest counts, because the machine may be busy with other work.
const ROUNDS: usize = 5;
/// Cases in one call of the export.
const BATCH: usize = 500;
/// Configuration of a call that reads none.
const NO_CONFIG: &str = "{}";

/// Measures.
pub async fn measure(context: &Context, file: &Path) -> Result<Vec<Figure>, Failure> {
    let values = cases::parse(&read(file)?).map_err(Failure::Usage)?;
    let given: Vec<String> = values.iter().map(ToString::to_string).collect();
    let batch: Vec<String> = given.iter().cycle().take(BATCH).cloned().collect();
    let tenant = context.detached().await?;
    let mut fastest = [Duration::MAX; 4];
    for _ in 0..ROUNDS {
        let (decided, sentences) = pure(&given)?;
        let export = exported(&batch)?;
        let component = in_component(&tenant, &batch).await?;
        for (best, time) in fastest.iter_mut().zip([decided, sentences, export, component]) {
            *best = time.min(*best);
        }
    }
    let [decided, sentences, export, component] = fastest;
    let rate = |time| per_second(DECISIONS, time).into();
    Ok(vec![
        ("cases".to_owned(), given.len().into()),
        ("native decisions/s, with reasons".to_owned(), rate(decided)),
        ("native decisions/s, with reasons and sentences".to_owned(), rate(sentences)),
        ("native rights.evaluate/s (case JSON read each time)".to_owned(), rate(export)),
        ("component rights.evaluate/s (the same)".to_owned(), rate(component)),
        ("rights.evaluate, component to native".to_owned(), ratio(component, export).into()),
    ])
}

/// The decision alone, then with a sentence for each reason.
fn pure(given: &[String]) -> Result<(Duration, Duration), Failure> {
    let read = |text: &String| {
        wire::read_case(text).map_err(|problems| Failure::Usage(format!("a case: {problems:?}")))
    };
    let cases: Vec<wire::Case> = given.iter().map(read).collect::<Result<_, _>>()?;
    let began = Instant::now();
    for case in cases.iter().cycle().take(DECISIONS) {
        black_box(wire::evaluate(case));
    }
    let decided = began.elapsed();
    let began = Instant::now();
    for case in cases.iter().cycle().take(DECISIONS) {
        black_box(explain(&wire::evaluate(case)));
    }
    Ok((decided, began.elapsed()))
}

async fn in_component(tenant: &Tenant, batch: &[String]) -> Result<Duration, Failure> {
    let began = Instant::now();
    for _ in 0..DECISIONS / BATCH {
        black_box(tenant.evaluate(batch.to_vec()).await?);
    }
    Ok(began.elapsed())
}

fn exported(batch: &[String]) -> Result<Duration, Failure> {
    let began = Instant::now();
    for _ in 0..DECISIONS / BATCH {
        let decided = api::rights::evaluate(NO_CONFIG, batch);
        black_box(decided.map_err(|error| Failure::Usage(format!("the cases: {error:?}")))?);
    }
    Ok(began.elapsed())
}
