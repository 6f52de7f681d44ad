//! Both vendors, small but true, around the connector's own code, in one process under a virtual
//! clock. Invariant: every report that passes through here adds up.

use connector_tests::world::{Secret, SeededWorld, Shared};
use consonance_smintio::api::connector::{Report, RunState};
use consonance_smintio::api::{self, Budget};
use consonance_smintio::model::date::Instant;
use consonance_smintio::platform::Platform;
use serde_json::{Value, json};
use simulators::consonance::{self, Consonance, Decode};
use simulators::faults::Faulty;
use simulators::smintio::{self, Smintio};
use simulators::world::seed::World;
use simulators::world::{self, Options};

const CONSONANCE: &str = "http://127.0.0.1:4001";
const IMAGES: &str = "http://127.0.0.1:4002";
const SMINTIO: &str = "http://127.0.0.1:4003";
const FILES: &str = "http://127.0.0.1:4004";

/// 2026-11-18T19:06:40Z: the day for which the worlds are made.
const START: Instant = Instant(1_795_028_800_000);

/// A canary: it must never be seen outside the credential store.
pub const CLIENT_SECRET: &str = "canary-client-secret";

/// The flow under test.
pub const FLOW: &str = "approved-assets";

/// A vendor core with a fault plan that a test may fill.
pub type Core<V> = Shared<Faults<V>>;

/// Changes an answer on its way, as a vendor with odd records would give it.
pub type Edit = Box<dyn FnMut(&simulators::http::Request, &mut simulators::http::Response) + Send>;

/// Lets `Faulty` stand where a core stands: a lost answer has status 0, which the world swallows.
pub struct Faults<V>(pub Faulty<V>, pub Option<Edit>);

impl<V: simulators::http::Vendor> simulators::http::Vendor for Faults<V> {
    fn handle(
        &mut self,
        now: simulators::http::InstantMs,
        request: &simulators::http::Request,
    ) -> simulators::http::Response {
        let Some(mut response) = self.0.handle(now, request).without_socket() else {
            return simulators::http::Response::new(0, "text/plain", "");
        };
        if let Some(edit) = &mut self.1 {
            edit(request, &mut response);
        }
        response
    }

    fn fetches(&mut self, now: simulators::http::InstantMs) -> Vec<simulators::http::Fetch> {
        self.0.vendor.fetches(now)
    }

    fn fetched(
        &mut self,
        now: simulators::http::InstantMs,
        job: u64,
        answer: Option<simulators::http::Response>,
    ) {
        self.0.vendor.fetched(now, job, answer);
    }
}

/// A world with the connector in it.
pub struct Bench {
    /// The world.
    pub world: SeededWorld,
    /// Consonance.
    pub consonance: Core<Consonance>,
    /// Smint.io.
    pub smintio: Core<Smintio>,
    /// The connector's configuration.
    pub config: Value,
    /// What people had made at Consonance before the connector came.
    pub foreign: Vec<consonance::ResourceView>,
}

/// What both vendors start with.
pub fn data(titles: usize) -> World {
    let today = time::macros::date!(2026 - 11 - 18);
    world::generate(&Options { titles, seed: 7, today })
}

/// A world of these data. `seed` is for chance, not for the data.
pub fn bench(seed: u64, data: &World) -> Bench {
    bench_of(seed, data, |_, _| {})
}

/// A world of these data at vendors that behave otherwise.
pub fn bench_of(
    seed: u64,
    data: &World,
    adjust: impl FnOnce(&mut consonance::Settings, &mut smintio::Settings),
) -> Bench {
    let mut consonance_settings = consonance::Settings {
        images_origin: IMAGES.to_owned(),
        decode: Decode::Header,
        ..consonance::Settings::default()
    };
    let mut smintio_settings = smintio::Settings {
        api_origin: SMINTIO.to_owned(),
        files_origin: FILES.to_owned(),
        client_id: "client".to_owned(),
        client_secret: CLIENT_SECRET.to_owned(),
        refresh_token: "canary-refresh-token".to_owned(),
        ..smintio::Settings::default()
    };
    adjust(&mut consonance_settings, &mut smintio_settings);
    let key = format!("Bearer {}", consonance_settings.api_key);
    let portal = smintio_settings.portal_uuid.clone();
    let refresh = Secret::Refresh {
        client_id: "client".to_owned(),
        client_secret: CLIENT_SECRET.to_owned(),
        refresh_token: "canary-refresh-token".to_owned(),
    };
    let consonance =
        Shared::new(Faults(Faulty::new(Consonance::new(data, consonance_settings)), None));
    let smintio = Shared::new(Faults(Faulty::new(Smintio::new(data, smintio_settings)), None));
    let world = SeededWorld::new(seed, START)
        .vendor(&[CONSONANCE, IMAGES], consonance.clone())
        .vendor(&[SMINTIO, FILES], smintio.clone())
        .connection("consonance", CONSONANCE, Secret::Key(key))
        .connection("smintio", SMINTIO, refresh);
    let resources = consonance.with(|core| core.0.vendor.resources());
    let foreign = resources.into_iter().filter(|r| r.foreign).collect();
    Bench { world, consonance, smintio, config: config(data, &portal), foreign }
}

