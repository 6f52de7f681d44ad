//! Ctrl-C, and the signal by which a supervisor ends a process.
//!
//! Invariant: a call that holds a lease is asked to end before it is dropped, because only it knows
//! what is under way. Who cannot wait interrupts once more.

use std::time::Duration;

use host_harness::tenant::Tenant;
use tokio::sync::watch;

use super::context::Context;
use super::exit::Status;

/// What is said while a call comes to its end.
const STOPPING: &str = "Interrupted: what is under way is brought to its end first. Once more ends \
                        it at once; then its lease runs out by itself within two minutes.";

/// How often this process was interrupted.
#[derive(Clone, Debug)]
pub struct Interrupts(watch::Receiver<u32>);

impl Interrupts {
    /// Counts from now on; needs the runtime.
    pub fn listen() -> Self {
        let (counted, seen) = watch::channel(0);
        tokio::spawn(count(counted));
        Self(seen)
    }

    /// Waits for the first, the second, ... interruption.
    pub async fn nth(&self, number: u32) {
        let mut seen = self.0.clone();
        let is_there = seen.wait_for(|count| *count >= number).await.is_ok();
        if !is_there {
            // Nobody counts: whoever interrupts ends the process.
            std::future::pending::<()>().await;
        }
    }

    /// Whether there was one.
    pub fn is_asked(&self) -> bool {
        *self.0.borrow() > 0
    }
}

#[cfg(unix)]
async fn count(counted: watch::Sender<u32>) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return;
    };
    loop {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        counted.send_modify(|count| *count += 1);
    }
}

#[cfg(not(unix))]
async fn count(counted: watch::Sender<u32>) {
    while tokio::signal::ctrl_c().await.is_ok() {
        counted.send_modify(|count| *count += 1);
    }
}

/// Awaits a call of a tenant; an interruption asks it to end, and it is awaited all the same.
pub async fn in_order<R>(context: &Context, tenant: &Tenant, call: impl Future<Output = R>) -> R {
    tokio::pin!(call);
    tokio::select! {
        ended = &mut call => return ended,
        () = context.interrupts.nth(1) => {}
    }
    context.progress.finish();
    eprintln!("{STOPPING}");
    tenant.stop();
    call.await
}

/// Sleeps, or wakes at the first interruption.
pub async fn sleep(context: &Context, time: Duration) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        () = context.interrupts.nth(1) => {}
    }
}

/// How a command ends that may have been cut short.
pub fn ended(context: &Context, status: Status) -> Status {
    let is_short = matches!(status, Status::Unavailable | Status::Busy);
    if is_short && context.interrupts.is_asked() { Status::Interrupted } else { status }
}
