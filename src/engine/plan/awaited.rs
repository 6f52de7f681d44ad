//! The question about a whole plan: the first one, and what a changed mapping makes. The answer lets
//! exactly those changes pass that were shown; what the world brought since then waits for a later
//! run, and does not make the question a new one.

use super::covers::{Class, Covers};
use super::sketch::{Image, Sketch};
use crate::engine::inbox::{Item, Kind};
use crate::engine::run::Run;
use crate::engine::stream;
use crate::order;
use crate::report::words::counted;
use crate::state::flow::FlowMemory;

/// A plan as far as people let it pass.
pub struct Asked {
    /// May go, once `awaits` is answered.
    pub passed: Vec<Sketch>,
    /// Came after the plan that was accepted.
    pub later: Vec<Sketch>,
    /// The question that must be answered before anything is done.
    pub awaits: Option<Item>,
}

/// Asks about the plan, where it is one to be asked about.
pub fn ask(run: &Run, memory: &FlowMemory, operations: Vec<Sketch>, covers: &mut Covers) -> Asked {
    let all = |passed| Asked { passed, later: Vec::new(), awaits: None };
    let Some(class) = class(run, memory, &operations, covers) else {
        Class::PLANS.into_iter().for_each(|class| covers.clear(class));
        return all(operations);
    };
    Class::PLANS.into_iter().filter(|c| *c != class).for_each(|class| covers.clear(class));
    let mapping = mapping(run);
    if covers.is_accepted(class) && !covers.covers(class, &mapping) {
        covers.withdraw(class);
    }
    if covers.is_accepted(class) {
        let (passed, later) = operations.into_iter().partition(|o| covers.lets_pass(&o.id));
        return Asked { passed, later, awaits: None };
    }
    let facts = if operations.is_empty() {
        "nothing".to_owned()
    } else {
        let ids = operations.iter().map(|o| o.id.clone()).chain([mapping]);
        covers.show(class, order::set(ids), run.platform.now().0)
    };
    let message = stream::message(run, kind(class), &counts(&operations));
    let item = class.question(message, facts);
    // A plan without changes has nothing that could be covered.
    let is_answered = operations.is_empty() && run.inbox.decision(&item) == Some("accept");
    Asked { awaits: (!is_answered).then_some(item), ..all(operations) }
}

/// Shown among the changes: an answer about one mapping is none about another.
fn mapping(run: &Run) -> String {
    format!("mapping {}", run.config.mapping_hash)
}

/// As what the plan is asked about. A first run that goes on does what was shown, until its end.
fn class(run: &Run, memory: &FlowMemory, operations: &[Sketch], covers: &Covers) -> Option<Class> {
    match stream::question(run, memory, !operations.is_empty()) {
        Some(Kind::MappingChanged) => Some(Class::Mapping),
        Some(_) => Some(Class::FirstPlan),
        None => covers.is_accepted(Class::FirstPlan).then_some(Class::FirstPlan),
    }
}

fn kind(class: Class) -> Kind {
    if class == Class::Mapping { Kind::MappingChanged } else { Kind::FirstRun }
}

fn counts(operations: &[Sketch]) -> String {
    let count = |image| operations.iter().filter(|o| o.image == image).count();
    let (creates, replaces) = (count(Image::New), count(Image::Replaced));
    let withdrawals = count(Image::Withdrawn);
    let creates = counted(creates, "new image");
    format!("{creates}, {replaces} replaced, {withdrawals} taken off")
}
