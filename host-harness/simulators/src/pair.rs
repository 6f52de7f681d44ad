//! Both vendors of one world on loopback, for the demo, `simulate` and the tests: one call starts
//! them, and what a configuration needs to reach them stands in fields.
//!
//! Invariant: both know the same world, and their keys and tokens open nothing but themselves.

use crate::consonance::{self, Consonance};
use crate::faults::{FaultPlan, Faulty};
use crate::server::{self, Bound, Running, Shared};
use crate::smintio::{self, Smintio};
use crate::world::Rng;
use crate::world::seed::World;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// Ports on 127.0.0.1; 0 is any free one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ports {
    /// Consonance's API.
    pub consonance: u16,
    /// Consonance's image store.
    pub images: u16,
    /// Smint.io's identity, CLAPI-C and Portals.
    pub smintio: u16,
    /// Smint.io's signed downloads.
    pub files: u16,
}

/// Keys and tokens of the simulated vendors. They have no `Debug`, so that logs stay as they would
/// be with real ones.
#[derive(Clone)]
pub struct Secrets {
    /// Consonance's API key.
    pub api_key: String,
    /// The key of another Consonance client, for tests of tenancy.
    pub other_api_key: String,
    /// Smint.io's OAuth client.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// What a person's consent left behind.
    pub refresh_token: String,
}

impl Secrets {
    /// The same ones for the same seed.
    pub fn seeded(seed: u64) -> Self {
        let mut rng = Rng::new(seed, "secrets", 0);
        let mut text = |prefix: &str| format!("{prefix}{:016x}{:016x}", rng.next(), rng.next());
        Self {
            api_key: text("sim-key-"),
            other_api_key: text("sim-key-"),
            client_id: text("sim-client-"),
            client_secret: text("sim-secret-"),
            refresh_token: text("sim-refresh-"),
        }
    }

    /// New ones, which nobody guesses.
    pub fn fresh() -> Self {
        Self::seeded(RandomState::new().build_hasher().finish())
    }
}

/// How both vendors start. Origins and secrets in the vendors' own settings are filled in.
#[derive(Clone)]
pub struct PairSettings {
    /// Consonance's behaviour.
    pub consonance: consonance::Settings,
    /// Smint.io's behaviour.
    pub smintio: smintio::Settings,
    /// Where they are served.
    pub ports: Ports,
    /// The least that an answer takes.
    pub latency: Duration,
    /// Keys and tokens.
    pub secrets: Secrets,
}

impl PairSettings {
    /// The vendors' default personalities on any free ports, with these secrets.
    pub fn new(secrets: Secrets) -> Self {
        Self {
            consonance: consonance::Settings::default(),
            smintio: smintio::Settings::default(),
            ports: Ports::default(),
            latency: Duration::ZERO,
            secrets,
        }
    }

    /// Nobody waits: tasks are done after one poll at any pace, images after one read. For demos.
    #[must_use]
    pub fn quick(mut self) -> Self {
        self.consonance.processing_reads = 1;
        self.smintio.poll_min_ms = 0;
        self.smintio.polls_until_done = 1;
        self
    }
}

/// Both vendors, running. Dropping it ends them.
pub struct Pair {
    /// Keys and tokens.
    pub secrets: Secrets,
    /// Consonance's API, without the path `/graphql`.
    pub consonance_origin: String,
    /// Consonance's image store.
    pub images_origin: String,
    /// Smint.io's identity, CLAPI-C and Portals.
    pub smintio_origin: String,
    /// Smint.io's signed downloads.
    pub files_origin: String,
    /// The portal that the world's collections lie in.
    pub portal_uuid: String,
    consonance: Shared<Consonance>,
    smintio: Shared<Smintio>,
    running: [Running; 2],
}

impl Pair {
    /// Starts both vendors with the contents of a world. Needs a tokio runtime.
    pub async fn start(world: &World, settings: PairSettings) -> io::Result<Self> {
        let PairSettings { mut consonance, mut smintio, ports, latency, secrets } = settings;
        let (api, images) = (bind(ports.consonance).await?, bind(ports.images).await?);
        let (portal, files) = (bind(ports.smintio).await?, bind(ports.files).await?);
        consonance.api_key.clone_from(&secrets.api_key);
        consonance.other_api_key.clone_from(&secrets.other_api_key);
        images.origin().clone_into(&mut consonance.images_origin);
        smintio.client_id.clone_from(&secrets.client_id);
        smintio.client_secret.clone_from(&secrets.client_secret);
        smintio.refresh_token.clone_from(&secrets.refresh_token);
        portal.origin().clone_into(&mut smintio.api_origin);
        files.origin().clone_into(&mut smintio.files_origin);
        let portal_uuid = smintio.portal_uuid.clone();
        let consonance = share(Consonance::new(world, consonance));
        let smintio = share(Smintio::new(world, smintio));
        Ok(Self {
            secrets,
            consonance_origin: api.origin().to_owned(),
            images_origin: images.origin().to_owned(),
            smintio_origin: portal.origin().to_owned(),
            files_origin: files.origin().to_owned(),
            portal_uuid,
            running: [
                server::serve(&consonance, vec![api, images], latency),
                server::serve(&smintio, vec![portal, files], latency),
            ],
            consonance,
            smintio,
        })
    }

    /// Consonance, locked: to look, to act as a person would, and to plan faults. Nothing is
    /// answered meanwhile, so do not hold it across a wait.
    pub fn consonance(&self) -> MutexGuard<'_, Faulty<Consonance>> {
        server::lock(&self.consonance)
    }

    /// Smint.io, locked likewise.
    pub fn smintio(&self) -> MutexGuard<'_, Faulty<Smintio>> {
        server::lock(&self.smintio)
    }

    /// Lets things go wrong at both vendors from now on.
    pub fn set_faults(&self, consonance: FaultPlan, smintio: FaultPlan) {
        self.consonance().plan = consonance;
        self.smintio().plan = smintio;
    }

    /// Ends both and waits until nothing is left of them.
    pub async fn stop(self) {
        for running in self.running {
            running.stop().await;
        }
    }
}

fn share<V>(vendor: V) -> Shared<V>
where
    V: crate::http::Vendor,
{
    Arc::new(Mutex::new(Faulty::new(vendor)))
}

async fn bind(port: u16) -> io::Result<Bound> {
    Bound::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
}

#[cfg(test)]
mod tests;
