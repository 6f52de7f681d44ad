//! Which exports a later version fills: one table, from which `describe` and the functions
//! themselves speak, so that they cannot disagree.

use super::error::ApiError;

macro_rules! not_yet {
    ($($variant:ident = $name:literal,)*) => {
        /// An export that answers `not-yet-available`. Filling the function removes its line, and
        /// the compiler then finds the answer that must go.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum NotYet {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        impl NotYet {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// `interface.function`, as in `wit/`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

not_yet! {
    ConnectorOnEvent = "connector.on-event",
    AssetsSearch = "assets.search",
    AssetsAttach = "assets.attach",
    AssetsDetach = "assets.detach",
    ReportsReadiness = "reports.readiness",
}

impl NotYet {
    /// The answer of such an export.
    pub fn answer<T>(self) -> Result<T, ApiError> {
        Err(ApiError::NotYetAvailable(self.name().to_owned()))
    }
}
