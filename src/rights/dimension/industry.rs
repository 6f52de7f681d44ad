//! Industry: only denials count; publishing is the media industry.

use crate::rights::findings::Findings;
use crate::rights::need::NeedTable;
use crate::rights::reason::{Code, Dimension};

use super::keys::{Lists, deny};

/// Compares the denied industries with ours.
pub(in crate::rights) fn check(lists: &Lists, needs: &NeedTable, findings: &mut Findings) {
    let rows = &needs.industry;
    let denial = (Code::IndustryProhibited, Dimension::Industry);
    deny(findings, denial, rows, rows.row(0).into_iter(), &lists.restricted);
}
