//! Which title and products an asset belongs to, and which purchase covers it. Pure: values in,
//! values out. What is ambiguous, unknown or mistyped is said so and never guessed away.

mod candidates;
mod decide;
pub mod expression;
pub mod fields;
mod format;
pub mod isbn_text;
mod products;
mod purchase_titles;
mod purchases;
mod rules;
#[cfg(test)]
pub(crate) mod testing;

pub use candidates::{Candidates, Key, normalise_reference};
pub use decide::{Hit, Linked, decide};
pub use format::{Format, Formats};
pub use products::{is_gone, products};
pub use purchases::{PurchaseKey, project_names_title};
pub use rules::{
    FormatRule, LinkKey, LinkRule, PurchaseKind, PurchaseRule, RoleRule, Rules, Tables,
};
