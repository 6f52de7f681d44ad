//! What every step of a run has in hand.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::consonance;
use crate::fault::Fault;
use crate::model::date::Day;
use crate::model::ids::AssetId;
use crate::platform::{Call, Level, Platform, Response};
use crate::report::Report;
use crate::smintio::{clapi, portals};
use crate::state::cursor::Trouble;

use super::budget::Budget;
use super::call::{Answers, Caller, Vendor};
use super::inbox::Draft;
use super::paging::Paging;
use super::stop::Stop;

const CONSONANCE: Vendor = Vendor { name: "consonance", check: consonance::error::check };
const CLAPI: Vendor = Vendor { name: "smintio-clapi", check: clapi::error::check };
const PORTALS: Vendor = Vendor { name: "smintio-portals", check: portals::error::check };

/// A run of one flow.
pub struct Run<'a> {
    /// The world.
    pub platform: &'a dyn Platform,
    /// The checked configuration.
    pub config: &'a Config,
    /// Sends requests within the budget.
    pub caller: Caller<'a>,
    /// What was done so far.
    pub report: Report,
    /// The run's id.
    pub id: String,
    /// The day of the run (UTC). Fixed at its start, so that one run decides by one day.
    pub today: Day,
    /// What waits for a person, as far as this run knows.
    pub inbox: Draft,
    /// How many audit entries this run wrote.
    pub audited: u32,
    /// Members of approval collections whose details this run could not read.
    pub unread: BTreeSet<AssetId>,
    /// What the page of a listing that is looked at now could not tell.
    pub troubles: Vec<Trouble>,
    /// How long a page of Portals may be.
    pub paging: Paging,
    /// Collections that were listed to their end.
    pub listed: BTreeMap<String, Listed>,
    /// Assets whose image Consonance failed on in this run.
    pub failed: BTreeSet<AssetId>,
    /// Assets in a row whose details failed.
    pub failures_in_a_row: u32,
}

/// A collection that was listed to its end.
#[derive(Debug)]
pub struct Listed {
    /// When.
    pub ended: u64,
    /// The version under which an earlier call stored that, and in how many chunks.
    pub stored: Option<(u64, u32)>,
    /// What could not be read of it.
    pub troubles: Vec<Trouble>,
}

impl<'a> Run<'a> {
    /// Begins a run.
    pub fn begin(
        platform: &'a dyn Platform,
        config: &'a Config,
        flow: &str,
        budget: Budget,
    ) -> Self {
        let now = platform.now();
        // Ids sort by time, and two hosts that start in one millisecond still differ.
        let id = format!("{:013}-{:08x}", now.0, platform.random() & 0xffff_ffff);
        Self {
            platform,
            config,
            caller: Caller::new(platform, budget),
            report: Report::new(&id, flow),
            id,
            today: now.day(),
            inbox: Draft::of(flow),
            audited: 0,
            unread: BTreeSet::new(),
            troubles: Vec::new(),
            paging: Paging::default(),
            listed: BTreeMap::new(),
            failed: BTreeSet::new(),
            failures_in_a_row: 0,
        }
    }

    /// Calls Consonance.
    pub fn consonance(&mut self, calls: Vec<Call>) -> Result<Answers, Stop> {
        self.caller.all(calls, CONSONANCE)
    }

    /// Calls Consonance once.
    pub fn consonance_one(&mut self, call: Call) -> Result<Result<Response, Fault>, Stop> {
        self.caller.one(call, CONSONANCE)
    }

    /// Calls CLAPI-C.
    pub fn clapi(&mut self, calls: Vec<Call>) -> Result<Answers, Stop> {
        self.caller.all(calls, CLAPI)
    }

    /// Calls CLAPI-C once.
    pub fn clapi_one(&mut self, call: Call) -> Result<Result<Response, Fault>, Stop> {
        self.caller.one(call, CLAPI)
    }

    /// Calls Portals.
    pub fn portals(&mut self, calls: Vec<Call>) -> Result<Answers, Stop> {
        self.caller.all(calls, PORTALS)
    }

    /// Calls Portals once.
    pub fn portals_one(&mut self, call: Call) -> Result<Result<Response, Fault>, Stop> {
        self.caller.one(call, PORTALS)
    }

    /// Says something to whoever watches.
    pub fn log(&self, level: Level, message: &str, fields: &[(&str, String)]) {
        self.platform.log(level, message, fields);
    }
}
