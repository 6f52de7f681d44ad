//! `clearance --what-if`: decides cases that are given in full, through the component.

pub mod cases;
mod compare;

use std::io::Read as _;
use std::path::Path;

use host_harness::bindings::exports::consonance_smintio::connector::rights::Evaluation;
use serde_json::{Value, json};

use super::arguments::ClearanceOptions;
use super::context::Context;
use super::exit::{Failure, Status};
use super::matrix;
use super::output::{self, counted, verdict};

/// Cases in one call, so that no call outgrows the guest's memory.
const CASES_PER_CALL: usize = 500;

/// Runs the command.
pub async fn clearance(context: &Context, options: &ClearanceOptions) -> Result<Status, Failure> {
    match (&options.isbn, &options.what_if) {
        (_, Some(file)) => what_if(context, options, file).await,
        (isbn, None) => matrix::matrix(context, isbn.as_deref().unwrap_or_default(), options).await,
    }
}

/// One JSON line per case, or with `--check` one line per difference; with `--json`, too, all
/// differences as one JSON document.
async fn what_if(
    context: &Context,
    options: &ClearanceOptions,
    file: &Path,
) -> Result<Status, Failure> {
    let text = read(file)?;
    let cases = cases::parse(&text).map_err(Failure::Usage)?;
    if cases.is_empty() {
        return Err(Failure::Usage(format!(
            "{}: no case in it: nothing to decide",
            file.display()
        )));
    }
    let tenant = context.detached().await?;
    let mut differences: Vec<Value> = Vec::new();
    let for_people = !context.output.is_json();
    for batch in cases.chunks(CASES_PER_CALL) {
        let sent = batch.iter().map(ToString::to_string).collect();
        let decided = tenant.evaluate(sent).await?;
        if decided.len() != batch.len() {
            let (got, sent) = (decided.len(), batch.len());
            return Err(Failure::Platform(anyhow::anyhow!("{got} decisions for {sent} cases")));
        }
        for (case, evaluation) in batch.iter().zip(&decided) {
            if !options.check {
                output::line(line(evaluation));
            } else if let Some(difference) = compare::difference(case, evaluation) {
                if for_people {
                    output::line(&difference);
                }
                differences.push(json!({ "id": evaluation.id, "difference": difference }));
            }
        }
    }
    let status = if differences.is_empty() { Status::Done } else { Status::Problem };
    if options.check {
        let differing = counted(differences.len(), "difference");
        eprintln!("{}, {differing}", counted(cases.len(), "case"));
        if !for_people {
            output::line(json!({ "cases": cases.len(), "differences": differences }));
        }
    }
    Ok(status)
}

/// The text of a file, or of standard input for `-`.
pub fn read(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = if path == Path::new("-") {
        std::io::stdin().read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|mut file| file.read_to_string(&mut text))
    };
    let shown = path.display();
    read.map_err(|error| Failure::Usage(format!("{shown} cannot be read: {error}")))?;
    Ok(text)
}

/// One decided case: the reasons at the deciding severity come first.
fn line(evaluation: &Evaluation) -> Value {
    let decision = &evaluation.decision;
    let codes: Vec<&str> = decision.reasons.iter().map(|reason| reason.code.as_str()).collect();
    json!({
        "id": evaluation.id,
        "verdict": verdict(decision.verdict),
        "until": decision.until,
        "reasons": codes,
    })
}
