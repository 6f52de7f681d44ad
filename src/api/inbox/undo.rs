//! Takes a change back. Nothing is sent here: what a person took back is stored, and the next run
//! makes it, through the usual path and only if the rights allow it. What cannot be taken back says
//! why.

use super::state;
use crate::api::convert;
use crate::api::error::{ApiError, Problem};
use crate::config::Config;
use crate::engine::budget::{Allowance, Budget};
use crate::engine::inbox::{Kind, id_of};
use crate::engine::observe::purchases::Freshness;
use crate::engine::plan::contest;
use crate::engine::plan::planner::{self, Standing};
use crate::engine::plan::survey;
use crate::engine::run::Run;
use crate::flows::approved_assets::FLOW;
use crate::flows::placement::Judgement;
use crate::json;
use crate::model::ids::AssetId;
use crate::platform::Platform;
use crate::state::audit::AuditEntry;
use crate::state::inbox::Decision;
use crate::state::keys;
use crate::state::link::{Appearance, Link, Placed, Undone};
use crate::state::store::{self, Versioned};

/// Assets looked at together.
const AT_ONCE: usize = 50;

/// Takes back a withdrawal or a replacement, named by its place in the audit: `RUN/SEQUENCE`.
pub fn undo(platform: &dyn Platform, config: &str, change: &str) -> Result<(), ApiError> {
    let config = convert::config(config)?;
    let entry = find(platform, change)?;
    let asset = AssetId(entry.asset.clone());
    let link = store::get::<Link>(platform, &keys::link(&asset)).map_err(state)?;
    let link = link.ok_or_else(|| cannot(change, "nothing of its asset is known any more"))?;
    let side = |name: &str| -> Option<Placed> {
        json::read_tree(entry.document.get(name)?.get("resource")?.clone()).ok()
    };
    match (entry.action.as_str(), side("before"), side("after")) {
        ("withdraw", Some(before), _) => {
            withdrawal(platform, &config, change, &asset, (&link.value, &before))
        }
        ("replace", Some(before), Some(after)) => {
            replacement(platform, &config, change, link, (before, after))
        }
        _ => Err(cannot(
            change,
            "only a withdrawal or a replacement of an image can be taken back. To take an image \
             off, take its asset out of the approval collection",
        )),
    }
}

fn find(platform: &dyn Platform, change: &str) -> Result<AuditEntry, ApiError> {
    let place = change.rsplit_once('/').and_then(|(run, n)| Some((run, n.parse::<u32>().ok()?)));
    let Some((run, sequence)) = place.filter(|(run, _)| !run.contains('/')) else {
        return Err(ApiError::InputInvalid(vec![Problem::new(
            "change",
            change,
            "the run and the position of an audit entry, as RUN/SEQUENCE",
            "take one that `inbox changes` or `reports.audit` shows",
        )]));
    };
    let found = store::get::<AuditEntry>(platform, &keys::audit(run, sequence)).map_err(state)?;
    found.map(|entry| entry.value).ok_or_else(|| {
        ApiError::NotFound(format!("there is no change {change:?}: `inbox changes` shows them"))
    })
}

fn cannot(change: &str, why: &str) -> ApiError {
    ApiError::InputInvalid(vec![Problem::new(
        "change",
        change,
        "a change that can be taken back",
        &format!("it cannot be taken back: {why}"),
    )])
}

/// What flow 1 makes of the asset now: as judged, and with the contests of its title settled.
fn now(
    platform: &dyn Platform,
    config: &Config,
    asset: &AssetId,
) -> Result<Option<(Judgement, Standing)>, ApiError> {
    let nothing = Allowance { deadline_ms: 1, max_requests: 0, max_writes: 0 };
    let mut run = Run::begin(platform, config, FLOW, Budget::start(platform, nothing));
    run.inbox.load_decisions(platform)?;
    let survey = survey::survey(&run)?;
    let mut chunks = survey.subjects.by_title(AT_ONCE);
    let Some(chunk) = chunks.find(|chunk| chunk.iter().any(|s| s.asset == *asset)) else {
        return Ok(None);
    };
    let mut standings = planner::standings(&run, &survey, &chunk, Freshness::Fresh)?;
    let judged = standings.iter().find(|s| s.asset == *asset).map(|s| s.judgement.clone());
    contest::settle(&mut standings, &run.inbox);
    let settled = standings.into_iter().find(|s| s.asset == *asset);
    Ok(judged.zip(settled))
}

