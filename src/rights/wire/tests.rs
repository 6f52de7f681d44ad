//! Every worked case, ours and those we were given.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::rights::Code;

const EXAMPLES: &str = include_str!("../../../tests/cases/clearance/examples.json");
const OURS: &str = include_str!("../../../tests/cases/clearance/ours.json");

fn cases(file: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(file).unwrap();
    file["cases"].as_array().unwrap().clone()
}

#[test]
fn every_case_is_decided_as_expected() {
    let mut wrong = Vec::new();
    for json in cases(EXAMPLES).iter().chain(&cases(OURS)) {
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
