//! `discover`: what can be chosen in the configuration.

use host_harness::bindings::exports::consonance_smintio::connector::connector::Choice;
use serde_json::{Value, json};

use super::context::Context;
use super::exit::{Failure, Status};
use super::table::table;

/// Each kind with what its table is called and what its number counts, in the order in which a
/// configuration is written.
const KINDS: [(&str, &str, &str); 10] = [
    ("collection", "Collections: source.collection", "assets"),
    ("facet", "Facets: what the portal can be narrowed by", "values"),
    ("download-item", "Download items: source.download-item", ""),
    ("role", "Roles: source.role, kit.needs", ""),
    ("format", "Formats: what an asset may say it is for", ""),
    ("variant", "Consonance's variants of an image", ""),
    ("status", "Consonance's states of an image", ""),
    ("imprint", "Imprints of the titles read so far", "titles"),
    ("project-stage", "Project stages of the titles read so far", "titles"),
    ("form", "Product forms (ONIX List 7) of the titles read so far", "products"),
];

/// Kinds that are known only after the titles were read.
const OF_TITLES: [&str; 3] = ["imprint", "project-stage", "form"];

/// Runs the command.
pub async fn discover(context: &Context) -> Result<Status, Failure> {
    let opened = context.open().await?;
    let choices = opened.tenant.discover(opened.budget).await?;
    context.progress.finish();
    context.output.show(|| choices.iter().map(to_json).collect::<Value>(), || to_text(&choices));
    Ok(Status::Done)
}

fn to_json(choice: &Choice) -> Value {
    json!({
        "kind": choice.kind,
        "value": choice.value,
        "label": choice.label,
        "count": choice.count,
    })
}

fn to_text(choices: &[Choice]) -> String {
    let of = |kind: &str| choices.iter().filter(|c| c.kind == kind).collect::<Vec<_>>();
    let mut parts: Vec<String> = KINDS
        .iter()
        .map(|(kind, title, number)| (of(kind), title, number))
        .filter(|(found, _, _)| !found.is_empty())
        .map(|(found, title, number)| format!("{title}\n{}", one_table(&found, number)))
        .collect();
    if OF_TITLES.iter().all(|kind| of(kind).is_empty()) {
        let hint = "Imprints, project stages and product forms are known after the first `plan`.";
        parts.push(hint.to_owned());
    }
    parts.join("\n\n")
}

fn one_table(found: &[&Choice], number: &str) -> String {
    let named = found.iter().any(|choice| choice.label != choice.value);
    let mut heads = vec!["value"];
    heads.extend(named.then_some("name"));
    heads.extend((!number.is_empty()).then_some(number));
    let mut shown = table(&heads);
    let is_counted = |choice: &&Choice| choice.count.is_some();
    for choice in found {
        let mut row = vec![choice.value.clone()];
        row.extend(named.then(|| choice.label.clone()));
        let count = || choice.count.map_or_else(String::new, |count| count.to_string());
        row.extend((!number.is_empty()).then(count));
        shown.add_row(row);
    }
    if number.is_empty() || found.iter().all(is_counted) {
        return shown.to_string();
    }
    format!("{shown}\n(No number: how many {number} there are is not known.)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_that_is_not_known_is_said_in_words() {
        let collection = |count| Choice {
            kind: "collection".to_owned(),
            value: "8101".to_owned(),
            label: "Covers".to_owned(),
            count,
        };
        let unknown = to_text(&[collection(Some(59)), collection(None)]);
        assert!(unknown.contains("how many assets there are is not known"), "{unknown}");
        assert!(!unknown.contains('?') && unknown.contains("59"), "{unknown}");
        assert!(!to_text(&[collection(Some(59))]).contains("not known"));
    }
}
