//! HTTP as values, so that one core serves real sockets and the seeded in-process world.

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type InstantMs = u64;

/// A request as it arrives.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GET`, `POST`, ...
    pub method: String,
    /// Scheme, host and port it was sent to, such as `http://127.0.0.1:4010`.
    pub origin: String,
    /// The path, with the query string if there is one.
    pub target: String,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of that (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The path without the query string.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The raw query string.
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, q)| q)
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// A body of a media type.
    pub fn new(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), media_type.to_owned())];
        Self { status, headers, body: body.into() }
    }

    /// A JSON body.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }
}

/// A file that a vendor wants to fetch by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// The vendor's own number for the job.
    pub job: u64,
    /// The absolute address.
    pub url: String,
}

/// A vendor without clock and sockets.
pub trait Vendor: Send {
    /// Answers one request.
    fn handle(&mut self, now: InstantMs, request: &Request) -> Response;

    /// Files that the vendor wants to fetch now; each is handed out once.
    fn fetches(&mut self, now: InstantMs) -> Vec<Fetch>;

    /// What a fetch brought: the answer, or `None` if nobody answered.
    fn fetched(&mut self, now: InstantMs, job: u64, answer: Option<Response>);
}
