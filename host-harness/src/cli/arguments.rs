//! What can be typed.
//!
//! Invariant: the help texts name every exit code.

mod inbox;
mod rights;

pub use inbox::{InboxCommand, InboxOptions};
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
    /// Bring a person's consent for a connection to Smint.io.
    Login(LoginOptions),
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
    /// A first run and a run without changes of every flow, against both simulated vendors.
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
    /// Only this flow; may be given several times. Without it: all of them, one after another.
    #[arg(long)]
    pub flow: Vec<String>,
    /// Then rename the imprint with the most titles in Consonance, and measure what follows.
    #[arg(long)]
    pub rename_imprint: bool,
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

/// `login`.
#[derive(Args, Debug)]
pub struct LoginOptions {
    /// The name of the connection, as in [platform.credentials.NAME].
    pub connection: String,
    /// The port of this machine that the browser comes back to; 0: any free one. The vendor must
    /// know the redirect address http://127.0.0.1:PORT/callback.
    #[arg(long, default_value_t = 8917)]
    pub port: u16,
    /// Only show the address.
    #[arg(long)]
    pub no_browser: bool,
    /// How long to wait for the person.
    #[arg(long, value_name = "DURATION", default_value = "5m", value_parser = parse_duration)]
    pub wait: Duration,
}

/// `plan`.
#[derive(Args, Debug)]
pub struct PlanOptions {
    /// The flow.
    #[arg(long, default_value = "approved-assets")]
    pub flow: String,
    /// Show every change. With --json that is the default.
    #[arg(long, conflicts_with = "limit")]
    pub all: bool,
    /// Show at most so many changes (50 without this).
    #[arg(long, value_name = "NUMBER", value_parser = at_least_one)]
    pub limit: Option<usize>,
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
    /// Run again and again, so long after each end (such as 10m; 10s at least). In between, other
    /// commands can use the store.
    #[arg(long, value_name = "DURATION", value_parser = parse_interval)]
    pub every: Option<Duration>,
    /// Do not wait where a vendor asks for it: exit with 4.
    #[arg(long)]
    pub no_wait: bool,
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
    /// Write it even where such a file is already.
    #[arg(long, requires = "write_config")]
    pub overwrite: bool,
    /// A fault, a manner or odd contents of the vendors, by name; may be given several times.
    /// `list` shows every name with one line.
    #[arg(long, value_name = "NAME")]
    pub fault: Vec<String>,
}

fn parse_interval(text: &str) -> Result<Duration, String> {
    let interval = parse_duration(text)?;
    let short = || format!("`{text}` is too short: at least 10s, out of respect for the vendors");
    if interval < Duration::from_secs(10) { Err(short()) } else { Ok(interval) }
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err(format!("{text:?} is no number from 1 on")),
        Ok(number) => Ok(number),
    }
}
