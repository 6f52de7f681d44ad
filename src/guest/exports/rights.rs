//! The `rights` interface.

use super::Component;
use super::convert::{answer, answers, day, list};
use crate::api::rights as api;
use crate::guest::bindings::consonance_smintio::connector::types::Error;
use crate::guest::bindings::exports::consonance_smintio::connector::rights as wit;
use crate::guest::panic;
use crate::guest::platform::Imports;
use crate::model::date::show_day;
use crate::model::ids::{AssetId, ProductId};

impl wit::Guest for Component {
    fn clearance(
        config: String,
        isbn: String,
        planned_run: Option<u64>,
    ) -> Result<wit::Matrix, Error> {
        panic::report_to_platform();
        answer(api::clearance(&Imports, &config, &isbn, planned_run))
    }

    fn evaluate(config: String, cases: Vec<String>) -> Result<Vec<wit::Evaluation>, Error> {
        panic::report_to_platform();
        answers(api::evaluate(&config, &cases))
    }

    fn expiring(config: String, within_days: u32) -> Result<Vec<wit::Alert>, Error> {
        panic::report_to_platform();
        answers(api::expiring(&Imports, &config, within_days))
    }

    fn snooze(config: String, alert: String, until: String, owner: String) -> Result<(), Error> {
        panic::report_to_platform();
        answer(api::snooze(&Imports, &config, &alert, day("until", &until)?, &owner))
    }

    fn declare(config: String, declaration: wit::Declaration) -> Result<Vec<wit::Problem>, Error> {
        panic::report_to_platform();
        answers(api::declare(&Imports, &config, &declaration.into()))
    }

    fn declarations(config: String) -> Result<Vec<wit::Declaration>, Error> {
        panic::report_to_platform();
        answers(api::declarations(&Imports, &config))
    }

    fn override_use(
        config: String,
        asset: String,
        product_id: i64,
        reason: String,
        until: String,
        signer: String,
    ) -> Result<String, Error> {
        panic::report_to_platform();
        let overriding = api::Override {
            asset: AssetId(asset),
            product_id: ProductId(product_id),
            reason,
            until: day("until", &until)?,
            signer,
        };
        answer(api::override_use(&Imports, &config, &overriding))
    }

    fn overrides(config: String) -> Result<Vec<wit::Overridden>, Error> {
        panic::report_to_platform();
        answers(api::overrides(&Imports, &config))
    }

    fn revoke(config: String, id: String, reason: String) -> Result<(), Error> {
        panic::report_to_platform();
        answer(api::revoke(&Imports, &config, &id, &reason))
    }
}

impl From<api::Evaluation> for wit::Evaluation {
    fn from(evaluation: api::Evaluation) -> Self {
        Self { id: evaluation.id, decision: evaluation.decision.into() }
    }
}

impl From<api::Cell> for wit::Cell {
    fn from(cell: api::Cell) -> Self {
        Self {
            asset: cell.asset.0,
            role: cell.role,
            product_id: cell.product_id.0,
            territories: cell.territories,
            planned_run: cell.planned_run,
            decision: cell.decision.into(),
            source: cell.source,
        }
    }
}

impl From<api::Reusable> for wit::Reusable {
    fn from(reusable: api::Reusable) -> Self {
        Self {
            purchase: reusable.purchase,
            name: reusable.name,
            asset: reusable.asset.0,
            product_id: reusable.product_id.0,
            decision: reusable.decision.into(),
        }
    }
}

impl From<api::Edition> for wit::Edition {
    fn from(edition: api::Edition) -> Self {
        Self {
            product_id: edition.product_id.0,
            isbn: edition.isbn,
            form: edition.form,
            publication_date: edition.publication_date.map(show_day),
        }
    }
}

impl From<api::Matrix> for wit::Matrix {
    fn from(matrix: api::Matrix) -> Self {
        Self {
            title: matrix.title,
            editions: list(matrix.editions),
            cells: list(matrix.cells),
            reusable: list(matrix.reusable),
        }
    }
}

impl From<api::Alert> for wit::Alert {
    fn from(alert: api::Alert) -> Self {
        Self {
            id: alert.id,
            asset: alert.asset.0,
            title: alert.title,
            message: alert.message,
            due: show_day(alert.due),
            threshold_days: alert.threshold_days,
            owner: alert.owner,
            snoozed_until: alert.snoozed_until.map(show_day),
        }
    }
}

impl From<api::Overridden> for wit::Overridden {
    fn from(given: api::Overridden) -> Self {
        Self {
            id: given.id,
            asset: given.asset.0,
            product_id: given.product_id.0,
            reason: given.reason,
            until: show_day(given.until),
            signer: given.signer,
            void: given.void,
        }
    }
}

impl From<wit::Declaration> for api::StoredDeclaration {
    fn from(declaration: wit::Declaration) -> Self {
        Self { id: declaration.id, document: declaration.document }
    }
}

impl From<api::StoredDeclaration> for wit::Declaration {
    fn from(declaration: api::StoredDeclaration) -> Self {
        Self { id: declaration.id, document: declaration.document }
    }
}
