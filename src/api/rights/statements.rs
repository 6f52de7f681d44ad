//! What people state about rights while the connector runs: declarations, and single uses that
//! they clear. Each is stored with who, when and why, and audited.

use serde_json::{Value, json};

use super::doubts::doubts;
use super::matrix::quiet;
use super::{Override, StoredDeclaration};
use crate::api::audit::audit;
use crate::api::convert;
use crate::api::error::{ApiError, Problem};
use crate::engine::dossier::dossiers;
use crate::engine::plan::survey::survey;
use crate::engine::stop::Stop;
use crate::flows::clearance::{self, decide};
use crate::linking::expression::Expression;
use crate::model::date::{Day, Instant, show_day};
use crate::model::declaration::{Declaration, Scope};
use crate::model::licence::Bound;
use crate::platform::Platform;
use crate::rights::{self, Verdict};
use crate::state::keys::{self, sha256_hex};
use crate::state::statement::{self, OverrideUse, Revocation};
use crate::state::store::{self, StateFault};

/// Longest id, name or reason, in characters.
const TEXT_CHARS_MAX: usize = 1_000;

fn state(fault: StateFault) -> ApiError {
    Stop::from(fault).into()
}

fn invalid(path: &str, found: &str, expected: &str, fix: &str) -> ApiError {
    ApiError::InputInvalid(vec![Problem::new(path, found, expected, fix)])
}

/// Stores a declaration, and says what in it clears nothing.
pub fn declare(
    platform: &dyn Platform,
    config: &str,
    declaration: &StoredDeclaration,
) -> Result<Vec<Problem>, ApiError> {
    let config = convert::config(config)?;
    let id = words("id", &declaration.id)?;
    if config.rights.declarations.iter().any(|d| d.id == id) {
        let found = format!("{id}, which the configuration declares");
        return Err(invalid(
            "id",
            &found,
            "an id of its own",
            "take another id, or change the configuration",
        ));
    }
    let json: Value = serde_json::from_str(&declaration.document).map_err(|error| {
        invalid("document", &format!("no JSON: {error}"), "one JSON object", "correct the text")
    })?;
    let read = rights::wire::read_declaration("document", &json)
        .map_err(|all| ApiError::InputInvalid(all.into_iter().map(Into::into).collect()))?;
    let mut problems = incomplete(&read, id);
    problems.extend(not_signed(&read.signed_on, platform.now().day()));
    if !problems.is_empty() {
        return Err(ApiError::InputInvalid(problems));
    }
    let key = keys::declaration(id);
    let before = store::get::<statement::StoredDeclaration>(platform, &key).map_err(state)?;
    let stored = statement::StoredDeclaration {
        id: id.to_owned(),
        document: json.to_string(),
        at: platform.now().0,
        revoked: None,
    };
    let old = before.as_ref().map(|b| &b.value.document);
    let document = json!({ "id": id, "before": old, "after": stored.document });
    let mut doubts = doubts("document", &read, platform.now().day(), &config.sources);
    doubts.extend(before.as_ref().and_then(|b| replaced(&b.value, &stored)));
    let signer = read.signer.unwrap_or_default();
    audit(platform, "declare", "", format!("signed by {signer}"), document)?;
    store::put(platform, &key, before.map(|b| b.version), &stored).map_err(state)?;
    Ok(doubts)
}

/// Another declaration under that id, which counts no more.
fn replaced(
    before: &statement::StoredDeclaration,
    now: &statement::StoredDeclaration,
) -> Option<Problem> {
    if before.revoked.is_some() || before.document == now.document {
        return None;
    }
    let found =
        format!("{}, stored on {} with other words", now.id, show_day(Instant(before.at).day()));
    let fix = "that one counts no more; declare it again if this was a mistake";
    Some(Problem::new("id", found, "an id of its own, unless it is to take its place", fix))
}

/// What a declaration lacks to clear anything.
fn not_signed(signed_on: &Bound, today: Day) -> Option<Problem> {
    let found = match signed_on {
        Bound::Day(day) if *day > today => format!("{}, which is to come", show_day(*day)),
        Bound::Unreadable(text) => text.clone(),
        Bound::Day(_) | Bound::None => return None,
    };
    let expected = "the day on which it was signed, as \"2027-03-04\"";
    Some(Problem::new("document.signed_on", &found, expected, "declare it once it is signed"))
}

fn incomplete(read: &Declaration, id: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut lacks = |path: &str, found: &str, expected: &str, fix: &str| {
        problems.push(Problem::new(&format!("document.{path}"), found, expected, fix));
    };
    if !read.id.is_empty() && read.id != id {
        lacks("id", &read.id, "the same id as beside the document", "write one id");
    }
    if read.signer.as_deref().is_none_or(|s| s.trim().is_empty()) {
        lacks("signer", "nothing", "who signed it", "name the person");
    }
    if read.usages.is_empty() {
        lacks("usages", "nothing", "at least one usage, role or any", "list what is allowed");
    }
    if read.scope.is_empty() {
        lacks("scope", "nothing", "collection, asset or metadata", "say what it covers");
    }
    for scope in &read.scope {
        match scope {
            Scope::Stated(text) => lacks(
                "scope",
                text,
                "an object with collection, asset or metadata",
                "free text covers nothing here",
            ),
            Scope::Metadata(text) => {
                if let Err(why) = Expression::parse(text) {
                    lacks("scope.metadata", &why, "a JMESPath condition", "see docs/MAPPING.md");
                }
            }
            Scope::Collection(_) | Scope::Asset(_) => {}
        }
    }
    problems
}

