//! What the guest may ask of the host: `state`, `credentials`, `telemetry`, and the views that
//! wasi and wasi-http need.
//!
//! Invariant: each call of an import ends within its time limit, and a write whose outcome was
//! not seen in time is reported as unknown, never as failed.

use std::sync::Arc;
use std::time::Instant;

use tokio::time::timeout;
use wasmtime::component::ResourceTable;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView};

use crate::bindings::consonance_smintio::connector::{credentials, state, telemetry, types};
use crate::credentials::Broker;
use crate::egress::{Egress, Hooks};
use crate::limits::{Limits, Meter, PeakMemory, StoreTime};
use crate::state::Store;
use crate::stop::Stop;
use crate::telemetry::{GuestOutput, ProgressSink};

/// What one tenant's calls have in common.
#[derive(Clone)]
pub struct Services {
    /// The tenant's name, for the log.
    pub tenant: String,
    /// Its store.
    pub store: Arc<dyn Store>,
    /// Its way out, which knows its connections.
    pub egress: Egress,
    /// Where progress goes.
    pub progress: Arc<dyn ProgressSink>,
    /// Whether its calls shall end.
    pub stop: Stop,
}

/// The data of one wasmtime store: one call of one tenant.
pub struct Guest {
    services: Services,
    limits: Limits,
    wasi: WasiCtx,
    http: WasiHttpCtx,
    hooks: Hooks,
    table: ResourceTable,
    store_time: StoreTime,
    /// Allows or refuses growth.
    pub meter: Meter,
}

impl Guest {
    /// Data for one call: no environment, no arguments, no files, no sockets.
    pub fn new(
        services: Services,
        limits: Limits,
        peak: PeakMemory,
        store_time: StoreTime,
    ) -> Self {
        let mut table = ResourceTable::new();
        table.set_max_capacity(limits.resources_max);
        let wasi = WasiCtx::builder()
            .stdout(GuestOutput { stream: "stdout" })
            .stderr(GuestOutput { stream: "stderr" })
            .allow_tcp(false)
            .allow_udp(false)
            .max_random_size(1 << 16)
            .monotonic_clock(services.stop.clock())
            .build();
        let hooks = services.egress.hooks(services.stop.clone());
        let meter = Meter::new(&limits, peak);
        let http = WasiHttpCtx::new();
        Self { services, limits, wasi, http, hooks, table, store_time, meter }
    }

    /// Runs a call of the store on a blocking thread, within the limit. `late` says what it
    /// means when the answer did not come in time.
    async fn on_store<R: Send + 'static>(
        &mut self,
        late: fn(String) -> state::Error,
        call: impl FnOnce(&dyn Store) -> Result<R, state::Error> + Send + 'static,
    ) -> Result<R, state::Error> {
        let store = Arc::clone(&self.services.store);
        let limit = self.limits.import;
        let began = Instant::now();
        let running = tokio::task::spawn_blocking(move || call(store.as_ref()));
        let ended = timeout(limit, running).await;
        self.store_time.add(began.elapsed());
        match ended {
            Ok(Ok(result)) => result,
            Ok(Err(panicked)) => Err(late(panicked.to_string())),
            Err(_) => Err(late(format!("the store did not answer within {limit:?}"))),
        }
    }

    fn broker(&self) -> &Broker {
        self.services.egress.broker()
    }
}

impl WasiView for Guest {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for Guest {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { ctx: &mut self.http, table: &mut self.table, hooks: &mut self.hooks }
    }
}

impl types::Host for Guest {}

impl state::Host for Guest {
    async fn get(
        &mut self,
        key: String,
    ) -> wasmtime::Result<Result<Option<state::Entry>, state::Error>> {
        Ok(self.on_store(state::Error::Unavailable, move |store| store.get(&key)).await)
    }

    async fn get_many(
        &mut self,
        keys: Vec<String>,
    ) -> wasmtime::Result<Result<Vec<Option<state::Entry>>, state::Error>> {
        Ok(self.on_store(state::Error::Unavailable, move |store| store.get_many(&keys)).await)
    }

    async fn scan(
        &mut self,
        prefix: String,
        start: Option<String>,
        limit: u32,
    ) -> wasmtime::Result<Result<state::Page, state::Error>> {
        let scan = move |store: &dyn Store| store.scan(&prefix, start.as_deref(), limit);
        Ok(self.on_store(state::Error::Unavailable, scan).await)
    }

    async fn put_if(
        &mut self,
        put: state::ConditionalPut,
    ) -> wasmtime::Result<Result<state::PutOutcome, state::Error>> {
        Ok(self.on_store(state::Error::OutcomeUnknown, move |store| store.put_if(&put)).await)
    }

    async fn delete_if(
        &mut self,
        key: String,
        expected: u64,
    ) -> wasmtime::Result<Result<state::DeleteOutcome, state::Error>> {
        let delete = move |store: &dyn Store| store.delete_if(&key, expected);
        Ok(self.on_store(state::Error::OutcomeUnknown, delete).await)
    }

    async fn apply(
        &mut self,
        puts: Vec<state::ConditionalPut>,
    ) -> wasmtime::Result<Result<Vec<u64>, state::Error>> {
        Ok(self.on_store(state::Error::OutcomeUnknown, move |store| store.apply(&puts)).await)
    }

    async fn traits(&mut self) -> wasmtime::Result<Result<state::Capabilities, state::Error>> {
        Ok(Ok(self.services.store.traits()))
    }
}

impl credentials::Host for Guest {
    async fn authorization(
        &mut self,
        connection: String,
    ) -> wasmtime::Result<Result<credentials::Token, credentials::Error>> {
        let limit = self.limits.import;
        let asked = timeout(limit, self.broker().authorization(&connection)).await;
        Ok(asked.unwrap_or_else(|_| {
            let reason = format!("no token for `{connection}` within {limit:?}");
            Err(credentials::Error::Unavailable(reason))
        }))
    }

    async fn rejected(&mut self, connection: String, generation: u64) -> wasmtime::Result<()> {
        // Whoever refreshes right now holds the lock; then a newer generation is on its way.
        let noted = timeout(self.limits.import, self.broker().rejected(&connection, generation));
        if noted.await.is_err() {
            tracing::warn!(connection, generation, "a rejected token could not be noted in time");
        }
        Ok(())
    }
}

impl telemetry::Host for Guest {
    fn log(
        &mut self,
        level: telemetry::Level,
        message: String,
        fields: Vec<telemetry::Field>,
    ) -> wasmtime::Result<()> {
        crate::telemetry::log(&self.services.tenant, level, &message, &fields);
        Ok(())
    }

    fn progress(&mut self, stage: String, done: u64, total: Option<u64>) -> wasmtime::Result<()> {
        self.services.progress.progress(&stage, done, total);
        Ok(())
    }
}
