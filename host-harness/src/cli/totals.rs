//! What the calls of one run did together.
//!
//! Invariant: `read = written + unchanged + skipped + deferred + inbox` stays true. A resumed
//! call looks at every record again, so a record that an earlier call wrote shows as unchanged
//! there; it counts once, as written.

use std::collections::BTreeMap;

use host_harness::bindings::consonance_smintio::connector::types::Count;
use host_harness::bindings::exports::consonance_smintio::connector::connector::{
    FlowCounts, Outcome, Report, RunState,
};
use host_harness::clock::show_instant;
use serde_json::{Map, Value, json};

use super::output::{counted, decision};
use super::table::{number, table};

/// The sums over the calls of a run.
#[derive(Debug, Default)]
pub struct Totals {
    /// The calls, one id each.
    pub run_ids: Vec<String>,
    flows: BTreeMap<String, FlowCounts>,
    mirrors: Vec<Count>,
    /// Requests per vendor and kind.
    pub requests: BTreeMap<String, u64>,
    /// Changes made at the vendors.
    pub writes: u64,
    at_least_once: u64,
    outcomes: Vec<Outcome>,
    outcomes_left_out: u64,
}

impl Totals {
    /// Adds the report of one call.
    pub fn add(&mut self, report: Report) {
        self.run_ids.push(report.run_id);
        for counts in report.flows {
            let earlier = self.flows.get(&counts.flow).map_or(0, |earlier| earlier.written);
            let merged = merge(earlier, counts);
            self.flows.insert(merged.flow.clone(), merged);
        }
        self.mirrors = report.mirrors;
        self.count_requests(report.requests);
        self.writes += report.writes;
        self.at_least_once += report.at_least_once;
        self.outcomes = report.outcomes;
        self.outcomes_left_out = report.outcomes_left_out;
    }

    /// Adds a call that looked at the same records once more, such as a later page of a plan: only
    /// its requests are new.
    pub fn add_requests(&mut self, report: Report) {
        self.run_ids.push(report.run_id);
        self.count_requests(report.requests);
    }

    fn count_requests(&mut self, requests: Vec<Count>) {
        for count in requests {
            *self.requests.entry(count.name).or_default() += count.value;
        }
    }

    /// The report for machines.
    pub fn to_json(&self, state: &RunState) -> Value {
        let mut sums = BTreeMap::new();
        let mut report = Map::new();
        for (flow, counts) in &self.flows {
            let columns = columns(counts);
            report.insert(flow.clone(), json!(BTreeMap::from(columns)));
            for (name, value) in columns {
                *sums.entry(name).or_insert(0) += value;
            }
        }
        report.insert("totals".to_owned(), json!(sums));
        report.insert("requests".to_owned(), json!(self.requests));
        report.insert("writes".to_owned(), json!(self.writes));
        report.insert("at-least-once".to_owned(), json!(self.at_least_once));
        report.insert("mirrors".to_owned(), counts_to_json(&self.mirrors));
        report.insert("state".to_owned(), json!(state_word(state)));
        report.insert("run-ids".to_owned(), json!(self.run_ids));
        let outcomes: Vec<Value> = self.outcomes.iter().map(outcome).collect();
        report.insert("outcomes".to_owned(), json!(outcomes));
        report.insert("outcomes-left-out".to_owned(), json!(self.outcomes_left_out));
        Value::Object(report)
    }

    /// The report of a run for people, with how it ended.
    pub fn to_text(&self, end: &str) -> String {
        let writes = counted(self.writes, "change");
        format!("{}\n{writes} made at the vendors; {end}", self.to_tables())
    }

    /// How it ended. A run that is done may have left records to a later one.
    pub fn end_in_words(&self, state: &RunState) -> String {
        let deferred: u64 = self.flows.values().map(|counts| counts.deferred).sum();
        match (state, deferred) {
            (RunState::Done, 1..) => {
                format!("done but for what is deferred ({deferred}): a later run looks again")
            }
            _ => state_in_words(state),
        }
    }

