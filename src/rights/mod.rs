//! May we, until when, how often, and why: the clearance decision (docs/RIGHTS.md).
//! A pure function of the sources, the use and the day; nothing here reads a store or a clock.
//!
//! In reading order: the question (`asked`, `question`), what speaks for the image (`grant`,
//! `profiles`, `asset`), the comparison per dimension (`dimension`), and the decision (`resolved`).

mod asked;
mod asset;
mod decision;
mod dimension;
mod findings;
mod geography;
mod grant;
#[cfg(test)]
pub(crate) mod laws;
pub mod matrix;
mod need;
mod profiles;
mod question;
mod reason;
mod resolved;
mod sentence;
#[cfg(test)]
mod speed;
mod vocabulary;
pub mod wire;

use crate::model::declaration::{Declaration, ProviderProfile};
use crate::model::licence::Purchase;

pub use asked::{Languages, Media, Run, Territory, Use, UseFrom};
pub use decision::{Copies, Decision, Verdict};
pub use geography::{country_name, is_territory};
pub use need::{Medium, NeedTable};
pub use question::{Tenant, UseInput, use_of};
pub use reason::{Code, Dimension, Key, Reason, Weight};
pub use resolved::Resolved;
pub use sentence::{capital, explain, long_day, sentence};
pub use vocabulary::Vocabulary;

/// Everything that speaks for one image. Purchases and declarations are alternatives.
#[derive(Clone, Debug, Default)]
pub struct Sources<'a> {
    /// The purchases that cover it.
    pub purchases: Vec<&'a Purchase>,
    /// The declarations that cover it.
    pub declarations: Vec<&'a Declaration>,
    /// The tenant's signed readings of provider licences.
    pub profiles: &'a [ProviderProfile],
}

/// Decides one use with the default need table. For many uses of the same sources, resolve once:
/// [`Resolved::of`].
pub fn decide(sources: &Sources, asked: &Use) -> Decision {
    Resolved::of(sources).decide(asked)
}
