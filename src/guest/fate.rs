//! What a transport error says about the fate of its request. Invariant: a request is called
//! *not sent* only if no byte of it can have reached the vendor; every doubt is *lost*, because a
//! lost request is read back before it is repeated and a request not sent is simply repeated.

use crate::platform::ExchangeError;

/// When the error came up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The platform would not even begin.
    Starting,
    /// After the platform took the request and before it handed over a status.
    Waiting,
    /// While the body of the answer was read.
    Reading,
}

/// The errors after which the request surely did not leave, by the names of `wasi:http`.
/// `TLS-alert-received` is not among them: with TLS 1.3 an alert may follow the request.
const NOT_SENT: [&str; 11] = [
    "DNS-timeout",
    "DNS-error",
    "destination-not-found",
    "destination-unavailable",
    "destination-IP-unroutable",
    "connection-refused",
    "connection-timeout",
    "connection-limit-reached",
    "TLS-protocol-error",
    "TLS-certificate-error",
    "configuration-error",
];

/// The errors by which the platform refuses the request itself: it comes back the same however
/// often it is tried.
const DENIED: [&str; 7] = [
    "HTTP-request-denied",
    "destination-IP-prohibited",
    "HTTP-request-method-invalid",
    "HTTP-request-URI-invalid",
    "HTTP-request-URI-too-long",
    "HTTP-request-header-section-size",
    "HTTP-request-header-size",
];

/// Sorts an error by its name in `wasi:http`; `detail` is what the platform added.
pub fn sort(moment: Moment, name: &str, detail: Option<String>) -> ExchangeError {
    let text = match detail {
        Some(detail) => format!("{name}: {detail}"),
        None => name.to_owned(),
    };
    match moment {
        Moment::Reading => ExchangeError::Lost(format!("{text}, while the answer was read")),
        _ if DENIED.contains(&name) => ExchangeError::Denied(text),
        Moment::Starting => ExchangeError::NotSent(text),
        Moment::Waiting if NOT_SENT.contains(&name) => ExchangeError::NotSent(text),
        Moment::Waiting => ExchangeError::Lost(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(moment: Moment, name: &str, expected: fn(String) -> ExchangeError) {
        let sorted = sort(moment, name, None);
        let same =
            std::mem::discriminant(&sorted) == std::mem::discriminant(&expected(String::new()));
        assert!(same, "{moment:?} {name}: {sorted:?}");
    }

    #[test]
    fn only_what_surely_stayed_here_is_called_not_sent() {
        for name in NOT_SENT {
            check(Moment::Waiting, name, ExchangeError::NotSent);
        }
        let lost = [
            "connection-terminated",
            "connection-read-timeout",
            "connection-write-timeout",
            "TLS-alert-received",
            "HTTP-request-length-required",
            "HTTP-request-body-size",
            "HTTP-request-trailer-size",
            "HTTP-response-incomplete",
            "HTTP-response-timeout",
            "HTTP-upgrade-failed",
            "HTTP-protocol-error",
            "loop-detected",
            "internal-error",
            "a name of a later version",
        ];
        for name in lost {
            check(Moment::Waiting, name, ExchangeError::Lost);
        }
    }

    #[test]
    fn a_refusal_is_denied_and_a_failed_start_is_not_sent() {
        for name in DENIED {
            check(Moment::Starting, name, ExchangeError::Denied);
            check(Moment::Waiting, name, ExchangeError::Denied);
        }
        check(Moment::Starting, "internal-error", ExchangeError::NotSent);
        check(Moment::Starting, "HTTP-protocol-error", ExchangeError::NotSent);
    }

    #[test]
    fn once_an_answer_has_begun_the_request_has_arrived() {
        for name in NOT_SENT.iter().chain(&DENIED) {
            check(Moment::Reading, name, ExchangeError::Lost);
        }
    }

    #[test]
    fn the_text_names_the_error_and_what_the_platform_added() {
        let sorted = sort(Moment::Waiting, "DNS-error", Some("NXDOMAIN".into()));
        assert_eq!(sorted, ExchangeError::NotSent("DNS-error: NXDOMAIN".into()));
    }
}
