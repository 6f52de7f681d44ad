//! A simulated tenant and the command line in its folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use host_harness::simulation::{Scale, Simulation};

/// Both vendors and a folder with the configuration that reaches them; gone with the value.
pub struct Tenant {
    _simulation: Simulation,
    folder: PathBuf,
}

impl Tenant {
    /// A tenant with so many titles.
    pub async fn start(name: &str, titles: usize) -> Self {
        Self::slow(name, titles, Duration::ZERO).await
    }

    /// The same at vendors that take their time.
    pub async fn slow(name: &str, titles: usize, latency: Duration) -> Self {
        let scale = Scale { titles, seed: 1, latency };
        let simulation = Simulation::start(scale).await.expect("both vendors");
        let folder = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        simulation.write_config(&folder.join("connector.toml")).expect("a configuration");
        Self { _simulation: simulation, folder }
    }

    /// A file in its folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A command line that has its configuration.
    pub fn command(&self, arguments: &[&str]) -> Command {
        command(&self.folder, arguments)
    }

    /// The same with its progress and its log.
    pub fn talkative(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_connector"));
        command.current_dir(&self.folder).args(arguments);
        command.stdin(std::process::Stdio::null());
        command
    }

    /// Runs a command line off the runtime's threads, which serve the vendors.
    pub async fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.command(arguments);
        let output = tokio::task::spawn_blocking(move || command.output());
        Ran::of(output.await.expect("no panic").expect("it runs"))
    }
}

impl Drop for Tenant {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connector"));
    command.current_dir(folder).arg("--quiet").args(arguments);
    command.stdin(std::process::Stdio::null());
    command
}

/// How a command line ended, and what it said.
pub struct Ran {
    /// Its exit code.
    pub code: Option<i32>,
    /// Its results.
    pub shown: String,
    /// What else it said.
    pub told: String,
}

impl Ran {
    /// Of a process that ended.
    pub fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is text");
        Self { code: output.status.code(), shown: text(output.stdout), told: text(output.stderr) }
    }
}
