//! Contexts that the portal's adapter refused: they are not sent again until they change or a person
//! says so, and that person is told.

use crate::engine::inbox::{Item, Kind, again};
use crate::engine::run::Run;
use crate::report::{Outcome, RecordState};
use crate::state::context::{RefusedContext, SentContext};

/// What a person is asked about it.
pub fn told(asset: &str, refused: &RefusedContext) -> Item {
    let message = format!(
        "the portal's adapter does not take its context: {}. It is not told again until the \
         context changes or somebody says so",
        refused.why
    );
    let facts = format!("{} {}", refused.run_id, refused.sha256);
    Item::about(Kind::BadRecord, asset, message, facts).with_choices(again())
}

/// Whether this context was refused and is not to be tried again; then the question stays open.
pub fn is_given_up(run: &mut Run, before: Option<&SentContext>, sha256: &str) -> bool {
    let Some(before) = before else { return false };
    let Some(refused) = before.refused.as_ref().filter(|refused| refused.sha256 == sha256) else {
        return false;
    };
    let item = told(&before.asset, refused);
    if run.inbox.decision(&item) == Some("retry") {
        return false;
    }
    ask(run, &before.asset, item);
    true
}

/// Tells a person.
pub fn ask(run: &mut Run, asset: &str, item: Item) {
    run.report.outcome(Outcome {
        record_id: asset.to_owned(),
        state: RecordState::Inbox,
        why: item.message.clone(),
        decision: None,
    });
    run.inbox.raise(item);
}
