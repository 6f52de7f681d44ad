//! What can be typed.
//!
//! Invariant: the help texts name every exit code.

mod rights;

pub use rights::{ClearanceOptions, RightsCommand, RightsOptions};

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use host_harness::config_file::parse_duration;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  a problem or a difference was found
  2  the command line or the configuration cannot be used
  3  something waits for a person: an acceptance or a consent
  4  a vendor or the platform is not available, or the run paused with --no-wait
  5  busy: another run holds the lease, or another process the store
  130  interrupted";

/// Keeps Consonance and Smint.io in step.
#[derive(Debug, Parser)]
#[command(name = "connector", version, about, after_help = EXIT_CODES)]
pub struct Arguments {
    /// The configuration file.
    #[arg(long, global = true, default_value = "connector.toml", env = "CONNECTOR_CONFIG")]
    pub config: PathBuf,
    /// Print results as JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// No progress and no log, only results and errors.
    #[arg(long, global = true)]
    pub quiet: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show it all: both simulated vendors, a run, and a second run that writes nothing.
    Demo(DemoOptions),
    /// Make a configuration.
    Config(ConfigOptions),
    /// Prove that configuration, credentials and write rights are good, without writing.
    Check,
    /// List what can be chosen in the configuration.
    Discover,
    /// Show what a run would do now.
    Plan(PlanOptions),
    /// Run a flow until it is done, waiting where a vendor asks for it.
    Run(RunOptions),
    /// Why is this cover on my title, or why not?
    Explain {
        /// An ISBN or an asset id.
        subject: String,
    },
    /// What waits for a person.
    Inbox(InboxOptions),
    /// What is cleared on a title: edition by territory by print run. With --what-if: decide cases
    /// that are given in full, without configuration and network.
    Clearance(ClearanceOptions),
    /// Declarations, overrides, and rights that end.
    Rights(RightsOptions),
    /// The launch kits inside their window, and what they lack.
    Kits,
    /// Run both simulated vendors on loopback until Ctrl-C.
    Simulate(SimulateOptions),
    /// Measure one of the figures of docs/PERFORMANCE.md.
    #[command(hide = true)]
    Bench(BenchOptions),
}

/// `demo`.
#[derive(Args, Debug)]
pub struct DemoOptions {
    /// How many titles; 429 are real, more are repeated with new identities.
    #[arg(long, default_value_t = 429)]
    pub titles: usize,
    /// Decides everything that is made up.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Keep configuration and store in this folder.
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
}

/// `bench`.
#[derive(Args, Debug)]
pub struct BenchOptions {
    /// What to measure.
    #[command(subcommand)]
    pub what: BenchCommand,
}

/// The commands of `bench`.
#[derive(Debug, Subcommand)]
pub enum BenchCommand {
    /// Size of the component and time of an instantiation.
    Component {
        /// Instantiations.
        #[arg(long, default_value_t = 2_000)]
        rounds: usize,
    },
    /// Clearance decisions a second, natively and in the component.
    Clearance {
        /// Cases to decide, again and again.
        #[arg(long, default_value = "tests/cases/clearance/examples.json")]
        cases: PathBuf,
    },
    /// The full matrix of a made-up catalogue: four editions and three images a title.
    Matrix(MatrixOptions),
    /// Core work per title, natively and in the component.
    Core(ScaleOptions),
    /// A first run and a run without changes, against both simulated vendors.
    Sync(SyncOptions),
}

/// `bench matrix`.
#[derive(Args, Debug)]
pub struct MatrixOptions {
    /// How many titles.
    #[arg(long, default_value_t = 10_000)]
    pub titles: usize,
}

/// `bench sync`.
#[derive(Args, Debug)]
pub struct SyncOptions {
    /// How large the simulated tenant is.
    #[command(flatten)]
    pub scale: ScaleOptions,
    /// Requests that one call may send, instead of the platform's default.
    #[arg(long)]
    pub max_requests: Option<u32>,
}

/// How large a simulated tenant is.
#[derive(Args, Debug)]
pub struct ScaleOptions {
    /// How many titles.
    #[arg(long, default_value_t = 429)]
    pub titles: usize,
    /// Decides everything that is made up.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// `config`.
#[derive(Args, Debug)]
pub struct ConfigOptions {
    /// What to do.
    #[command(subcommand)]
    pub command: ConfigCommand,
}

/// The commands of `config`.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Write a commented configuration to start from; never over an existing file.
    Init,
}

/// `plan`.
#[derive(Args, Debug)]
pub struct PlanOptions {
    /// The flow.
    #[arg(long, default_value = "approved-assets")]
    pub flow: String,
    /// Show at most so many changes; all are counted.
    #[arg(long, default_value_t = 50)]
    pub show: usize,
    /// Do not wait where a vendor asks for it.
    #[arg(long)]
    pub no_wait: bool,
}

/// `run`.
#[derive(Args, Debug)]
pub struct RunOptions {
    /// The flow.
    #[arg(long, default_value = "approved-assets")]
    pub flow: String,
    /// Run again and again, so long after each end (such as 10m).
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    pub every: Option<Duration>,
    /// Do not wait where a vendor asks for it: exit with 4.
    #[arg(long)]
    pub no_wait: bool,
}

/// `inbox`.
#[derive(Args, Debug)]
pub struct InboxOptions {
    /// What to do.
    #[command(subcommand)]
    pub command: InboxCommand,
}

/// The commands of `inbox`.
#[derive(Debug, Subcommand)]
pub enum InboxCommand {
    /// List the open items.
    List {
        /// Only items of this kind, such as `unlinked`.
        #[arg(long, value_parser = INBOX_KINDS)]
        kind: Option<String>,
    },
    /// Show one item.
    Show {
        /// Its id.
        id: String,
    },
    /// Answer an item; the next run acts on it.
    Resolve {
        /// Its id.
        id: String,
        /// One of its choices.
        choice: String,
    },
}

/// `simulate`.
#[derive(Args, Debug)]
pub struct SimulateOptions {
    /// How many titles.
    #[arg(long, default_value_t = 429)]
    pub titles: usize,
    /// Decides everything that is made up.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Write a configuration that reaches both vendors; its secrets go into files beside it.
    #[arg(long, value_name = "FILE")]
    pub write_config: Option<PathBuf>,
    /// Let something go wrong at both vendors; may be given several times. `list` shows all names.
    #[arg(long, value_name = "NAME")]
    pub fault: Vec<String>,
}

/// The kinds of inbox items, as in `wit/inbox.wit`.
const INBOX_KINDS: [&str; 16] = [
    "bad-record",
    "unlinked",
    "ambiguous",
    "first-run",
    "guard",
    "withdrawal",
    "wrong-file",
    "adoption",
    "mapping-changed",
    "foreign-edit",
    "maybe-created",
    "collection-gone",
    "collection-doubled",
    "collection-renamed",
    "card-edited",
    "card-unknown",
];
