//! Both simulated vendors on loopback, and a configuration that reaches them: for the demo, for
//! `simulate` and for tests that drive the built component.
//!
//! Invariant: nothing here is known to the component; it meets the vendors through the written
//! configuration alone, as it would meet real ones.

mod config;
mod secrets;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use simulators::consonance::{self, Consonance, Decode};
use simulators::faults::{Fault, FaultPlan, Faulty};
use simulators::server::{Bound, Running, Shared, serve};
use simulators::smintio::{self, Smintio};
use simulators::world::{Options, Summary, generate, seed::World};
use time::OffsetDateTime;

use secrets::Secrets;

/// Beyond this many titles files are looked at less closely, so that a large run measures the
/// connector and not the simulator.
const TITLES_DECODED_WHOLE: usize = 1_000;
/// The vendor's own pace is a second and more; a demo should not take minutes.
const POLL_MIN_MS: u64 = 20;

/// What to simulate.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// How many titles.
    pub titles: usize,
    /// Decides everything that is made up.
    pub seed: u64,
    /// How long every answer takes at least.
    pub latency: Duration,
}

/// Both vendors, served until this is dropped.
pub struct Simulation {
    /// Consonance's core.
    pub consonance: Shared<Consonance>,
    /// Smint.io's core.
    pub smintio: Shared<Smintio>,
    world: World,
    origins: Origins,
    secrets: Secrets,
    running: [Running; 2],
}

/// Where the vendors are.
struct Origins {
    consonance: String,
    images: String,
    smintio: String,
    files: String,
}

impl Simulation {
    /// Makes a world and serves it on free ports.
    pub async fn start(scale: Scale) -> Result<Self> {
        let today = OffsetDateTime::now_utc().date();
        let options = Options { titles: scale.titles, seed: scale.seed, today };
        let world = tokio::task::spawn_blocking(move || generate(&options)).await?;
        Self::of(world, scale).await
    }

    /// Serves a given world on free ports.
    pub async fn of(world: World, scale: Scale) -> Result<Self> {
        let secrets = Secrets::random();
        let [api, images, tenant, files] =
            [bind().await?, bind().await?, bind().await?, bind().await?];
        let origins = Origins {
            consonance: api.origin().to_owned(),
            images: images.origin().to_owned(),
            smintio: tenant.origin().to_owned(),
            files: files.origin().to_owned(),
        };
        let consonance = Consonance::new(&world, consonance_settings(&origins, &secrets, scale));
        let smintio = Smintio::new(&world, smintio_settings(&origins, &secrets, scale));
        let consonance = Arc::new(Mutex::new(Faulty::new(consonance)));
        let smintio = Arc::new(Mutex::new(Faulty::new(smintio)));
        let running = [
            serve(&consonance, vec![api, images], scale.latency),
            serve(&smintio, vec![tenant, files], scale.latency),
        ];
        Ok(Self { consonance, smintio, world, origins, secrets, running })
    }

    /// What the world holds.
    pub fn summary(&self) -> Summary {
        self.world.summary()
    }

    /// The origins of both vendors: Consonance, its images, Smint.io, its files.
    pub fn origins(&self) -> [&str; 4] {
        let Origins { consonance, images, smintio, files } = &self.origins;
        [consonance, images, smintio, files]
    }

    /// Lets these faults happen at both vendors from now on; the seed decides the random ones.
    pub fn set_faults(&self, faults: &[Fault], seed: u64) {
        let plan = || FaultPlan::new(faults.to_vec(), seed);
        // A poisoned lock is a simulator that panicked: its answers tell that already.
        self.consonance.lock().unwrap_or_else(PoisonError::into_inner).plan = plan();
        self.smintio.lock().unwrap_or_else(PoisonError::into_inner).plan = plan();
    }

    /// Ends both services and waits until nothing is left of them.
    pub async fn stop(self) {
        for running in self.running {
            running.stop().await;
        }
    }
}

async fn bind() -> Result<Bound> {
    let any_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    Bound::bind(any_port).await.context("taking a loopback address")
}

fn consonance_settings(origins: &Origins, secrets: &Secrets, scale: Scale) -> consonance::Settings {
    let decode = if scale.titles > TITLES_DECODED_WHOLE { Decode::Header } else { Decode::Whole };
    consonance::Settings {
        api_key: secrets.consonance_key.clone(),
        images_origin: origins.images.clone(),
        decode,
        ..consonance::Settings::default()
    }
}

fn smintio_settings(origins: &Origins, secrets: &Secrets, scale: Scale) -> smintio::Settings {
    smintio::Settings {
        api_origin: origins.smintio.clone(),
        files_origin: origins.files.clone(),
        client_id: secrets::CLIENT_ID.to_owned(),
        client_secret: secrets.client_secret.clone(),
        refresh_token: secrets.refresh_token.clone(),
        poll_min_ms: POLL_MIN_MS,
        seed: scale.seed,
        ..smintio::Settings::default()
    }
}

#[cfg(test)]
mod tests;
