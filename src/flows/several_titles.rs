//! An asset whose keys lead to several titles: a person says to which one it belongs.

use crate::linking::{Hit, Linked};
use crate::model::ids::WorkId;
use crate::order;
use crate::report::item::{Item, Kind};

/// How the answer begins that names a work.
const WORK: &str = "work-";

/// The rule of a link that a person chose.
const RULE: &str = "a person's answer";

/// What the question is about: an answer holds while it leads to the same titles.
pub fn facts(works: &[WorkId]) -> String {
    let works: Vec<String> = works.iter().map(ToString::to_string).collect();
    format!("works {}", works.join(" "))
}

/// What a person can answer: one choice per title.
pub fn choices(works: &[WorkId]) -> Vec<(String, String)> {
    let choice = |work: &WorkId| (format!("{WORK}{work}"), format!("It belongs to work {work}"));
    works.iter().map(choice).collect()
}

/// The link as a person chose it, if somebody did; else as it was found. `answer` tells what was
/// answered to a question.
pub fn chosen(
    asset: &str,
    linked: Linked,
    hits: impl Iterator<Item = Hit>,
    answer: impl Fn(&Item) -> Option<String>,
) -> Linked {
    let Linked::Ambiguous { works } = &linked else { return linked };
    let question = Item::about(Kind::Ambiguous, asset, String::new(), facts(works));
    let said = answer(&question);
    let id = said.as_deref().and_then(|said| said.strip_prefix(WORK)?.parse().ok()).map(WorkId);
    let Some(work) = id.filter(|id| works.contains(id)) else { return linked };
    let mut products: Vec<_> =
        hits.filter(|hit| hit.work == work).filter_map(|h| h.product).collect();
    order::sort_once(&mut products);
    Linked::Title { work, products, rule: RULE.to_owned() }
}
