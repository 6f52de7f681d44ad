//! Tells the adapter, a few assets at a time, and notes what was told.

use serde_json::json;

use super::{Telling, refused, why};
use crate::engine::budget::Budget;
use crate::engine::lease::Held;
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::engine::tasks::{self, TaskResult};
use crate::fault::Fault;
use crate::limits::OPERATIONS_AT_ONCE;
use crate::model::ids::AssetId;
use crate::report::{Outcome, RecordState};
use crate::smintio::portals::request;
use crate::state::audit::AuditEntry;
use crate::state::context::{RefusedContext, SentContext};
use crate::state::keys::sha256_hex;
use crate::state::{keys, store};

/// The name of the change in plans and in the audit.
pub const ACTION: &str = "set-title-context";

/// Requests for one asset: the call and two polls of its task.
const REQUESTS_EACH: u32 = 3;

/// Tells them all.
pub fn send(run: &mut Run, lease: &mut Held, tellings: &[Telling]) -> Result<(), Stop> {
    for telling in tellings {
        run.report.record(&telling.asset, RecordState::Deferred);
    }
    let mut rest = tellings;
    while !rest.is_empty() {
        let each = rest.iter().take(OPERATIONS_AT_ONCE).map(|_| 1);
        let fits = run.caller.budget.operations(each, REQUESTS_EACH);
        if fits == 0 {
            return Err(Budget::used_up(run.platform));
        }
        let (chunk, later) = rest.split_at(fits);
        run.caller.budget.check_time(run.platform)?;
        lease.renew(run.platform)?;
        let config = &run.config.portals;
        let call =
            |t: &Telling| request::set_title_context(config, &AssetId(t.asset.clone()), &t.text);
        let calls = chunk.iter().map(call).collect();
        let noted =
            chunk.iter().map(|telling| begin(run, telling)).collect::<Result<Vec<_>, _>>()?;
        run.caller.budget.spend_writes(fits);
        let results = tasks::all(run, calls)?;
        run.report.writes += fits as u64;
        for ((telling, version), result) in chunk.iter().zip(noted).zip(results) {
            take_in(run, telling, version, result)?;
        }
        rest = later;
        let done = tellings.len().saturating_sub(rest.len()) as u64;
        run.platform.progress("contexts", done, Some(tellings.len() as u64));
    }
    Ok(())
}

/// Notes that what the adapter knows of the asset is not known, until it has answered.
fn begin(run: &Run, telling: &Telling) -> Result<u64, Stop> {
    let unknown = base(telling, String::new(), None);
    let key = keys::context(&AssetId(telling.asset.clone()));
    Ok(store::put(run.platform, &key, telling.version, &unknown)?)
}

fn base(telling: &Telling, sha256: String, refused: Option<RefusedContext>) -> SentContext {
    SentContext { asset: telling.asset.clone(), work: telling.work, sha256, refused }
}

fn take_in(run: &mut Run, telling: &Telling, version: u64, result: TaskResult) -> Result<(), Stop> {
    match result {
        Ok(_) => note(run, telling, version),
        Err(Fault::Refused(why) | Fault::NotFound(why)) => give_up(run, telling, version, why),
        Err(Fault::Transient(why) | Fault::Unknown(why) | Fault::Unreadable(why)) => {
            ended(run, telling, RecordState::Deferred, format!("it is told again later: {why}"));
            Ok(())
        }
        Err(fault) => Err(by_fault(run.platform, "Portals", fault)),
    }
}

/// Remembered before anybody is asked, so that no later run tries it again by itself.
fn give_up(run: &mut Run, telling: &Telling, version: u64, why: String) -> Result<(), Stop> {
    let sha256 = sha256_hex(telling.text.as_bytes());
    let refused = RefusedContext { sha256, why, run_id: run.id.clone() };
    let item = refused::told(&telling.asset, &refused);
    let key = keys::context(&AssetId(telling.asset.clone()));
    let after = base(telling, String::new(), Some(refused));
    store::put(run.platform, &key, Some(version), &after)?;
    refused::ask(run, &telling.asset, item);
    Ok(())
}

fn ended(run: &mut Run, telling: &Telling, state: RecordState, why: String) {
    let record_id = telling.asset.clone();
    run.report.outcome(Outcome { record_id, state, why, decision: None });
}

fn note(run: &mut Run, telling: &Telling, version: u64) -> Result<(), Stop> {
    let entry = AuditEntry {
        run_id: run.id.clone(),
        sequence: run.audited,
        at: run.platform.now().0,
        action: ACTION.to_owned(),
        asset: telling.asset.clone(),
        work: telling.work,
        why: why(telling).to_owned(),
        document: json!({ "context": telling.text }),
    };
    store::put(run.platform, &keys::audit(&run.id, run.audited), None, &entry)?;
    run.audited += 1;
    let sent = base(telling, sha256_hex(telling.text.as_bytes()), None);
    let key = keys::context(&AssetId(telling.asset.clone()));
    store::put(run.platform, &key, Some(version), &sent)?;
    run.report.record(&telling.asset, RecordState::Written);
    Ok(())
}
