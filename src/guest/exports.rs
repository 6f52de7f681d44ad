//! The exports: each calls the function of the same name in `api` and spells the result in the
//! bindings' types. No decision is made here and nothing can fail here.

mod assets;
mod connector;
mod convert;
mod inbox;
mod reports;
mod rights;

/// The component.
pub struct Component;
