//! One tenant: a configuration, its connections and its store, and the component's exports as
//! methods.
//!
//! Invariant: the way out of a tenant is what the component names for its configuration plus what
//! the operator adds, fixed before the first call that may send anything.

mod inbox;
mod rights;

pub use inbox::Exported;
pub use rights::Word;

use std::sync::Arc;
use std::time::Duration;

use crate::bindings::consonance_smintio::connector::types::{Budget, Error};
use crate::bindings::exports::consonance_smintio::connector::connector::{
    CheckResult, Choice, Description, Explanation, HostCalled, PlanResult, RunResult,
};
use crate::bindings::exports::consonance_smintio::connector::reports::AuditPage;
use crate::credentials::{Broker, ConnectionSettings, Surroundings, Vault};
use crate::egress::address::AddressPolicy;
use crate::egress::allow::Rule;
use crate::egress::client::Client;
use crate::egress::origin::Origin;
use crate::egress::{Bounds, Egress};
use crate::error::CallError;
use crate::imports::Services;
use crate::platform::{Platform, within};
use crate::state::Store;
use crate::state::memory::MemoryStore;
use crate::stop::Stop;
use crate::telemetry::{ProgressSink, Silent};

/// What makes a tenant.
pub struct TenantSettings {
    /// Its name.
    pub name: String,
    /// Its configuration as JSON.
    pub config: String,
    /// Its connections.
    pub connections: Vec<ConnectionSettings>,
    /// What may be called beside the hosts that the component names.
    pub allow: Vec<Rule>,
    /// Which addresses may be connected to.
    pub addresses: AddressPolicy,
    /// Times and sizes of an exchange.
    pub bounds: Bounds,
    /// Its store.
    pub store: Arc<dyn Store>,
    /// Where its rotated refresh tokens are kept.
    pub vault: Arc<dyn Vault>,
    /// Where progress goes.
    pub progress: Arc<dyn ProgressSink>,
}

/// A tenant that calls can be made for.
pub struct Tenant {
    platform: Arc<Platform>,
    services: Services,
    config: String,
}

impl Tenant {
    /// Opens a tenant: asks the component which hosts the configuration needs.
    pub async fn open(
        platform: Arc<Platform>,
        settings: TenantSettings,
    ) -> Result<Self, CallError> {
        let client = Client::new(settings.addresses, settings.bounds.clone());
        let closed = Services {
            tenant: settings.name,
            store: settings.store,
            egress: Egress::closed(client.clone()),
            progress: settings.progress,
            stop: Stop::default(),
        };
        let mut tenant = Self { platform, services: closed, config: settings.config };
        let hosts = tenant.hosts().await?;
        let surroundings = Surroundings { client: Arc::new(client.clone()), vault: settings.vault };
        let connections = with_origins(settings.connections, &hosts)?;
        let broker = Broker::new(connections, &surroundings);
        let mut rules = settings.allow;
        for host in &hosts {
            rules.push(Rule::parse(&host.origin, &host.methods).map_err(|reason| {
                let origin = &host.origin;
                CallError::Broken(format!("it names the host `{origin}`, which is none: {reason}"))
            })?);
        }
        tenant.services.egress = Egress::new(rules, settings.bounds, client, broker);
        Ok(tenant)
    }

    /// A tenant without configuration, store and way out, for calls that need none of them.
    pub fn detached(platform: Arc<Platform>) -> Self {
        let client = Client::new(AddressPolicy::default(), Bounds::default());
        let services = Services {
            tenant: "detached".to_owned(),
            store: Arc::new(MemoryStore::default()),
            egress: Egress::closed(client),
            progress: Arc::new(Silent),
            stop: Stop::default(),
        };
        Self { platform, services, config: "{}".to_owned() }
    }

    /// The same with this configuration, for calls that only read that.
    #[must_use]
    pub fn with_config(self, config: &str) -> Self {
        Self { config: config.to_owned(), ..self }
    }

    /// Asks its calls to end: each finishes what it is about and pauses.
    pub fn stop(&self) {
        self.services.stop.ask();
    }

    /// The platform it runs on.
    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    /// What its calls have in common.
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// Its configuration as JSON.
    pub fn config(&self) -> &str {
        &self.config
    }

    /// What the component is and can do.
    pub async fn describe(&self) -> Result<Description, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_connector();
        within(self.limit(), exports.call_describe(&mut call.store)).await
    }

    /// The hosts that the configuration makes the component call.
    pub async fn hosts(&self) -> Result<Vec<HostCalled>, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_connector();
        Ok(within(self.limit(), exports.call_hosts(&mut call.store, &self.config)).await??)
    }

    /// Proves configuration, credentials and write rights without writing.
    pub async fn check(&self, budget: Budget) -> Result<Vec<CheckResult>, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_connector();
        let check = exports.call_check(&mut call.store, &self.config, budget);
        Ok(within(self.limit_of(budget), check).await??)
    }

    /// What can be chosen in the configuration.
    pub async fn discover(&self, budget: Budget) -> Result<Vec<Choice>, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_connector();
        let discover = exports.call_discover(&mut call.store, &self.config, budget);
        Ok(within(self.limit_of(budget), discover).await??)
    }

    /// What `run` would do now: one page.
    pub async fn plan(
        &self,
        flow: &str,
        start: Option<&str>,
        limit: u32,
        budget: Budget,
    ) -> Result<PlanResult, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_connector();
        let plan = exports.call_plan(&mut call.store, &self.config, flow, start, limit, budget);
        Ok(within(self.limit_of(budget), plan).await??)
    }

    /// Runs one flow until it is done or the budget is used up.
    pub async fn run(&self, flow: &str, budget: Budget) -> Result<RunResult, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_connector();
        let run = exports.call_run(&mut call.store, &self.config, flow, budget);
        Ok(within(self.limit_of(budget), run).await??)
    }

    /// Why is this cover on my title, or why not?
    pub async fn explain(&self, subject: &str) -> Result<Vec<Explanation>, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_connector();
        let explain = exports.call_explain(&mut call.store, &self.config, subject);
        Ok(within(self.limit(), explain).await??)
    }

    /// One page of the audit.
    pub async fn audit(
        &self,
        run_id: Option<&str>,
        start: Option<&str>,
        limit: u32,
    ) -> Result<AuditPage, CallError> {
        let mut call = self.platform.begin(self.services.clone()).await?;
        let exports = call.exports.consonance_smintio_connector_reports();
        let audit = exports.call_audit(&mut call.store, &self.config, run_id, start, limit);
        Ok(within(self.limit(), audit).await??)
    }

    /// How long a call without a budget may last.
    fn limit(&self) -> Duration {
        self.platform.limits().call
    }

    /// How long a call with a budget may last before it is cut off.
    fn limit_of(&self, budget: Budget) -> Duration {
        Duration::from_millis(budget.deadline_ms) + self.platform.limits().grace
    }
}

/// Each connection with the origins that its secret may go to: the operator's, else those that
/// the component names for it.
fn with_origins(
    connections: Vec<ConnectionSettings>,
    hosts: &[HostCalled],
) -> Result<Vec<(ConnectionSettings, Vec<Origin>)>, Error> {
    let mut found = Vec::new();
    for settings in connections {
        let mut origins = settings.origins.clone();
        if origins.is_empty() {
            let named = hosts.iter().filter(|h| h.connection.as_deref() == Some(&settings.name));
            for host in named {
                origins.push(Origin::parse(&host.origin).map_err(Error::Other)?);
            }
        }
        found.push((settings, origins));
    }
    Ok(found)
}
