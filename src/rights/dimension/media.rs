//! Media: every medium of the product must be granted. Nothing stated is unknown, and so are
//! media of the product that could not be told.

use crate::rights::asked::Use;
use crate::rights::findings::Findings;
use crate::rights::need::{Medium, Need, NeedTable};
use crate::rights::reason::{Code, Dimension, Key};

use super::keys::{Lists, allow, deny};

const DIMENSION: Dimension = Dimension::Media;

/// Compares the granted distributions with the product's media.
pub(in crate::rights) fn check(
    lists: &Lists,
    asked: &Use,
    needs: &NeedTable,
    findings: &mut Findings,
) {
    let rows = &needs.media;
    let wanted = media_of(asked).filter_map(|medium| rows.row(medium as usize));
    deny(findings, (Code::MediaProhibited, DIMENSION), rows, wanted, &lists.restricted);
    if !lists.allowed.is_stated() {
        findings.review(Code::MediaUnstated, DIMENSION, Key::None);
    } else {
        for medium in media_of(asked) {
            let fallback = Need::default();
            let need = rows.row(medium as usize).unwrap_or(&fallback);
            let refusal = (Code::MediaNotGranted, DIMENSION, Key::Known(medium.as_str()));
            allow(findings, refusal, (rows, need), &lists.allowed);
        }
    }
    if !asked.media.is_known() {
        findings.review_use(Code::MediaProductUnknown, DIMENSION, Key::None);
    }
}

fn media_of(asked: &Use) -> impl Iterator<Item = Medium> + Clone + use<> {
    let print = asked.media.print.then_some(Medium::Print);
    let digital = asked.media.digital.then_some(Medium::Digital);
    print.into_iter().chain(digital)
}
