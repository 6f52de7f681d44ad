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
    /// The day on which our image of it was first put on the title; none: it is not there yet.
    pub placed_on: Option<Day>,
}

/// May the asset be used on this product in this role? An edition that appeared long ago may get
/// a new image: if its use from publication on is not cleared, the use that begins with our
/// placement is the one that is asked about.
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
    let from = |serves_from: Option<Day>| {
        let input = UseInput {
            role,
            title,
            product,
            tenant: &tenant,
            copies_elsewhere: evidence.copies_elsewhere,
            serves_from,
            today,
        };
        rights::decide(&sources, &rights::use_of(&input))
    };
    let whole = from(None);
    if whole.verdict.is_cleared() {
        return whole;
    }
    let later = from(Some(evidence.placed_on.unwrap_or(today)));
    if later.verdict < whole.verdict { later } else { whole }
}
