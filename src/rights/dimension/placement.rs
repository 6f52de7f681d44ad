//! Placement: only where the licence states one. Roles without a place in the book need none.

use crate::rights::asked::Use;
use crate::rights::findings::Findings;
use crate::rights::need::{NeedTable, row_of};
use crate::rights::reason::{Code, Dimension, Key};

use super::keys::{Lists, allow, deny};

const DIMENSION: Dimension = Dimension::Placement;

/// Compares the granted placements with the role's need.
pub(in crate::rights) fn check(
    lists: &Lists,
    asked: &Use,
    needs: &NeedTable,
    findings: &mut Findings,
) {
    let rows = &needs.placement;
    let need = rows.row(row_of(asked.role));
    let denial = (Code::PlacementProhibited, DIMENSION);
    deny(findings, denial, rows, need.into_iter(), &lists.restricted);
    if let Some(need) = need.filter(|_| lists.allowed.is_stated()) {
        let refusal = (Code::PlacementNotGranted, DIMENSION, Key::Known(asked.role.as_str()));
        allow(findings, refusal, (rows, need), &lists.allowed);
    }
}
