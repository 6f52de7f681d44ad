//! `rights.expiring` and `rights.snooze`: which rights end, or run out, and who takes care of it.

use std::collections::BTreeMap;

use super::Alert;
use super::matrix::quiet;
use super::statements::words;
use crate::api::audit::audit;
use crate::api::convert;
use crate::api::error::{ApiError, Problem};
use crate::config::Config;
use crate::engine::dossier::{Dossier, dossiers};
use crate::engine::plan::survey::{Survey, survey};
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::approved_assets::edition;
use crate::flows::clearance::{Evidence, decide};
use crate::model::date::{Day, show_day};
use crate::model::licence::Bound;
use crate::model::product::Product;
use crate::order;
use crate::platform::Platform;
use crate::report::words::counted;
use crate::rights::{Code, Decision};
use crate::state::keys::{self, sha256_hex};
use crate::state::statement::Snooze;
use crate::state::store::{self, StateFault};

/// Days before the end at which an alert is raised anew, least first.
const THRESHOLDS: [u32; 5] = [0, 7, 30, 90, 180];

/// The furthest look ahead, in days.
const WITHIN_DAYS_MAX: u32 = 36_500;

/// Assets looked at together.
const AT_ONCE: usize = 50;

/// Rights that end, or run out, within so many days; those that ended come first.
pub fn expiring(
    platform: &dyn Platform,
    config: &str,
    within_days: u32,
) -> Result<Vec<Alert>, ApiError> {
    let config = convert::config(config)?;
    if within_days > WITHIN_DAYS_MAX {
        let fix = "ask for fewer days";
        let expected = format!("0 to {WITHIN_DAYS_MAX}");
        let problem = Problem::new("within-days", within_days.to_string(), &expected, fix);
        return Err(ApiError::InputInvalid(vec![problem]));
    }
    let run = quiet(platform, &config)?;
    let mut alerts = all(&run, &config, within_days)?;
    for alert in &mut alerts {
        let key = keys::alert(&alert.id);
        let found = store::get::<Snooze>(platform, &key).map_err(state)?;
        if let Some(snooze) = found.map(|found| found.value) {
            // However far a list looks: an alert is hidden until it comes nearer than it was.
            let stage = reached(days(run.today, alert.due)).unwrap_or(WITHIN_DAYS_MAX);
            let hidden = snooze.until > run.today && stage >= snooze.threshold;
            alert.snoozed_until = hidden.then_some(snooze.until);
            alert.owner = Some(snooze.owner);
        }
    }
    order::sort_by(&mut alerts, &|a, b| (a.due, &a.title, &a.id).cmp(&(b.due, &b.title, &b.id)));
    Ok(alerts)
}

fn state(fault: StateFault) -> ApiError {
    Stop::from(fault).into()
}

fn all(run: &Run, config: &Config, within_days: u32) -> Result<Vec<Alert>, Stop> {
    let survey = survey(run)?;
    let mut alerts = Vec::new();
    for chunk in survey.subjects.by_title(AT_ONCE) {
        for dossier in dossiers(run, &survey, &chunk)? {
            alerts.extend(of_asset(run, config, &survey, &dossier, within_days));
        }
    }
    Ok(alerts)
}

/// The alerts of one asset: one for each day on which a right ends, one for each cap that is
/// nearly used.
fn of_asset(
    run: &Run,
    config: &Config,
    survey: &Survey,
    dossier: &Dossier,
    within_days: u32,
) -> Vec<Alert> {
    let evidence = dossier.evidence(survey);
    let mut ends: BTreeMap<Day, Vec<&Product>> = BTreeMap::new();
    let mut caps: BTreeMap<u64, (u64, Day)> = BTreeMap::new();
    for product in dossier.targets(run) {
        let decision =
            decide(config, &evidence, (&dossier.title, product), dossier.role, run.today);
        if let Some(due) = end(&decision, &evidence, config, run.today) {
            ends.entry(due).or_default().push(product);
        }
        if let Some(copies) = decision.copies.filter(|copies| copies.is_nearly_used()) {
            let due = product.publication_date.map_or(run.today, |day| day.max(run.today));
            let known = caps.entry(copies.cap).or_insert((copies.counted, due));
            *known = (known.0.max(copies.counted), known.1.min(due));
        }
    }
    let ending = ends.into_iter().filter(|(due, _)| days(run.today, *due) <= within_days.into());
    let ending = ending.map(|(due, products)| {
        let message = ends_on(run, dossier, due, &products);
        alert(run, dossier, due, &format!("end {}", show_day(due)), message, within_days)
    });
    let used = caps.into_iter().map(|(cap, (counted, due))| {
        let message = format!(
            "{counted} of {cap} licensed copies are used or ordered for {} as {}",
            name(dossier),
            dossier.role
        );
        alert(run, dossier, due, &format!("copies {cap}"), message, within_days)
    });
    ending.chain(used).collect()
}

