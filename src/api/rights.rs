//! May we, until when, how often, and why: the `rights` interface.

use super::availability::NotYet;
use super::decision::Decision;
use super::error::{ApiError, Problem};
use crate::model::date::Day;
use crate::model::ids::{AssetId, ProductId};
use crate::platform::Platform;
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
    /// The asset.
    pub asset: AssetId,
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

/// The clearance matrix of a title; `isbn`: any of its products.
pub fn clearance(
    _platform: &dyn Platform,
    _config: &str,
    _isbn: &str,
    _planned_run: Option<u64>,
) -> Result<Vec<Cell>, ApiError> {
    NotYet::RightsClearance.answer()
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

/// Rights that end within so many days.
pub fn expiring(
    _platform: &dyn Platform,
    _config: &str,
    _within_days: u32,
) -> Result<Vec<Alert>, ApiError> {
    NotYet::RightsExpiring.answer()
}

/// Hides an alert until a day, under somebody's name.
pub fn snooze(
    _platform: &dyn Platform,
    _config: &str,
    _alert: &str,
    _until: Day,
    _owner: &str,
) -> Result<(), ApiError> {
    NotYet::RightsSnooze.answer()
}

/// Stores a declaration.
pub fn declare(
    _platform: &dyn Platform,
    _config: &str,
    _declaration: &StoredDeclaration,
) -> Result<(), ApiError> {
    NotYet::RightsDeclare.answer()
}

/// The stored declarations.
pub fn declarations(
    _platform: &dyn Platform,
    _config: &str,
) -> Result<Vec<StoredDeclaration>, ApiError> {
    NotYet::RightsDeclarations.answer()
}

/// Clears a use that is in review, under somebody's name, and returns the override's id.
pub fn override_use(
    _platform: &dyn Platform,
    _config: &str,
    _override: &Override,
) -> Result<String, ApiError> {
    NotYet::RightsOverride.answer()
}

/// Revokes a declaration or an override.
pub fn revoke(
    _platform: &dyn Platform,
    _config: &str,
    _id: &str,
    _reason: &str,
) -> Result<(), ApiError> {
    NotYet::RightsRevoke.answer()
}
