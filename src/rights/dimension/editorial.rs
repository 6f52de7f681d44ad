//! Editorial: whether the image may serve commerce. A cover and promotion sell, so "editorial
//! only" fails there; inside the book a person decides.

use crate::model::role::Role;
use crate::rights::asked::Use;
use crate::rights::findings::Findings;
use crate::rights::reason::{Code, Dimension, Key};

const DIMENSION: Dimension = Dimension::Editorial;

/// Compares the flag with the role.
pub(in crate::rights) fn check(is_editorial: Option<bool>, asked: &Use, findings: &mut Findings) {
    match is_editorial {
        Some(false) => {}
        Some(true) if sells(asked.role) => {
            findings.fail(Code::EditorialOnly, DIMENSION, Key::None);
        }
        Some(true) => findings.review(Code::EditorialOnly, DIMENSION, Key::None),
        None => findings.review(Code::EditorialUnknown, DIMENSION, Key::None),
    }
}

/// Whether a role sells: all but the interior.
pub(in crate::rights) fn sells(role: Role) -> bool {
    match role {
        Role::FrontCover | Role::FullCover => true,
        Role::Interior => false,
        Role::AuthorPhoto | Role::RetailerFeed => true,
        Role::MarketingPrint | Role::MarketingDigital | Role::Social => true,
    }
}
