//! Territory: every country of the product must be granted and none denied. Nothing stated is
//! unknown; a country that a region label may or may not include is unknown; so is a product whose
//! territory is not known in full.

use crate::rights::asked::Use;
use crate::rights::findings::Findings;
use crate::rights::geography::Geography;
use crate::rights::reason::{Code, Dimension, Key};
use crate::rights::vocabulary::ANY;

const DIMENSION: Dimension = Dimension::Territory;

/// Compares the granted territory with the product's.
pub(in crate::rights) fn check(
    allowed: &Geography,
    restricted: &Geography,
    asked: &Use,
    findings: &mut Findings,
) {
    deny(restricted, asked, findings);
    allow(allowed, asked, findings);
    if asked.territory.unknown_rest || asked.territory.known.is_empty() {
        findings.review_use(Code::TerritoryProductUnknown, DIMENSION, Key::None);
    }
}

fn deny(restricted: &Geography, asked: &Use, findings: &mut Findings) {
    if restricted.any {
        findings.fail(Code::TerritoryProhibited, DIMENSION, Key::Known(ANY));
    } else {
        for code in asked.territory.known.intersection(restricted.wide).codes() {
            findings.fail(Code::TerritoryProhibited, DIMENSION, Key::Known(code));
        }
    }
    findings.review_strangers(Code::TerritoryKeyUnknown, DIMENSION, &restricted.strangers);
}

fn allow(allowed: &Geography, asked: &Use, findings: &mut Findings) {
    if allowed.any {
        return;
    }
    if !allowed.stated {
        findings.review(Code::TerritoryUnstated, DIMENSION, Key::None);
        return;
    }
    let outside = asked.territory.known.difference(allowed.narrow);
    if outside.is_empty() {
        return;
    }
    for code in outside.intersection(allowed.wide).codes() {
        findings.review(Code::TerritoryRegionAmbiguous, DIMENSION, Key::Known(code));
    }
    let beyond = outside.difference(allowed.wide);
    if beyond.is_empty() {
        return;
    }
    if allowed.strangers.is_empty() {
        for code in beyond.codes() {
            findings.fail(Code::TerritoryNotGranted, DIMENSION, Key::Known(code));
        }
    } else {
        findings.review_strangers(Code::TerritoryKeyUnknown, DIMENSION, &allowed.strangers);
    }
}
