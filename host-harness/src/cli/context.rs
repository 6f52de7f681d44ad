//! What every command has in hand, and how it comes to a tenant.
//!
//! Invariant: the log is started once per process, before anything that may log.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use host_harness::bindings::consonance_smintio::connector::types::{Budget, Error};
use host_harness::config_file::{ConfigError, ConfigFile, Logging, PlatformSettings};
use host_harness::egress::Bounds;
use host_harness::error::CallError;
use host_harness::limits::Limits;
use host_harness::platform::Platform;
use host_harness::state::durable::DurableFile;
use host_harness::telemetry::{ProgressSink, Silent, logging, progress};
use host_harness::tenant::{Tenant, TenantSettings};
use indicatif::MultiProgress;

use super::arguments::Arguments;
use super::exit::Failure;
use super::interrupt::Interrupts;
use super::output::Output;

/// The global options and what follows from them.
pub struct Context {
    /// The configuration file.
    pub config: PathBuf,
    /// How results are shown.
    pub output: Output,
    /// Where progress goes.
    pub progress: Arc<dyn ProgressSink>,
    /// Who wants this process to end.
    pub interrupts: Interrupts,
    bars: MultiProgress,
    quiet: bool,
}

/// A tenant that was opened from a file.
pub struct Opened {
    /// The tenant.
    pub tenant: Tenant,
    /// The budget of one call.
    pub budget: Budget,
}

impl Context {
    /// From what was typed.
    pub fn new(arguments: &Arguments) -> Self {
        let bars = MultiProgress::new();
        let progress: Arc<dyn ProgressSink> =
            if arguments.quiet { Arc::new(Silent) } else { Arc::from(progress::for_stderr(&bars)) };
        Self {
            config: arguments.config.clone(),
            output: Output::new(arguments.json),
            progress,
            interrupts: Interrupts::listen(),
            bars,
            quiet: arguments.quiet,
        }
    }

    /// Starts the log as the configuration wants it.
    pub fn start_log(&self, wanted: &Logging) {
        let level = if self.quiet { "error" } else { &wanted.level };
        logging::start(wanted.format, level, &self.bars);
    }

    /// Reads the configuration and opens its tenant, for calls that need the vendors.
    pub async fn open(&self) -> Result<Opened, Failure> {
        self.open_file(&self.config).await
    }

    /// Like `open`, for calls to which the store is enough: they need no credential.
    pub async fn open_stored(&self) -> Result<Opened, Failure> {
        let file = self.read(&self.config, false).await?;
        self.opened(file).await
    }

    /// Reads a configuration and opens its tenant, for calls that need the vendors.
    pub async fn open_file(&self, path: &Path) -> Result<Opened, Failure> {
        let file = self.read(path, true).await?;
        self.opened(file).await
    }

    /// Reads a configuration. A person who mends it learns of all its mistakes at once: those of the
    /// host's part, secrets that are not there, and those of the component's part.
    pub async fn read(&self, path: &Path, needs_secrets: bool) -> Result<ConfigFile, Failure> {
        let (mut found, file) = match ConfigFile::read(path) {
            Ok(file) => (Vec::new(), file),
            Err(ConfigError::Problems(found, file)) => (found, *file),
            Err(other) => return Err(other.into()),
        };
        if needs_secrets {
            found.extend(file.missing_secrets(&found));
        }
        if found.is_empty() {
            return Ok(file);
        }
        self.start_log(&Logging::default());
        let platform = load(Limits::default(), None).await?;
        let asked = Tenant::detached(platform).with_config(&file.connector).hosts().await;
        if let Err(CallError::Refused(Error::ConfigInvalid(more))) = asked {
            found.extend(more);
        }
        Err(ConfigError::Problems(found, Box::new(file)).into())
    }

    async fn opened(&self, file: ConfigFile) -> Result<Opened, Failure> {
        self.start_log(&file.platform.logging);
        self.progress.progress("loading the component", 0, None);
        let platform = load(file.platform.limits.clone(), file.platform.component.clone()).await?;
        let budget = budget(&file.platform);
        let tenant = Tenant::open(platform, self.settings(file)?).await?;
        self.progress.finish();
        Ok(Opened { tenant, budget })
    }

    fn settings(&self, file: ConfigFile) -> Result<TenantSettings, Failure> {
        let ConfigFile { platform, connector } = file;
        let durable = DurableFile::open(&platform.store)?;
        Ok(TenantSettings {
            store: Arc::new(durable.tenant(&platform.tenant)),
            vault: Arc::new(durable),
            name: platform.tenant,
            config: connector,
            connections: platform.connections,
            allow: platform.allow,
            addresses: platform.addresses,
            bounds: Bounds::default(),
            progress: Arc::clone(&self.progress),
        })
    }

    /// A tenant for calls that need no configuration.
    pub async fn detached(&self) -> Result<Tenant, Failure> {
        self.start_log(&Logging::default());
        Ok(Tenant::detached(load(Limits::default(), None).await?))
    }
}

/// Compiling takes a second or two of pure computing: not on a thread of the runtime.
pub async fn load(limits: Limits, component: Option<PathBuf>) -> Result<Arc<Platform>, Failure> {
    let load = move || Platform::new(limits, component.as_deref());
    let loaded = tokio::task::spawn_blocking(load).await;
    let platform = loaded.map_err(|error| Failure::Platform(error.into()))??;
    Ok(Arc::new(platform))
}

fn budget(platform: &PlatformSettings) -> Budget {
    Budget {
        deadline_ms: u64::try_from(platform.budget.deadline.as_millis()).unwrap_or(u64::MAX),
        max_requests: platform.budget.max_requests,
        max_writes: platform.budget.max_writes,
    }
}
