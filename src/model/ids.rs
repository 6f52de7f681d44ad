//! Identifiers that cannot be mixed up. They are opaque: nothing here parses or builds one.

use serde::{Deserialize, Serialize};

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub struct $name(pub String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number_id!(
    /// A work in Consonance.
    WorkId
);
number_id!(
    /// A product (edition in a format) in Consonance.
    ProductId
);
number_id!(
    /// A supporting resource in Consonance.
    ResourceId
);
number_id!(
    /// A web link in Consonance.
    WebLinkId
);
text_id!(
    /// An asset in Smint.io Portals.
    AssetId
);
text_id!(
    /// A collection in Smint.io Portals.
    CollectionId
);
text_id!(
    /// A licence purchase transaction (LPT) of Smint.io's CLAPI-C.
    PurchaseId
);
