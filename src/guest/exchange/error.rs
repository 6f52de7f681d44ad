//! The platform's error codes by their names in `wasi:http`, for `fate` to sort.

use crate::guest::bindings::wasi::http::types::{ErrorCode as Code, http_error_code};
use crate::guest::bindings::wasi::io::error::Error;
use crate::guest::fate::{self, Moment};
use crate::platform::ExchangeError;

/// Sorts a code.
pub fn sort(moment: Moment, code: &Code) -> ExchangeError {
    fate::sort(moment, name(code), detail(code))
}

/// Sorts a broken stream of an answer.
pub fn of_stream(failure: &Error) -> ExchangeError {
    match http_error_code(failure) {
        Some(code) => sort(Moment::Reading, &code),
        None => fate::sort(Moment::Reading, "io-error", Some(failure.to_debug_string())),
    }
}

fn detail(code: &Code) -> Option<String> {
    match code {
        Code::DnsError(payload) => payload.rcode.clone(),
        Code::TlsAlertReceived(payload) => payload.alert_message.clone(),
        Code::InternalError(text) => text.clone(),
        _ => None,
    }
}

fn name(code: &Code) -> &'static str {
    match code {
        Code::DnsTimeout => "DNS-timeout",
        Code::DnsError(_) => "DNS-error",
        Code::DestinationNotFound => "destination-not-found",
        Code::DestinationUnavailable => "destination-unavailable",
        Code::DestinationIpProhibited => "destination-IP-prohibited",
        Code::DestinationIpUnroutable => "destination-IP-unroutable",
        Code::ConnectionRefused => "connection-refused",
        Code::ConnectionTerminated => "connection-terminated",
        Code::ConnectionTimeout => "connection-timeout",
        Code::ConnectionReadTimeout => "connection-read-timeout",
        Code::ConnectionWriteTimeout => "connection-write-timeout",
        Code::ConnectionLimitReached => "connection-limit-reached",
        Code::TlsProtocolError => "TLS-protocol-error",
        Code::TlsCertificateError => "TLS-certificate-error",
        Code::TlsAlertReceived(_) => "TLS-alert-received",
        Code::HttpRequestDenied => "HTTP-request-denied",
        Code::HttpRequestLengthRequired => "HTTP-request-length-required",
        Code::HttpRequestBodySize(_) => "HTTP-request-body-size",
        Code::HttpRequestMethodInvalid => "HTTP-request-method-invalid",
        Code::HttpRequestUriInvalid => "HTTP-request-URI-invalid",
        Code::HttpRequestUriTooLong => "HTTP-request-URI-too-long",
        Code::HttpRequestHeaderSectionSize(_) => "HTTP-request-header-section-size",
        Code::HttpRequestHeaderSize(_) => "HTTP-request-header-size",
        Code::HttpRequestTrailerSectionSize(_) => "HTTP-request-trailer-section-size",
        Code::HttpRequestTrailerSize(_) => "HTTP-request-trailer-size",
        Code::HttpResponseIncomplete => "HTTP-response-incomplete",
        Code::HttpResponseHeaderSectionSize(_) => "HTTP-response-header-section-size",
        Code::HttpResponseHeaderSize(_) => "HTTP-response-header-size",
        Code::HttpResponseBodySize(_) => "HTTP-response-body-size",
        Code::HttpResponseTrailerSectionSize(_) => "HTTP-response-trailer-section-size",
        Code::HttpResponseTrailerSize(_) => "HTTP-response-trailer-size",
        Code::HttpResponseTransferCoding(_) => "HTTP-response-transfer-coding",
        Code::HttpResponseContentCoding(_) => "HTTP-response-content-coding",
        Code::HttpResponseTimeout => "HTTP-response-timeout",
        Code::HttpUpgradeFailed => "HTTP-upgrade-failed",
        Code::HttpProtocolError => "HTTP-protocol-error",
        Code::LoopDetected => "loop-detected",
        Code::ConfigurationError => "configuration-error",
        Code::InternalError(_) => "internal-error",
    }
}
