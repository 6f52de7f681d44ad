//! What holds for a purchase as a whole: its state, releases, reuse allowance, licensee and free
//! text. Invariant: an asset-wide fact only worsens a verdict.

use crate::model::licence::{Policy, Purchase};

use super::asked::Use;
use super::dimension::editorial::sells;
use super::findings::Findings;
use super::reason::{Code, Dimension, Key};

const DIMENSION: Dimension = Dimension::Asset;

/// The facts of a purchase, made ready to be compared.
#[derive(Clone, Debug)]
pub(super) struct AssetFacts {
    state: State,
    model: Released,
    property: Released,
    reuse: Reuse,
    licensee: Option<String>,
    unread_text: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Completed,
    Cancelled,
    Incomplete,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Released {
    Yes,
    No,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reuse {
    Allowed,
    Spent,
    Unknown,
}

impl AssetFacts {
    /// Reads them. `is_read`: a profile has turned the free licence text into statements.
    pub fn of(purchase: &Purchase, is_read: bool) -> Self {
        let policy = &purchase.policy;
        Self {
            state: state(purchase),
            model: released(policy.release.model.as_deref()),
            property: released(policy.release.property.as_deref()),
            reuse: reuse(policy),
            licensee: policy.licensee.as_deref().map(entity),
            unread_text: policy.unread_licence_text && !is_read,
        }
    }

    /// Compares them with the use.
    pub fn check(&self, asked: &Use, found: &mut Findings) {
        match self.state {
            State::Completed => {}
            State::Cancelled => found.fail(Code::PurchaseCancelled, DIMENSION, Key::None),
            State::Incomplete => found.review(Code::PurchaseIncomplete, DIMENSION, Key::None),
        }
        if sells(asked.role) {
            let model = (Code::ModelReleaseMissing, Code::ModelReleaseUnknown);
            check_release(self.model, model, found);
            let property = (Code::PropertyReleaseMissing, Code::PropertyReleaseUnknown);
            check_release(self.property, property, found);
        }
        match self.reuse {
            Reuse::Allowed => {}
            Reuse::Spent => found.fail(Code::ReuseLimit, DIMENSION, Key::None),
            Reuse::Unknown => found.review(Code::ReuseLimit, DIMENSION, Key::None),
        }
        if let Some(ours) = &asked.legal_entity
            && self.licensee.as_deref() != Some(&entity(ours))
        {
            let other = self.licensee.as_deref().map_or(Key::None, |l| Key::Text(l.into()));
            found.review(Code::LicenseeOther, DIMENSION, other);
        }
        if self.unread_text {
            found.review(Code::FreeTextUnread, DIMENSION, Key::None);
        }
    }
}

fn check_release(state: Released, (missing, unknown): (Code, Code), found: &mut Findings) {
    match state {
        Released::Yes => {}
        Released::No => found.fail(missing, DIMENSION, Key::None),
        Released::Unknown => found.review(unknown, DIMENSION, Key::None),
    }
}

/// The state is read first: a cancelled purchase is cancelled even if it may be synchronised.
fn state(purchase: &Purchase) -> State {
    let policy = purchase.policy.state.as_deref();
    match policy.or(purchase.state.as_deref()).map(str::trim) {
        Some(state) if state.eq_ignore_ascii_case("cancelled") => State::Cancelled,
        Some(state)
            if state.eq_ignore_ascii_case("completed") && purchase.can_be_synced == Some(true) =>
        {
            State::Completed
        }
        _ => State::Incomplete,
    }
}

/// `all` is a filter value and says nothing about this image; so do values that are new.
fn released(state: Option<&str>) -> Released {
    match state.map(str::trim) {
        Some(s) if s.eq_ignore_ascii_case("released") => Released::Yes,
        Some(s) if s.eq_ignore_ascii_case("no_release_required") => Released::Yes,
        Some(s) if s.eq_ignore_ascii_case("not_released") => Released::No,
        _ => Released::Unknown,
    }
}

fn reuse(policy: &Policy) -> Reuse {
    match (policy.max_reuses, policy.current_reuses) {
        (None | Some(..=0), _) => Reuse::Allowed,
        (Some(max), Some(current)) if current >= max => Reuse::Spent,
        (Some(_), Some(0..)) => Reuse::Allowed,
        (Some(_), _) => Reuse::Unknown,
    }
}

/// A company's name without what typing changes: case and white space.
fn entity(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
