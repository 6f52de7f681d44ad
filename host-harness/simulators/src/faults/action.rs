//! What a fault does: nothing comes back, something else comes back, or the answer is spoiled.

use super::Answer;
use crate::http::Response;
use serde_json::{Value, json};

/// What happens to a request.
#[derive(Clone, Debug)]
pub enum Action {
    /// The request never arrives.
    Drop,
    /// The vendor does what was asked, and its answer is lost.
    LoseAnswer,
    /// This comes instead; the vendor never sees the request.
    Refuse(Response),
    /// The vendor does what was asked, and this comes instead of its answer.
    Mask(Response),
    /// The vendor answers, and its answer is spoiled.
    Spoil(Spoil),
    /// The vendor answers so many milliseconds later.
    Delay(u64),
    /// The connection ends in the middle of the vendor's answer.
    Break,
    /// The vendor's answer has a body of so many bytes.
    Flood(u64),
}

/// How an answer is spoiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoil {
    /// `errors` beside `data: null`, with status 200.
    GraphqlErrors,
    /// The first field of `data` is null and has an error with its path.
    PartialData,
    /// The outermost lists are empty.
    EmptyLists,
    /// Bytes that are no UTF-8 stand in the middle.
    BrokenUtf8,
    /// The second half is missing, and the length agrees with what is there.
    CutBody,
    /// A valid document with one string of 10 MB.
    HugeString,
    /// A valid document 1,000 levels deep.
    Deep,
}

impl Action {
    /// Does it; `vendor` is asked if and only if the request reaches it.
    pub(super) fn carry_out(self, vendor: impl FnOnce() -> Response) -> Answer {
        match self {
            Self::Drop => Answer::Lost,
            Self::LoseAnswer => {
                vendor();
                Answer::Lost
            }
            Self::Refuse(response) => Answer::Response(response),
            Self::Mask(response) => {
                vendor();
                Answer::Response(response)
            }
            Self::Spoil(spoil) => Answer::Response(spoil.apply(vendor())),
            Self::Delay(ms) => Answer::Late(vendor(), ms),
            Self::Break => Answer::Broken(vendor()),
            Self::Flood(bytes) => Answer::Flood(vendor(), bytes),
        }
    }
}

impl Spoil {
    fn apply(self, mut response: Response) -> Response {
        let body = &mut response.body;
        let middle = body.len() / 2;
        match self {
            Self::BrokenUtf8 => drop(body.splice(middle..middle, [0xc3, 0x28, 0xff])),
            Self::CutBody => body.truncate(middle),
            Self::HugeString => {
                *body = format!("{{\"data\":{{\"works\":\"{}\"}}}}", "x".repeat(10_000_000)).into();
            }
            Self::Deep => *body = format!("{}{}", "[".repeat(1000), "]".repeat(1000)).into(),
            Self::GraphqlErrors | Self::PartialData | Self::EmptyLists => {
                if let Ok(mut document) = serde_json::from_slice(body) {
                    self.edit(&mut document);
                    *body = document.to_string().into();
                }
            }
        }
        response.headers.retain(|(name, _)| name != "content-length");
        response
    }

    fn edit(self, document: &mut Value) {
        let message = "Something went wrong while resolving this field (a fault on purpose).";
        match self {
            Self::GraphqlErrors => {
                *document = json!({"data": null, "errors": [{"message": message}]});
            }
            Self::PartialData => {
                let data = document.get_mut("data").and_then(Value::as_object_mut);
                if let Some((name, value)) = data.and_then(|data| data.iter_mut().next()) {
                    *value = Value::Null;
                    let error = json!([{"message": message, "path": [name]}]);
                    document["errors"] = error;
                }
            }
            _ => empty_lists(document),
        }
    }
}

fn empty_lists(value: &mut Value) {
    match value {
        Value::Array(list) => list.clear(),
        Value::Object(fields) => fields.values_mut().for_each(empty_lists),
        _ => {}
    }
}
