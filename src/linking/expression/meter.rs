//! Counts what one evaluation uses. Values are shared, so a small expression can stand for a huge
//! value: sizes are counted as if everything were written out.

use jmespath::Variable;

use crate::limits::{
    EXPRESSION_RESULT_BYTES_MAX, EXPRESSION_RESULT_NODES_MAX, EXPRESSION_STEPS_MAX,
};

/// What is used so far.
#[derive(Debug, Default)]
pub(super) struct Meter {
    steps: usize,
}

/// The written-out size of a value.
#[derive(Debug, Default)]
struct Weight {
    nodes: usize,
    bytes: usize,
}

impl Meter {
    /// Pays for so many steps.
    pub(super) fn step(&mut self, steps: usize) -> Result<(), String> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > EXPRESSION_STEPS_MAX {
            return Err(format!("it takes more than {EXPRESSION_STEPS_MAX} steps"));
        }
        Ok(())
    }

    /// Pays for reading a value; one that is too large is refused.
    pub(super) fn weigh(&mut self, value: &Variable) -> Result<(), String> {
        let mut weight = Weight::default();
        weight.add(value)?;
        self.step(weight.nodes)
    }

    /// Refuses a list or text that is too large, before it is made.
    pub(super) fn allow(&mut self, nodes: usize, bytes: usize) -> Result<(), String> {
        Weight { nodes, bytes }.check()
    }
}

impl Weight {
    fn add(&mut self, value: &Variable) -> Result<(), String> {
        self.nodes += 1;
        match value {
            Variable::String(text) => self.bytes += text.len(),
            Variable::Array(items) => items.iter().try_for_each(|item| self.add(item))?,
            Variable::Object(fields) => {
                for (name, field) in fields {
                    self.bytes += name.len();
                    self.add(field)?;
                }
            }
            _ => self.bytes += 8,
        }
        self.check()
    }

    fn check(&self) -> Result<(), String> {
        if self.nodes > EXPRESSION_RESULT_NODES_MAX {
            return Err(format!("it makes more than {EXPRESSION_RESULT_NODES_MAX} values"));
        }
        if self.bytes > EXPRESSION_RESULT_BYTES_MAX {
            return Err(format!("it makes more than {EXPRESSION_RESULT_BYTES_MAX} bytes"));
        }
        Ok(())
    }
}
