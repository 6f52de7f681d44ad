//! `connector login` against the simulated Smint.io, with this test as the person's browser.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;

use crate::simulated::{Ran, Tenant};

/// Status line and headers of a GET, as a browser sees them.
fn get(address: &str) -> String {
    let rest = address.strip_prefix("http://").expect("loopback is http");
    let (host, path) = rest.split_once('/').expect("a path");
    let mut stream = TcpStream::connect(host).expect("it listens");
    write!(stream, "GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")
        .expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

fn header(answer: &str, name: &str) -> Option<String> {
    let prefix = format!("{name}: ");
    let line = answer.lines().find(|line| line.to_lowercase().starts_with(&prefix))?;
    line.get(prefix.len()..).map(str::to_owned)
}

/// Starts a login, agrees as the person, and waits for its end.
fn agree(mut command: std::process::Command) -> Ran {
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
    let mut told = String::new();
    let address = loop {
        let Some(Ok(line)) = lines.next() else { break None };
        told.push_str(&line);
        told.push('\n');
        if line.starts_with("http://") {
            break Some(line);
        }
    };
    if let Some(address) = address {
        let answer = get(&address);
        let back = header(&answer, "location").unwrap_or_else(|| panic!("no redirect: {answer}"));
        assert!(get(&back).starts_with("HTTP/1.1 200"), "{back}");
    }
    told.extend(lines.map_while(Result::ok));
    let output = child.wait_with_output().expect("it ends");
    let ran = Ran::of(output);
    Ran { told, ..ran }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_brings_a_refresh_token_that_works() {
    let tenant = Tenant::start("login", 3).await;
    let file = tenant.file("connector.smintio-refresh-token");
    std::fs::write(&file, "dead\n").expect("written");
    let ran = tenant.run(&["plan", "--no-wait"]).await;
    assert_eq!(ran.code, Some(3), "{}", ran.told);
    assert!(ran.told.contains("connector login smintio"), "{}", ran.told);

    let command = tenant.command(&["login", "smintio", "--no-browser", "--port", "0"]);
    let ran = tokio::task::spawn_blocking(move || agree(command)).await.expect("no panic");
    assert_eq!(ran.code, Some(0), "{}", ran.told);
    let token = std::fs::read_to_string(&file).expect("a token");
    let token = token.trim();
    assert!(token.len() > 20, "a new token");
    for said in [&ran.shown, &ran.told] {
        assert!(!said.contains(token), "the token is shown: {said}");
    }
    let ran = tenant.run(&["plan"]).await;
    assert_eq!(ran.code, Some(0), "{}", ran.told);
    assert!(!ran.told.contains(token) && !ran.shown.contains(token));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_connection_with_a_consent_can_log_in() {
    let tenant = Tenant::start("no-login", 3).await;
    for (connection, expected) in [("consonance", "needs no consent"), ("other", "smintio")] {
        let ran = tenant.run(&["login", connection, "--no-browser", "--port", "0"]).await;
        assert_eq!(ran.code, Some(2), "{}", ran.told);
        assert!(ran.told.contains(expected), "{}", ran.told);
    }
}
