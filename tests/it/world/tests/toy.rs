//! A vendor that makes what it is told to make.

use simulators::http::{Fetch, Request, Response, Vendor};

/// What has happened there.
#[derive(Default)]
pub struct Toy {
    /// Every target that was made, in order.
    pub made: Vec<String>,
    /// The `authorization` header of every request.
    pub authorizations: Vec<Option<String>>,
    /// What the fetches brought.
    pub fetched: Vec<Option<String>>,
    /// The forms that came to the token endpoint.
    pub forms: Vec<String>,
    wanted: Vec<String>,
}

impl Vendor for Toy {
    fn handle(&mut self, _now: u64, request: &Request) -> Response {
        self.authorizations.push(request.header("authorization").map(str::to_owned));
        if request.path() == "/connect/token" {
            self.forms.push(String::from_utf8_lossy(&request.body).into_owned());
            let number = self.forms.len();
            let body = serde_json::json!({
                "access_token": format!("access{number}"),
                "refresh_token": format!("refresh{number}"),
                "expires_in": 600,
            });
            return Response::json(200, &body);
        }
        self.wanted.extend(request.target.strip_prefix("/fetch/").map(str::to_owned));
        self.made.push(request.target.clone());
        let status = if request.target == "/swallow" { 0 } else { 200 };
        Response::new(status, "text/plain", format!("made {}", request.target))
    }

    fn fetches(&mut self, _now: u64) -> Vec<Fetch> {
        std::mem::take(&mut self.wanted).into_iter().map(|url| Fetch { job: 1, url }).collect()
    }

    fn fetched(&mut self, _now: u64, _job: u64, answer: Option<Response>) {
        let text = |answer: Response| String::from_utf8_lossy(&answer.body).into_owned();
        self.fetched.push(answer.map(text));
    }
}
