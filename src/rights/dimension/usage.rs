//! Usage: what the image is used for. Nothing stated is unknown.

use crate::model::role::Role;
use crate::rights::asked::Use;
use crate::rights::findings::Findings;
use crate::rights::need::{NeedTable, row_of};
use crate::rights::reason::{Code, Dimension, Key};

use super::keys::{Lists, allow, deny};

const DIMENSION: Dimension = Dimension::Usage;

/// Compares the granted usages with the role's need. `only_usages`: nothing but the lists states a
/// usage; a declaration may name roles beside them, and then an empty list is a refusal.
pub(in crate::rights) fn check(
    lists: &Lists,
    only_usages: bool,
    asked: &Use,
    needs: &NeedTable,
    findings: &mut Findings,
) {
    let rows = &needs.usage;
    let need = rows.row(row_of(asked.role));
    deny(findings, (Code::UsageProhibited, DIMENSION), rows, need.into_iter(), &lists.restricted);
    if only_usages && !lists.allowed.is_stated() {
        findings.review(Code::UsageUnstated, DIMENSION, Key::None);
    } else if let Some(need) = need {
        let refusal = (Code::UsageNotGranted, DIMENSION, Key::Known(asked.role.as_str()));
        allow(findings, refusal, (rows, need), &lists.allowed);
    }
}

/// The key by which a sibling term denies the usage of this role, or may deny it: a denial that
/// nobody understands might be exactly this use.
pub(in crate::rights) fn denial(lists: &Lists, role: Role, needs: &NeedTable) -> Option<Key> {
    let rows = &needs.usage;
    let need = rows.row(row_of(role))?;
    let hit = rows.vocabulary.names(need.hits(&lists.restricted)).next().map(Key::Known);
    hit.or_else(|| {
        let strangers = &lists.restricted.strangers;
        let mut threatening = strangers.iter().filter(|s| need.names(s) || !rows.knows(s));
        threatening.next().map(|stranger| Key::Text(stranger.clone()))
    })
}
