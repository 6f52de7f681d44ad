//! Withholds surprises: more withdrawals or more new images than a person would expect.

use super::operation::Operation;
use crate::engine::inbox::{Draft, Item, Kind};

/// Withdrawals that pass without asking: this many, or 2 % of what is placed if that is more.
const WITHDRAWALS_MAX: usize = 5;

/// New images that pass without asking after the first run, however few are placed.
const CREATES_FREE: usize = 10;

/// What the guard looks at.
pub struct Known {
    /// How many images of ours are on titles.
    pub placed: usize,
    /// Whether a first run came to its end.
    pub first_run_done: bool,
    /// How many withdrawals and new images a person let pass before the run had to pause.
    pub accepted: (usize, usize),
}

/// What the guard says.
pub struct Guarded {
    /// May go.
    pub passed: Vec<Operation>,
    /// Wait for a person.
    pub withheld: Vec<Operation>,
    /// What that person is asked.
    pub questions: Vec<Item>,
    /// How many withdrawals and new images go on a person's word.
    pub accepted: (usize, usize),
}

/// Splits the operations into those that may go and those that wait, with the questions.
pub fn guard(operations: Vec<Operation>, known: &Known, inbox: &Draft) -> Guarded {
    let withdrawals = operations.iter().filter(|o| o.takes_away()).count();
    let creates = operations.iter().filter(|o| is_new(o)).count();
    let mut questions = Vec::new();
    let many_withdrawals = withdrawals > withdrawals_free(known.placed);
    let many_creates = known.first_run_done && creates > creates_free(known.placed);
    let stop_withdrawals = many_withdrawals
        && withdrawals > known.accepted.0
        && raise(inbox, &mut questions, "withdrawals", withdrawals, known.placed);
    let stop_creates = many_creates
        && creates > known.accepted.1
        && raise(inbox, &mut questions, "new images", creates, known.placed);
    let waits = |o: &Operation| (stop_withdrawals && o.takes_away()) || (stop_creates && is_new(o));
    let (withheld, passed) = operations.into_iter().partition(waits);
    let of = |many: bool, stopped: bool, count: usize| if many && !stopped { count } else { 0 };
    let accepted = (
        of(many_withdrawals, stop_withdrawals, withdrawals),
        of(many_creates, stop_creates, creates),
    );
    Guarded { passed, withheld, questions, accepted }
}

/// How many withdrawals pass without asking where so many are placed.
pub fn withdrawals_free(placed: usize) -> usize {
    WITHDRAWALS_MAX.max(placed / 50)
}

/// How many new images pass without asking where so many are placed.
pub fn creates_free(placed: usize) -> usize {
    CREATES_FREE.max(placed / 2)
}

fn is_new(operation: &Operation) -> bool {
    operation.create && operation.old.is_none()
}

/// True if nobody accepted it yet.
fn raise(
    inbox: &Draft,
    questions: &mut Vec<Item>,
    what: &str,
    count: usize,
    placed: usize,
) -> bool {
    let message = format!(
        "{count} {what} at once, where {placed} images are on titles: more than expected, so \
         nothing of it is done until it is accepted"
    );
    let item = Item::about(Kind::Guard, what, message, format!("{count} of {placed}"));
    if inbox.decision(&item) == Some("accept") {
        return false;
    }
    questions.push(item);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::{AssetId, WorkId};
    use crate::state::intent::Fit;
    use crate::state::link::{Appearance, Placed, Shown};

    fn operation(number: usize, withdrawal: bool) -> Operation {
        let appearance = Appearance { work: 1, ..Appearance::default() };
        let old = Placed { id: 1, asked: appearance.clone(), shown: Shown::default(), at: 0 };
        Operation {
            asset: AssetId(number.to_string()),
            title: String::new(),
            work: WorkId(1),
            why: String::new(),
            desired: (!withdrawal).then_some(appearance),
            create: !withdrawal,
            old: withdrawal.then_some(old),
            links: Vec::new(),
            old_links: Vec::new(),
            unlink_previous: false,
            download_item: String::new(),
            fit: Fit::default(),
            rests_on: Vec::new(),
        }
    }

    fn check(withdrawals: usize, creates: usize, placed: usize, done: bool, withheld: usize) {
        check_accepted((0, 0), withdrawals, creates, placed, done, withheld);
    }

    fn check_accepted(
        accepted: (usize, usize),
        withdrawals: usize,
        creates: usize,
        placed: usize,
        done: bool,
        withheld: usize,
    ) -> (usize, usize) {
        let operations = (0..withdrawals)
            .map(|n| operation(n, true))
            .chain((0..creates).map(|n| operation(n, false)))
            .collect();
        let known = Known { placed, first_run_done: done, accepted };
        let guarded = guard(operations, &known, &Draft::default());
        assert_eq!(guarded.withheld.len(), withheld, "{withdrawals} {creates} {placed} {done}");
        assert_eq!(guarded.passed.len(), withdrawals + creates - withheld);
        assert_eq!(guarded.questions.is_empty(), withheld == 0);
        guarded.accepted
    }

    #[test]
    fn an_answer_holds_for_as_many_as_were_shown() {
        assert_eq!(check_accepted((30, 0), 30, 0, 100, true, 0), (30, 0));
        assert_eq!(check_accepted((30, 0), 12, 0, 100, true, 0), (12, 0), "the rest after a pause");
        assert_eq!(check_accepted((30, 0), 31, 0, 100, true, 31), (0, 0), "more than was shown");
        assert_eq!(check_accepted((30, 60), 3, 60, 100, true, 0), (0, 60));
    }

    #[test]
    fn surprises_wait_for_a_person() {
        check(5, 0, 100, true, 0);
        check(6, 0, 100, true, 6);
        check(20, 0, 1_000, true, 0);
        check(21, 3, 1_000, true, 21);
        check(0, 400, 0, false, 0);
        check(0, 51, 100, true, 51);
        check(0, 50, 100, true, 0);
        check(0, 10, 2, true, 0);
    }
}
