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
    ConnectorHosts = "connector.hosts",
    ConnectorCheck = "connector.check",
    ConnectorDiscover = "connector.discover",
    ConnectorPlan = "connector.plan",
    ConnectorRun = "connector.run",
    ConnectorOnEvent = "connector.on-event",
    ConnectorExplain = "connector.explain",
    AssetsSearch = "assets.search",
    AssetsAttach = "assets.attach",
    AssetsDetach = "assets.detach",
    RightsClearance = "rights.clearance",
    RightsEvaluate = "rights.evaluate",
    RightsExpiring = "rights.expiring",
    RightsSnooze = "rights.snooze",
    RightsDeclare = "rights.declare",
    RightsDeclarations = "rights.declarations",
    RightsOverride = "rights.override",
    RightsRevoke = "rights.revoke",
    ReportsReadiness = "reports.readiness",
    ReportsLaunchKits = "reports.launch-kits",
    ReportsAudit = "reports.audit",
    InboxList = "inbox.list",
    InboxShow = "inbox.show",
    InboxResolve = "inbox.resolve",
    InboxReplay = "inbox.replay",
    InboxUndo = "inbox.undo",
    InboxStateExport = "inbox.state-export",
    InboxReset = "inbox.reset",
}

impl NotYet {
    /// The answer of such an export.
    pub fn answer<T>(self) -> Result<T, ApiError> {
        Err(ApiError::NotYetAvailable(self.name().to_owned()))
    }
}
