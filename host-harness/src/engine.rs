//! The one place where wasmtime is configured.
//!
//! Invariant: every call of every embedder runs with this configuration: Cranelift only, pooling,
//! epochs ticking, and no WebAssembly proposal that a Rust component does not need.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use wasmtime::component::Component;
use wasmtime::{
    Cache, CacheConfig, Config, Engine, Inlining, InstanceAllocationStrategy, OptLevel,
    PoolingAllocationConfig, Strategy, WasmFeatures,
};

use crate::limits::Limits;

/// How often the epoch advances, and so how soon a computing guest yields to the executor.
pub const TICK: Duration = Duration::from_millis(10);

/// The component that `build.rs` made.
const EMBEDDED: &[u8] = include_bytes!(env!("CONNECTOR_COMPONENT"));

/// An engine for calls within these limits. A thread ticks its epoch until it is dropped. What it
/// compiles is kept in the user's cache folder, if there is one that can be written.
pub fn engine(limits: &Limits) -> Result<Engine> {
    let mut config = config(limits);
    config.cache(Cache::new(CacheConfig::new()).ok());
    let engine = Engine::new(&config).map_err(reason).context("configuring wasmtime")?;
    let ticked = engine.weak();
    let tick = move || {
        while let Some(engine) = ticked.upgrade() {
            engine.increment_epoch();
            drop(engine);
            thread::sleep(TICK);
        }
    };
    thread::Builder::new().name("epoch".to_owned()).spawn(tick).context("starting the ticker")?;
    Ok(engine)
}

/// How long the embedded component takes to be compiled where no cache has it.
pub fn compile_time(limits: &Limits) -> Result<Duration> {
    let engine = Engine::new(&config(limits)).map_err(reason).context("configuring wasmtime")?;
    let began = Instant::now();
    embedded_component(&engine)?;
    Ok(began.elapsed())
}

/// The component that is embedded in this harness.
pub fn embedded_component(engine: &Engine) -> Result<Component> {
    Component::from_binary(engine, EMBEDDED).map_err(reason).context("compiling the component")
}

/// A component from a file.
pub fn component_from_file(engine: &Engine, path: &Path) -> Result<Component> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    Component::from_binary(engine, &bytes)
        .map_err(reason)
        .with_context(|| format!("{} is no component that can be loaded", path.display()))
}

/// The size of the embedded component in bytes.
pub fn embedded_component_bytes() -> usize {
    EMBEDDED.len()
}

/// wasmtime's errors with their causes, as anyhow ones.
pub fn reason(error: wasmtime::Error) -> anyhow::Error {
    anyhow!("{error:#}")
}

fn config(limits: &Limits) -> Config {
    let mut config = Config::new();
    config.strategy(Strategy::Cranelift).cranelift_opt_level(OptLevel::Speed);
    // Each function begins with a look at the epoch: fewer functions, fewer looks.
    config.compiler_inlining(Inlining::Yes);
    config.epoch_interruption(true);
    config.wasm_component_model(true);
    config.concurrency_support(false);
    let unneeded = WasmFeatures::THREADS
        | WasmFeatures::SHARED_EVERYTHING_THREADS
        | WasmFeatures::RELAXED_SIMD
        | WasmFeatures::SIMD
        | WasmFeatures::TAIL_CALL
        | WasmFeatures::MULTI_MEMORY
        | WasmFeatures::MEMORY64
        | WasmFeatures::CUSTOM_PAGE_SIZES
        | WasmFeatures::WIDE_ARITHMETIC
        | WasmFeatures::STACK_SWITCHING
        | WasmFeatures::EXCEPTIONS
        | WasmFeatures::LEGACY_EXCEPTIONS
        | WasmFeatures::FUNCTION_REFERENCES
        | WasmFeatures::GC;
    config.wasm_features(unneeded, false);
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool(limits)));
    config
}

fn pool(limits: &Limits) -> PoolingAllocationConfig {
    let calls = limits.calls_at_once_max.max(1);
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(calls)
        .total_core_instances(calls * 8)
        .total_memories(calls)
        .total_tables(calls * 4)
        .total_stacks(calls)
        .max_memories_per_component(1)
        .max_tables_per_component(4)
        .max_core_instances_per_component(8)
        .table_elements(limits.table_elements_max)
        .max_memory_size(limits.memory_bytes_max);
    pool
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_component_compiles_under_the_trimmed_configuration() {
        let engine = engine(&Limits::default()).unwrap();
        embedded_component(&engine).unwrap();
        assert!(embedded_component_bytes() > 1_000);
    }

    #[test]
    fn a_file_that_is_no_component_is_named_in_the_error() {
        let engine = engine(&Limits::default()).unwrap();
        let path = std::env::temp_dir().join("no-component.wasm");
        std::fs::write(&path, b"not wasm").unwrap();
        let error = component_from_file(&engine, &path).unwrap_err();
        assert!(format!("{error:#}").contains("no-component.wasm"), "{error:#}");
    }
}
