//! Writes that rest on names which no source confirms need proof by the live schema, or the
//! operator's word.

use super::run::Run;
use super::stop::{Stop, by_fault};
use crate::consonance::{Write, decode, prove, request};
use crate::order;

/// Proves the names of these writes, unless the operator accepts them unproven.
pub fn prove(run: &mut Run, writes: impl IntoIterator<Item = Write>) -> Result<(), Stop> {
    if run.config.accept_unproven {
        return Ok(());
    }
    let call = request::introspect(&run.config.consonance);
    let answer = run.consonance_one(call)?.and_then(|r| decode::schema(&r.body));
    let schema = answer.map_err(|fault| by_fault(run.platform, "Consonance", fault))?;
    let profile = &run.config.consonance.profile;
    let proofs = prove::prove(profile, &schema);
    let mut unproven: Vec<String> = writes
        .into_iter()
        .flat_map(|write| profile.unproven(write, &proofs))
        .map(|n| n.name.to_string())
        .collect();
    order::sort_once(&mut unproven);
    if unproven.is_empty() {
        return Ok(());
    }
    Err(Stop::Denied(format!(
        "Consonance's schema does not prove these names: {}. Run `check`, mend consonance.profile, \
         or set accept-unproven = true",
        unproven.join(", ")
    )))
}