fn withdrawal(
    platform: &dyn Platform,
    config: &Config,
    change: &str,
    asset: &AssetId,
    (link, before): (&Link, &Placed),
) -> Result<(), ApiError> {
    if link.resource.is_some() {
        return Err(cannot(change, "an image of the asset is there again"));
    }
    let still = |why: &str| {
        let why = why.trim_end_matches('.');
        let why = format!(
            "what took the image off still holds ({why}). Once that is mended, the next run puts \
             it back by itself"
        );
        cannot(change, &why)
    };
    match now(platform, config, asset)?.map(|(_, standing)| standing.judgement) {
        Some(Judgement::Place(placement))
            if placement.appearance.version == before.asked.version =>
        {
            Ok(())
        }
        Some(Judgement::Place(_)) => Err(cannot(
            change,
            "the asset has a newer file by now, which the next run puts there by itself",
        )),
        Some(Judgement::Withdraw { why, .. }) if contest::is_lost(&why) => {
            choose(platform, change, asset)
        }
        Some(Judgement::Withdraw { why, .. } | Judgement::Hold { why, .. }) => Err(still(&why)),
        None => Err(still("the asset is neither approved nor on a title")),
    }
}

/// The image made place for one that a person chose: now it is the chosen one.
fn choose(platform: &dyn Platform, change: &str, asset: &AssetId) -> Result<(), ApiError> {
    let mut said = Vec::new();
    store::scan(platform, "decision/", |entry| {
        let found = store::decode::<Decision>(entry)?;
        let about = found.value.facts.split(' ').any(|name| name == asset.as_str());
        let rival = found.value.item.starts_with(&id_of(Kind::Ambiguous, ""));
        if rival && about && found.value.choice == "use" {
            said.push((entry.key.clone(), found));
        }
        Ok(())
    })
    .map_err(state)?;
    let Some((_, first)) = said.first() else {
        return Err(cannot(change, "nobody's choice between rivals is known any more"));
    };
    let item = id_of(Kind::Ambiguous, asset.as_str());
    let own = keys::decision(&item);
    let facts = first.value.facts.clone();
    let decision = Decision { item, choice: "use".to_owned(), facts, at: platform.now().0 };
    let there = said.iter().find(|(key, _)| *key == own).map(|(_, found)| found.version);
    let before = match there {
        Some(version) => Some(version),
        None => store::get::<Decision>(platform, &own).map_err(state)?.map(|d| d.version),
    };
    store::put(platform, &own, before, &decision).map_err(state)?;
    for (key, found) in said.iter().filter(|(key, _)| *key != own) {
        store::delete(platform, key, found.version).map_err(state)?;
    }
    Ok(())
}

fn replacement(
    platform: &dyn Platform,
    config: &Config,
    change: &str,
    link: Versioned<Link>,
    (before, after): (Placed, Placed),
) -> Result<(), ApiError> {
    if before.id == after.id {
        return Err(cannot(change, "the image stayed, only links beside it changed"));
    }
    if link.value.resource.as_ref().is_none_or(|there| there.id != after.id) {
        return Err(cannot(change, "the image was changed again since: take that back first"));
    }
    let asset = AssetId(link.value.asset.clone());
    let undone = match &link.value.undone {
        // The change itself took something back: without it, the source's word holds again.
        Some(undone) if undone.restore == after.asked => None,
        _ => {
            let against = wanted(platform, config, change, &asset, (&before, &after))?;
            let at = platform.now().0;
            Some(Undone { change: change.to_owned(), against, restore: before.asked, at })
        }
    };
    let after = Link { undone, ..link.value };
    store::put(platform, &keys::link(&asset), Some(link.version), &after).map_err(state)?;
    Ok(())
}

/// What the source wants now, if the image before the change may take its place.
fn wanted(
    platform: &dyn Platform,
    config: &Config,
    change: &str,
    asset: &AssetId,
    (before, after): (&Placed, &Placed),
) -> Result<Appearance, ApiError> {
    let (was, is) = (&before.asked, &after.asked);
    if was.work != is.work {
        return Err(cannot(change, "the asset belongs to another title now"));
    }
    if was.version != is.version {
        return Err(cannot(
            change,
            "it brought a new version of the file, and neither Portals nor Consonance keeps the old \
             one: put the old file into Smint.io again",
        ));
    }
    let moved = "what is wanted changed since; the next run decides anew";
    let Some((judged, standing)) = now(platform, config, asset)? else {
        return Err(cannot(change, moved));
    };
    let (Judgement::Place(whole), Judgement::Place(placement)) = (judged, standing.judgement)
    else {
        return Err(cannot(change, moved));
    };
    if placement.appearance != *is {
        return Err(cannot(change, moved));
    }
    let lost: Vec<&i64> = was.products.iter().filter(|p| !is.products.contains(p)).collect();
    if let Some(product) = lost.first() {
        let missing = placement.missing.iter().find(|m| m.product == **product);
        let why = missing.map_or("it is not for that edition any more", |m| m.why.as_str());
        let why = format!("it may not be on product {product}: {why}");
        return Err(cannot(change, &why));
    }
    Ok(whole.appearance)
}
