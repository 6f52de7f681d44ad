//! A case: policy, declarations, context, and the expected answer.

use serde_json::{Map, Value};

use crate::config::Problem;
use crate::model::date::{Day, show_day};
use crate::model::declaration::{Declaration, ProviderProfile};
use crate::model::licence::Purchase;
use crate::order;
use crate::rights::asked::Use;
use crate::rights::decision::{Decision, Verdict};
use crate::rights::reason::Code;
use crate::rights::{Sources, decide};

use super::declaration::read_declaration;
use super::strict::{Section, found, problem};
use super::{context, policy};

/// A rights question in full.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its id.
    pub id: String,
    /// The purchase, if there is one.
    pub purchase: Option<Purchase>,
    /// The profile beside it.
    pub profiles: Vec<ProviderProfile>,
    /// The declarations; each covers the image in hand.
    pub declarations: Vec<Declaration>,
    /// The use.
    pub asked: Use,
    /// The answer that is expected, where the case states one.
    pub expect: Option<Expectation>,
}

/// An expected answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The verdict.
    pub verdict: Verdict,
    /// The last covered day.
    pub until: Option<Day>,
    /// The codes at the deciding severity, ascending, without duplicates.
    pub reasons: Vec<Code>,
}

/// Reads a case; every problem is listed.
pub fn read_case(json: &str) -> Result<Case, Vec<Problem>> {
    let value: Value = serde_json::from_str(json).map_err(|e| {
        vec![problem("", &e.to_string(), "a case as a JSON object", "Mend the JSON.")]
    })?;
    let Some(object) = value.as_object() else {
        return Err(vec![problem("", &found(&value), "a JSON object", "Give one case each.")]);
    };
    let mut problems = Vec::new();
    let case = parts(object, &mut problems);
    case.filter(|_| problems.is_empty()).ok_or(problems)
}

fn parts(object: &Map<String, Value>, problems: &mut Vec<Problem>) -> Option<Case> {
    let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
    let id = text("id");
    if id.is_none() {
        problems.push(problem("id", "no text", "the case's id", "Add it."));
    }
    let (purchase, profiles) = policy::read(object.get("policy"));
    let declarations = declarations(object.get("declarations"), problems);
    let expect = expectation(object.get("expect"), problems);
    let Some(context) = object.get("context").and_then(Value::as_object) else {
        problems.push(problem("context", "no object", "the use that is asked about", "Add it."));
        return None;
    };
    let asked = context::read(context, problems)?;
    Some(Case { id: id?, purchase, profiles, declarations, asked, expect })
}

fn declarations(value: Option<&Value>, problems: &mut Vec<Problem>) -> Vec<Declaration> {
    let items = match value {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(items)) => items,
        Some(other) => {
            let fix = "Write a list of declarations.";
            problems.push(problem("declarations", &found(other), "a list", fix));
            return Vec::new();
        }
    };
    let mut read = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match read_declaration(&format!("declarations[{index}]"), item) {
            Ok(declaration) => read.push(declaration),
            Err(mut found) => problems.append(&mut found),
        }
    }
    read
}

fn expectation(value: Option<&Value>, problems: &mut Vec<Problem>) -> Option<Expectation> {
    let object = value?.as_object()?;
    let mut expect = Section::new("expect", object, &["verdict", "until", "reasons"]);
    let verdicts = "cleared, cleared_until, needs_review or blocked";
    let verdict = expect.required("verdict", verdicts, |v| Verdict::parse(v.as_str()?));
    let until = expect.day("until");
    let codes = "a list of reason codes of docs/RIGHTS.md";
    let reasons = expect.optional("reasons", codes, |v| {
        v.as_array()?.iter().map(|code| Code::parse(code.as_str()?)).collect::<Option<Vec<_>>>()
    });
    problems.append(&mut expect.problems);
    let mut reasons = reasons.unwrap_or_default();
    order::sort_once(&mut reasons);
    Some(Expectation { verdict: verdict?, until, reasons })
}

/// Decides the case.
pub fn evaluate(case: &Case) -> Decision {
    let sources = Sources {
        purchases: case.purchase.iter().collect(),
        declarations: case.declarations.iter().collect(),
        profiles: &case.profiles,
    };
    decide(&sources, &case.asked)
}

/// Compares the decision with the case's expectation: verdict, `until` and the set of deciding
/// codes. A case without an expectation passes.
pub fn compare(case: &Case, decision: &Decision) -> Result<(), String> {
    let Some(expect) = &case.expect else { return Ok(()) };
    let got = Expectation {
        verdict: decision.verdict,
        until: decision.until,
        reasons: decision.deciding_codes(),
    };
    if got == *expect {
        return Ok(());
    }
    Err(format!("{}: expected {}, decided {}", case.id, shown(expect), shown(&got)))
}

fn shown(answer: &Expectation) -> String {
    let until = answer.until.map(|day| format!(" {}", show_day(day))).unwrap_or_default();
    let codes: Vec<&str> = answer.reasons.iter().map(|code| code.as_str()).collect();
    format!("{}{until} [{}]", answer.verdict, codes.join(", "))
}
