//! The licence feed: a log read by position. The cursor is a position as decimal text; a page
//! never contains one purchase twice, and only the position decides what comes next.

use super::super::Smintio;
use super::super::refusal::Refusal;
use super::super::settings::FeedManner;
use super::super::store::Entry;
use super::super::unconfirmed::{FEED_CURSOR_PARAMETER, FEED_LIMIT_PARAMETER};
use crate::http::InstantMs;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const DEFAULT_LIMIT: u32 = 10;

/// One page, in the manner of this feed.
pub fn page(
    server: &mut Smintio,
    now: InstantMs,
    query: &BTreeMap<String, String>,
) -> Result<Value, Refusal> {
    if server.settings.feed == FeedManner::Repeats
        && let Some(before) = server.feed_before.take()
    {
        return Ok(before);
    }
    let mut page = true_page(server, now, query)?;
    if server.settings.feed == FeedManner::Stuck {
        let asked = query.get(FEED_CURSOR_PARAMETER).filter(|text| !text.is_empty());
        page["continuation_uuid"] = json!(asked.map_or("0", String::as_str));
    }
    server.feed_before = Some(page.clone());
    Ok(page)
}

/// How many entries of the log there are for a reader at that time.
pub fn visible(server: &Smintio, now: InstantMs) -> usize {
    let all = server.store.log.len();
    let Some(steps) = now
        .saturating_sub(server.grows_from.unwrap_or(now))
        .checked_div(server.settings.feed_grows_ms)
    else {
        return all;
    };
    usize::try_from(steps).unwrap_or(all).min(all)
}

fn true_page(
    server: &Smintio,
    now: InstantMs,
    query: &BTreeMap<String, String>,
) -> Result<Value, Refusal> {
    let cursor = query.get(FEED_CURSOR_PARAMETER).map_or("", String::as_str);
    let start = position(cursor)?;
    let limit = limit(query, server.settings.feed_page_max)?;
    let (entries, next) = read(&server.store.log[..visible(server, now)], start, limit);
    let documents: Vec<&Value> = entries.iter().map(|e| &e.document).collect();
    let mut body = json!({"count": documents.len(), "license_purchase_transactions": documents});
    if server.settings.cursor_at_end || !documents.is_empty() {
        body["continuation_uuid"] = json!(next.to_string());
    }
    Ok(body)
}

/// Missing or empty is the beginning; anything but an int64 is refused.
fn position(cursor: &str) -> Result<usize, Refusal> {
    if cursor.is_empty() {
        return Ok(0);
    }
    let number: i64 = cursor.parse().map_err(|_| {
        Refusal::new(400, "continuation_uuid_invalid", "The continuation UUID is invalid")
    })?;
    Ok(usize::try_from(number.max(0)).unwrap_or(usize::MAX))
}

fn limit(query: &BTreeMap<String, String>, max: u32) -> Result<usize, Refusal> {
    let Some(text) = query.get(FEED_LIMIT_PARAMETER).filter(|t| !t.is_empty()) else {
        return Ok(DEFAULT_LIMIT.min(max) as usize);
    };
    let number: i64 =
        text.parse().map_err(|_| Refusal::argument("The paging limit is not a number"))?;
    if number < 0 {
        let message = "The paging limit must not be negative";
        return Err(Refusal::new(400, "paging_limit_invalid", message));
    }
    if number > i64::from(max) {
        let message = format!("The paging limit must not exceed {max} records");
        return Err(Refusal::new(400, "max_paging_limit_exceeded", message));
    }
    Ok(usize::try_from(number).unwrap_or_default())
}

/// Up to `limit` entries after a position, and the position after the last one looked at.
fn read(log: &[Entry], start: usize, limit: usize) -> (Vec<&Entry>, usize) {
    let mut page: Vec<&Entry> = Vec::new();
    let mut next = start;
    for entry in log.iter().skip(start) {
        if page.len() == limit {
            break;
        }
        next += 1;
        if entry.hidden {
            continue;
        }
        page.retain(|earlier| earlier.lpt != entry.lpt);
        page.push(entry);
    }
    (page, next)
}
