//! JMESPath expressions over an asset's document. Whoever holds an `Expression` holds one that is
//! short, shallow and calls known functions only; evaluating it is pure and bounded in steps and
//! in size, whatever the document says.

mod evaluate;
mod functions;
mod guard;
mod meter;
mod text_functions;

use jmespath::ast::Ast;
use jmespath::{Rcvar, Variable};

use crate::limits::EXPRESSION_BYTES_MAX;
pub use functions::{FUNCTIONS, Function};
use meter::Meter;

/// A checked expression.
#[derive(Clone, Debug)]
pub struct Expression {
    text: String,
    ast: Ast,
}

/// A parsed asset document.
pub type Document = Rcvar;

/// Reads a document; one that is no JSON is null, where every expression finds nothing.
pub fn document(json: &str) -> Document {
    Rcvar::new(Variable::from_json(json).unwrap_or(Variable::Null))
}

impl Expression {
    /// Checks and parses the text. The error says, for a person, what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > EXPRESSION_BYTES_MAX {
            return Err(format!("{} bytes, at most {EXPRESSION_BYTES_MAX} are read", text.len()));
        }
        guard::scan(text)?;
        let ast = jmespath::parse(text).map_err(|error| {
            let reason = error.reason.to_string();
            format!("no JMESPath at character {}: {}", error.offset + 1, reason.trim())
        })?;
        guard::check(&ast)?;
        Ok(Self { text: text.to_owned(), ast })
    }

    /// The text it was made from.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the condition holds: JMESPath's truth, so null, false and what is empty do not.
    pub fn holds(&self, document: &Document) -> Result<bool, String> {
        Ok(self.evaluate(document, &mut Meter::default())?.is_truthy())
    }

    /// Every text and number in the result, lists and objects opened, in their order.
    pub fn texts(&self, document: &Document) -> Result<Vec<String>, String> {
        let mut meter = Meter::default();
        let result = self.evaluate(document, &mut meter)?;
        meter.weigh(&result)?;
        let mut texts = Vec::new();
        collect(&result, &mut texts);
        Ok(texts)
    }

    fn evaluate(&self, document: &Document, meter: &mut Meter) -> Result<Rcvar, String> {
        evaluate::evaluate(document, &self.ast, meter)
            .map_err(|why| format!("`{}` does not work here: {why}", self.text))
    }
}

/// The texts and numbers of a value, in their order; blank texts are left out.
pub fn collect(value: &Variable, texts: &mut Vec<String>) {
    match value {
        Variable::String(text) if !text.trim().is_empty() => texts.push(text.trim().to_owned()),
        Variable::Number(number) => texts.push(number.to_string()),
        Variable::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Variable::Object(fields) => fields.values().for_each(|field| collect(field, texts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
