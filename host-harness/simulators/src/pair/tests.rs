//! Both vendors over real sockets, with a small world.

use super::*;
use crate::world::{Options, generate};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use time::macros::date;

async fn send(method: &str, url: &str, headers: &[(&str, &str)], body: String) -> (u16, Vec<u8>) {
    let client = Client::builder(TokioExecutor::new()).build_http();
    let mut request = hyper::Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Full::new(Bytes::from(body))).unwrap();
    let response = client.request(request).await.expect(url);
    let status = response.status().as_u16();
    (status, response.into_body().collect().await.expect(url).to_bytes().into())
}

async fn pair() -> Pair {
    let world = generate(&Options { titles: 20, seed: 1, today: date!(2026 - 11 - 23) });
    Pair::start(&world, PairSettings::new(Secrets::seeded(9)).quick()).await.expect("free ports")
}

/// One GraphQL answer.
async fn ask(pair: &Pair, key: &str, query: &str) -> (u16, Value) {
    let url = format!("{}/graphql", pair.consonance_origin);
    let authorization = format!("Bearer {key}");
    let headers = [("content-type", "application/json"), ("authorization", authorization.as_str())];
    let (status, body) = send("POST", &url, &headers, json!({"query": query}).to_string()).await;
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

#[tokio::test]
async fn both_vendors_answer_with_their_own_credentials_only() {
    let pair = pair().await;
    let secrets = pair.secrets.clone();
    let (status, answer) = ask(&pair, &secrets.api_key, "{ works { id title } }").await;
    assert_eq!(status, 200);
    assert_eq!(answer["data"]["works"].as_array().map(Vec::len), Some(20), "{answer}");
    assert_eq!(ask(&pair, "wrong", "{ works { id } }").await.0, 401);
    let token = |secret: &str| {
        format!(
            "grant_type=refresh_token&client_id={}&client_secret={secret}&refresh_token={}",
            secrets.client_id, secrets.refresh_token
        )
    };
    let url = format!("{}/connect/token", pair.smintio_origin);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let (status, body) = send("POST", &url, &form, token(&secrets.client_secret)).await;
    let text = String::from_utf8_lossy(&body).into_owned();
    assert!(status == 200 && text.contains("access_token"), "{status} {text}");
    assert_eq!(send("POST", &url, &form, token("wrong")).await.0, 401);
    pair.stop().await;
}

#[tokio::test]
async fn images_are_served_and_faults_can_be_planned() {
    let pair = pair().await;
    let view = pair.consonance().vendor.resources().into_iter().find(|r| r.url.is_some());
    let url = view.and_then(|view| view.url).expect("a cover made by hand");
    assert!(url.starts_with(&pair.images_origin), "{url}");
    let (status, body) = send("GET", &url, &[], String::new()).await;
    assert_eq!((status, image::guess_format(&body).ok()), (200, Some(image::ImageFormat::Jpeg)));
    let fault = crate::faults::Fault::named("forbidden").expect("a name");
    pair.set_faults(FaultPlan::new(vec![fault], 0), FaultPlan::none());
    let key = pair.secrets.api_key.clone();
    assert_eq!(ask(&pair, &key, "{ works { id } }").await.0, 403);
    pair.consonance().plan.clear();
    assert_eq!(ask(&pair, &key, "{ works { id } }").await.0, 200);
}

#[test]
fn secrets_repeat_only_when_they_should() {
    let key = |secrets: Secrets| secrets.api_key;
    assert_eq!(key(Secrets::seeded(1)), key(Secrets::seeded(1)));
    assert_ne!(key(Secrets::seeded(1)), key(Secrets::seeded(2)));
    assert_ne!(key(Secrets::fresh()), key(Secrets::fresh()));
}
