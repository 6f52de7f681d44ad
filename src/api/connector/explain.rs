//! Why is this cover on my title, or why not? Answers from what was read last, without requests.

use std::collections::BTreeMap;

use super::rivals;
use super::types::{Explanation, ProductDecision};
use crate::api::convert;
use crate::api::error::ApiError;
use crate::engine::budget::{Allowance, Budget};
use crate::engine::lookup;
use crate::engine::observe::purchases::Freshness;
use crate::engine::plan::contest::{self, Contest};
use crate::engine::plan::diff::{Basis, Diff, diff};
use crate::engine::plan::judge::{Judged, judge};
use crate::engine::plan::planner::{self, Standing};
use crate::engine::plan::survey::{self, Survey};
use crate::engine::run::Run;
use crate::flows::approved_assets::FLOW;
use crate::flows::placement::Judgement;
use crate::model::ids::AssetId;
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
    let mut run = Run::begin(platform, &config, FLOW, Budget::start(platform, nothing));
    run.inbox.load_decisions(platform)?;
    let survey = survey::survey(&run)?;
    let isbn = Isbn13::parse(subject).ok();
    let mut explanations = Vec::new();
    let is_it = |asset: &AssetId| isbn.is_some() || asset.as_str() == subject;
    // Title by title, because an asset's rivals for an edition are on its own title.
    for chunk in
        survey.subjects.by_title(AT_ONCE).filter(|chunk| chunk.iter().any(|s| is_it(&s.asset)))
    {
        let judged = judge(&run, &survey, &chunk, Freshness::Fresh)?;
        let mut standings: Vec<Standing> = judged.iter().map(standing).collect();
        let contests = contest::settle(&mut standings, &run.inbox);
        for (judged, standing) in judged.into_iter().zip(standings) {
            if is_it(&standing.asset) && isbn.is_none_or(|isbn| is_about(&judged, isbn)) {
                explanations.push(explained(&run, &survey, judged, &standing, &contests)?);
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

/// Assets looked at together.
const AT_ONCE: usize = 50;

fn standing(judged: &Judged) -> Standing {
    Standing {
        asset: judged.stored.asset.id.clone(),
        approved: judged.stored.approved,
        judgement: judged.assessment.judgement.clone(),
        link: judged.link.as_ref().map(|(link, _)| link.clone()),
        rests_on: judged.rests_on.clone(),
    }
}

fn explained(
    run: &Run,
    survey: &Survey,
    judged: Judged,
    standing: &Standing,
    contests: &[Contest],
) -> Result<Explanation, ApiError> {
    let (state, last) = ending(run, survey, standing)?;
    let mut steps = judged.assessment.steps;
    let of_title = judged.title.as_ref().map(|t| t.products.as_slice()).unwrap_or_default();
    let contested = contests.iter().filter(|c| c.claimants.contains(&standing.asset));
    steps.extend(contested.map(|c| rivals::sentence(c, &standing.asset, of_title)));
    steps.push(last);
    let item = open_item(run.platform, judged.stored.asset.id.as_str())?;
    steps.extend(item.map(|item| format!("In the inbox: {} ({}).", item.message, item.id)));
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
        state,
        steps,
    })
}

/// How the record stands, by the comparison that `run` makes.
fn ending(run: &Run, survey: &Survey, standing: &Standing) -> Result<(String, String), ApiError> {
    let work = planner::work_of(standing);
    let titles = match work {
        Some(work) => lookup::titles(run, &[work])?,
        None => BTreeMap::new(),
    };
    let basis = Basis {
        title: work.and_then(|work| titles.get(&work)),
        ours: &survey.ours,
        inbox: &run.inbox,
        withdrawal: run.config.engine.withdrawal,
    };
    let (state, why) = match diff(standing, &basis) {
        Diff::Agreed => ("unchanged", "It is as it should be; nothing is to be done.".to_owned()),
        Diff::Write(operation) => {
            ("deferred", format!("The next run changes it: {}.", operation.why))
        }
        Diff::Ask(item) => ("inbox", format!("A person decides first: {}.", item.message)),
        Diff::NotWanted(why) => ("skipped", format!("It does not go there: {why}")),
        Diff::Left(why) => match &standing.judgement {
            Judgement::Hold { state, .. } => (state.as_str(), format!("It waits: {why}.")),
            _ => ("skipped", format!("It is left as it is: {why}.")),
        },
    };
    Ok((state.to_owned(), why))
}

fn open_item(platform: &dyn Platform, record: &str) -> Result<Option<Item>, ApiError> {
    let mut found = None;
    store::scan(platform, "inbox/", |entry| {
        let item = store::decode::<Item>(entry)?.value;
        let name = item.record_id.split_once(':').map_or("", |(_, name)| name);
        if item.record_id == record || name == record {
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
