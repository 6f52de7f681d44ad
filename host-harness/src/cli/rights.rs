//! `rights`: declarations, overrides, and rights that end.

use host_harness::bindings::consonance_smintio::connector::types::Problem;
use host_harness::bindings::exports::consonance_smintio::connector::rights::{
    Alert, Declaration, Overridden,
};
use host_harness::error::problems;
use host_harness::tenant::{Tenant, Word};
use serde_json::{Value, json};

use super::arguments::{RightsCommand, RightsOptions};
use super::clearance::read;
use super::context::Context;
use super::exit::{Failure, Status};
use super::output::{self, counted};
use super::table::table;

/// Runs the command.
pub async fn rights(context: &Context, options: &RightsOptions) -> Result<Status, Failure> {
    let opened = context.open_stored().await?;
    let tenant = &opened.tenant;
    match &options.command {
        RightsCommand::Declare { file } => {
            let declaration = declaration(&read(file)?)?;
            let doubts = tenant.declare(&declaration).await?;
            let id = &declaration.id;
            let machine = || {
                let warnings: Vec<Value> = doubts.iter().map(output::problem).collect();
                json!({ "declared": id, "warnings": warnings })
            };
            context.output.show(machine, || declared(id, &doubts));
        }
        RightsCommand::List => list(context, tenant).await?,
        RightsCommand::Revoke { id, reason } => {
            tenant.revoke(id, reason).await?;
            let person = || format!("{id} counts no more; the next run acts on it.");
            context.output.show(|| json!({ "revoked": id }), person);
        }
        RightsCommand::Override { asset, product, reason, until, signer } => {
            let word = Word {
                asset: asset.clone(),
                product: *product,
                reason: reason.clone(),
                until: until.clone(),
                signer: signer.clone(),
            };
            let id = tenant.override_use(&word).await?;
            context.output.show(|| json!({ "override": id }), || given(&id, &word));
        }
        RightsCommand::Expiring { within, all } => {
            let mut alerts = tenant.expiring(*within).await?;
            alerts.retain(|alert| *all || alert.snoozed_until.is_none());
            let machine = || alerts.iter().map(to_json).collect::<Value>();
            context.output.show(machine, || to_text(&alerts, *within));
        }
        RightsCommand::Snooze { alert, until, owner } => {
            tenant.snooze(alert, until, owner).await?;
            let person = || format!("{alert} is hidden until {until}; {owner} takes care of it.");
            context
                .output
                .show(|| json!({ "alert": alert, "until": until, "owner": owner }), person);
        }
    }
    Ok(Status::Done)
}

fn declared(id: &str, doubts: &[Problem]) -> String {
    let mut text = format!("{id} is stored and counts from the next run on.");
    if !doubts.is_empty() {
        // Writing into a String cannot fail.
        problems(&mut text, "\nBut look at this", doubts).ok();
    }
    text
}

fn given(id: &str, word: &Word) -> String {
    let Word { asset, product, until, signer, .. } = word;
    format!(
        "Override {id}: {asset} may be used on product {product} until {until}, on {signer}'s \
         word, as long as nothing it rests on changes."
    )
}

/// The declaration of a file; its id stands in it.
fn declaration(text: &str) -> Result<Declaration, Failure> {
    let json: Value = serde_json::from_str(text)
        .map_err(|error| Failure::Usage(format!("the declaration is no JSON: {error}")))?;
    let id = json.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(Declaration { id, document: json.to_string() })
}

async fn list(context: &Context, tenant: &Tenant) -> Result<(), Failure> {
    let declarations = tenant.declarations().await?;
    let parsed = |d: &Declaration| -> Value {
        serde_json::from_str(&d.document).unwrap_or_else(|_| Value::String(d.document.clone()))
    };
    let documents: Vec<Value> = declarations.iter().map(parsed).collect();
    let overrides = tenant.overrides().await?;
    let machine = || {
        let overrides: Vec<Value> = overrides.iter().map(override_to_json).collect();
        json!({ "declarations": documents, "overrides": overrides })
    };
    let person = || format!("{}\n\n{}", listed(&documents), overridden(&overrides));
    context.output.show(machine, person);
    Ok(())
}

fn overridden(overrides: &[Overridden]) -> String {
    if overrides.is_empty() {
        return "No override is stored.".to_owned();
    }
    let mut shown = table(&["override", "signer", "asset", "product", "until", "reason", "counts"]);
    for one in overrides {
        let counts = one.void.as_ref().map_or("yes".to_owned(), |why| format!("no: {why}"));
        shown.add_row([
            &one.id,
            &one.signer,
            &one.asset,
            &one.product_id.to_string(),
            &one.until,
            &one.reason,
            &counts,
        ]);
    }
    shown.to_string()
}

fn override_to_json(one: &Overridden) -> Value {
    json!({
        "id": one.id,
        "signer": one.signer,
        "asset": one.asset,
        "product": one.product_id,
        "until": one.until,
        "reason": one.reason,
        "void": one.void,
    })
}

fn listed(documents: &[Value]) -> String {
    if documents.is_empty() {
        return "No declaration is stored; those of the configuration stand there.".to_owned();
    }
    let mut shown = table(&["id", "signer", "scope", "usages", "until"]);
    for document in documents {
        let text = |key: &str| match &document[key] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        shown.add_row(["id", "signer", "scope", "usages", "valid_until"].map(text));
    }
    shown.to_string()
}

fn to_text(alerts: &[Alert], within: u32) -> String {
    if alerts.is_empty() {
        return format!("No right ends or runs out within {}.", counted(within, "day"));
    }
    let mut shown = table(&["alert", "due", "title", "what", "owner", "hidden until"]);
    for alert in alerts {
        shown.add_row([
            alert.id.clone(),
            alert.due.clone(),
            alert.title.clone(),
            alert.message.clone(),
            alert.owner.clone().unwrap_or_default(),
            alert.snoozed_until.clone().unwrap_or_default(),
        ]);
    }
    let hint = "hide one with `rights snooze ALERT --until DATE --owner NAME`";
    format!("{shown}\n\n{}; {hint}", counted(alerts.len(), "alert"))
}

fn to_json(alert: &Alert) -> Value {
    json!({
        "id": alert.id,
        "asset": alert.asset,
        "title": alert.title,
        "message": alert.message,
        "due": alert.due,
        "threshold-days": alert.threshold_days,
        "owner": alert.owner,
        "snoozed-until": alert.snoozed_until,
    })
}
