//! Withholds surprises: more of a kind at once than a person would expect. A person's answer lets
//! exactly those changes pass that were shown.

use super::covers::{Class, Covers};
use super::sketch::{Image, Sketch};
use crate::engine::inbox::Item;
use crate::order;
use crate::report::words::counted;

/// Withdrawals that pass without asking: this many, or 2 % of what is placed if that is more. The
/// same holds for replacements by what was there before, and for titles whose rights got worse.
const FEW: usize = 5;

/// New images and replacements that pass without asking after the first run, however few are placed.
const CREATES_FREE: usize = 10;

/// What the guard looks at.
pub struct Known {
    /// How many images of ours are on titles.
    pub placed: usize,
    /// Whether a first run came to its end.
    pub first_run_done: bool,
    /// Whether the mapping was changed since the last run: what that replaces has a question of its
    /// own.
    pub mapping_changed: bool,
    /// Now, milliseconds since 1970.
    pub now: u64,
}

/// What the guard says.
pub struct Guarded {
    /// May go.
    pub passed: Vec<Sketch>,
    /// Wait for a person.
    pub withheld: Vec<Sketch>,
    /// What that person is asked.
    pub questions: Vec<Item>,
}

/// Splits the operations into those that may go and those that wait, with the questions.
pub fn guard(operations: Vec<Sketch>, known: &Known, covers: &mut Covers) -> Guarded {
    let few = withdrawals_free(known.placed);
    let many = if known.first_run_done { creates_free(known.placed) } else { usize::MAX };
    let taken = operations.iter().filter(|o| o.takes_away).count();
    let swinging = operations.iter().filter(|o| o.swings).count();
    let replaced = operations.iter().filter(|o| is_replacement(o)).count();
    let new = operations.iter().filter(|o| is_new(o)).count();
    let stops = |class: Class| match class {
        Class::Downgrades | Class::Withdrawals => taken > few,
        Class::Swings => swinging > few,
        Class::Replacements => replaced > many,
        Class::Creates => new > many,
        // A plan is asked about as a whole, not by the guard.
        Class::FirstPlan | Class::Mapping => false,
    };
    let passes = |class: Class, o: &Sketch| {
        let in_plan = |plan: Class| covers.covers(plan, &o.id);
        let by_mapping = known.mapping_changed && is_replacement(o);
        by_mapping || covers.covers(class, &o.id) || Class::PLANS.into_iter().any(in_plan)
    };
    let waits = |o: &Sketch| class(o, swinging > few).filter(|c| stops(*c) && !passes(*c, o));
    let (withheld, passed): (Vec<_>, Vec<_>) =
        operations.into_iter().map(|o| (waits(&o), o)).partition(|(class, _)| class.is_some());
    let mut questions = Vec::new();
    for class in Class::SURPRISES {
        let of: Vec<&Sketch> =
            withheld.iter().filter(|(c, _)| *c == Some(class)).map(|(_, o)| o).collect();
        if of.is_empty() {
            covers.clear(class);
        } else if !covers.is_answered(class) {
            let facts = covers.show(class, order::set(of.iter().map(|o| o.id.clone())), known.now);
            let message = message(class, &of, known.placed);
            questions.push(class.question(message, facts));
        }
    }
    let operations = |list: Vec<(Option<Class>, Sketch)>| list.into_iter().map(|(_, o)| o);
    Guarded {
        passed: operations(passed).collect(),
        withheld: operations(withheld).collect(),
        questions,
    }
}

/// How many withdrawals pass without asking where so many are placed.
pub fn withdrawals_free(placed: usize) -> usize {
    FEW.max(placed / 50)
}

/// How many new images pass without asking where so many are placed.
pub fn creates_free(placed: usize) -> usize {
    CREATES_FREE.max(placed / 2)
}

fn is_new(operation: &Sketch) -> bool {
    operation.image == Image::New
}

fn is_replacement(operation: &Sketch) -> bool {
    operation.image == Image::Replaced && !operation.takes_away
}

/// Which kind of change it is; none: one that nobody counts.
fn class(operation: &Sketch, many_swing: bool) -> Option<Class> {
    if operation.takes_away {
        let class = if operation.by_rights { Class::Downgrades } else { Class::Withdrawals };
        return Some(class);
    }
    if many_swing && operation.swings {
        return Some(Class::Swings);
    }
    if is_replacement(operation) {
        return Some(Class::Replacements);
    }
    is_new(operation).then_some(Class::Creates)
}

fn message(class: Class, operations: &[&Sketch], placed: usize) -> String {
    let count = operations.len();
    let titles = order::set(operations.iter().map(|o| o.work.0));
    let titles = counted(titles.len(), "title");
    let images = counted(count, "image");
    let what = match class {
        Class::Downgrades => {
            let why = operations
                .first()
                .map_or("", |o| o.why.as_deref().unwrap_or_default().trim_end_matches('.'));
            format!(
                "the rights of {images} on {titles} got worse at once, so that they \
                 would come off (the first: {why})"
            )
        }
        Class::Withdrawals => format!("{} at once on {titles}", counted(count, "withdrawal")),
        Class::Swings => format!(
            "{images} on {titles} would go back to what was there before ({}): \
             something changes to and fro",
            fields(operations)
        ),
        Class::Replacements => {
            format!("{images} on {titles} would be replaced at once ({})", fields(operations))
        }
        Class::Creates => format!("{} at once on {titles}", counted(count, "new image")),
        Class::FirstPlan | Class::Mapping => format!("{} on {titles}", counted(count, "change")),
    };
    let are = if placed == 1 { "is" } else { "are" };
    let placed = counted(placed, "image");
    format!(
        "{what}, where {placed} {are} on titles: more than expected, so nothing of it is done \
         until it is accepted. The report of the run names each; the answer is for exactly these"
    )
}

/// The fields that change, for people.
fn fields(operations: &[&Sketch]) -> String {
    let fields = order::set(operations.iter().flat_map(|o| o.fields.iter().copied()));
    fields.into_iter().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
