//! Trouble with an asset's file must not hide a lost right: what is on a title, or in a kit, is
//! judged by its rights even while nothing else can be said of it.

use super::approved_assets::{Observed, edition, evidence, hold, inbox, not_cleared};
use super::clearance;
use super::fit;
use super::placement::Judgement;
use crate::model::date::show_day;
use crate::model::ids::ProductId;
use crate::model::product::Product;
use crate::model::role::Role;
use crate::model::title::Title;
use crate::report::RecordState;
use crate::report::item::{Kind, again};
use crate::rights::{self, Decision, Verdict};

/// What keeps the file from going anywhere now, whatever it is for.
pub fn of(o: &Observed) -> Option<Box<Judgement>> {
    if let Some(from) = o.asset.publish_from.filter(|day| *day > o.today) {
        let why = format!("Portals says not to use it before {}", show_day(from));
        return Some(hold(RecordState::Deferred, Kind::BadRecord, why));
    }
    if let Some(problem) = fit::file_problem(&o.asset.file) {
        return Some(inbox(Kind::WrongFile, problem));
    }
    if let Some(refused) = o.refused {
        return Some(Box::new(Judgement::Hold {
            state: RecordState::Inbox,
            kind: Kind::WrongFile,
            why: refused.why.clone(),
            facts: Some(refused.run_id.clone()),
            choices: again(),
        }));
    }
    if o.asset.downloadable == Some(false) {
        let why = "Portals does not let it be downloaded: allow the download".to_owned();
        return Some(inbox(Kind::WrongFile, why));
    }
    None
}

/// An asset whose file is in trouble.
pub struct Troubled<'a> {
    /// Its role.
    pub role: Role,
    /// Its title.
    pub title: &'a Title,
    /// The editions that it is for.
    pub editions: &'a [&'a Product],
    /// What is to be said of the file.
    pub trouble: Box<Judgement>,
}

/// What holds of it: the trouble with its file, unless an image of it is on editions where it may
/// not be. The clearance of every edition is noted, because kits ask for it, too.
pub fn outranked(
    o: &Observed,
    decisions: &mut Vec<(ProductId, Decision)>,
    asked: Troubled,
) -> Box<Judgement> {
    let Troubled { role, title, editions, trouble } = asked;
    let placed: Vec<i64> = [o.ours, o.rest]
        .into_iter()
        .flatten()
        .filter(|image| image.asked.work == title.id.0)
        .flat_map(|image| image.asked.products.iter().copied())
        .collect();
    let evidence = evidence(o);
    let mut on_title = Vec::new();
    let mut broken = Vec::new();
    for product in &title.products {
        let is_placed = placed.contains(&product.id.0);
        if !is_placed && !editions.iter().any(|edition| edition.id == product.id) {
            continue;
        }
        let decision = clearance::decide(o.config, &evidence, (title, product), role, o.today);
        if is_placed {
            if decision.verdict == Verdict::Blocked {
                broken.push(format!("{}: {}", edition(product), rights::sentence(&decision)));
            }
            on_title.push((product.id, decision.clone()));
        }
        decisions.push((product.id, decision));
    }
    if on_title.is_empty() {
        return trouble;
    }
    if !on_title.iter().any(|(_, decision)| decision.verdict.is_cleared()) {
        return not_cleared(o, &on_title);
    }
    let fresh = o.licences_fresh || o.purchases.is_empty();
    if broken.is_empty() || !fresh {
        return trouble;
    }
    in_part(&broken, on_title, &trouble)
}

/// It may stay on some editions and not on others. A smaller image cannot be made of a file that is
/// in trouble, so a person decides about it as a whole.
fn in_part(
    broken: &[String],
    decisions: Vec<(ProductId, Decision)>,
    trouble: &Judgement,
) -> Box<Judgement> {
    let file = match trouble {
        Judgement::Hold { why, .. } | Judgement::Withdraw { why, .. } => why.as_str(),
        Judgement::Place(_) => "",
    };
    let broken: Vec<&str> = broken.iter().map(|why| why.trim_end_matches('.')).collect();
    let why = format!(
        "{}. It cannot be left on its other editions alone while its file is in trouble ({file})",
        broken.join("; ")
    );
    let decision = decisions.into_iter().map(|(_, d)| d).min_by_key(|d| d.verdict);
    Box::new(Judgement::Withdraw { why, certain: false, decision })
}
