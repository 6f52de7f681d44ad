//! What one run of a flow took.
//!
//! Invariant: requests are those that the component's own reports count.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// One run of one flow, from its first call to its last.
pub struct Measured {
    /// The flow.
    pub flow: String,
    /// Which run of it.
    pub run: &'static str,
    /// How it ended.
    pub ended: &'static str,
    /// Wall-clock time.
    pub seconds: f64,
    /// How much of it was waiting for the store.
    pub store_seconds: f64,
    /// Calls of the store.
    pub store_calls: u64,
    /// Calls of the component.
    pub calls: usize,
    /// Records by their outcome.
    pub records: Value,
    /// Changes at the vendors.
    pub writes: u64,
    /// The largest memory of the component in this run, in bytes.
    pub peak: usize,
    /// The machine's load when it ended.
    pub load: String,
    /// Requests per vendor and kind.
    pub requests: BTreeMap<String, u64>,
}

impl Measured {
    /// One row of the table of runs.
    pub fn row(&self) -> Value {
        json!({
            "flow": self.flow,
            "run": self.run,
            "ended": self.ended,
            "seconds": self.seconds,
            "calls": self.calls,
            "requests": self.sum(""),
            "to consonance": self.sum("consonance."),
            "changes": self.writes,
            "read": self.records["read"],
            "written": self.records["written"],
            "unchanged": self.records["unchanged"],
            "inbox": self.records["inbox"],
            "peak memory": self.peak,
            "store seconds": self.store_seconds,
            "store calls": self.store_calls,
            "load": self.load,
        })
    }

    /// The run in a line, for whoever watches.
    pub fn line(&self) -> String {
        format!(
            "{}, {}: {} after {} s in {} calls, {} requests, {} changes",
            self.flow,
            self.run,
            self.ended,
            self.seconds,
            self.calls,
            self.sum(""),
            self.writes
        )
    }

    fn sum(&self, prefix: &str) -> u64 {
        let counted = self.requests.iter().filter(|(kind, _)| kind.starts_with(prefix));
        counted.map(|(_, count)| count).sum()
    }
}

/// A row for each kind of request; in it, for each flow, how many each of its runs sent.
pub fn by_kind(runs: &[Measured]) -> Value {
    let kinds: BTreeSet<&String> = runs.iter().flat_map(|run| run.requests.keys()).collect();
    let mut flows: Vec<&str> = Vec::new();
    for run in runs {
        if !flows.contains(&run.flow.as_str()) {
            flows.push(&run.flow);
        }
    }
    let of = |kind: &String, flow: &str| -> Value {
        let runs = runs.iter().filter(|run| run.flow == flow);
        runs.map(|run| run.requests.get(kind).copied().unwrap_or_default()).collect()
    };
    let row = |kind: &String| -> Value {
        let mut row = Map::from_iter([("kind".to_owned(), json!(kind))]);
        row.extend(flows.iter().map(|flow| ((*flow).to_owned(), of(kind, flow))));
        Value::Object(row)
    };
    kinds.into_iter().map(row).collect()
}
