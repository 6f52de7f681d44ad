//! What can be typed about rights.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `clearance`.
#[derive(Args, Debug)]
pub struct ClearanceOptions {
    /// An ISBN of the title.
    #[arg(required_unless_present = "what_if", conflicts_with = "what_if")]
    pub isbn: Option<String>,
    /// What a run of so many copies would do, before it is ordered.
    #[arg(
        long,
        value_name = "COPIES",
        requires = "isbn",
        conflicts_with = "what_if",
        allow_negative_numbers = true
    )]
    pub planned_run: Option<u64>,
    /// Print the matrix as CSV.
    #[arg(long, conflicts_with_all = ["json", "what_if"], requires = "isbn")]
    pub csv: bool,
    /// The cases: `{"cases": [...]}`, a JSON array, or one JSON object a line; `-` is standard
    /// input.
    #[arg(long, value_name = "FILE")]
    pub what_if: Option<PathBuf>,
    /// Compare with each case's `expect`, print each difference, exit with 1 on any.
    #[arg(long, requires = "what_if")]
    pub check: bool,
}

/// `rights`.
#[derive(Args, Debug)]
pub struct RightsOptions {
    /// What to do.
    #[command(subcommand)]
    pub command: RightsCommand,
}

/// The commands of `rights`.
#[derive(Debug, Subcommand)]
pub enum RightsCommand {
    /// Store a signed declaration about commissioned or own work.
    Declare {
        /// The declaration as JSON (docs/RIGHTS.md); `-` is standard input.
        file: PathBuf,
    },
    /// List the stored declarations and overrides.
    List,
    /// Revoke a stored declaration or an override.
    Revoke {
        /// Its id.
        id: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Clear one use that is in review, under your name; void when an input changes.
    Override {
        /// The asset id.
        asset: String,
        /// The product id, as `clearance` and `explain` show it.
        #[arg(long)]
        product: i64,
        /// Why it may be used.
        #[arg(long)]
        reason: String,
        /// The last day, YYYY-MM-DD.
        #[arg(long, value_name = "DATE")]
        until: String,
        /// Who answers for it.
        #[arg(long, value_name = "NAME")]
        signer: String,
    },
    /// Rights that end or run out.
    Expiring {
        /// How far to look, such as 90d.
        #[arg(long, default_value = "180d", value_parser = days)]
        within: u32,
        /// Show snoozed alerts, too.
        #[arg(long)]
        all: bool,
    },
    /// Hide an alert for a while, under a name; the next threshold shows it again.
    Snooze {
        /// The alert id, as `rights expiring` shows it.
        alert: String,
        /// Until this day, YYYY-MM-DD.
        #[arg(long, value_name = "DATE")]
        until: String,
        /// Who takes care of it.
        #[arg(long, value_name = "NAME")]
        owner: String,
    },
}

/// `90d` or `90`.
fn days(text: &str) -> Result<u32, String> {
    let number = text.strip_suffix('d').unwrap_or(text);
    number.parse().map_err(|_| format!("{text:?} is no number of days, such as 90d"))
}
