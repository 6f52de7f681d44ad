//! What a reference in Consonance points at.

use crate::model::ids::{ProductId, WorkId};

/// Which kind of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetKind {
    /// The whole work.
    Work,
    /// One product of the work.
    Product,
    /// A manuscript of the work, by reference.
    Manuscript,
    /// A production task of the work, by reference.
    ProductionTask,
}

/// A title, product, manuscript or task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Which kind.
    pub kind: TargetKind,
    /// The work.
    pub work_id: WorkId,
    /// The products it is about; empty for the whole work.
    pub product_ids: Vec<ProductId>,
    /// With a manuscript or a task: the normalised reference.
    pub reference: Option<String>,
}
