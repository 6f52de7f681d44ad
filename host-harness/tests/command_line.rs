//! The command line answers. Its presence also makes `cargo test` build the binary `connector`,
//! which the suite in `tests/` drives.

use std::process::Command;

#[test]
fn help_names_every_command_and_exit_code() {
    let output = Command::new(env!("CARGO_BIN_EXE_connector")).arg("--help").output();
    let shown = String::from_utf8(output.expect("it runs").stdout).expect("it is text");
    for word in ["demo", "check", "plan", "run", "explain", "inbox", "clearance", "simulate"] {
        assert!(shown.contains(word), "{word} is missing:\n{shown}");
    }
    assert!(shown.contains("Exit codes"), "{shown}");
}
