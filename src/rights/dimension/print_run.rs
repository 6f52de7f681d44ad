//! Print run: planned and earlier copies together against the largest cap of the term; print media
//! only. Nothing stated is unknown, and so is a missing number unless the known part is too much.

use std::sync::Arc;

use crate::rights::asked::{Run, Use};
use crate::rights::decision::Copies;
use crate::rights::findings::Findings;
use crate::rights::reason::{Code, Dimension, Key};
use crate::rights::vocabulary::tidy;

const DIMENSION: Dimension = Dimension::PrintRun;

/// What a term's usage limits say about copies.
#[derive(Clone, Debug, Default)]
pub(in crate::rights) struct Caps {
    unlimited: bool,
    /// The limits of one term are alternatives: the largest counts.
    largest: Option<u64>,
    strangers: Vec<Arc<str>>,
}

enum Limit {
    Unlimited,
    Copies(u64),
    /// A cap on something else than copies: displays.
    Other,
}

impl Caps {
    /// No cap.
    pub fn unlimited() -> Self {
        Self { unlimited: true, ..Self::default() }
    }

    /// Reads the vendor's keys.
    pub fn of<'a>(keys: impl IntoIterator<Item = &'a str>) -> Self {
        let mut caps = Self::default();
        for key in keys {
            let lower = key.to_ascii_lowercase();
            match limit(&lower) {
                Some(Limit::Unlimited) => caps.unlimited = true,
                Some(Limit::Copies(n)) => caps.largest = caps.largest.max(Some(n)),
                Some(Limit::Other) => {}
                None => caps.strangers.push(lower.into()),
            }
        }
        tidy(&mut caps.strangers);
        caps
    }
}

/// Reads one key. The numbered ones are a pattern, so that a new number needs no new release.
fn limit(key: &str) -> Option<Limit> {
    let number = |start: &str, end: &str| {
        let digits = key.strip_prefix(start)?.strip_suffix(end)?;
        let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        digits.parse::<u64>().ok().filter(|_| plain)
    };
    match key {
        "any" | "quantity_any" | "copy_any" => return Some(Limit::Unlimited),
        "quantity_one_copy" | "copy_one_copy" => return Some(Limit::Copies(1)),
        "copy_two_copies" => return Some(Limit::Copies(2)),
        "copy_three_copies" => return Some(Limit::Copies(3)),
        "copy_four_copies" => return Some(Limit::Copies(4)),
        "copy_five_copies" => return Some(Limit::Copies(5)),
        "display_any" => return Some(Limit::Other),
        _ => {}
    }
    let copies = number("quantity_up_to_", "_total_circulation")
        .or_else(|| number("copy_up_to_", "_copies"))
        .map(Limit::Copies);
    copies.or_else(|| number("display_up_to_", "_displays").map(|_| Limit::Other))
}

/// Compares the cap with the copies.
pub(in crate::rights) fn check(caps: &Caps, asked: &Use, findings: &mut Findings) {
    if !asked.media.print {
        return;
    }
    let runs = [asked.planned_run, asked.prior_run];
    let mut missing = runs.contains(&Run::Invalid);
    if !caps.unlimited {
        let counted = runs.iter().fold(0u64, |sum, run| sum.saturating_add(run.known()));
        findings.copies = caps.largest.map(|cap| Copies { counted, cap });
        match caps.largest {
            None if caps.strangers.is_empty() => {
                findings.review(Code::PrintRunUnstated, DIMENSION, Key::None);
            }
            Some(cap) if counted > cap && caps.strangers.is_empty() => {
                findings.fail(Code::PrintRunExceeded, DIMENSION, Key::Text(cap.to_string().into()));
            }
            Some(cap) if counted <= cap => missing |= runs.contains(&Run::Unknown),
            _ => findings.review_strangers(Code::UnknownKey, DIMENSION, &caps.strangers),
        }
    }
    if missing {
        findings.review(Code::PrintRunUnknown, DIMENSION, Key::None);
    }
}
