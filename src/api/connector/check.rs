//! Proves configuration, credentials and the right names, without writing.

use super::types::CheckResult;
use crate::api::convert;
use crate::api::error::{ApiError, Problem};
use crate::api::input::Budget;
use crate::api::rights;
use crate::config::{Config, Source};
use crate::consonance::{self, prove};
use crate::engine::budget::{self, Allowance};
use crate::engine::paging;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::engine::tasks;
use crate::fault::Fault;
use crate::flows::approved_assets::FLOW;
use crate::model::date::Day;
use crate::model::declaration::Declaration;
use crate::model::ids::{AssetId, CollectionId};
use crate::platform::Platform;
use crate::report::words::counted;
use crate::smintio::portals::decode::AssetPage;
use crate::smintio::{clapi, portals};

/// Proves configuration, credentials and the right to write, without writing.
pub fn check(
    platform: &dyn Platform,
    config: &str,
    budget: Budget,
) -> Result<Vec<CheckResult>, ApiError> {
    let config = convert::config(config)?;
    let budget = budget.checked()?;
    let allowance = Allowance {
        deadline_ms: budget.deadline_ms,
        max_requests: budget.max_requests,
        max_writes: 0,
    };
    let budget = budget::Budget::start(platform, allowance);
    let mut run = Run::begin(platform, &config, FLOW, budget);
    let mut results = vec![result("configuration", "proven", "it can be used")];
    results.push(store(platform));
    results
        .extend(config.rights.declarations.iter().filter_map(|d| doubtful(d, run.today, &config)));
    consonance(&mut run, &config, &mut results)?;
    licences(&mut run, &config, &mut results)?;
    for source in &config.sources {
        collection(&mut run, &config, source, &mut results)?;
    }
    Ok(results)
}

fn result(name: &str, outcome: &str, detail: &str) -> CheckResult {
    CheckResult { name: name.to_owned(), outcome: outcome.to_owned(), detail: detail.to_owned() }
}

/// A declaration of the configuration that clears less than it seems to.
fn doubtful(declaration: &Declaration, today: Day, config: &Config) -> Option<CheckResult> {
    let about = |doubt: Problem| {
        let Problem { path, found, expected, fix } = doubt;
        format!("{path}: found {found}; expected {expected}; {fix}")
    };
    let doubts = rights::doubts("declaration", declaration, today, &config.sources);
    let doubts = doubts.into_iter().map(about);
    let detail = doubts.collect::<Vec<_>>().join(". ");
    let name = format!("declaration.{}", declaration.id);
    (!detail.is_empty()).then(|| result(&name, "warning", &detail))
}

fn store(platform: &dyn Platform) -> CheckResult {
    match platform.store_traits() {
        Ok(traits) if traits.conditional_writes => {
            result("store.conditional-writes", "proven", "the platform's store has them")
        }
        Ok(_) => result(
            "store.conditional-writes",
            "failed",
            "the platform's store has none; the connector does not write without them",
        ),
        Err(_) => result("store.conditional-writes", "failed", "the store does not answer"),
    }
}

/// A fault of one proof is its result; only a pause or a missing budget ends the check.
fn told<T>(answer: Result<Result<T, Fault>, Stop>) -> Result<Result<T, String>, ApiError> {
    match answer {
        Ok(Ok(value)) => Ok(Ok(value)),
        Ok(Err(fault)) => Ok(Err(fault.to_string())),
        Err(Stop::NeedsConsent(d) | Stop::VendorUnavailable(d) | Stop::Denied(d)) => Ok(Err(d)),
        Err(stop) => Err(stop.into()),
    }
}

