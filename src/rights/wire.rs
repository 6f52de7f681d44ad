//! Cases: a rights question in full, as JSON, with or without the answer that is expected. The
//! format is docs/RIGHTS.md. What a vendor wrote is read leniently: what cannot be read becomes
//! unknown, which never improves a verdict. What people here wrote is read strictly.

mod case;
mod context;
mod declaration;
mod lenient;
mod policy;
mod strict;

#[cfg(test)]
mod mutants;
#[cfg(test)]
mod tests;

pub use case::{Case, Expectation, compare, evaluate, read_case};
pub use declaration::read_declaration;
