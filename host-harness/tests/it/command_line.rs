//! The command line answers.

use std::process::Command;

#[test]
fn help_names_every_command_and_exit_code() {
    let output = Command::new(env!("CARGO_BIN_EXE_connector")).arg("--help").output();
    let shown = String::from_utf8(output.expect("it runs").stdout).expect("it is text");
    for word in [
        "demo",
        "config",
        "login",
        "check",
        "discover",
        "plan",
        "run",
        "explain",
        "inbox",
        "clearance",
        "rights",
        "kits",
        "simulate",
    ] {
        assert!(shown.contains(word), "{word} is missing:\n{shown}");
    }
    assert!(shown.contains("Exit codes"), "{shown}");
}

/// Exit code, and everything that was said.
fn said(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_connector")).args(arguments).output();
    let output = output.expect("it runs");
    let both = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(both).expect("it is text"))
}

#[test]
fn a_wrong_name_is_answered_with_the_right_ones() {
    for (arguments, expected) in [
        (["simulate", "--fault", "nonsense"].as_slice(), "answer-lost"),
        (["inbox", "list", "--kind", "nonsense"].as_slice(), "wrong-file"),
    ] {
        let (code, said) = said(arguments);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("nonsense") && said.contains(expected), "{said}");
    }
}

#[test]
fn the_faults_are_listed() {
    let (code, table) = said(&["simulate", "--fault", "list"]);
    assert_eq!(code, Some(0), "{table}");
    assert!(table.contains("answer-lost") && table.contains("whose answer is lost"), "{table}");
    let (_, lines) = said(&["--json", "simulate", "--fault", "list"]);
    assert!(lines.contains(r#""name""#) && lines.contains("answer-lost"), "{lines}");
}
