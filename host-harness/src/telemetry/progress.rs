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
        Box::new(Lines { last: Mutex::default(), out: eprint_line })
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

/// A line when the stage changes, and at most every five seconds; the end of a stage is always
/// shown.
struct Lines {
    last: Mutex<Option<Shown>>,
    out: fn(&str),
}

/// What was shown of the current stage, and what came after it.
struct Shown {
    stage: String,
    at: Instant,
    held_back: Option<String>,
}

const LINES_APART: Duration = Duration::from_secs(5);

fn eprint_line(text: &str) {
    eprintln!("{text}");
}

impl Lines {
    fn end(&self, last: Option<Shown>) {
        if let Some(text) = last.and_then(|shown| shown.held_back) {
            (self.out)(&text);
        }
    }
}

impl ProgressSink for Lines {
    fn progress(&self, stage: &str, done: u64, total: Option<u64>) {
        let stage = redact(stage);
        let text = match total {
            Some(total) => format!("{stage}: {done} of {total}"),
            // Nothing that could be counted.
            None if done == 0 => stage.clone(),
            None => format!("{stage}: {done}"),
        };
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match last.as_mut().filter(|shown| shown.stage == stage) {
            Some(shown) if shown.at.elapsed() < LINES_APART => shown.held_back = Some(text),
            Some(shown) => {
                (self.out)(&text);
                (shown.at, shown.held_back) = (Instant::now(), None);
            }
            None => {
                self.end(last.take());
                (self.out)(&text);
                *last = Some(Shown { stage, at: Instant::now(), held_back: None });
            }
        }
    }

    fn finish(&self) {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.end(last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

    #[test]
    fn the_end_of_a_stage_is_shown() {
        let out = |text: &str| SAID.lock().unwrap().push(text.to_owned());
        let lines = Lines { last: Mutex::default(), out };
        for done in [1, 2, 3] {
            lines.progress("titles", done, Some(3));
        }
        lines.progress("assets", 1, Some(2));
        lines.progress("assets", 2, Some(2));
        lines.finish();
        lines.finish();
        let expected = ["titles: 1 of 3", "titles: 3 of 3", "assets: 1 of 2", "assets: 2 of 2"];
        assert_eq!(*SAID.lock().unwrap(), expected);
    }
}
