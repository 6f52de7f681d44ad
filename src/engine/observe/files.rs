//! Purchases whose files could not be listed. They are asked for again in later runs, ever more
//! rarely, and after some days a person is asked instead.

use crate::engine::inbox::{Item, Kind, again};
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::limits::{
    UNLISTED_ASKED_MAX, UNLISTED_ATTEMPTS_MAX, UNLISTED_FIRST_MS, UNLISTED_MS_MAX,
};
use crate::model::ids::PurchaseId;
use crate::state::unlisted::Unlisted;
use crate::state::{keys, store};

/// Remembers purchases whose files could not be listed now, with the reasons. Stored before the
/// feed's cursor moves past them.
pub fn remember(run: &Run, failed: &[(PurchaseId, String)]) -> Result<(), Stop> {
    let names: Vec<String> = failed.iter().map(|(id, _)| keys::unlisted(id)).collect();
    let there = store::get_mirrors::<Unlisted>(run.platform, &names)?;
    let now = run.platform.now().0;
    let mut puts = Vec::with_capacity(failed.len());
    for (((id, why), name), (before, version)) in failed.iter().zip(names).zip(there) {
        let attempts = before.map_or(0, |b| b.attempts).saturating_add(1);
        let doubled = UNLISTED_FIRST_MS.saturating_mul(1 << attempts.saturating_sub(1).min(20));
        let marker = Unlisted {
            purchase: id.0.clone(),
            attempts,
            next: now.saturating_add(doubled.min(UNLISTED_MS_MAX)),
            why: why.clone(),
        };
        puts.push(store::prepared(name, version, &marker)?);
    }
    store::put_all(run.platform, &puts)?;
    Ok(())
}

/// Forgets those whose files are stored by now.
pub fn forget(run: &Run, listed: &[PurchaseId]) -> Result<(), Stop> {
    let names: Vec<String> = listed.iter().map(keys::unlisted).collect();
    let there = store::get_mirrors::<Unlisted>(run.platform, &names)?;
    for (name, (_, version)) in names.iter().zip(there) {
        if let Some(version) = version {
            store::delete(run.platform, name, version)?;
        }
    }
    Ok(())
}

/// The purchases whose files are to be asked for now, as many as one run asks for. A person is told
/// about those that were asked for often enough.
pub fn due(run: &mut Run) -> Result<Vec<PurchaseId>, Stop> {
    let now = run.platform.now().0;
    let mut due = Vec::new();
    let mut given_up = Vec::new();
    store::scan(run.platform, "unlisted/", |entry| {
        let Some(marker) = store::mirror::<Unlisted>(entry)?.map(|found| found.value) else {
            return Ok(());
        };
        let question = question(&marker);
        let again = run.inbox.decision(&question) == Some("retry");
        let open = marker.attempts < UNLISTED_ATTEMPTS_MAX && marker.next <= now;
        if (open || again) && due.len() < UNLISTED_ASKED_MAX {
            due.push(PurchaseId(marker.purchase));
        } else if marker.attempts >= UNLISTED_ATTEMPTS_MAX {
            given_up.push(question);
        }
        Ok(())
    })?;
    for question in given_up {
        run.inbox.raise(question);
    }
    Ok(due)
}

/// Each vain attempt is another question.
fn question(marker: &Unlisted) -> Item {
    let message = format!(
        "the files of purchase {} cannot be listed ({}; asked for {} times): it joins by its ids \
         only. Mend it in Smint.io, then ask again",
        marker.purchase, marker.why, marker.attempts
    );
    let record = format!("files:{}", marker.purchase);
    let facts = marker.next.to_string();
    Item::about(Kind::BadRecord, &record, message, facts).with_choices(again())
}
