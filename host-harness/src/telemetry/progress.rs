//! Showing how far a call is: a bar on a terminal, else a line now and then.
//!
//! Invariant: nothing but progress and the log is written to standard error, and never into the
//! middle of each other.

use std::io::IsTerminal as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::redact::redact;

/// Where progress goes.
pub trait ProgressSink: Send + Sync {
    /// The running call is so far.
    fn progress(&self, stage: &str, done: u64, total: Option<u64>);
    /// The call has ended.
    fn finish(&self) {}
}

/// Shows nothing.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl ProgressSink for Silent {
    fn progress(&self, _stage: &str, _done: u64, _total: Option<u64>) {}
}

/// What fits the standard error of this process.
pub fn for_stderr(bars: &MultiProgress) -> Box<dyn ProgressSink> {
    if std::io::stderr().is_terminal() {
        Box::new(Bar { bars: bars.clone(), current: Mutex::default() })
    } else {
        Box::new(Lines { last: Mutex::default() })
    }
}

/// One bar for the current stage; finished stages leave a line.
struct Bar {
    bars: MultiProgress,
    current: Mutex<Option<(String, ProgressBar)>>,
}

impl ProgressSink for Bar {
    fn progress(&self, stage: &str, done: u64, total: Option<u64>) {
        let stage = redact(stage);
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.as_ref().is_none_or(|(shown, _)| *shown != stage) {
            if let Some((_, bar)) = current.take() {
                bar.finish_and_clear();
            }
            let bar = self.bars.add(ProgressBar::no_length());
            bar.enable_steady_tick(Duration::from_millis(120));
            bar.set_message(stage.clone());
            *current = Some((stage, bar));
        }
        if let Some((_, bar)) = current.as_ref() {
            bar.set_style(style(total.is_some()));
            if let Some(total) = total {
                bar.set_length(total);
            }
            bar.set_position(done);
        }
    }

    fn finish(&self) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bar)) = current.take() {
            bar.finish_and_clear();
        }
    }
}

fn style(known_total: bool) -> ProgressStyle {
    let template = if known_total {
        "{spinner} {msg:24} {bar:32} {pos}/{len} {elapsed}"
    } else {
        "{spinner} {msg:24} {pos} {elapsed}"
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// A line when the stage changes, and at most every five seconds.
struct Lines {
    last: Mutex<Option<(String, Instant)>>,
}

const LINES_APART: Duration = Duration::from_secs(5);

impl ProgressSink for Lines {
    fn progress(&self, stage: &str, done: u64, total: Option<u64>) {
        let stage = redact(stage);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let due = match last.as_ref() {
            Some((shown, at)) => *shown != stage || at.elapsed() >= LINES_APART,
            None => true,
        };
        if due {
            match total {
                Some(total) => eprintln!("{stage}: {done} of {total}"),
                // Nothing that could be counted.
                None if done == 0 => eprintln!("{stage}"),
                None => eprintln!("{stage}: {done}"),
            }
            *last = Some((stage, Instant::now()));
        }
    }
}
