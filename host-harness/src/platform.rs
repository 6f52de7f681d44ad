//! The component, compiled once, and fresh instances of it.
//!
//! Invariant: a call sees nothing of another call: each has its own wasmtime store, made from one
//! `InstancePre`, with every limit set before the first instruction of the guest runs.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::time::timeout;
use wasmtime::component::{Component, HasSelf, Instance, InstancePre, Linker};
use wasmtime::{Engine, Store, Trap, UpdateDeadline};
use wasmtime_wasi::WasiView;
use wasmtime_wasi::cli::WasiCli;
use wasmtime_wasi::cli::WasiCliView as _;
use wasmtime_wasi::p2::bindings::{cli, random};
use wasmtime_wasi::random::WasiRandom;

use crate::bindings::consonance_smintio::connector::{credentials, state, telemetry, types};
use crate::bindings::{Harness, HarnessIndices};
use crate::engine;
use crate::error::CallError;
use crate::imports::{Guest, Services};
use crate::limits::{Limits, PeakMemory, StoreTime};

/// The interfaces of wasi that a Rust component gets. There is no file system and no socket.
fn link(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    wasmtime_wasi_http::p2::add_to_linker_async(linker)?;
    random::insecure_seed::add_to_linker::<Guest, WasiRandom>(linker, |guest| {
        guest.ctx().ctx.random()
    })?;
    cli::environment::add_to_linker::<Guest, WasiCli>(linker, Guest::cli)?;
    cli::exit::add_to_linker::<Guest, WasiCli>(linker, Guest::cli)?;
    cli::terminal_input::add_to_linker::<Guest, WasiCli>(linker, Guest::cli)?;
    cli::terminal_output::add_to_linker::<Guest, WasiCli>(linker, Guest::cli)?;
    cli::terminal_stdin::add_to_linker::<Guest, WasiCli>(linker, Guest::cli)?;
    cli::terminal_stdout::add_to_linker::<Guest, WasiCli>(linker, Guest::cli)?;
    cli::terminal_stderr::add_to_linker::<Guest, WasiCli>(linker, Guest::cli)?;
    types::add_to_linker::<Guest, HasSelf<Guest>>(linker, |guest| guest)?;
    state::add_to_linker::<Guest, HasSelf<Guest>>(linker, |guest| guest)?;
    credentials::add_to_linker::<Guest, HasSelf<Guest>>(linker, |guest| guest)?;
    telemetry::add_to_linker::<Guest, HasSelf<Guest>>(linker, |guest| guest)
}

/// A loaded component.
pub struct Platform {
    engine: Engine,
    pre: InstancePre<Guest>,
    indices: HarnessIndices,
    limits: Limits,
    peak: PeakMemory,
    store_time: StoreTime,
}

/// An instance that is ready for one call.
pub struct Call {
    /// Its store.
    pub store: Store<Guest>,
    /// Its exports.
    pub exports: Harness,
    /// The instance, for what is bound by hand.
    pub instance: Instance,
}

impl Platform {
    /// Loads the component that is embedded in this harness, or one from a file.
    pub fn new(limits: Limits, component: Option<&Path>) -> Result<Self> {
        let engine = engine::engine(&limits)?;
        let component = match component {
            Some(path) => engine::component_from_file(&engine, path)?,
            None => engine::embedded_component(&engine)?,
        };
        Self::with(engine, &component, limits).map_err(engine::reason).context(
            "the component does not fit this platform: it needs an import that is not granted, \
             or lacks an export",
        )
    }

    fn with(engine: Engine, component: &Component, limits: Limits) -> wasmtime::Result<Self> {
        let mut linker = Linker::new(&engine);
        link(&mut linker)?;
        let pre = linker.instantiate_pre(component)?;
        let indices = HarnessIndices::new(&pre)?;
        let (peak, store_time) = (PeakMemory::default(), StoreTime::default());
        Ok(Self { engine, pre, indices, limits, peak, store_time })
    }

    /// The limits of every call.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The largest memory that any call has reached.
    pub fn peak_memory(&self) -> &PeakMemory {
        &self.peak
    }

    /// How long all calls have waited for the store.
    pub fn store_time(&self) -> &StoreTime {
        &self.store_time
    }

    /// The component's imports, by name.
    pub fn component_imports(&self) -> Vec<String> {
        let component = self.pre.component().component_type();
        component.imports(&self.engine).map(|(name, _)| name.to_owned()).collect()
    }

    /// A fresh instance for one call of a tenant.
    pub async fn begin(&self, services: Services) -> Result<Call, CallError> {
        let (peak, store_time) = (self.peak.clone(), self.store_time.clone());
        let guest = Guest::new(services, self.limits.clone(), peak, store_time);
        let mut store = Store::new(&self.engine, guest);
        store.limiter(|guest| &mut guest.meter);
        store.set_hostcall_fuel(self.limits.import_bytes_max);
        store.set_max_component_handles(self.limits.handles_max);
        yield_and_stop(&mut store, self.limits.compute);
        let made = async {
            let instance = self.pre.instantiate_async(&mut store).await?;
            let exports = self.indices.load(&mut store, &instance)?;
            Ok((instance, exports))
        };
        let (instance, exports) = within(self.limits.call, made).await?;
        Ok(Call { store, exports, instance })
    }
}

/// Lets the guest yield at every tick of the epoch, so that a time limit around the call can
/// end it, and stops it after it has computed for as many ticks as it may.
fn yield_and_stop(store: &mut Store<Guest>, compute: Duration) {
    let ticks_max = compute.as_millis() / engine::TICK.as_millis();
    let mut ticks = 0;
    store.set_epoch_deadline(1);
    store.epoch_deadline_callback(move |_| {
        ticks += 1;
        Ok(if ticks > ticks_max { UpdateDeadline::Interrupt } else { UpdateDeadline::Yield(1) })
    });
}

/// Awaits a call of the guest within a limit. What is cut off is dropped with its store.
pub async fn within<R>(
    limit: Duration,
    call: impl Future<Output = wasmtime::Result<R>>,
) -> Result<R, CallError> {
    match timeout(limit, call).await {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(error)) => Err(CallError::Broken(stopped(&error))),
        Err(_) => Err(CallError::Broken(format!("it did not end within {limit:?}"))),
    }
}

/// Why the guest was stopped, for a person; where it was is for the log.
fn stopped(error: &wasmtime::Error) -> String {
    tracing::debug!("the guest was stopped: {error:?}");
    match error.downcast_ref::<Trap>() {
        Some(Trap::Interrupt) => {
            "it computed for longer than `platform.limits.compute` allows".to_owned()
        }
        Some(trap) => format!("it broke ({trap}); its last log lines say more"),
        None => format!("{error:#}"),
    }
}

#[cfg(test)]
mod tests;
