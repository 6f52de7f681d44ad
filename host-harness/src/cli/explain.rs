//! `explain`: why is this cover on my title, or why not?

use std::fmt::Write as _;

use host_harness::bindings::exports::consonance_smintio::connector::connector::{
    Explanation, ProductDecision,
};
use serde_json::{Value, json};

use super::context::Context;
use super::exit::{Failure, Status};
use super::output::{decision, decision_in_words};

/// Runs the command.
pub async fn explain(context: &Context, subject: &str) -> Result<Status, Failure> {
    let opened = context.open_stored().await?;
    let found = opened.tenant.explain(subject).await?;
    let machine = || found.iter().map(to_json).collect::<Value>();
    let person = || {
        if found.is_empty() {
            return format!("Nothing is known about {subject}.");
        }
        found.iter().map(to_text).collect::<Vec<_>>().join("\n\n")
    };
    context.output.show(machine, person);
    Ok(Status::Done)
}

fn to_json(found: &Explanation) -> Value {
    let decisions: Vec<Value> = found
        .decisions
        .iter()
        .map(|product| {
            json!({
                "product": product.product_id,
                "isbn": product.isbn,
                "publication-date": product.publication_date,
                "decision": decision(&product.decision),
            })
        })
        .collect();
    json!({
        "asset": found.asset,
        "asset-name": found.asset_name,
        "title": found.title,
        "state": found.state,
        "steps": found.steps,
        "decisions": decisions,
    })
}

fn to_text(found: &Explanation) -> String {
    let title = found.title.as_deref().unwrap_or("no title");
    let mut text = format!("{} ({})\n  {title}: {}", found.asset_name, found.asset, found.state);
    for step in &found.steps {
        // Writing into a String cannot fail.
        write!(text, "\n  - {step}").ok();
    }
    for ProductDecision { product_id, isbn, publication_date, decision } in &found.decisions {
        let isbn = isbn.as_deref().unwrap_or("no ISBN");
        let date = publication_date.as_deref().unwrap_or("no date");
        let words = decision_in_words(decision);
        write!(text, "\n  * product {product_id}, {isbn}, {date}: {words}").ok();
    }
    text
}