fn consonance(
    run: &mut Run,
    config: &Config,
    results: &mut Vec<CheckResult>,
) -> Result<(), ApiError> {
    let call = consonance::request::introspect(&config.consonance);
    let answer = run.consonance_one(call);
    let schema = match told(answer)? {
        Ok(response) => consonance::decode::schema(&response.body).map_err(|f| f.to_string()),
        Err(why) => Err(why),
    };
    match schema {
        Ok(schema) => {
            results.push(result("consonance.connection", "proven", "it answers with its schema"));
            let proofs = prove::prove(&config.consonance.profile, &schema);
            results.extend(proofs.into_iter().map(|proof| CheckResult {
                name: format!("consonance.profile.{}", proof.name),
                outcome: outcome(proof.outcome).to_owned(),
                detail: proof.detail,
            }));
        }
        Err(why) => results.push(result("consonance.connection", "failed", &why)),
    }
    Ok(())
}

fn outcome(outcome: prove::Outcome) -> &'static str {
    match outcome {
        prove::Outcome::Proven | prove::Outcome::Unused => "proven",
        prove::Outcome::Missing => "failed",
        prove::Outcome::NotShown => "unproven",
    }
}

fn licences(
    run: &mut Run,
    config: &Config,
    results: &mut Vec<CheckResult>,
) -> Result<(), ApiError> {
    let Some(clapi) = &config.clapi else { return Ok(()) };
    let answer = run.clapi_one(clapi::request::feed(clapi, None));
    let page = match told(answer)? {
        Ok(response) => clapi::decode::feed(&response.body).map_err(|f| f.to_string()),
        Err(why) => Err(why),
    };
    results.push(match page {
        Ok(page) => {
            let detail =
                format!("the feed answers with {}", counted(page.entries.len(), "purchase"));
            result("smintio.clapi.feed", "proven", &detail)
        }
        Err(why) => result("smintio.clapi.feed", "failed", &why),
    });
    Ok(())
}

fn collection(
    run: &mut Run,
    config: &Config,
    source: &Source,
    results: &mut Vec<CheckResult>,
) -> Result<(), ApiError> {
    let name = format!("smintio.portals.collection.{}", source.collection);
    let id = CollectionId(source.collection.clone());
    let page = match told(first_page(run, &id))? {
        Ok(page) => page,
        Err(why) => {
            results.push(result(&name, "failed", &why));
            return Ok(());
        }
    };
    results.push(result(&name, "proven", "its members can be listed"));
    let first = page.assets.into_iter().find_map(Result::ok).map(|head| head.id);
    let item_name = format!("{name}.download-item.{}", source.download_item);
    results.push(match first {
        Some(asset) => download_item(run, config, source, &asset, &item_name)?,
        None => result(&item_name, "unproven", "the collection is empty, so nothing can be tried"),
    });
    Ok(())
}

/// The first page, as long as the portal allows.
fn first_page(run: &mut Run, id: &CollectionId) -> Result<Result<AssetPage, Fault>, Stop> {
    let portals = &run.config.portals;
    loop {
        let at = (0, paging::size(run)?);
        let call = portals::request::search_collection_assets(portals, id, at, None);
        let page = tasks::one(run, call)?.and_then(|t| portals::decode::asset_page(portals, &t));
        if let Some(page) = paging::taught(run, 0, page)? {
            return Ok(Ok(page));
        }
    }
}

fn download_item(
    run: &mut Run,
    config: &Config,
    source: &Source,
    asset: &AssetId,
    name: &str,
) -> Result<CheckResult, ApiError> {
    let call = portals::request::download_items(&config.portals, std::slice::from_ref(asset));
    let answer = tasks::one(run, call)
        .map(|result| result.and_then(|t| portals::decode::download_items(&config.portals, &t)));
    Ok(match told(answer)? {
        Ok(items) if items.iter().any(|i| i.item_id == source.download_item) => {
            result(name, "proven", "the first member offers it")
        }
        Ok(items) => {
            let offered: Vec<&str> = items.iter().map(|i| i.item_id.as_str()).collect();
            let detail = format!("the first member offers {} instead", offered.join(", "));
            result(name, "failed", &detail)
        }
        Err(why) => result(name, "failed", &why),
    })
}
