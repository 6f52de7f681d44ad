//! The size of the component, and how long a fresh instance of it takes.
//!
//! Invariant: what is timed is all that stands before the first call of an export: wasmtime's
//! store with its limits, wasi's and ours, the instance from `InstancePre`, the exports found.

use std::time::Instant;

use host_harness::engine::{compile_time, embedded_component_bytes};
use host_harness::limits::Limits;

use super::Figure;
use super::stopwatch::{microseconds, percentile};
use crate::cli::context::Context;
use crate::cli::exit::Failure;

/// Instantiations that fill the pool and the caches first.
const WARM_UP: usize = 50;

/// Measures.
pub async fn measure(context: &Context, rounds: usize) -> Result<Vec<Figure>, Failure> {
    let compiled = compile_time(&Limits::default())?;
    context.detached().await?;
    let began = Instant::now();
    let tenant = context.detached().await?;
    let started = began.elapsed();
    let services = tenant.services().clone();
    let mut fresh = Vec::with_capacity(rounds);
    let mut whole = Vec::with_capacity(rounds);
    for round in 0..WARM_UP + rounds {
        let began = Instant::now();
        let call = tenant.platform().begin(services.clone()).await?;
        let made = began.elapsed();
        drop(call);
        if round >= WARM_UP {
            fresh.push(made);
            whole.push(began.elapsed());
        }
    }
    fresh.sort_unstable();
    whole.sort_unstable();
    let us = |sorted, share| microseconds(percentile(sorted, share)).into();
    Ok(vec![
        ("component bytes".to_owned(), embedded_component_bytes().into()),
        ("compiled once, ms".to_owned(), (compiled.as_millis() as u64).into()),
        ("started from the cache, ms".to_owned(), (started.as_millis() as u64).into()),
        ("instantiations".to_owned(), rounds.into()),
        ("instantiation median, us".to_owned(), us(&fresh, 0.5)),
        ("instantiation p99, us".to_owned(), us(&fresh, 0.99)),
        ("with giving it back, median, us".to_owned(), us(&whole, 0.5)),
        ("with giving it back, p99, us".to_owned(), us(&whole, 0.99)),
    ])
}
