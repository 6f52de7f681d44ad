//! Both simulated vendors on loopback, and a configuration that reaches them: for the demo, for
//! `simulate` and for tests that drive the built component.
//!
//! Invariant: nothing here is known to the component; it meets the vendors through the written
//! configuration alone, as it would meet real ones.

mod config;
mod secrets;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result};
use simulators::consonance::{self, Consonance, Decode};
use simulators::faults::Faulty;
use simulators::modes::Modes;
use simulators::server::{Bound, Clock, Running, Shared, push, serve};
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
    /// Where the notification channel is, if this consumer has one.
    pub push: Option<String>,
    world: World,
    origins: Origins,
    secrets: Secrets,
    running: Vec<Running>,
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
        Self::in_modes(scale, &Modes::default()).await
    }

    /// The same by vendors that behave as these modes say.
    pub async fn in_modes(scale: Scale, modes: &Modes) -> Result<Self> {
        let today = OffsetDateTime::now_utc().date();
        let options = Options { titles: scale.titles, seed: scale.seed, today };
        let world = tokio::task::spawn_blocking(move || generate(&options)).await?;
        Self::serving(world, scale, modes).await
    }

    /// Serves a given world on free ports.
    pub async fn of(world: World, scale: Scale) -> Result<Self> {
        Self::serving(world, scale, &Modes::default()).await
    }

    async fn serving(mut world: World, scale: Scale, modes: &Modes) -> Result<Self> {
        let secrets = Secrets::random();
        let [api, images, tenant, files] =
            [bind().await?, bind().await?, bind().await?, bind().await?];
        let origins = Origins {
            consonance: api.origin().to_owned(),
            images: images.origin().to_owned(),
            smintio: tenant.origin().to_owned(),
            files: files.origin().to_owned(),
        };
        let mut of_consonance = consonance_settings(&origins, &secrets, scale);
        let mut of_smintio = smintio_settings(&origins, &secrets, scale);
        modes.prepare(&mut world, &mut of_consonance, &mut of_smintio);
        let channel = (of_smintio.channel_id > 0).then(|| of_smintio.pusher_key.clone());
        let mut consonance = Faulty::new(Consonance::new(&world, of_consonance));
        let mut smintio = Faulty::new(Smintio::new(&world, of_smintio));
        [consonance.plan, smintio.plan] = modes.plans(scale.seed);
        let consonance = Arc::new(Mutex::new(consonance));
        let smintio = Arc::new(Mutex::new(smintio));
        let mut running = vec![
            serve(&consonance, vec![api, images], scale.latency),
            serve(&smintio, vec![tenant, files], scale.latency),
        ];
        let push = match channel {
            Some(key) => {
                let served = push::serve(&smintio, bind().await?, Clock::Real);
                let address = format!("{}/app/{key}", served.origins[0].replacen("http", "ws", 1));
                running.push(served);
                Some(address)
            }
            None => None,
        };
        Ok(Self { consonance, smintio, push, world, origins, secrets, running })
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
        // A login comes back to whatever port of this machine is free.
        redirect_uris: vec!["http://127.0.0.1:*/callback".to_owned()],
        poll_min_ms: POLL_MIN_MS,
        seed: scale.seed,
        ..smintio::Settings::default()
    }
}

#[cfg(test)]
mod tests;
