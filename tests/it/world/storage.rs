//! The store as the connector meets it: the true store behind faults.

use super::Inner;
use super::trace::fnv;
use consonance_smintio::platform::{ConditionalPut, DeleteOutcome, Entry, PutOutcome, StateError};

/// Whether the store answers this time.
pub fn answers(inner: &mut Inner) -> Result<(), StateError> {
    let rate = inner.options.store_unavailable;
    if inner.fault_rng.hit(rate) {
        return Err(StateError::Unavailable("the store does not answer".to_owned()));
    }
    Ok(())
}

/// A page, sometimes a short one.
pub fn scan(
    inner: &mut Inner,
    prefix: &str,
    start: Option<&str>,
    limit: u32,
) -> Result<(Vec<Entry>, Option<String>), StateError> {
    answers(inner)?;
    let rate = inner.options.page_short;
    let short = limit > 1 && limit <= 1_000 && inner.fault_rng.hit(rate);
    let limit = if short {
        1 + u32::try_from(inner.fault_rng.below(u64::from(limit) - 1)).unwrap_or(0)
    } else {
        limit
    };
    inner.store.scan(prefix, start, limit)
}

/// A conditional put.
pub fn put_if(inner: &mut Inner, put: &ConditionalPut) -> Result<PutOutcome, StateError> {
    let result = write(inner, &put.key, |inner| inner.store.put_if(put));
    let value = fnv(0, &put.value);
    let outcome = match &result {
        Ok(PutOutcome::Stored(_)) => "stored".to_owned(),
        Ok(PutOutcome::Lost(_)) => "lost".to_owned(),
        Err(error) => format!("{error:?}"),
    };
    inner.trace.note(format!("put {} {value:016x} -> {outcome}", put.key));
    result
}

/// A conditional delete.
pub fn delete_if(inner: &mut Inner, key: &str, expected: u64) -> Result<DeleteOutcome, StateError> {
    let result = write(inner, key, |inner| Ok(inner.store.delete_if(key, expected)));
    let outcome = match &result {
        Ok(DeleteOutcome::Deleted) => "deleted".to_owned(),
        Ok(DeleteOutcome::Lost(_)) => "lost".to_owned(),
        Err(error) => format!("{error:?}"),
    };
    inner.trace.note(format!("delete {key} -> {outcome}"));
    result
}

/// Puts in order until one is lost, or until the store has enough.
pub fn apply(inner: &mut Inner, puts: &[ConditionalPut]) -> Result<Vec<u64>, StateError> {
    let rate = inner.options.apply_short;
    let end = if inner.fault_rng.hit(rate) {
        usize::try_from(inner.fault_rng.below(puts.len() as u64)).unwrap_or(0)
    } else {
        puts.len()
    };
    let mut versions = Vec::new();
    for put in puts.iter().take(end) {
        match put_if(inner, put) {
            Ok(PutOutcome::Stored(version)) => versions.push(version),
            Ok(PutOutcome::Lost(_)) => break,
            Err(unknown @ StateError::OutcomeUnknown(_)) => return Err(unknown),
            // What is applied is applied: a later put that fails only ends the call.
            Err(_) if !versions.is_empty() => break,
            Err(error) => return Err(error),
        }
    }
    Ok(versions)
}

fn write<T>(
    inner: &mut Inner,
    key: &str,
    act: impl FnOnce(&mut Inner) -> Result<T, StateError>,
) -> Result<T, StateError> {
    let unknown = || StateError::OutcomeUnknown("the store's answer was lost".to_owned());
    answers(inner)?;
    let options = inner.options;
    if inner.fault_rng.hit(options.write_unknown_not_done) {
        return Err(unknown());
    }
    if inner.fault_rng.hit(options.write_lost) {
        inner.store.touch(key);
    }
    let result = act(inner)?;
    if inner.fault_rng.hit(options.write_unknown_done) {
        return Err(unknown());
    }
    Ok(result)
}