    /// What was read, asked and left out.
    pub fn to_tables(&self) -> String {
        let mut flows =
            table(&["flow", "read", "written", "unchanged", "skipped", "deferred", "inbox"]);
        for (flow, counts) in &self.flows {
            let mut row = vec![comfy_table::Cell::new(flow)];
            row.extend(columns(counts).into_iter().map(|(_, value)| number(value)));
            flows.add_row(row);
        }
        let requests = self.requests.iter().map(|(name, value)| (name.as_str(), *value));
        let requests = counts_table("requests", requests);
        let mut parts = vec![flows.to_string(), requests, self.reasons(10)];
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    /// Why records were not written: the most frequent reasons; empty if there are none.
    pub fn reasons(&self, most: usize) -> String {
        if self.outcomes.is_empty() {
            return String::new();
        }
        let mut reasons: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        for outcome in &self.outcomes {
            *reasons.entry((outcome.state.as_str(), outcome.why.as_str())).or_default() += 1;
        }
        let mut sorted: Vec<_> = reasons.into_iter().collect();
        sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let mut shown = table(&["outcome", "records", "why"]);
        for ((state, why), count) in sorted.iter().take(most) {
            shown.add_row([state.into(), number(*count), (*why).into()] as [comfy_table::Cell; 3]);
        }
        let left_out = sorted.len().saturating_sub(most);
        match left_out {
            0 => shown.to_string(),
            some => format!("{shown}\n({})", counted(some, "more reason")),
        }
    }
}

/// The counts of a call after earlier calls that wrote so many records.
fn merge(written_earlier: u64, counts: FlowCounts) -> FlowCounts {
    let moved = written_earlier.min(counts.unchanged);
    FlowCounts { written: counts.written + moved, unchanged: counts.unchanged - moved, ..counts }
}

fn columns(counts: &FlowCounts) -> [(&'static str, u64); 6] {
    [
        ("read", counts.read),
        ("written", counts.written),
        ("unchanged", counts.unchanged),
        ("skipped", counts.skipped),
        ("deferred", counts.deferred),
        ("inbox", counts.inbox),
    ]
}

fn outcome(found: &Outcome) -> Value {
    json!({
        "record": found.record_id,
        "state": found.state,
        "why": found.why,
        "decision": found.decision.as_ref().map(decision),
    })
}

fn counts_to_json(counts: &[Count]) -> Value {
    counts
        .iter()
        .map(|count| (count.name.clone(), json!(count.value)))
        .collect::<Map<_, _>>()
        .into()
}

/// Names and numbers as a table.
pub fn counts_table<'c>(head: &str, counts: impl Iterator<Item = (&'c str, u64)>) -> String {
    let mut shown = table(&[head, "number"]);
    for (name, value) in counts {
        shown.add_row([comfy_table::Cell::new(name), number(value)]);
    }
    shown.to_string()
}

/// The state of a run as one word.
pub fn state_word(state: &RunState) -> &'static str {
    match state {
        RunState::Done => "done",
        RunState::Paused(_) => "paused",
        RunState::Busy => "busy",
        RunState::AwaitingAcceptance(_) => "awaiting-acceptance",
    }
}

/// The state of a run as a person reads it.
pub fn state_in_words(state: &RunState) -> String {
    match state {
        RunState::Done => "all done".to_owned(),
        RunState::Paused(until) => format!("paused until {}", show_instant(*until)),
        RunState::Busy => "another run of this flow is under way".to_owned(),
        RunState::AwaitingAcceptance(item) => {
            format!("a person must answer the inbox item {item}: see `connector inbox show {item}`")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(written: u64, unchanged: u64, deferred: u64) -> FlowCounts {
        FlowCounts {
            flow: "f".to_owned(),
            read: written + unchanged + deferred,
            written,
            unchanged,
            skipped: 0,
            deferred,
            inbox: 0,
        }
    }

    fn report(flows: FlowCounts, writes: u64) -> Report {
        Report {
            run_id: "r".to_owned(),
            flows: vec![flows],
            mirrors: vec![],
            requests: vec![Count { name: "consonance.works".to_owned(), value: 2 }],
            writes,
            at_least_once: 0,
            outcomes: vec![],
            outcomes_left_out: 0,
        }
    }

    #[test]
    fn a_record_written_before_a_pause_counts_once() {
        let mut totals = Totals::default();
        totals.add(report(counts(4, 1, 5), 4));
        totals.add(report(counts(3, 5, 2), 3));
        totals.add(report(counts(2, 8, 0), 2));
        let json = totals.to_json(&RunState::Done);
        assert_eq!(json["f"]["read"], 10);
        assert_eq!(json["f"]["written"], 9);
        assert_eq!(json["f"]["unchanged"], 1);
        assert_eq!(json["totals"]["written"], 9);
        assert_eq!(json["writes"], 9);
        assert_eq!(json["requests"]["consonance.works"], 6);
        assert_eq!(json["state"], "done");
    }

    #[test]
    fn one_is_not_many() {
        let mut totals = Totals::default();
        totals.add(report(counts(1, 0, 0), 1));
        let text = totals.to_text("all done");
        assert!(text.ends_with("\n1 change made at the vendors; all done"), "{text}");
        totals.add(report(counts(1, 0, 0), 1));
        assert!(totals.to_text("all done").contains("\n2 changes made"));
    }
}
