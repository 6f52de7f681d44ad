//! The guest's standard output and error, line by line into the log.
//!
//! Invariant: a guest that prints cannot reach the terminal, nor fill memory with one line.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::AsyncWrite;
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};

use super::redact::redact;

/// The longest line that is kept together.
const LINE_BYTES_MAX: usize = 4_096;

/// A stream that logs.
#[derive(Clone, Copy, Debug)]
pub struct GuestOutput {
    /// `stdout` or `stderr`.
    pub stream: &'static str,
}

impl IsTerminal for GuestOutput {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for GuestOutput {
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        Box::new(Lines { stream: self.stream, line: Vec::new() })
    }
}

struct Lines {
    stream: &'static str,
    line: Vec<u8>,
}

impl Lines {
    fn emit(&mut self) {
        if !self.line.is_empty() {
            let text = redact(&String::from_utf8_lossy(&self.line));
            tracing::warn!(target: "connector", stream = self.stream, "{text}");
            self.line.clear();
        }
    }
}

impl AsyncWrite for Lines {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        for byte in bytes {
            if *byte == b'\n' || self.line.len() == LINE_BYTES_MAX {
                self.emit();
            }
            if *byte != b'\n' {
                self.line.push(*byte);
            }
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        self.emit();
        Poll::Ready(Ok(()))
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        self.emit();
    }
}
