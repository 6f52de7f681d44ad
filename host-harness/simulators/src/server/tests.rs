//! A core on real sockets.

use super::*;
use crate::faults::{Action, Fault, When};
use crate::http::Fetch;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

/// Answers with what it was asked, and wants one address fetched.
#[derive(Default)]
struct Echo {
    wanted: Vec<String>,
    brought: Vec<Option<Vec<u8>>>,
}

impl Vendor for Echo {
    fn handle(&mut self, _now: InstantMs, request: &Request) -> Response {
        let seen = format!(
            "{} {}{} {} {}",
            request.method,
            request.origin,
            request.target,
            request.header("x-mark").unwrap_or("-"),
            request.body.len()
        );
        Response::new(if request.path() == "/away" { 302 } else { 200 }, "text/plain", seen)
    }

    fn fetches(&mut self, _now: InstantMs) -> Vec<Fetch> {
        let wanted = self.wanted.drain(..).enumerate();
        wanted.map(|(job, url)| Fetch { job: job as u64, url }).collect()
    }

    fn fetched(&mut self, _now: InstantMs, _job: u64, answer: Option<Response>) {
        self.brought.push(answer.map(|answer| answer.body));
    }
}

async fn start(latency: Duration) -> (Shared<Echo>, Running) {
    let core = Arc::new(Mutex::new(Faulty::new(Echo::default())));
    let any: SocketAddr = ([127, 0, 0, 1], 0).into();
    let bound = vec![Bound::bind(any).await.unwrap(), Bound::bind(any).await.unwrap()];
    let running = serve(&core, bound, latency);
    (core, running)
}

async fn post(url: String, body: Vec<u8>) -> Result<(u16, String), String> {
    let client = Client::builder(TokioExecutor::new()).build_http();
    let request = hyper::Request::post(url).header("X-Mark", "m");
    let request = request.body(Full::new(Bytes::from(body))).unwrap();
    let response = client.request(request).await.map_err(|error| error.to_string())?;
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.map_err(|error| error.to_string())?;
    Ok((status, String::from_utf8(body.to_bytes().into()).unwrap()))
}

#[tokio::test]
async fn requests_arrive_whole_and_each_address_has_its_origin() {
    let (_core, running) = start(Duration::ZERO).await;
    for origin in &running.origins {
        let answer = post(format!("{origin}/a/b?c=d"), vec![7; 3]).await.unwrap();
        assert_eq!(answer, (200, format!("POST {origin}/a/b?c=d m 3")));
    }
    let answer = post(format!("{}/big", running.origins[0]), vec![0; MAX_BODY + 1]).await;
    assert!(answer.is_err() || answer.is_ok_and(|(status, _)| status == 413));
}

#[tokio::test]
async fn a_lost_answer_is_a_broken_connection() {
    let (core, running) = start(Duration::ZERO).await;
    lock(&core).plan.add(Fault::new(Action::LoseAnswer, When::Nth(1)));
    let url = format!("{}/", running.origins[0]);
    assert!(post(url.clone(), Vec::new()).await.is_err());
    assert_eq!(post(url, Vec::new()).await.unwrap().0, 200);
}

#[tokio::test]
async fn wishes_are_fetched_from_loopback_without_following_redirects() {
    let (core, running) = start(Duration::ZERO).await;
    let away = format!("{}/away", running.origins[1]);
    let nobody = "http://127.0.0.1:1/".to_owned();
    let outside = "http://192.0.2.1/".to_owned();
    lock(&core).vendor.wanted = vec![away.clone(), nobody, outside];
    let deadline = std::time::Instant::now() + Duration::from_secs(5);
    while lock(&core).vendor.brought.len() < 3 {
        assert!(std::time::Instant::now() < deadline, "the fetches did not come back");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let mut brought = std::mem::take(&mut lock(&core).vendor.brought);
    brought.sort();
    assert_eq!(brought[..2], [None, None]);
    let text = String::from_utf8(brought[2].clone().unwrap()).unwrap();
    assert_eq!(text, format!("GET {away} - 0"));
}

#[tokio::test]
async fn latency_and_the_end() {
    let (_core, running) = start(Duration::from_millis(60)).await;
    let url = format!("{}/", running.origins[0]);
    let start = std::time::Instant::now();
    post(url.clone(), Vec::new()).await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(60));
    running.stop().await;
    assert!(post(url, Vec::new()).await.is_err());
    let outside = Bound::bind(([192, 0, 2, 1], 0).into()).await;
    assert!(outside.is_err_and(|error| error.kind() == io::ErrorKind::InvalidInput));
}
