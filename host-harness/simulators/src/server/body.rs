//! The body of an answer on its way out: whole, repeated into a flood that nobody holds in memory,
//! or ended in the middle although its length was announced.

use hyper::body::{Body, Bytes, Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Bytes that are repeated until enough were sent.
pub(super) struct Outgoing {
    bytes: Bytes,
    /// What the head announces.
    announced: u64,
    /// What is still to be sent.
    left: u64,
    ending: Ending,
}

/// What comes after the last byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Good,
    /// The connection breaks, once what was sent is on its way.
    BreaksSoon,
    Breaks,
}

impl Outgoing {
    /// The whole body.
    pub(super) fn whole(bytes: Vec<u8>) -> Self {
        let length = bytes.len() as u64;
        Self { bytes: bytes.into(), announced: length, left: length, ending: Ending::Good }
    }

    /// The first half; the second one never comes.
    pub(super) fn broken(bytes: Vec<u8>) -> Self {
        let length = bytes.len() as u64;
        let announced = length.max(1);
        Self { bytes: bytes.into(), announced, left: length / 2, ending: Ending::BreaksSoon }
    }

    /// The body again and again, up to so many bytes.
    pub(super) fn flood(bytes: Vec<u8>, length: u64) -> Self {
        let bytes = if bytes.is_empty() { vec![0; 1024] } else { bytes };
        Self { bytes: bytes.into(), announced: length, left: length, ending: Ending::Good }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left > 0 {
            let length = self.bytes.len();
            let size = usize::try_from(self.left).unwrap_or(length).min(length);
            self.left -= size as u64;
            return Poll::Ready(Some(Ok(Frame::data(self.bytes.slice(..size)))));
        }
        match self.ending {
            Ending::Good => Poll::Ready(None),
            Ending::BreaksSoon => {
                self.ending = Ending::Breaks;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Ending::Breaks => {
                Poll::Ready(Some(Err(io::Error::other("the answer breaks off on purpose"))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0 && self.ending == Ending::Good
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}
