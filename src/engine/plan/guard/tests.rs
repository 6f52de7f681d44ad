//! The guard: what waits, and what an answer lets pass.

use super::*;
use crate::engine::plan::operation::Operation;
use crate::engine::plan::past::changed;
use crate::model::ids::{AssetId, WorkId};
use crate::state::intent::Fit;
use crate::state::link::{Appearance, Past, Placed};

#[derive(Clone, Copy, PartialEq)]
enum What {
    Withdraw,
    Downgrade,
    Create,
    Replace,
    Swing,
}

fn operation(number: usize, what: What) -> Sketch {
    let caption = |text: &str| Appearance {
        work: 1,
        caption: Some(text.to_owned()),
        ..Appearance::default()
    };
    let past = changed(&caption("new"), &caption("old"))
        .into_iter()
        .map(|(field, was, _)| Past { field: field.to_owned(), was })
        .filter(|_| what == What::Swing)
        .collect();
    let old = Placed { id: 1, asked: caption("old"), past, ..Placed::default() };
    let goes = matches!(what, What::Withdraw | What::Downgrade);
    let operation = Operation {
        asset: AssetId(format!("{number}")),
        title: String::new(),
        work: WorkId(1),
        why: String::new(),
        copies: None,
        beside: Vec::new(),
        by_rights: what == What::Downgrade,
        desired: (!goes).then(|| caption("new")),
        create: !goes,
        also: None,
        old: (what != What::Create).then_some(old),
        links: Vec::new(),
        old_links: Vec::new(),
        unlink_previous: false,
        download_item: String::new(),
        fit: Fit::default(),
        rests_on: Vec::new(),
    };
    Sketch::of(&operation)
}

fn operations(of: &[(What, usize)]) -> Vec<Sketch> {
    let mut number = 0;
    let mut operations = Vec::new();
    for (what, count) in of {
        for _ in 0..*count {
            operations.push(operation(number, *what));
            number += 1;
        }
    }
    operations
}

fn known(placed: usize, first_run_done: bool) -> Known {
    Known { placed, first_run_done, mapping_changed: false, now: 1 }
}

fn check(of: &[(What, usize)], placed: usize, done: bool, withheld: usize, asked: &[&str]) {
    let all = operations(of);
    let total = all.len();
    let guarded = guard(all, &known(placed, done), &mut Covers::default());
    assert_eq!(guarded.withheld.len(), withheld);
    assert_eq!(guarded.passed.len(), total - withheld);
    let records: Vec<&str> = guarded.questions.iter().map(|q| q.record_id.as_str()).collect();
    assert_eq!(records, asked);
}

#[test]
fn surprises_wait_for_a_person() {
    check(&[(What::Withdraw, 5)], 100, true, 0, &[]);
    check(&[(What::Withdraw, 6)], 100, true, 6, &["withdrawals"]);
    check(&[(What::Withdraw, 20)], 1_000, true, 0, &[]);
    check(&[(What::Withdraw, 21), (What::Create, 3)], 1_000, true, 21, &["withdrawals"]);
    check(&[(What::Withdraw, 3), (What::Downgrade, 3)], 100, true, 6, &["rights", "withdrawals"]);
    check(&[(What::Downgrade, 6)], 100, true, 6, &["rights"]);
    check(&[(What::Create, 400)], 0, false, 0, &[]);
    check(&[(What::Create, 51)], 100, true, 51, &["new images"]);
    check(&[(What::Create, 50)], 100, true, 0, &[]);
    check(&[(What::Create, 10)], 2, true, 0, &[]);
    check(&[(What::Replace, 50)], 100, true, 0, &[]);
    check(&[(What::Replace, 51)], 100, true, 51, &["replacements"]);
    check(&[(What::Replace, 51)], 100, false, 0, &[]);
    check(&[(What::Swing, 5)], 100, true, 0, &[]);
    check(&[(What::Swing, 6), (What::Replace, 2)], 100, true, 6, &["swings"]);
}

#[test]
fn what_a_changed_mapping_replaces_is_asked_about_once() {
    let known = Known { mapping_changed: true, ..known(100, true) };
    let mut covers = Covers::default();
    let guarded = guard(operations(&[(What::Replace, 80)]), &known, &mut covers);
    assert!(guarded.withheld.is_empty() && guarded.questions.is_empty());
    // The mapping's own question lets them pass.
    covers.accept(Class::Mapping, guarded.passed.iter().map(|o| o.id.clone()).collect());
    let later = Known { mapping_changed: false, ..known };
    let rest = operations(&[(What::Replace, 80)]).split_off(20);
    assert!(guard(rest, &later, &mut covers).withheld.is_empty(), "the rest after a pause");
}

#[test]
fn an_answer_is_for_the_changes_that_were_shown() {
    let mut covers = Covers::default();
    let shown = operations(&[(What::Withdraw, 30)]);
    let first = guard(shown.clone(), &known(100, true), &mut covers);
    let again = guard(shown.clone(), &Known { now: 2, ..known(100, true) }, &mut covers);
    assert_eq!(first.questions, again.questions, "the same changes are the same question");
    covers.accept(Class::Withdrawals, shown.iter().map(|o| o.id.clone()).collect());
    let mut moved = operations(&[(What::Withdraw, 31)]);
    let guarded = guard(moved.clone(), &known(100, true), &mut covers);
    assert_eq!((guarded.passed.len(), guarded.withheld.len()), (30, 1), "one was not shown");
    moved.truncate(12);
    assert_eq!(guard(moved, &known(100, true), &mut covers).passed.len(), 12);
    // As many, but others: none of them was shown.
    let others: Vec<Sketch> = (100..130).map(|n| operation(n, What::Withdraw)).collect();
    assert_eq!(guard(others, &known(100, true), &mut covers).withheld.len(), 30);
}
