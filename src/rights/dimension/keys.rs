//! The rule that usage, media, placement, size and industry share: a denial that hits fails, an
//! unknown denial poisons, a grant that covers passes, and a grant that does not cover fails unless
//! an unknown key in it may be the one that does.

use crate::rights::findings::Findings;
use crate::rights::need::{Need, Rows};
use crate::rights::reason::{Code, Dimension, Key};
use crate::rights::vocabulary::{ANY, KeySet};

/// What a grant allows and denies in one dimension.
#[derive(Clone, Debug, Default)]
pub(in crate::rights) struct Lists {
    /// What it allows.
    pub allowed: KeySet,
    /// What it denies.
    pub restricted: KeySet,
}

/// The allow part. An empty list is left to the caller: whether it is unknown or no limit differs.
pub(super) fn allow<const N: usize>(
    findings: &mut Findings,
    (not_granted, dimension, key): (Code, Dimension, Key),
    (rows, need): (&Rows<N>, &Need),
    allowed: &KeySet,
) {
    if need.hits(allowed) != 0 || allowed.strangers.iter().any(|s| need.names(s)) {
        return;
    }
    let before = findings.reasons.len();
    let strangers = allowed.strangers.iter().filter(|s| !rows.knows(s));
    findings.review_strangers(Code::UnknownKey, dimension, strangers);
    if findings.reasons.len() == before {
        findings.fail(not_granted, dimension, key);
    }
}

/// The deny part, for every need of the use at once; `any` hits even where there is no need.
pub(super) fn deny<'n, const N: usize>(
    findings: &mut Findings,
    (prohibited, dimension): (Code, Dimension),
    rows: &Rows<N>,
    needs: impl Iterator<Item = &'n Need> + Clone,
    restricted: &KeySet,
) {
    let hits = needs.clone().fold(0, |hits, need| hits | need.hits(restricted));
    for key in rows.vocabulary.names(hits) {
        findings.fail(prohibited, dimension, Key::Known(key));
    }
    if hits == 0 && restricted.any {
        findings.fail(prohibited, dimension, Key::Known(ANY));
    }
    for stranger in &restricted.strangers {
        let key = Key::Text(stranger.clone());
        if needs.clone().any(|need| need.names(stranger)) {
            findings.fail(prohibited, dimension, key);
        } else if !rows.knows(stranger) {
            findings.review(Code::UnknownKey, dimension, key);
        }
    }
}
