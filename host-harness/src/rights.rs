//! The part of the `rights` interface that the harness calls, bound by hand (see `bindings`).
//!
//! Invariant: the types are those of the world, checked against the component when it is loaded.

use wasmtime::component::{
    Component, ComponentExportIndex, ComponentType, Instance, Lift, TypedFunc,
};
use wasmtime::{AsContextMut, Result, format_err};

use crate::bindings::consonance_smintio::connector::types::{Decision, Error};

const INTERFACE: &str = "consonance-smintio:connector/rights@0.1.0";

/// One decided case of `evaluate`.
#[derive(Clone, Debug, PartialEq, ComponentType, Lift, serde::Serialize)]
#[component(record)]
pub struct Evaluation {
    /// The case's id.
    pub id: String,
    /// The decision.
    pub decision: Decision,
}

type Evaluate = TypedFunc<(String, Vec<String>), (std::result::Result<Vec<Evaluation>, Error>,)>;

/// Where the functions are in a component.
#[derive(Clone)]
pub struct RightsIndices {
    evaluate: ComponentExportIndex,
}

impl RightsIndices {
    /// Finds the functions.
    pub fn new(component: &Component) -> Result<Self> {
        let missing = |name: &str| format_err!("the component does not export {name}");
        let interface =
            component.get_export_index(None, INTERFACE).ok_or_else(|| missing(INTERFACE))?;
        let evaluate = component
            .get_export_index(Some(&interface), "evaluate")
            .ok_or_else(|| missing("rights.evaluate"))?;
        Ok(Self { evaluate })
    }

    /// `rights.evaluate` of an instance.
    pub fn evaluate(&self, store: impl AsContextMut, instance: &Instance) -> Result<Evaluate> {
        instance.get_typed_func(store, self.evaluate)
    }
}
