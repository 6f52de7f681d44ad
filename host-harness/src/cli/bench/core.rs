//! Core work per title: the export `plan`, made again from the mirrors without any request. It
//! links every asset, clears it, compares it, and brings the inbox in line.
//!
//! Invariant: both sides plan over equal copies of one store in memory and find the same number
//! of changes; the time that each spends waiting for that store is measured apart.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use consonance_smintio::api::{self, connector};
use host_harness::bindings::consonance_smintio::connector::types::Budget;
use host_harness::bindings::exports::consonance_smintio::connector::connector::RunState;
use host_harness::config_file::ConfigFile;
use host_harness::credentials::MemoryVault;
use host_harness::egress::Bounds;
use host_harness::simulation::{Scale, Simulation};
use host_harness::state::memory::MemoryStore;
use host_harness::tenant::{Tenant, TenantSettings};

use super::Figure;
use super::native::Native;
use super::stopwatch::{microseconds, ratio};
use crate::cli::arguments::ScaleOptions;
use crate::cli::context::{Context, load};
use crate::cli::demo::Folder;
use crate::cli::exit::Failure;
use crate::cli::run::pause;

const FLOW: &str = "approved-assets";
/// Plans that are timed; the fastest counts, because the machine may be busy with other work.
const ROUNDS: usize = 5;
/// As much as a call of this harness may have.
const BUDGET: Budget = Budget { deadline_ms: 3_600_000, max_requests: 9_000, max_writes: 10_000 };

/// One plan: how long it took, the store's part of it, and what it found.
#[derive(Clone, Copy)]
struct Planned {
    whole: Duration,
    store: Duration,
    calls: u64,
    read: u64,
    changes: u64,
}

impl Planned {
    fn core(&self) -> Duration {
        self.whole.saturating_sub(self.store)
    }
}

/// Measures.
pub async fn measure(context: &Context, options: &ScaleOptions) -> Result<Vec<Figure>, Failure> {
    let folder = Folder::new(None)?;
    let store = Arc::new(MemoryStore::default());
    let (tenant, start) = filled(context, options, &folder, Arc::clone(&store)).await?;
    let native_store = Arc::new(store.copy());
    let (mut native, mut wasm): (Option<Planned>, Option<Planned>) = (None, None);
    // One round more, untimed, after which the inbox stands as the plan wants it.
    for round in 0..=ROUNDS {
        let one = natively(&native_store, tenant.config(), &start)?;
        let other = in_component(&tenant, &start).await?;
        if (one.read, one.changes) != (other.read, other.changes) {
            let message = "the native plan and the component's differ";
            return Err(Failure::Platform(anyhow::anyhow!(message)));
        }
        if round > 0 {
            native = Some(faster(native, one));
            wasm = Some(faster(wasm, other));
        }
    }
    let peak = tenant.platform().peak_memory().bytes();
    Ok(native.zip(wasm).map_or_else(Vec::new, |(n, w)| figures(options.titles, &n, &w, peak)))
}

fn faster(best: Option<Planned>, next: Planned) -> Planned {
    best.filter(|best| best.whole <= next.whole).unwrap_or(next)
}

fn figures(titles: usize, native: &Planned, wasm: &Planned, peak: usize) -> Vec<Figure> {
    let per_title = |time: Duration| microseconds(time.div_f64(titles.max(1) as f64)).into();
    vec![
        ("titles".to_owned(), titles.into()),
        ("assets".to_owned(), wasm.read.into()),
        ("assets that a run would write".to_owned(), wasm.changes.into()),
        ("calls of the store, native".to_owned(), native.calls.into()),
        ("calls of the store, component".to_owned(), wasm.calls.into()),
        ("native, us per title, whole".to_owned(), per_title(native.whole)),
        ("component, us per title, whole".to_owned(), per_title(wasm.whole)),
        ("native, us per title, without the store".to_owned(), per_title(native.core())),
        ("component, us per title, without the store".to_owned(), per_title(wasm.core())),
        ("ratio, without the store".to_owned(), ratio(wasm.core(), native.core()).into()),
        ("ratio, whole".to_owned(), ratio(wasm.whole, native.whole).into()),
        ("peak guest memory, bytes".to_owned(), peak.into()),
    ]
}

/// A tenant whose store holds what both vendors show, and nothing written to them; and where the
/// second page of its plan begins, which is made without asking them again.
async fn filled(
    context: &Context,
    options: &ScaleOptions,
    folder: &Folder,
    store: Arc<MemoryStore>,
) -> Result<(Tenant, String), Failure> {
    let scale = Scale { titles: options.titles, seed: options.seed, latency: Duration::ZERO };
    let simulation = Simulation::start(scale).await?;
    let path = folder.path.join("connector.toml");
    simulation.write_config(&path)?;
    let ConfigFile { platform, connector } = ConfigFile::read(&path)?;
    context.start_log(&platform.logging);
    let settings = TenantSettings {
        name: platform.tenant,
        config: connector,
        connections: platform.connections,
        allow: platform.allow,
        addresses: platform.addresses,
        bounds: Bounds::default(),
        store,
        vault: Arc::new(MemoryVault::default()),
        progress: Arc::clone(&context.progress),
    };
    let tenant = Tenant::open(load(platform.limits, None).await?, settings).await?;
    let next = loop {
        let planned = tenant.plan(FLOW, None, 1, BUDGET).await?;
        match planned.state {
            RunState::Paused(at) => pause(context, at).await,
            RunState::Done => break planned.next,
            other => {
                let message = format!("the vendors could not be read: {other:?}");
                return Err(Failure::Platform(anyhow::anyhow!(message)));
            }
        }
    };
    context.progress.finish();
    simulation.stop().await;
    let few = || Failure::Platform(anyhow::anyhow!("the plan has one page only: take more titles"));
    Ok((tenant, next.ok_or_else(few)?))
}

fn natively(store: &Arc<MemoryStore>, config: &str, start: &str) -> Result<Planned, Failure> {
    let platform = Native::new(Arc::<MemoryStore>::clone(store));
    let budget = api::Budget {
        deadline_ms: BUDGET.deadline_ms,
        max_requests: BUDGET.max_requests,
        max_writes: BUDGET.max_writes,
    };
    let began = Instant::now();
    let planned = black_box(connector::plan(&platform, config, FLOW, Some(start), 1, budget));
    let whole = began.elapsed();
    let (store, calls) = platform.store_time();
    let planned = planned.map_err(|error| Failure::Platform(anyhow::anyhow!("{error:?}")))?;
    let (read, changes) = planned
        .report
        .flows
        .iter()
        .fold((0, 0), |(read, written), flow| (read + flow.read, written + flow.written));
    Ok(Planned { whole, store, calls, read, changes })
}

async fn in_component(tenant: &Tenant, start: &str) -> Result<Planned, Failure> {
    let (store_before, calls_before) = tenant.platform().store_time().sum();
    let began = Instant::now();
    let planned = black_box(tenant.plan(FLOW, Some(start), 1, BUDGET).await?);
    let whole = began.elapsed();
    let (store, calls) = tenant.platform().store_time().sum();
    let (read, changes) = planned
        .report
        .flows
        .iter()
        .fold((0, 0), |(read, written), flow| (read + flow.read, written + flow.written));
    let (store, calls) = (store - store_before, calls - calls_before);
    Ok(Planned { whole, store, calls, read, changes })
}
