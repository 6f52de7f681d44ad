//! Requests through both layers, against a small server on loopback.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Method;
use http_body_util::Full;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::super::address::AddressPolicy;
use super::super::allow::Rule;
use super::super::client::Client;
use super::super::{Bounds, Egress};
use super::*;
use crate::credentials::{Broker, ConnectionSettings, Kind, MemoryVault, SecretRef, Surroundings};

/// A server that keeps what it got and answers with the same text each time.
async fn server(answer: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut got = vec![0; 8_192];
            let size = socket.read(&mut got).await.unwrap();
            kept.lock().unwrap().push(String::from_utf8_lossy(&got[..size]).into_owned());
            socket.write_all(answer.as_bytes()).await.unwrap();
            if answer.is_empty() {
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
        }
    });
    (origin, seen)
}

fn bounds() -> Bounds {
    Bounds {
        connect: Duration::from_millis(500),
        first_byte: Duration::from_millis(300),
        total: Duration::from_secs(2),
        request_bytes_max: 100,
        response_bytes_max: 1_000,
    }
}

fn egress(allowed: &str, secret_for: &str, allow_loopback: bool) -> Egress {
    // One for each: a key is read again while another test may write its own.
    static KEYS: AtomicU32 = AtomicU32::new(0);
    let number = KEYS.fetch_add(1, Ordering::Relaxed);
    let key = std::env::temp_dir().join(format!("egress-key-{}-{number}", std::process::id()));
    std::fs::write(&key, "s3cret").unwrap();
    let kind = Kind::ApiKey { scheme: "Bearer".to_owned(), key: SecretRef::File(key) };
    let settings = ConnectionSettings { name: "c".to_owned(), kind, origins: vec![] };
    let policy = AddressPolicy { allow_loopback, allow_private: false };
    let client = Client::new(policy, bounds());
    let surroundings =
        Surroundings { client: Arc::new(client.clone()), vault: Arc::new(MemoryVault::default()) };
    let origins = vec![Origin::parse(secret_for).unwrap()];
    let broker = Broker::new(vec![(settings, origins)], &surroundings);
    let rule = Rule::parse(allowed, &["GET".to_owned(), "POST".to_owned()]).unwrap();
    Egress::new(vec![rule], bounds(), client, broker)
}

fn request(method: Method, url: &str, headers: &[(&str, &str)], body: &str) -> Request<WasiBody> {
    let mut builder = Request::builder().method(method).uri(url);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    let body = Full::new(Bytes::copy_from_slice(body.as_bytes()));
    builder.body(body.map_err(|never| match never {}).boxed_unsync()).unwrap()
}

async fn sent(egress: &Egress, request: Request<WasiBody>) -> Result<String, String> {
    let response = send(&egress.0, request, RequestOptions::default()).await;
    let response = response.map_err(|error| error.to_string())?;
    let status = response.status();
    let body = response.into_body().collect().await.map_err(|error| error.to_string())?;
    Ok(format!("{} {}", status.as_u16(), String::from_utf8_lossy(&body.to_bytes())))
}

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok";

#[tokio::test]
async fn the_secret_is_put_in_on_the_way_out() {
    let (origin, seen) = server(OK).await;
    let egress = egress(&origin, &origin, true);
    let token = egress.broker().authorization("c").await.unwrap();
    assert!(!token.header.contains("s3cret"));
    let request = request(Method::POST, &origin, &[("authorization", &token.header)], "body");
    assert_eq!(sent(&egress, request).await.unwrap(), "200 ok");
    let seen = seen.lock().unwrap().join("");
    assert!(seen.contains("authorization: Bearer s3cret\r\n"), "{seen}");
    assert!(seen.contains("content-length: 4\r\n"), "{seen}");
}

#[tokio::test]
async fn what_is_not_allowed_is_refused_before_it_is_sent() {
    let (origin, seen) = server(OK).await;
    let egress = egress(&origin, "https://elsewhere.example", true);
    let mark = egress.broker().authorization("c").await.unwrap().header;
    let in_query = format!("{origin}/?q=%7B%7Bcredential%3Ac");
    let with_user = origin.replace("http://", "http://user@");
    let big = "x".repeat(101);
    let cases = [
        ("another method", request(Method::DELETE, &origin, &[], "")),
        ("another host", request(Method::GET, "http://localhost:1/", &[], "")),
        ("a user name", request(Method::GET, &with_user, &[], "")),
        (
            "a secret for another origin",
            request(Method::GET, &origin, &[("authorization", &mark)], ""),
        ),
        (
            "a secret of the guest",
            request(Method::GET, &origin, &[("authorization", "Bearer x")], ""),
        ),
        ("a placeholder in a header", request(Method::GET, &origin, &[("x-key", &mark)], "")),
        ("a placeholder in the body", request(Method::POST, &origin, &[], &mark)),
        ("a placeholder in the query", request(Method::GET, &in_query, &[], "")),
    ];
    for (case, request) in cases {
        assert_eq!(sent(&egress, request).await, Err("HTTP request denied".to_owned()), "{case}");
    }
    let too_large = sent(&egress, request(Method::POST, &origin, &[], &big)).await;
    assert!(too_large.unwrap_err().contains("body size"));
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn loopback_needs_the_operator() {
    let (origin, seen) = server(OK).await;
    let egress = egress(&origin, &origin, false);
    let refused = sent(&egress, request(Method::GET, &origin, &[], "")).await;
    assert_eq!(refused, Err("destination IP address is prohibited".to_owned()));
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn redirects_come_back_and_are_not_followed() {
    let answer =
        "HTTP/1.1 302 Found\r\nlocation: /x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let (origin, seen) = server(answer).await;
    let egress = egress(&origin, &origin, true);
    assert_eq!(sent(&egress, request(Method::GET, &origin, &[], "")).await.unwrap(), "302 ");
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn not_sent_and_lost_are_told_apart() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\nconnection: close\r\n\r\nok";
    let large = "HTTP/1.1 200 OK\r\ncontent-length: 1001\r\nconnection: close\r\n\r\n";
    let cases = [
        ("http://127.0.0.1:1".to_owned(), "connection refused"),
        ("http://no-such-name.invalid".to_owned(), "DNS error"),
        (server("").await.0, "connection read timeout"),
        (server("HTTP/1.1 ").await.0, "connection terminated"),
        (server(cut).await.0, "incomplete HTTP response"),
        (server(large).await.0, ""),
    ];
    for (origin, expected) in cases {
        let egress = egress(&origin, &origin, true);
        let error = sent(&egress, request(Method::GET, &origin, &[], "")).await.unwrap_err();
        assert!(error.contains(expected), "{origin}: {error}");
    }
}

#[tokio::test]
async fn a_key_that_was_of_use_since_its_last_401_is_good() {
    for (answer, is_good) in [(OK, true), ("HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n", false)] {
        let (origin, _) = server(answer).await;
        let egress = egress(&origin, &origin, true);
        for _ in 0..2 {
            let token = egress.broker().authorization("c").await.unwrap();
            let headers = [("authorization", token.header.as_str())];
            sent(&egress, request(Method::GET, &origin, &headers, "")).await.unwrap();
            egress.broker().rejected("c", token.generation).await;
        }
        assert_eq!(egress.broker().authorization("c").await.is_ok(), is_good, "{answer}");
    }
}
