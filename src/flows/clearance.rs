//! Puts the rights question for one asset on one product: which sources speak for it, for which
//! use, and whether a person cleared it.

use serde_json::json;

use crate::config::Config;
use crate::model::asset::Asset;
use crate::model::date::Day;
use crate::model::declaration::Declaration;
use crate::model::licence::Purchase;
use crate::model::product::Product;
use crate::model::role::Role;
use crate::model::title::Title;
use crate::rights::{self, Decision, Resolved, Sources, Tenant, Use, UseInput, Verdict};
use crate::state::keys::sha256_hex;
use crate::state::statement::OverrideUse;

/// How the source of a decision begins that rests on a person's word.
const OVERRIDE: &str = "override:";

/// What speaks for an asset.
#[derive(Clone, Copy)]
pub struct Evidence<'a> {
    /// The asset.
    pub asset: &'a Asset,
    /// The purchases that cover it.
    pub purchases: &'a [Purchase],
    /// Declarations that were stored beside those of the configuration.
    pub declared: &'a [Declaration],
    /// What people cleared of this asset.
    pub overrides: &'a [OverrideUse],
    /// Copies of other titles under the same purchases.
    pub copies_elsewhere: Option<i64>,
    /// The day on which our image of it was first put on the title; none: it is not there yet.
    pub placed_on: Option<Day>,
}

impl<'a> Evidence<'a> {
    /// The declarations that cover the asset.
    pub fn declarations(&self, config: &'a Config) -> Vec<&'a Declaration> {
        let all = config.rights.declarations.iter().chain(self.declared);
        all.filter(|d| config.rules.covers(d, self.asset)).collect()
    }

    /// Everything that speaks for it, made ready for many uses.
    pub fn resolved(&self, config: &'a Config) -> Resolved {
        Resolved::of(&Sources {
            purchases: self.purchases.iter().collect(),
            declarations: self.declarations(config),
            profiles: &config.rights.profiles,
        })
    }
}

/// The use of an asset on a product, from publication or from a later day on.
pub fn use_of(
    config: &Config,
    evidence: &Evidence,
    (title, product): (&Title, &Product),
    role: Role,
    today: Day,
    serves_from: Option<Day>,
) -> Use {
    let tenant = Tenant {
        legal_entity: config.rights.legal_entity.as_deref(),
        default_language: config.rights.default_language.as_deref(),
    };
    rights::use_of(&UseInput {
        role,
        title,
        product,
        tenant: &tenant,
        copies_elsewhere: evidence.copies_elsewhere,
        serves_from,
        today,
    })
}

/// May the asset be used on this product in this role? An edition that appeared long ago may get
/// a new image: if its use from publication on is not cleared, the use that begins with our
/// placement is the one that is asked about. What stays in review may be cleared by a person.
pub fn decide(
    config: &Config,
    evidence: &Evidence,
    (title, product): (&Title, &Product),
    role: Role,
    today: Day,
) -> Decision {
    let resolved = evidence.resolved(config);
    let from = |serves_from| {
        let asked = use_of(config, evidence, (title, product), role, today, serves_from);
        resolved.decide(&asked)
    };
    let whole = from(None);
    if whole.verdict.is_cleared() {
        return whole;
    }
    let later = from(Some(evidence.placed_on.unwrap_or(today)));
    let decision = if later.verdict < whole.verdict { later } else { whole };
    if decision.verdict != Verdict::NeedsReview {
        return decision;
    }
    match standing(config, evidence, (title, product), role, today) {
        Some(word) => Decision {
            verdict: Verdict::ClearedUntil,
            until: Some(word.until),
            deciding: 0,
            source: Some(format!("{OVERRIDE}{}", word.id).into()),
            ..decision
        },
        None => decision,
    }
}

/// A person's word on this use that still stands: not ended, and on the same inputs.
fn standing<'a>(
    config: &Config,
    evidence: &Evidence<'a>,
    (title, product): (&Title, &Product),
    role: Role,
    today: Day,
) -> Option<&'a OverrideUse> {
    let on_this = |word: &&OverrideUse| {
        word.product == product.id.0 && word.revoked.is_none() && word.until >= today
    };
    let mut words = evidence.overrides.iter().filter(on_this).peekable();
    words.peek()?;
    let now = inputs(config, evidence, (title, product), role);
    words.find(|word| word.inputs == now)
}

/// The override that a decision rests on, if it does.
pub fn overridden(decision: &Decision) -> Option<&str> {
    decision.source.as_deref()?.strip_prefix(OVERRIDE)
}

/// SHA-256 (hex) of everything that the decision rests on, but for the day: whoever clears a use
/// clears it under these facts.
pub fn inputs(
    config: &Config,
    evidence: &Evidence,
    (title, product): (&Title, &Product),
    role: Role,
) -> String {
    let declarations: Vec<String> =
        evidence.declarations(config).iter().map(|d| format!("{d:?}")).collect();
    let profiles: Vec<String> = config.rights.profiles.iter().map(|p| format!("{p:?}")).collect();
    // Under which name a delivery was kept is no fact about the licence.
    let unnamed = |p: &Purchase| Purchase { snapshot: None, ..p.clone() };
    let facts = json!({
        "file": evidence.asset.version,
        "purchases": evidence.purchases.iter().map(unnamed).collect::<Vec<_>>(),
        "declarations": declarations,
        "profiles": profiles,
        "role": role.as_str(),
        "form": product.form,
        "publicationDate": product.publication_date,
        "territory": product.territory,
        "languages": title.languages,
        "runs": title.runs,
        "copiesElsewhere": evidence.copies_elsewhere,
        "tenant": [&config.rights.legal_entity, &config.rights.default_language],
    });
    sha256_hex(facts.to_string().as_bytes())
}
