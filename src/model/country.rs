//! Pending.

/// A set of ISO 3166-1 countries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountrySet([u64; 4]);
