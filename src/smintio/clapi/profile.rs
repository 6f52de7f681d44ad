//! CLAPI-C's wire profile: the paths and query names, none of which is public.

use crate::vendor::profile::wire_profile;

wire_profile! {
    /// CLAPI-C's names. `Default` is the spelling of the facts page (SA).
    Profile {
        /// Base of every path.
        base_path: Path = "/consumer/v1", Confirmed, "SA 1.1";
        /// The feed, below the base.
        feed_path: Path = "/licensePurchaseTransactions/sync", Invented, "SA 7.2: path unknown, body confirmed";
        /// Query name of the cursor.
        feed_cursor: Name = "continuationUuid", Invented, "SA 1.3 call 2: argument of the generated client";
        /// Query name of the page size.
        feed_limit: Name = "limit", Invented, "SA 1.3 call 2: argument of the generated client";
        /// Binaries of a purchase, below the base, with `{cart}` and `{purchase}`.
        binaries_path: Path = "/cartPurchaseTransactions/{cart}/licensePurchaseTransactions/{purchase}/binaries/sync", Invented, "SA 7.2: path unknown, body confirmed";
        /// Key that the list of binaries is wrapped in; empty: a bare list.
        binaries_wrapper: OptionalName = "", Unknown, "SA 7.2: bare array or wrapper unknown";
    }
}
