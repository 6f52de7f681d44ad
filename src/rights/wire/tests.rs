//! Every worked case, ours and those we were given.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::rights::Code;

const EXAMPLES: &str = include_str!("../../../tests/cases/clearance/examples.json");
const OURS: &str = include_str!("../../../tests/cases/clearance/ours.json");
const BAD: &str = include_str!("../../../tests/cases/clearance/bad-input.json");

fn cases(file: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(file).unwrap();
    file["cases"].as_array().unwrap().clone()
}

/// Every worked case of every file.
pub(super) fn every_case() -> Vec<Value> {
    [EXAMPLES, OURS, BAD].into_iter().flat_map(cases).collect()
}

/// The bad-input table: what a bad value gives, and that the reason names the key.
#[test]
fn the_reason_names_the_bad_key() {
    let mut wrong = Vec::new();
    for json in cases(BAD) {
        let case = read_case(&json.to_string()).expect("a case");
        let decision = evaluate(&case);
        let keys: Vec<&str> =
            decision.deciding_reasons().iter().filter_map(|reason| reason.key.as_str()).collect();
        for name in json["names"].as_array().expect("names").iter().filter_map(Value::as_str) {
            if !keys.contains(&name) {
                wrong.push(format!("{}: {name:?} is not among {keys:?}", case.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_is_decided_as_expected() {
    let mut wrong = Vec::new();
    for json in &every_case() {
        match read_case(&json.to_string()) {
            Ok(case) => {
                assert!(case.expect.is_some(), "{}", case.id);
                wrong.extend(compare(&case, &evaluate(&case)).err());
            }
            Err(problems) => wrong.push(format!("{}: {problems:?}", json["id"])),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn our_cases_have_ids_of_their_own_and_a_case_for_every_code() {
    let cases = cases(OURS);
    let ids: BTreeSet<&str> = cases.iter().map(|c| c["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), cases.len());
    let expected: BTreeSet<&str> = cases
        .iter()
        .flat_map(|c| c["expect"]["reasons"].as_array().unwrap())
        .map(|code| code.as_str().unwrap())
        .collect();
    let missing: Vec<_> = Code::ALL.iter().filter(|c| !expected.contains(c.as_str())).collect();
    assert_eq!(missing, [&Code::AlterationUncertain], "nothing states alterations in a case");
}

fn case_with(change: fn(&mut Value)) -> Result<Case, Vec<crate::config::Problem>> {
    let mut json = cases(OURS).remove(0);
    change(&mut json);
    read_case(&json.to_string())
}

#[test]
fn misspelt_and_unreadable_fields_of_ours_are_problems() {
    let problem = |change: fn(&mut Value)| {
        let problems = case_with(change).unwrap_err();
        problems.into_iter().map(|p| p.path).collect::<Vec<_>>().join(" ")
    };
    for (change, path) in [
        ((|c| c["context"]["planed_run"] = 1.into()) as fn(&mut Value), "context.planed_run"),
        (|c| c["context"]["role"] = "cover".into(), "context.role"),
        (|c| c["context"]["today"] = Value::Null, "context.today"),
        (|c| c["context"]["use_from"] = "2027".into(), "context.use_from"),
        (|c| c["context"]["use_from"] = vec!["2027-01-01"].into(), "context.use_from"),
        (|c| c["context"]["planned_run"] = "5000".into(), "context.planned_run"),
        (|c| c["context"]["territory"]["rest"] = true.into(), "context.territory.rest"),
        (|c| c["context"] = Value::Null, "context"),
        (|c| c["id"] = Value::Null, "id"),
        (|c| c["expect"]["verdict"] = "maybe".into(), "expect.verdict"),
        (|c| c["expect"]["reasons"] = vec!["USAGE_ODD"].into(), "expect.reasons"),
        (
            |c| c["declarations"] = serde_json::json!([{"id": "d", "valid_untill": "2027-01-01"}]),
            "declarations[0].valid_untill",
        ),
    ] {
        assert_eq!(problem(change), path);
    }
    assert_eq!(read_case("{").unwrap_err().len(), 1);
    assert_eq!(read_case("[]").unwrap_err().len(), 1);
}

#[test]
fn a_wrong_answer_is_told_apart() {
    let case = case_with(|c| c["expect"]["reasons"] = vec!["MEDIA_UNSTATED"].into()).unwrap();
    let told = compare(&case, &evaluate(&case)).unwrap_err();
    assert_eq!(
        told,
        "o001: expected needs_review [MEDIA_UNSTATED], decided needs_review [USAGE_UNSTATED]"
    );
}

/// Whatever stands in a vendor's field, reading it never panics and never clears what was not.
#[test]
fn garbage_in_vendor_fields_never_improves() {
    let garbage = [
        serde_json::json!(null),
        serde_json::json!(true),
        serde_json::json!(-1.5),
        serde_json::json!("any"),
        serde_json::json!("<b>2029-12-31</b>"),
        serde_json::json!([null, {"any": 1}, ["any"], 7]),
        serde_json::json!({"any": "any"}),
    ];
    let base = cases(EXAMPLES).remove(0);
    assert_eq!(evaluate(&read_case(&base.to_string()).unwrap()).verdict.as_str(), "cleared");
    let fields = ["state", "terms", "release", "max_reuses", "licence_text", "licensee", "profile"];
    let of_terms = [
        "allowed_usages",
        "restricted_usages",
        "restricted_placements",
        "restricted_geographies",
        "restricted_languages",
        "usage_limits",
        "valid_from",
        "valid_until",
        "is_editorial_use",
    ];
    for junk in &garbage {
        let decided = |change: &dyn Fn(&mut Value)| {
            let mut json = base.clone();
            change(&mut json);
            evaluate(&read_case(&json.to_string()).unwrap()).verdict
        };
        for field in fields {
            let verdict = decided(&|c| c["policy"][field] = junk.clone());
            let harmless = ["licensee", "profile", "licence_text"].contains(&field)
                || (field == "max_reuses" && (junk.is_null()));
            assert!(harmless || !verdict.is_cleared(), "{field} = {junk}: {verdict}");
        }
        for field in of_terms {
            let verdict = decided(&|c| c["policy"]["terms"][0][field] = junk.clone());
            let absent = junk.is_null() && !["allowed_usages", "usage_limits"].contains(&field);
            let absent = absent && field != "is_editorial_use";
            let flag = field == "is_editorial_use" && junk.is_boolean();
            assert!(absent || flag || !verdict.is_cleared(), "{field} = {junk}: {verdict}");
        }
    }
}
