//! Each fault by name, and how often faults strike.

use super::*;

/// Counts what reaches it, and answers with a little GraphQL document.
struct Echo(u64);

impl Vendor for Echo {
    fn handle(&mut self, _now: InstantMs, _request: &Request) -> Response {
        self.0 += 1;
        let body = serde_json::json!({"data": {"works": [{"id": 1, "tags": ["é"]}], "n": 7}});
        Response::json(200, &body)
    }

    fn fetches(&mut self, _now: InstantMs) -> Vec<Fetch> {
        Vec::new()
    }

    fn fetched(&mut self, _now: InstantMs, _job: u64, _answer: Option<Response>) {}
}

fn request(method: &str, target: &str, body: &str) -> Request {
    Request {
        method: method.to_owned(),
        origin: "http://127.0.0.1:1".to_owned(),
        target: target.to_owned(),
        headers: Vec::new(),
        body: body.as_bytes().to_vec(),
    }
}

/// The answer to one request that the fault strikes, and whether the vendor saw it.
fn struck(name: &str) -> (Option<(u16, Vec<u8>)>, bool) {
    let mut vendor = Faulty::new(Echo(0));
    vendor.plan.add(Fault::named(name).expect(name).when(When::Nth(1)));
    let answer = vendor.handle(0, &request("POST", "/graphql", "{}")).without_socket();
    let answer = answer.map(|response| (response.status, response.body));
    assert_eq!(vendor.plan.struck(), 1, "{name}");
    (answer, vendor.vendor.0 == 1)
}

#[test]
fn each_name_does_what_it_says() {
    let status = |name| struck(name).0.map(|(status, _)| status);
    let arrived: Vec<_> = NAMES.iter().map(|(name, _)| *name).filter(|n| struck(n).1).collect();
    let expected = "answer-lost error-after-effect graphql-errors partial-data empty-lists \
                    broken-utf8 cut-body huge-string deep reset-mid-body late slow";
    assert_eq!(arrived.join(" "), expected.split_whitespace().collect::<Vec<_>>().join(" "));
    for (name, expected) in [
        ("no-answer", None),
        ("answer-lost", None),
        ("error-after-effect", Some(500)),
        ("unauthorized-once", Some(401)),
        ("forbidden", Some(403)),
        ("too-many-requests", Some(429)),
        ("unavailable", Some(503)),
        ("bad-gateway", Some(502)),
        ("redirect", Some(302)),
        ("graphql-errors", Some(200)),
        ("cut-body", Some(200)),
        ("reset-mid-body", None),
        ("late", Some(200)),
    ] {
        assert_eq!(status(name), expected, "{name}");
    }
    assert!(Fault::named("no such fault").is_none());
}

#[test]
fn spoiled_bodies_are_spoiled_in_their_way() {
    let body = |name| struck(name).0.expect(name).1;
    let text = |name| String::from_utf8(body(name)).expect(name);
    assert_eq!(text("empty-lists"), r#"{"data":{"n":7,"works":[]}}"#);
    assert!(text("graphql-errors").starts_with(r#"{"data":null,"errors":[{"message""#));
    let partial = text("partial-data");
    assert!(partial.starts_with(r#"{"data":{"n":null,"works":[{"#), "{partial}");
    assert!(partial.contains(r#""path":["n"]"#), "{partial}");
    assert!(String::from_utf8(body("broken-utf8")).is_err());
    assert!(serde_json::from_slice::<serde_json::Value>(&body("cut-body")).is_err());
    assert!(body("huge-string").len() > 10_000_000);
    assert_eq!(body("deep").len(), 2000);
}

#[test]
fn faults_strike_what_they_match_as_often_as_they_should() {
    let hits = |fault: Fault, count: usize| {
        let mut vendor = Faulty::new(Echo(0));
        vendor.plan = FaultPlan::new(vec![fault], 4);
        let answers = (0..count).map(|_| vendor.handle(0, &request("POST", "/a?b", "create it")));
        answers.filter(|answer| matches!(answer, Answer::Lost)).count()
    };
    let fault = |when| Fault::new(Action::Drop, when);
    assert_eq!(hits(fault(When::Nth(3)), 10), 1);
    assert_eq!(hits(fault(When::First(3)), 10), 3);
    assert_eq!(hits(fault(When::Every(3)), 10), 3);
    let some = hits(fault(When::PerThousand(200)), 1000);
    assert!((150..250).contains(&some), "{some}");
    assert_eq!(hits(fault(When::PerThousand(200)), 1000), some, "the same seed, the same hits");
    let always = || fault(When::Every(1));
    for (fault, expected) in [
        (always().on("POST", "/a"), 5),
        (always().on("GET", "/a"), 0),
        (always().on("POST", "/c"), 0),
        (always().containing("create"), 5),
        (always().containing("delete"), 0),
    ] {
        assert_eq!(hits(fault, 5), expected);
    }
}
