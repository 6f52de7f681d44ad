//! Setting up the log of this process, once.
//!
//! Invariant: the log goes to standard error, so that standard output is for results only.

use std::io::Write;

use indicatif::MultiProgress;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

/// Starts the log. `level` is a `tracing` filter such as `info` or `egress=debug`.
pub fn start(format: Format, level: &str, bars: &MultiProgress) {
    let filter = EnvFilter::try_new(level).unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_writer(BesideBars(bars.clone()));
    // A second start in one process (tests) keeps the first log.
    match format {
        Format::Human => log.with_target(true).try_init().ok(),
        Format::Json => log.json().flatten_event(true).try_init().ok(),
    };
}

/// Standard error, with the bars taken away while a line is written.
#[derive(Clone)]
struct BesideBars(MultiProgress);

impl Write for BesideBars {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.suspend(|| std::io::stderr().write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        std::io::stderr().flush()
    }
}

impl<'w> MakeWriter<'w> for BesideBars {
    type Writer = Self;

    fn make_writer(&'w self) -> Self::Writer {
        self.clone()
    }
}
