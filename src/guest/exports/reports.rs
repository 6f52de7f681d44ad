//! The `reports` interface.

use super::Component;
use super::convert::{answer, answers, list};
use crate::api::reports as api;
use crate::guest::bindings::consonance_smintio::connector::types::Error;
use crate::guest::bindings::exports::consonance_smintio::connector::reports as wit;
use crate::guest::panic;
use crate::guest::platform::Imports;
use crate::model::date::show_day;

impl wit::Guest for Component {
    fn readiness(config: String, within_days: u32) -> Result<Vec<wit::ReadinessLine>, Error> {
        panic::report_to_platform();
        answers(api::readiness(&Imports, &config, within_days))
    }

    fn launch_kits(config: String) -> Result<Vec<wit::LaunchKit>, Error> {
        panic::report_to_platform();
        answers(api::launch_kits(&Imports, &config))
    }

    fn audit(
        config: String,
        run_id: Option<String>,
        start: Option<String>,
        limit: u32,
    ) -> Result<wit::AuditPage, Error> {
        panic::report_to_platform();
        answer(api::audit(&Imports, &config, run_id.as_deref(), start.as_deref(), limit))
    }
}

impl From<api::ReadinessLine> for wit::ReadinessLine {
    fn from(line: api::ReadinessLine) -> Self {
        Self {
            title: line.title,
            product_id: line.product_id.0,
            milestone: line.milestone,
            due: line.due.map(show_day),
            role: line.role,
            state: line.state,
            why: line.why,
        }
    }
}

impl From<api::LaunchKit> for wit::LaunchKit {
    fn from(kit: api::LaunchKit) -> Self {
        Self {
            title: kit.title,
            collection: kit.collection.map(|collection| collection.0),
            complete_percent: kit.complete_percent,
            missing: kit.missing,
            manifest_sha256: kit.manifest_sha256,
            manifest: kit.manifest,
            shared_until: kit.shared_until,
        }
    }
}

impl From<api::AuditEntry> for wit::AuditEntry {
    fn from(entry: api::AuditEntry) -> Self {
        Self {
            run_id: entry.run_id,
            sequence: entry.sequence,
            at: entry.at.0,
            document: entry.document,
        }
    }
}

impl From<api::AuditPage> for wit::AuditPage {
    fn from(page: api::AuditPage) -> Self {
        Self { entries: list(page.entries), next: page.next }
    }
}
