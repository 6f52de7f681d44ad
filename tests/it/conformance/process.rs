//! The door that the rest of the suite uses: the vendors' cores behind `Vendors`, in one process.

use super::door::Door;
use super::small;
use crate::bench::{Core, Faults};
use connector_tests::world::{Shared, Vendors};
use simulators::consonance::Consonance;
use simulators::faults::Faulty;
use simulators::http::{Request, Response, Vendor};
use simulators::modes::Modes;
use simulators::smintio::Smintio;

struct InProcess {
    vendors: Vendors,
    now: u64,
}

/// Opens it.
pub fn open(modes: &[String]) -> Box<dyn Door> {
    let modes = Modes::named(modes).expect("known modes");
    let origin = |place: &str| format!("http://{place}.test");
    let setup = small::setup(&modes, origin);
    let [at_consonance, at_smintio] = modes.plans(1);
    let mut consonance = Faulty::new(Consonance::new(&setup.world, setup.consonance));
    consonance.plan = at_consonance;
    let mut smintio = Faulty::new(Smintio::new(&setup.world, setup.smintio));
    smintio.plan = at_smintio;
    let mut vendors = Vendors::default();
    let add = |vendors: &mut Vendors, places: [&str; 2], core: Box<dyn Vendor>| {
        let origins = places.map(origin);
        vendors.add(&[&origins[0], &origins[1]], core);
    };
    let core: Core<Consonance> = Shared::new(Faults(consonance, None));
    add(&mut vendors, ["consonance", "images"], Box::new(core));
    let core: Core<Smintio> = Shared::new(Faults(smintio, None));
    add(&mut vendors, ["smintio", "files"], Box::new(core));
    Box::new(InProcess { vendors, now: small::START })
}

impl Door for InProcess {
    fn send(&mut self, request: &Request) -> Option<Response> {
        // Status 0 is how the suite's vendors say that nothing came back.
        self.vendors.send(self.now, request).filter(|response| response.status != 0)
    }

    fn advance(&mut self, ms: u64) {
        self.now += ms;
        self.vendors.pump(self.now);
    }

    fn clock(&self) -> Option<u64> {
        None
    }

    fn settle(&mut self) {
        self.vendors.pump(self.now);
    }

    fn origin(&self, place: &str) -> String {
        format!("http://{place}.test")
    }
}
