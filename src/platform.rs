//! What the connector needs from the world, as one trait. Two implementations: the component's
//! imports (`guest`), and a seeded in-process world in the tests. Everything else in this crate
//! takes values and returns values.

use crate::model::date::Instant;

/// An HTTP request as a value. It never carries a credential: `connection` names one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// GET, POST, ...
    pub method: Method,
    /// The absolute address.
    pub url: String,
    /// Headers, without `authorization` and `host`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Largest response body that is read; more is an error.
    pub response_bytes_max: usize,
    /// `authorization` value from the platform, put in by the caller in `engine::call`.
    pub authorization: Option<String>,
}

/// A request together with what the engine must know to send it. Vendors' `request.rs` make these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What to send.
    pub request: Request,
    /// Whose credential goes with it; `None` for signed addresses, which are their own credential.
    pub connection: Option<String>,
    /// Which kind of call, for the report: `works`, `search_assets`, `create_resource`, ...
    pub kind: &'static str,
    /// Whether it may be sent again without harm after a lost answer.
    pub repeatable: bool,
}

/// The methods the connector uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
}

/// An HTTP response as a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Response {
    /// The first header of that (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// Why there is no whole response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeError {
    /// The request surely did not reach the vendor.
    NotSent(String),
    /// It may have reached the vendor: the outcome is unknown.
    Lost(String),
    /// The platform's egress rules refuse the address; trying again will not help.
    Denied(String),
    /// The body is larger than `response_bytes_max`.
    TooLarge,
}

/// A stored value with its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The value.
    pub value: Vec<u8>,
    /// Changes with every write of the key.
    pub version: u64,
}

/// A put that happens only if the key still has the version that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionalPut {
    /// The key.
    pub key: String,
    /// The version that was read; `None`: the key must not exist.
    pub expected: Option<u64>,
    /// The new value.
    pub value: Vec<u8>,
}

/// How a conditional write ended; a lost race is a normal outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PutOutcome {
    /// Stored under this version.
    Stored(u64),
    /// Somebody else wrote first: the current entry.
    Lost(Option<Entry>),
}

/// How a conditional delete ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeleteOutcome {
    /// Deleted.
    Deleted,
    /// Somebody else wrote first: the current entry.
    Lost(Option<Entry>),
}

/// What the store can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreTraits {
    /// Whether conditional writes are atomic.
    pub conditional_writes: bool,
    /// The largest value in bytes.
    pub value_bytes_max: u64,
}

/// Why the store did not do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StateError {
    /// Not now.
    Unavailable(String),
    /// A write may or may not have happened.
    OutcomeUnknown(String),
    /// The value is larger than this.
    TooLarge(u64),
    /// Out of space.
    Quota(String),
    /// Not allowed.
    Denied(String),
    /// Anything else.
    Other(String),
}

/// A credential in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The value of the `authorization` header, or the platform's placeholder for it.
    pub header: String,
    /// Which generation.
    pub generation: u64,
}

/// Why there is no credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialError {
    /// A person must consent again.
    NeedsConsent(String),
    /// Not now.
    Unavailable(String),
}

/// How much a log event matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Every step.
    Debug,
    /// What happened.
    Info,
    /// A person may want to look.
    Warn,
    /// A person must look.
    Error,
}

/// The world as the connector sees it. `&self` throughout: the platform keeps its own state.
pub trait Platform {
    /// Sends the requests, at most `in_flight_max` at once, and hands over each result with the
    /// index of its request as it completes, in any order.
    fn exchange(
        &self,
        requests: &[Request],
        in_flight_max: usize,
        done: &mut dyn FnMut(usize, Result<Response, ExchangeError>),
    );

    /// The entry of a key.
    fn get(&self, key: &str) -> Result<Option<Entry>, StateError>;
    /// The entries of several keys, in the order asked.
    fn get_many(&self, keys: &[String]) -> Result<Vec<Option<Entry>>, StateError>;
    /// One page of the entries whose keys start with `prefix`, and where to go on.
    fn scan(
        &self,
        prefix: &str,
        start: Option<&str>,
        limit: u32,
    ) -> Result<(Vec<Entry>, Option<String>), StateError>;
    /// A conditional put.
    fn put_if(&self, put: &ConditionalPut) -> Result<PutOutcome, StateError>;
    /// A conditional delete.
    fn delete_if(&self, key: &str, expected: u64) -> Result<DeleteOutcome, StateError>;
    /// Conditional puts in order, stopping at the first that is lost: the new versions of those
    /// applied.
    fn apply(&self, puts: &[ConditionalPut]) -> Result<Vec<u64>, StateError>;
    /// What the store can do.
    fn store_traits(&self) -> Result<StoreTraits, StateError>;

    /// Wall clock.
    fn now(&self) -> Instant;
    /// Milliseconds of a clock that never goes back.
    fn monotonic_ms(&self) -> u64;
    /// Returns once the monotonic clock has reached that point.
    fn wait_until(&self, monotonic_ms: u64);
    /// A random number.
    fn random(&self) -> u64;

    /// What to send for a connection.
    fn authorization(&self, connection: &str) -> Result<Token, CredentialError>;
    /// The vendor answered 401 to this generation.
    fn rejected(&self, connection: &str, generation: u64);

    /// A structured event. Never a secret or a signed address.
    fn log(&self, level: Level, message: &str, fields: &[(&str, String)]);
    /// Progress of the running call.
    fn progress(&self, stage: &str, done: u64, total: Option<u64>);
}
