//! What went wrong with one exchange, sorted by what is to be done about it. Vendors' `error.rs`
//! make these from answers; the engine acts on them.

/// A failed exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Surely not done; the same request may work later.
    Transient(String),
    /// It may have been done and the answer was lost: read before doing it again.
    Unknown(String),
    /// The vendor asks to wait, so many milliseconds if it says how long.
    Throttled { wait_ms: Option<u64>, detail: String },
    /// 401: the credential of this generation is not accepted.
    Unauthorized,
    /// Not allowed, by the vendor or by the platform's egress rules. Trying again will not help.
    Denied(String),
    /// The answer is not what was agreed (HTML, cut, too deep, an error without a path): the
    /// whole answer is unknown. Retry, then ask for less.
    Unreadable(String),
    /// The vendor understood the request and refuses it, in its own words.
    Refused(String),
    /// The vendor refuses in its own words, without saying of what: it may have been done all the
    /// same. Read before believing it.
    Doubtful(String),
    /// There is no such thing.
    NotFound(String),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Transient(d) => write!(f, "it did not answer ({d})"),
            Self::Unknown(d) => write!(f, "the answer was lost ({d})"),
            Self::Throttled { detail, .. } => write!(f, "it asks us to wait ({detail})"),
            Self::Unauthorized => f.write_str("it does not accept the credential"),
            Self::Denied(d) => write!(f, "it denies access ({d})"),
            Self::Unreadable(d) => write!(f, "its answer cannot be read ({d})"),
            Self::Refused(d) | Self::Doubtful(d) => write!(f, "it refuses the request ({d})"),
            Self::NotFound(d) => write!(f, "there is no such thing ({d})"),
        }
    }
}

/// A record that could not be decoded. Its neighbours are unharmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRecord {
    /// Which record, as far as it can be told; else its position on the page.
    pub record_id: String,
    /// Where in it, what was found and what was expected, for a person.
    pub reason: String,
}
