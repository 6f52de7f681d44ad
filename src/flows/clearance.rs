//! Puts the rights question for one asset on one product: which sources speak for it, and for
//! which use.

use crate::config::Config;
use crate::model::asset::Asset;
use crate::model::date::Day;
use crate::model::licence::Purchase;
use crate::model::product::Product;
use crate::model::role::Role;
use crate::model::title::Title;
use crate::rights::{self, Decision, Sources, Tenant, UseInput};

/// What speaks for an asset.
pub struct Evidence<'a> {
    /// The asset.
    pub asset: &'a Asset,
    /// The purchases that cover it.
    pub purchases: &'a [Purchase],
    /// Copies of other titles under the same purchases.
    pub copies_elsewhere: Option<i64>,
}

/// May the asset be used on this product in this role?
pub fn decide(
    config: &Config,
    evidence: &Evidence,
    (title, product): (&Title, &Product),
    role: Role,
    today: Day,
) -> Decision {
    let declarations = config
        .rights
        .declarations
        .iter()
        .filter(|d| config.rules.covers(d, evidence.asset))
        .collect();
    let sources = Sources {
        purchases: evidence.purchases.iter().collect(),
        declarations,
        profiles: &config.rights.profiles,
    };
    let tenant = Tenant {
        legal_entity: config.rights.legal_entity.as_deref(),
        default_language: config.rights.default_language.as_deref(),
    };
    let use_ = rights::use_of(&UseInput {
        role,
        title,
        product,
        tenant: &tenant,
        copies_elsewhere: evidence.copies_elsewhere,
        today,
    });
    rights::decide(&sources, &use_)
}
