//! Why is this cover on my title, or why not? Answers from what was read last, without requests.

use super::types::{Explanation, ProductDecision};
use crate::api::convert;
use crate::api::error::ApiError;
use crate::config::Config;
use crate::engine::budget::{Allowance, Budget};
use crate::engine::observe::purchases::Freshness;
use crate::engine::plan::judge::{Judged, judge};
use crate::engine::plan::survey::{self, Subject};
use crate::engine::run::Run;
use crate::flows::approved_assets::FLOW;
use crate::flows::placement::Judgement;
use crate::model::isbn::Isbn13;
use crate::platform::Platform;
use crate::state::inbox::Item;
use crate::state::store;

/// Explains one asset, or every asset of the title that has this ISBN.
pub fn explain(
    platform: &dyn Platform,
    config: &str,
    subject: &str,
) -> Result<Vec<Explanation>, ApiError> {
    let config = convert::config(config)?;
    let nothing = Allowance { deadline_ms: 1, max_requests: 0, max_writes: 0 };
    let run = Run::begin(platform, &config, FLOW, Budget::start(platform, nothing));
    let survey = survey::survey(&run)?;
    let isbn = Isbn13::parse(subject).ok();
    let mut explanations = Vec::new();
    for chunk in survey.subjects.chunks(50) {
        let wanted: Vec<Subject> = chunk
            .iter()
            .filter(|s| isbn.is_some() || s.asset.as_str() == subject)
            .cloned()
            .collect();
        for judged in judge(&run, &survey, &wanted, Freshness::Fresh)? {
            if isbn.is_none_or(|isbn| is_about(&judged, isbn)) {
                explanations.push(explained(&run, &config, judged)?);
            }
        }
    }
    if explanations.is_empty() {
        explanations.extend(from_inbox(platform, subject)?);
    }
    if explanations.is_empty() {
        return Err(ApiError::NotFound(format!(
            "nothing is known of {subject:?}: give an ISBN or an asset id that a run has read"
        )));
    }
    Ok(explanations)
}

fn is_about(judged: &Judged, isbn: Isbn13) -> bool {
    judged.title.as_ref().is_some_and(|t| t.products.iter().any(|p| p.isbn == Some(isbn)))
}

fn explained(run: &Run, config: &Config, judged: Judged) -> Result<Explanation, ApiError> {
    let placed = judged.link.as_ref().and_then(|(link, _)| link.resource.as_ref());
    let mut steps = judged.assessment.steps;
    let (state, last) = match &judged.assessment.judgement {
        Judgement::Place(_) if placed.is_some() => ("unchanged", "It is on the title.".to_owned()),
        Judgement::Place(_) => ("deferred", "It goes there with the next run.".to_owned()),
        Judgement::Withdraw { why, .. } if placed.is_some() => {
            ("inbox", format!("It should come off: {why}."))
        }
        Judgement::Withdraw { why, .. } => ("skipped", format!("It does not go there: {why}")),
        Judgement::Hold { state, why, .. } => (state.as_str(), format!("It waits: {why}.")),
    };
    steps.push(last);
    let item = open_item(run.platform, judged.stored.asset.id.as_str())?;
    let state = if let Some(item) = item {
        steps.push(format!("In the inbox: {} ({}).", item.message, item.id));
        "inbox"
    } else {
        state
    };
    let products = judged.title.as_ref().map(|t| t.products.as_slice()).unwrap_or_default();
    let decisions = judged.assessment.decisions.iter().map(|(id, decision)| {
        let product = products.iter().find(|p| p.id == *id);
        ProductDecision {
            product_id: *id,
            isbn: product.and_then(|p| p.isbn).map(|isbn| isbn.to_string()),
            publication_date: product.and_then(|p| p.publication_date),
            decision: decision.into(),
        }
    });
    Ok(Explanation {
        decisions: decisions.collect(),
        asset_name: judged.stored.asset.name.clone().unwrap_or_default(),
        asset: judged.stored.asset.id,
        title: judged.title.map(|t| t.title),
        state: if config.sources.is_empty() { "not-linked" } else { state }.to_owned(),
        steps,
    })
}

fn open_item(platform: &dyn Platform, record: &str) -> Result<Option<Item>, ApiError> {
    let mut found = None;
    store::scan(platform, "inbox/", |entry| {
        let item = store::decode::<Item>(entry)?.value;
        if item.record_id == record || item.record_id.ends_with(record) {
            found = Some(item);
        }
        Ok(())
    })
    .map_err(|fault| ApiError::from(crate::engine::stop::Stop::from(fault)))?;
    Ok(found)
}

/// A record that could not be read has no mirror, but an inbox item.
fn from_inbox(platform: &dyn Platform, subject: &str) -> Result<Option<Explanation>, ApiError> {
    if subject.is_empty() {
        return Ok(None);
    }
    Ok(open_item(platform, subject)?.map(|item| Explanation {
        asset: crate::model::ids::AssetId(item.record_id),
        asset_name: String::new(),
        title: None,
        state: "inbox".to_owned(),
        steps: vec![format!("In the inbox: {} ({}).", item.message, item.id)],
        decisions: Vec::new(),
    }))
}