/// The stored declarations that count.
pub fn declarations(
    platform: &dyn Platform,
    config: &str,
) -> Result<Vec<StoredDeclaration>, ApiError> {
    convert::config(config)?;
    let mut found = Vec::new();
    store::scan(platform, "declaration/", |entry| {
        let stored = store::decode::<statement::StoredDeclaration>(entry)?.value;
        if stored.revoked.is_none() {
            found.push(StoredDeclaration { id: stored.id, document: stored.document });
        }
        Ok(())
    })
    .map_err(state)?;
    Ok(found)
}

/// Clears a use that is in review, under somebody's name, and returns the override's id.
pub fn override_use(
    platform: &dyn Platform,
    config: &str,
    word: &Override,
) -> Result<String, ApiError> {
    let config = convert::config(config)?;
    let reason = words("reason", &word.reason)?;
    let signer = words("signer", &word.signer)?;
    let run = quiet(platform, &config)?;
    if word.until < run.today {
        let found = show_day(word.until);
        return Err(invalid(
            "until",
            &found,
            "today or a later day",
            "give it an end that is to come",
        ));
    }
    let survey = survey(&run)?;
    let subjects: Vec<_> = survey.subjects.of(&word.asset).into_iter().collect();
    let dossier = dossiers(&run, &survey, &subjects)?.pop().ok_or_else(|| {
        ApiError::NotFound(format!(
            "asset {} is linked to no title: `explain` says why",
            word.asset
        ))
    })?;
    let title = &dossier.title;
    let product = title.products.iter().find(|p| p.id == word.product_id).ok_or_else(|| {
        ApiError::NotFound(format!("{:?} has no product {}", title.title, word.product_id))
    })?;
    let evidence = dossier.evidence(&survey);
    let decision = decide(&config, &evidence, (title, product), dossier.role, run.today);
    let refused = match decision.verdict {
        Verdict::NeedsReview => None,
        _ if clearance::overridden(&decision).is_some() => None,
        Verdict::Blocked => Some("a stated rule is broken, which a word cannot mend"),
        Verdict::Cleared | Verdict::ClearedUntil => Some("it is cleared without a word"),
    };
    if let Some(why) = refused {
        let sentence = rights::sentence(&decision);
        return Err(ApiError::Denied(format!("{why}: {sentence}")));
    }
    let inputs = clearance::inputs(&config, &evidence, (title, product), dossier.role);
    let named = format!("{} {} {} {}", word.asset, word.product_id, inputs, word.until);
    let id: String = sha256_hex(named.as_bytes()).chars().take(16).collect();
    let stored = OverrideUse {
        id: id.clone(),
        asset: word.asset.0.clone(),
        product: word.product_id.0,
        reason: reason.to_owned(),
        until: word.until,
        signer: signer.to_owned(),
        at: platform.now().0,
        inputs,
        rests_on: dossier.purchases.iter().filter_map(|p| p.snapshot.clone()).collect(),
        revoked: None,
    };
    let key = keys::override_use(&id);
    let before = store::get::<OverrideUse>(platform, &key).map_err(state)?;
    let document = json!({ "override": stored, "decision": rights::explain(&decision) });
    audit(platform, "override", &stored.asset, format!("{signer}: {reason}"), document)?;
    store::put(platform, &key, before.map(|b| b.version), &stored).map_err(state)?;
    Ok(id)
}

/// Revokes a declaration or an override. It stays stored, with the reason.
pub fn revoke(
    platform: &dyn Platform,
    config: &str,
    id: &str,
    reason: &str,
) -> Result<(), ApiError> {
    let config = convert::config(config)?;
    let reason = words("reason", reason)?;
    let revoked = Some(Revocation { reason: reason.to_owned(), at: platform.now().0 });
    let key = keys::declaration(id);
    if let Some(found) =
        store::get::<statement::StoredDeclaration>(platform, &key).map_err(state)?
        && found.value.revoked.is_none()
    {
        let document = json!({ "id": id, "before": found.value.document });
        audit(platform, "revoke-declaration", "", reason.to_owned(), document)?;
        let after = statement::StoredDeclaration { revoked, ..found.value };
        return store::put(platform, &key, Some(found.version), &after).map(|_| ()).map_err(state);
    }
    let key = keys::override_use(id);
    if let Some(found) = store::get::<OverrideUse>(platform, &key).map_err(state)?
        && found.value.revoked.is_none()
    {
        let document = json!({ "before": found.value });
        audit(platform, "revoke-override", &found.value.asset, reason.to_owned(), document)?;
        let after = OverrideUse { revoked, ..found.value };
        return store::put(platform, &key, Some(found.version), &after).map(|_| ()).map_err(state);
    }
    Err(ApiError::NotFound(if config.rights.declarations.iter().any(|d| d.id == id) {
        format!("declaration {id:?} stands in the configuration: take it out there")
    } else {
        format!("no stored declaration or override {id:?} counts: see `connector rights list`")
    }))
}

/// A text that says something.
pub(super) fn words<'a>(path: &str, text: &'a str) -> Result<&'a str, ApiError> {
    let text = text.trim();
    let count = text.chars().count();
    if (1..=TEXT_CHARS_MAX).contains(&count) {
        return Ok(text);
    }
    let found = if count == 0 { "nothing".to_owned() } else { format!("{count} characters") };
    let expected = format!("1 to {TEXT_CHARS_MAX} characters");
    Err(invalid(path, &found, &expected, "fill it in briefly"))
}
