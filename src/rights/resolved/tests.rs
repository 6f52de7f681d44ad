//! What cases cannot say: whether a purchase may be synchronised, which profile is whose, and
//! which source decided.

use super::*;
use crate::model::declaration::{ProviderProfile, Scope};
use crate::rights::wire::{Case, read_case};

fn first_example() -> Case {
    let file = include_str!("../../../tests/cases/clearance/examples.json");
    let file: serde_json::Value = serde_json::from_str(file).unwrap();
    let mut case = read_case(&file["cases"][0].to_string()).unwrap();
    let purchase = case.purchase.as_mut().unwrap();
    purchase.id = "p1".into();
    purchase.provider = Some("adobestock".to_owned());
    purchase.licence_kind = Some("image_standard".to_owned());
    case
}

fn decided(case: &Case) -> Decision {
    crate::rights::wire::evaluate(case)
}

#[test]
fn a_purchase_that_may_not_be_synchronised_is_incomplete_and_a_cancelled_one_cancelled() {
    for (state, can_be_synced, code) in [
        ("completed", Some(false), Code::PurchaseIncomplete),
        ("completed", None, Code::PurchaseIncomplete),
        ("cancelled", Some(true), Code::PurchaseCancelled),
        ("cancelled", Some(false), Code::PurchaseCancelled),
    ] {
        let mut case = first_example();
        let purchase = case.purchase.as_mut().unwrap();
        purchase.can_be_synced = can_be_synced;
        purchase.policy.state = Some(state.to_owned());
        assert_eq!(decided(&case).deciding_codes(), [code], "{state} {can_be_synced:?}");
    }
}

#[test]
fn a_profile_speaks_for_its_provider_and_licence_only() {
    let profile = |id: &str, provider: &str, licence: &str, signer: &str| ProviderProfile {
        id: id.to_owned(),
        provider: provider.to_owned(),
        licence_kind: licence.to_owned(),
        signer: signer.to_owned(),
        ..ProviderProfile::default()
    };
    for (provider, licence, signer, reads) in [
        ("AdobeStock", "image_standard", "B. Rights", true),
        ("getty", "image_standard", "B. Rights", false),
        ("adobestock", "image_extended", "B. Rights", false),
        ("adobestock", "image_standard", " ", false),
    ] {
        let mut case = first_example();
        case.purchase.as_mut().unwrap().policy.unread_licence_text = true;
        case.profiles = vec![profile("mine", provider, licence, signer)];
        let decision = decided(&case);
        assert_eq!(decision.verdict.is_cleared(), reads, "{provider} {licence} {signer}");
        assert_eq!(decision.profile.as_deref(), reads.then_some("mine"));
    }
}

#[test]
fn the_decision_names_its_source_and_only_purchases_have_terms() {
    let mut case = first_example();
    let declaration = Declaration {
        id: "d1".to_owned(),
        signer: Some("A".to_owned()),
        scope: vec![Scope::Stated("it".to_owned())],
        usages: vec!["any".to_owned()],
        ..Declaration::default()
    };
    case.declarations = vec![declaration];
    let decision = decided(&case);
    assert_eq!((decision.source.as_deref(), decision.source_index), (Some("p1"), Some(0)));
    case.purchase.as_mut().unwrap().policy.state = Some("cancelled".to_owned());
    let decision = decided(&case);
    assert_eq!((decision.source.as_deref(), decision.source_index), (Some("d1"), Some(1)));
    assert!(decision.reasons.iter().all(|reason| reason.term.is_none()));
    assert_eq!(decision.deciding_codes(), [Code::MediaUnstated, Code::TerritoryUnstated]);
}

#[test]
fn four_fifths_of_a_cap_are_time_to_warn() {
    for (cap, warn) in [("6250", None), ("10000", Some(false)), ("5000", Some(true))] {
        let mut case = first_example();
        let key = format!("quantity_up_to_{cap}_total_circulation");
        let term = case.purchase.as_mut().unwrap().policy.terms.first_mut().unwrap();
        term.usage_limits = if warn.is_some() { vec![key] } else { vec!["any".to_owned()] };
        let decision = decided(&case);
        assert_eq!(decision.copies.map(crate::rights::Copies::is_nearly_used), warn, "{cap}");
    }
}
