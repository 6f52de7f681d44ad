//! Size: only where the licence states one. The specification names no size that covers a role, so
//! by default only keys that mean every size do; a tenant's need table may name more.

use crate::rights::asked::Use;
use crate::rights::findings::Findings;
use crate::rights::need::{NeedTable, row_of};
use crate::rights::reason::{Code, Dimension, Key};

use super::keys::{Lists, allow, deny};

const DIMENSION: Dimension = Dimension::Size;

/// Compares the granted sizes with the role's need.
pub(in crate::rights) fn check(
    lists: &Lists,
    asked: &Use,
    needs: &NeedTable,
    findings: &mut Findings,
) {
    let rows = &needs.size;
    let need = rows.row(row_of(asked.role));
    let denial = (Code::SizeProhibited, DIMENSION);
    deny(findings, denial, rows, need.into_iter(), &lists.restricted);
    if let Some(need) = need.filter(|_| lists.allowed.is_stated()) {
        let refusal = (Code::SizeNotGranted, DIMENSION, Key::Known(asked.role.as_str()));
        allow(findings, refusal, (rows, need), &lists.allowed);
    }
}