/// The last day of a right: of a clearance with an end, or of one that has ended.
fn end(decision: &Decision, evidence: &Evidence, config: &Config, today: Day) -> Option<Day> {
    if decision.until.is_some() {
        return decision.until;
    }
    let codes = decision.deciding_codes();
    if !codes.contains(&Code::Expired) && !codes.contains(&Code::DeclarationExpired) {
        return None;
    }
    let terms = evidence.purchases.iter().flat_map(|p| &p.policy.terms).map(|t| &t.valid_until);
    let declared = evidence.declarations(config);
    let declared = declared.iter().map(|d| &d.valid_until);
    let ended = terms.chain(declared).filter_map(|bound| match bound {
        Bound::Day(day) if *day < today => Some(*day),
        _ => None,
    });
    ended.max()
}

fn days(today: Day, due: Day) -> i64 {
    (due - today).whole_days()
}

fn name(dossier: &Dossier) -> String {
    let name = dossier.asset.name.as_deref().or(dossier.asset.file.name.as_deref());
    name.map_or_else(|| dossier.asset.id.0.clone(), |name| format!("{name:?}"))
}

fn ends_on(run: &Run, dossier: &Dossier, due: Day, products: &[&Product]) -> String {
    let editions: Vec<String> = products.iter().map(|product| edition(product)).collect();
    let left = days(run.today, due);
    let when = match left {
        ..0 => format!("ended on {}, {} ago", show_day(due), counted(-left, "day")),
        0 => format!("ends today, {}", show_day(due)),
        _ => format!("ends on {}, in {}", show_day(due), counted(left, "day")),
    };
    let first = products.iter().filter_map(|p| p.publication_date).filter(|day| *day > due).min();
    let before =
        first.map_or_else(String::new, |day| format!(", before publication on {}", show_day(day)));
    let to_come: i64 = dossier
        .title
        .runs
        .iter()
        .flat_map(|run| &run.quantities)
        .map(|q| q.ordered.saturating_sub(q.received.unwrap_or(0)).max(0))
        .fold(0, i64::saturating_add);
    let reprint = match to_come {
        ..=0 => String::new(),
        1 => "; 1 copy is ordered and not received".to_owned(),
        some => format!("; {some} copies are ordered and not received"),
    };
    format!(
        "The right to use {} as {} on {} {when}{before}{reprint}",
        name(dossier),
        dossier.role,
        editions.join(", ")
    )
}

fn alert(
    run: &Run,
    dossier: &Dossier,
    due: Day,
    about: &str,
    message: String,
    within_days: u32,
) -> Alert {
    let reached = reached(days(run.today, due));
    let named = format!("{} {} {about}", dossier.asset.id, dossier.title.id);
    Alert {
        id: sha256_hex(named.as_bytes()).chars().take(16).collect(),
        asset: dossier.asset.id.clone(),
        title: dossier.title.title.clone(),
        message,
        due,
        threshold_days: reached.unwrap_or(within_days),
        owner: None,
        snoozed_until: None,
    }
}

/// The nearest threshold that an end in so many days has reached.
fn reached(left: i64) -> Option<u32> {
    THRESHOLDS.into_iter().find(|threshold| left <= i64::from(*threshold))
}

/// Hides an alert until a day, under somebody's name. The next threshold shows it again.
pub fn snooze(
    platform: &dyn Platform,
    config: &str,
    alert: &str,
    until: Day,
    owner: &str,
) -> Result<(), ApiError> {
    let config = convert::config(config)?;
    let owner = words("owner", owner)?;
    let run = quiet(platform, &config)?;
    if until <= run.today {
        let problem =
            Problem::new("until", show_day(until), "a day after today", "choose a later day");
        return Err(ApiError::InputInvalid(vec![problem]));
    }
    let found = all(&run, &config, WITHIN_DAYS_MAX)?.into_iter().find(|a| a.id == alert);
    let found = found.ok_or_else(|| {
        ApiError::NotFound(format!("there is no alert {alert:?}: `rights expiring` lists them"))
    })?;
    let key = keys::alert(alert);
    let before = store::get::<Snooze>(platform, &key).map_err(state)?;
    let snooze = Snooze {
        alert: alert.to_owned(),
        owner: owner.to_owned(),
        until,
        threshold: found.threshold_days,
    };
    let document = serde_json::json!({ "alert": found.message, "until": show_day(until) });
    audit(platform, "snooze", found.asset.as_str(), format!("{owner} takes care"), document)?;
    store::put(platform, &key, before.map(|b| b.version), &snooze).map(|_| ()).map_err(state)
}
