//! May we, until when, how often, and why: the `rights` interface.

mod alerts;
mod doubts;
mod matrix;
mod overrides;
mod statements;

pub use alerts::{expiring, snooze};
pub use doubts::doubts;
pub use matrix::clearance;
pub use overrides::overrides;
pub use statements::{declarations, declare, override_use, revoke};

use super::decision::Decision;
use super::error::{ApiError, Problem};
use crate::model::date::Day;
use crate::model::ids::{AssetId, ProductId};
use crate::rights;

/// One decided case of `evaluate`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The case's id.
    pub id: String,
    /// The decision.
    pub decision: Decision,
}

/// One cell of the clearance matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The asset; for a purchase that no asset on the title shows, `purchase:` and its id.
    pub asset: AssetId,
    /// What it is for.
    pub role: String,
    /// The product.
    pub product_id: ProductId,
    /// The countries that share the decision (ISO 3166-1 alpha-2).
    pub territories: Vec<String>,
    /// The planned run that was assumed.
    pub planned_run: Option<u64>,
    /// The decision.
    pub decision: Decision,
    /// Which source decided: a purchase or a declaration.
    pub source: Option<String>,
}

/// An earlier purchase of an image that is on the title, and what it would allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reusable {
    /// The purchase.
    pub purchase: String,
    /// What was bought.
    pub name: Option<String>,
    /// The asset on the title that shows the same image.
    pub asset: AssetId,
    /// The product.
    pub product_id: ProductId,
    /// The decision if it were reused for that product.
    pub decision: Decision,
}

/// An edition of the title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The product.
    pub product_id: ProductId,
    /// Its ISBN-13.
    pub isbn: Option<String>,
    /// Its form, ONIX 2.1 List 7.
    pub form: Option<String>,
    /// When it is or was published.
    pub publication_date: Option<Day>,
}

/// The clearance of everything on a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The title.
    pub title: String,
    /// Its editions, but for cancelled ones.
    pub editions: Vec<Edition>,
    /// One cell per asset, product and set of countries that share a decision.
    pub cells: Vec<Cell>,
    /// Earlier purchases that clear a use which the title's own do not.
    pub reusable: Vec<Reusable>,
}

/// A warning that a right ends or runs out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Stable over runs.
    pub id: String,
    /// The asset.
    pub asset: AssetId,
    /// The title.
    pub title: String,
    /// What happens when.
    pub message: String,
    /// The day it is about.
    pub due: Day,
    /// Which of the thresholds of 180, 90, 30, 7 and 0 days it has reached.
    pub threshold_days: u32,
    /// Who takes care of it.
    pub owner: Option<String>,
    /// Hidden until this day.
    pub snoozed_until: Option<Day>,
}

/// A signed statement about commissioned or own work, as it was authored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDeclaration {
    /// Its id; an existing id is replaced.
    pub id: String,
    /// The declaration as JSON.
    pub document: String,
}

/// A person's clearance of a use that is in review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The asset.
    pub asset: AssetId,
    /// The product.
    pub product_id: ProductId,
    /// Why.
    pub reason: String,
    /// The last day.
    pub until: Day,
    /// Who answers for it.
    pub signer: String,
}

/// A use that a person cleared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overridden {
    /// The override's id, as `revoke` takes it.
    pub id: String,
    /// The asset.
    pub asset: AssetId,
    /// The product.
    pub product_id: ProductId,
    /// Why.
    pub reason: String,
    /// The last day.
    pub until: Day,
    /// Who answers for it.
    pub signer: String,
    /// Why it counts no more; absent while it counts.
    pub void: Option<String>,
}

/// Decides cases that are given in full. Reads nothing and writes nothing.
pub fn evaluate(_config: &str, cases: &[String]) -> Result<Vec<Evaluation>, ApiError> {
    let mut problems = Vec::new();
    let mut evaluations = Vec::with_capacity(cases.len());
    for (index, text) in cases.iter().enumerate() {
        match rights::wire::read_case(text) {
            Ok(case) => evaluations.push(Evaluation {
                id: case.id.clone(),
                decision: (&rights::wire::evaluate(&case)).into(),
            }),
            Err(found) => problems.extend(found.into_iter().map(|problem| {
                let problem = Problem::from(problem);
                Problem { path: format!("cases[{index}].{}", problem.path), ..problem }
            })),
        }
    }
    if problems.is_empty() { Ok(evaluations) } else { Err(ApiError::InputInvalid(problems)) }
}
