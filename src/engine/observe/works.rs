//! Reads works in batches, and a batch that is too much in halves, down to the one that spoils it.

use crate::consonance::{decode, decode::Lookup, request};
use crate::engine::run::Run;
use crate::engine::stop::{Stop, by_fault};
use crate::fault::{BadRecord, Fault};
use crate::limits::WORKS_PER_QUERY;
use crate::model::ids::WorkId;
use crate::model::title::Title;
use crate::order;

/// Queries in flight at once: four answers of 25 works fit into memory many times over.
const QUERIES_AT_ONCE: usize = 4;

/// Reads these works whole, each once, ascending.
pub fn read(run: &mut Run, ids: &[WorkId]) -> Result<Vec<(WorkId, Lookup<Title>)>, Stop> {
    let mut found = Vec::with_capacity(ids.len());
    // Asked for twice in one query, a work would be missing the second time.
    let mut once = ids.to_vec();
    order::sort_once(&mut once);
    let mut queue: Vec<Vec<WorkId>> = once.chunks(WORKS_PER_QUERY).map(<[_]>::to_vec).collect();
    queue.reverse();
    while !queue.is_empty() {
        let batch = queue.split_off(queue.len().saturating_sub(QUERIES_AT_ONCE));
        let calls = batch.iter().map(|ids| request::works(&run.config.consonance, ids)).collect();
        let answers = run.consonance(calls)?;
        for (ids, answer) in batch.into_iter().zip(answers) {
            let works = answer
                .and_then(|response| decode::works(&run.config.consonance, &response.body, &ids));
            match works {
                Ok(works) => found.extend(works),
                Err(fault) => halve(run, &mut queue, &mut found, ids, fault)?,
            }
        }
    }
    order::sort_by_key(&mut found, |(id, _)| *id);
    Ok(found)
}

fn halve(
    run: &Run,
    queue: &mut Vec<Vec<WorkId>>,
    found: &mut Vec<(WorkId, Lookup<Title>)>,
    mut ids: Vec<WorkId>,
    fault: Fault,
) -> Result<(), Stop> {
    match (fault, ids.as_slice()) {
        (Fault::Unreadable(_) | Fault::Transient(_), [_, _, ..]) => {
            let rest = ids.split_off(ids.len() / 2);
            queue.push(rest);
            queue.push(ids);
            Ok(())
        }
        (Fault::Unreadable(reason), [id]) => {
            let bad = BadRecord { record_id: format!("title:{id}"), reason };
            found.push((*id, Lookup::Unreadable(bad)));
            Ok(())
        }
        (other, _) => Err(by_fault(run.platform, "Consonance", other)),
    }
}