fn config(data: &World, portal: &str) -> Value {
    let source = |collection: &str, role: &str| json!({ "collection": collection, "role": role, "download-item": "jpeg-original" });
    json!({
        "first-run": "apply",
        "accept-unproven": true,
        "consonance": { "base-url": CONSONANCE, "connection": "consonance" },
        "smintio": {
            "clapi": { "base-url": SMINTIO, "connection": "smintio" },
            "portals": {
                "base-url": SMINTIO,
                "portal": portal,
                "connection": "smintio",
                "poll-ms": 1_100,
                "asset-page": "https://portal.example/asset/{asset}",
                "download-origins": [FILES],
            },
        },
        "rights": { "default-language": "eng", "legal-entity": world::LEGAL_ENTITY },
        "engine": { "withdrawal": "auto" },
        "source": [
            source("8101", "front_cover"),
            source("8102", "front_cover"),
            source("8103", "author_photo"),
            source("8104", "marketing_digital"),
        ],
        "declaration": data.declarations,
        "provider-profile": data.provider_profiles,
    })
}

/// What a call may use in the tests.
pub const BUDGET: Budget = Budget { deadline_ms: 600_000, max_requests: 2_000, max_writes: 10_000 };

impl Bench {
    /// One call of `run`.
    pub fn run_once(&self, platform: &dyn Platform) -> Result<(RunState, Report), String> {
        self.run_flow(platform, FLOW)
    }

    /// One call of `run` for a flow.
    pub fn run_flow(
        &self,
        platform: &dyn Platform,
        flow: &str,
    ) -> Result<(RunState, Report), String> {
        let result = api::connector::run(platform, &self.config.to_string(), flow, BUDGET)
            .map_err(|error| format!("{error:?}"))?;
        adds_up(&result.report);
        Ok((result.state, result.report))
    }

    /// Runs until it is done, as a patient host does: waits where it is asked to, waits out a
    /// lease, and comes back after an error.
    pub fn settle(&self, tries: u32) -> Result<Report, String> {
        self.settle_flow(FLOW, tries)
    }

    /// The same for a flow.
    pub fn settle_flow(&self, flow: &str, tries: u32) -> Result<Report, String> {
        let mut last = String::new();
        for _ in 0..tries {
            match self.run_flow(&self.world, flow) {
                Ok((RunState::Done, report)) => return Ok(report),
                Ok((RunState::Paused(at), _)) => {
                    let now = self.world.now();
                    self.world.advance(at.0.saturating_sub(now.0).max(100));
                    last = format!("paused until {at:?}");
                }
                Ok((RunState::Busy, _)) => {
                    self.world.advance(130_000);
                    "busy".clone_into(&mut last);
                }
                Ok((RunState::AwaitingAcceptance(item), _)) => return Err(item),
                Err(error) => {
                    last = error;
                    self.world.advance(60_000);
                }
            }
        }
        Err(last)
    }

    /// Acts on Consonance as a person.
    pub fn on_consonance<T>(&self, act: impl FnOnce(&mut Consonance) -> T) -> T {
        self.consonance.with(|core| act(&mut core.0.vendor))
    }

    /// Acts on Smint.io as a person.
    pub fn on_smintio<T>(&self, act: impl FnOnce(&mut Smintio) -> T) -> T {
        self.smintio.with(|core| act(&mut core.0.vendor))
    }

    /// What hangs where in Consonance, without ids and addresses: two equal pictures are the same
    /// world to a person.
    pub fn picture(&self) -> Vec<String> {
        let foreign = self.on_consonance(|c| c.foreign_ids());
        let image = |id| self.on_consonance(|c| c.image(id)).map(|bytes| fingerprint(&bytes));
        let resource = |r: &simulators::consonance::ResourceView| {
            format!(
                "{} {:?} {:?} {:?} {:?} {:?} {:?} image {:?} foreign: {}",
                r.work_id,
                r.product_ids,
                r.variant,
                r.caption,
                r.copyright,
                r.required_credit,
                r.filename,
                image(r.id),
                foreign.contains(&r.id)
            )
        };
        let mut lines: Vec<String> =
            self.on_consonance(|c| c.resources()).iter().map(resource).collect();
        let links = self.on_consonance(|c| c.web_links());
        lines.extend(links.iter().map(|l| format!("{:?} {} {:?}", l.parent, l.link, l.role)));
        lines.sort();
        lines
    }

    /// Resources of ours in Consonance: id and caption.
    pub fn ours(&self) -> Vec<(i64, String)> {
        let foreign = self.on_consonance(|c| c.foreign_ids());
        let resources = self.on_consonance(|c| c.resources()).into_iter();
        let ours = resources.filter(|r| !foreign.contains(&r.id));
        ours.map(|r| (r.id, r.caption.unwrap_or_default())).collect()
    }

    /// Changes that Consonance was asked for.
    pub fn mutations(&self) -> u64 {
        self.on_consonance(|c| c.counts().mutations.values().sum())
    }

    /// Effects that are not settled.
    pub fn intents(&self) -> usize {
        self.world.state().keys().filter(|key| key.starts_with("intent/")).count()
    }

    /// The caption under which an asset hangs on its title.
    pub fn is_placed(&self, asset: &str) -> bool {
        let link = self.world.state().get(&format!("link/{asset}")).cloned();
        let link: Value = link.and_then(|l| serde_json::from_slice(&l).ok()).unwrap_or_default();
        link["data"]["resource"].is_object()
    }
}

/// Tells two images apart.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// read = written + unchanged + skipped + deferred + inbox
fn adds_up(report: &Report) {
    for flow in &report.flows {
        let sum = flow.written + flow.unchanged + flow.skipped + flow.deferred + flow.inbox;
        assert_eq!(flow.read, sum, "{flow:?}");
    }
}
