//! Licence terms as the wire shows them (smintio facts, section 2.1).

use super::Stock;
use super::document::{day_start, stamp};
use serde_json::{Value, json};
use time::Duration;

/// The dimensions whose allowed and restricted keys a term lists.
const DIMENSIONS: [&str; 7] =
    ["usages", "sizes", "placements", "distributions", "geographies", "industries", "languages"];

/// A term in which nothing is stated but that it is no editorial one.
fn unstated(number: i64) -> Value {
    let mut term = json!({
        "sequence_number": number, "name": [{"culture": "en", "value": "Standard"}],
        "exclusivities": [], "usage_limits": [], "is_editorial_use": false,
    });
    for dimension in DIMENSIONS {
        term[format!("allowed_{dimension}")] = json!([]);
        term[format!("restricted_{dimension}")] = json!([]);
    }
    term
}

/// A term that covers a book's cover everywhere.
fn full(number: i64) -> Value {
    let mut term = unstated(number);
    term["allowed_usages"] =
        json!(["publishing_editorial_book", "publishing_editorial_retail_book"]);
    term["allowed_placements"] = json!(["page_any"]);
    term["allowed_distributions"] = json!(["media_any"]);
    term["allowed_geographies"] = json!(["any"]);
    term["usage_limits"] = json!(["quantity_any"]);
    term
}

/// The terms of a purchase of that kind. Half of the plain ones say from when they hold.
pub fn of(stock: &Stock, kind: &str) -> Vec<Value> {
    if kind == "two-terms" {
        return print_at_home_and_web_everywhere();
    }
    let mut term = if kind == "profiled" { unstated(1) } else { full(1) };
    let in_days = |days| stamp(stock.today + Duration::days(days), 5);
    match kind {
        "terms-empty" => return Vec::new(),
        "editorial" => term["is_editorial_use"] = json!(true),
        "expired" => term["valid_until"] = json!(in_days(-30)),
        "expiring" => {
            let from = stock.publication().unwrap_or(stock.today).max(stock.today);
            term["valid_until"] = json!(day_start(from + Duration::days(600)));
        }
        "first-use-missed" => {
            let last = stock.publication().unwrap_or(stock.today) - Duration::days(30);
            term["to_be_used_until"] = json!(day_start(last));
        }
        "print-run-exceeded" => {
            term["usage_limits"] = json!(["quantity_up_to_5000_total_circulation"]);
        }
        "print-run-unknown" => {
            term["usage_limits"] = json!(["quantity_up_to_10000_total_circulation"]);
        }
        "unknown-keys" => {
            term["allowed_usages"] = json!(["publishing_editorial_book", "neural_rendering_any"]);
            term["restricted_usages"] = json!(["holographic_jacket_any"]);
            term["allowed_moods"] = json!(["cheerful"]);
        }
        "cover-prohibited" => term["restricted_placements"] = json!(["page_cover"]),
        "plain" if stock.number.is_multiple_of(2) && stock.publication().is_some() => {
            term["valid_from"] = json!(stamp(stock.bought(), 5));
        }
        _ => {}
    }
    vec![term]
}

/// Narrower terms, for a purchase whose licence was changed later.
pub fn narrowed() -> Vec<Value> {
    let mut term = full(1);
    term["allowed_geographies"] = json!(["europe_united_kingdom", "europe_ireland"]);
    vec![term]
}

/// Two grants that must not be mixed: neither covers a printed book sold everywhere.
fn print_at_home_and_web_everywhere() -> Vec<Value> {
    let (mut print, mut web) = (full(1), full(2));
    print["allowed_distributions"] = json!(["media_print"]);
    print["allowed_geographies"] = json!(["europe_united_kingdom"]);
    web["allowed_distributions"] = json!(["media_digital", "channel_web"]);
    vec![print, web]
}
