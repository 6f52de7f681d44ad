//! `POST /graphql`: the key, the body, the answer's form.
//!
//! Invariants: nothing is executed without a good key; an answer to a query that fails validation
//! has `errors` and no `data`; every executed query answers with status 200.

use async_graphql::{Request as Query, Variables, dynamic::Schema};
use serde_json::{Map, Value, json};

use super::store::{Client, NEIGHBOUR, Store, TENANT};
use crate::http::{Request, Response};

/// Whose key a request carries. `Bearer KEY`, `Token KEY` and `Token token="KEY"` are one.
pub(super) fn client(store: &Store, request: &Request) -> Option<Client> {
    let header = request.header("authorization")?;
    let key = header.strip_prefix("Bearer ").or_else(|| header.strip_prefix("Token "))?.trim();
    let key = key.strip_prefix("token=").unwrap_or(key).trim_matches('"');
    let keys = [(&store.settings.api_key, TENANT), (&store.settings.other_api_key, NEIGHBOUR)];
    keys.into_iter().find(|(good, _)| *good == key).map(|(_, client)| client)
}

/// The answer to a request without a good key.
pub(super) fn unauthorized() -> Response {
    let mut response = Response::new(401, "text/plain", "HTTP Token: Access denied.\n");
    let challenge = ("www-authenticate".to_owned(), "Token realm=\"Application\"".to_owned());
    response.headers.push(challenge);
    response
}

/// The answer to a request that nothing is routed for.
pub(super) fn not_found() -> Response {
    Response::new(404, "text/html", "<h1>The page you were looking for doesn't exist.</h1>")
}

/// Executes a request that carried a good key.
pub(super) fn execute(schema: &Schema, request: &Request) -> Response {
    let query = match read(request) {
        Ok(query) => query,
        Err(response) => return response,
    };
    let answer = futures_executor::block_on(schema.execute(query));
    let invalid = !answer.errors.is_empty() && answer.errors.iter().all(|e| e.path.is_empty());
    let mut body = serde_json::to_value(&answer).unwrap_or_default();
    if let Some(body) = body.as_object_mut() {
        body.remove("extensions");
        if invalid {
            body.remove("data");
        }
    }
    Response::new(200, "application/json; charset=utf-8", body.to_string())
}

fn read(request: &Request) -> Result<Query, Response> {
    let json = request.header("content-type").is_some_and(|t| t.starts_with("application/json"));
    let body: Value = if json {
        serde_json::from_slice(&request.body)
            .map_err(|_| Response::new(400, "text/html", "<h1>400 Bad Request</h1>"))?
    } else {
        Value::Null
    };
    let Some(text) = body.get("query").and_then(Value::as_str) else {
        let errors = json!({ "errors": [{ "message": "No query string was present" }] });
        return Err(Response::json(200, &errors));
    };
    let variables = Value::Object(variables(&body));
    if let Some(number) = wide_int(&variables) {
        let message = format!("Variable holds {number}, which is no Int: Int has 32 bits");
        return Err(Response::json(200, &json!({ "errors": [{ "message": message }] })));
    }
    let variables = Variables::from_json(variables);
    let query = Query::new(text).variables(variables);
    Ok(match body.get("operationName").and_then(Value::as_str) {
        Some(name) => query.operation_name(name),
        None => query,
    })
}

/// A whole number of more than 32 bits. The library lets 64 bits pass as `Int`; no input of this
/// schema takes a wider number.
fn wide_int(value: &Value) -> Option<&serde_json::Number> {
    match value {
        Value::Number(number) if number.is_f64() => None,
        Value::Number(number) => {
            let narrow = number.as_i64().is_some_and(|n| i32::try_from(n).is_ok());
            (!narrow).then_some(number)
        }
        Value::Array(items) => items.iter().find_map(wide_int),
        Value::Object(map) => map.values().find_map(wide_int),
        _ => None,
    }
}

/// An object, or an object as a string, as the vendor's framework takes it.
fn variables(body: &Value) -> Map<String, Value> {
    match body.get("variables") {
        Some(Value::Object(map)) => map.clone(),
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or_default(),
        _ => Map::new(),
    }
}
