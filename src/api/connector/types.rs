//! The records of the `connector` interface.

use crate::api::decision::Decision;
use crate::api::flows::FlowInfo;
use crate::model::date::{Day, Instant};
use crate::model::ids::{AssetId, ProductId, WorkId};

/// What this component is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// Version of the component (semver).
    pub version: String,
    /// The flows.
    pub flows: Vec<FlowInfo>,
    /// Exports that answer `not-yet-available`, as `interface.function`.
    pub not_yet_available: Vec<String>,
    /// JSON Schema 2020-12 of the configuration.
    pub configuration_schema: String,
    /// The format version of the stored state.
    pub state_format: u32,
}

/// A host that the connector calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostCalled {
    /// Whose credential it uses; `None` for signed download addresses.
    pub connection: Option<String>,
    /// Scheme, host and port.
    pub origin: String,
    /// The HTTP methods used there.
    pub methods: Vec<String>,
    /// The scopes the credential needs.
    pub scopes: Vec<String>,
}

/// One proof that `check` made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckResult {
    /// What was tried, such as `consonance.mutation.createSupportingResource`.
    pub name: String,
    /// `proven`, `unproven` or `failed`.
    pub outcome: String,
    /// What was seen, for a person.
    pub detail: String,
}

/// Something that can be chosen in the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// collection, facet, download-item, role, format, variant, status, imprint, form or
    /// project-stage.
    pub kind: String,
    /// The value to put into the configuration.
    pub value: String,
    /// How a person knows it.
    pub label: String,
    /// Its size, where it is known.
    pub count: Option<u64>,
}

/// One change of a plan, in its canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// A stable id.
    pub id: String,
    /// create-resource, delete-resource, create-web-link or delete-web-link.
    pub action: String,
    /// The title it is about.
    pub title: String,
    /// The work.
    pub work_id: WorkId,
    /// The products.
    pub product_ids: Vec<ProductId>,
    /// The asset, where there is one.
    pub asset: Option<AssetId>,
    /// Why, in a sentence.
    pub why: String,
    /// The canonical effect as JSON.
    pub effect: String,
}

/// What a flow did with the source records it read. Each record counts once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlowCounts {
    /// The flow's slug.
    pub flow: String,
    /// Source records read: the sum of the others.
    pub read: u64,
    /// Records that caused at least one change.
    pub written: u64,
    /// Records that needed no change.
    pub unchanged: u64,
    /// Records that may not or need not be written.
    pub skipped: u64,
    /// Records that wait for something that comes by itself.
    pub deferred: u64,
    /// Records that wait for a person.
    pub inbox: u64,
}

/// A source record that was not written, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The source record.
    pub record_id: String,
    /// skipped, deferred or inbox.
    pub state: String,
    /// The reason in a sentence.
    pub why: String,
    /// The clearance, where that is the reason.
    pub decision: Option<Decision>,
}

/// A name and a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// What is counted.
    pub name: String,
    /// How many.
    pub value: u64,
}

/// What a plan or a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The run's id.
    pub run_id: String,
    /// Per flow.
    pub flows: Vec<FlowCounts>,
    /// What was read and kept, per mirror.
    pub mirrors: Vec<Count>,
    /// HTTP requests per vendor and kind.
    pub requests: Vec<Count>,
    /// Changes made at the vendors.
    pub writes: u64,
    /// Writes whose vendor offers no key against repetition.
    pub at_least_once: u64,
    /// Outcomes other than written and unchanged, bounded.
    pub outcomes: Vec<Outcome>,
    /// How many outcomes were left out.
    pub outcomes_left_out: u64,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunState {
    /// All done.
    Done,
    /// Call again at this instant.
    Paused(Instant),
    /// Another run holds the stream's lease.
    Busy,
    /// A person must accept this inbox item first.
    AwaitingAcceptance(String),
}

/// The result of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunResult {
    /// How it ended.
    pub state: RunState,
    /// What it did.
    pub report: Report,
}

/// The result of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanResult {
    /// How the reading ended.
    pub state: RunState,
    /// The changes of this page.
    pub changes: Vec<Change>,
    /// Where to go on; `None` on the last page.
    pub next: Option<String>,
    /// The counts.
    pub report: Report,
}

/// One answer of `explain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The asset.
    pub asset: AssetId,
    /// Its name.
    pub asset_name: String,
    /// The title, where one is linked.
    pub title: Option<String>,
    /// written, unchanged, skipped, deferred, inbox or not-linked.
    pub state: String,
    /// The sentences, in the order of the checks.
    pub steps: Vec<String>,
    /// The clearance, per product.
    pub decisions: Vec<ProductDecision>,
}

/// A clearance for one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductDecision {
    /// The product.
    pub product_id: ProductId,
    /// Its ISBN-13, where it has one.
    pub isbn: Option<String>,
    /// Its publication date, where it has one.
    pub publication_date: Option<Day>,
    /// The decision.
    pub decision: Decision,
}
