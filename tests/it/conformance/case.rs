//! One case: requests and what must be seen, as `tests/cases/conformance/*.json` spells them.
//! `${name}` in any text stands for something known or kept by an earlier step.

use super::door::Door;
use super::matching::differs;
use super::small::{CLIENT_ID, CLIENT_SECRET, KEY, OTHER_KEY, REFRESH};
use connector_tests::world::split;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use simulators::http::{Request, Response};
use std::collections::BTreeMap;

/// Polls of one background task before it counts as endless.
const POLLS_MAX: u32 = 15;
const PORTAL: &str = "/frontend/v1/portals/345/portalsContext";

/// A behaviour and how it is seen.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The name, which the page uses.
    pub name: String,
    /// Page, section and mark of the facts.
    pub facts: String,
    /// Named modes that the vendors are in.
    #[serde(default)]
    pub modes: Vec<String>,
    /// What is done, in this order.
    pub steps: Vec<Step>,
}

/// One thing that is done. Exactly one of `send`, `call`, `query`, `wait-ms`, `settle`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Step {
    /// Method and absolute address.
    send: Option<String>,
    /// Interface and method of Portals, polled to its end.
    call: Option<String>,
    /// A GraphQL document.
    query: Option<String>,
    wait_ms: Option<u64>,
    #[serde(default)]
    settle: bool,
    /// `token` (Smint.io), `key` or `other` (Consonance); nothing otherwise.
    r#as: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    form: Option<String>,
    text: Option<String>,
    json: Option<Value>,
    /// Parameters of `call`, variables of `query`.
    with: Option<Value>,
    /// How often a request is sent; the last answer counts.
    times: Option<u32>,
    expect: Option<Value>,
    /// Error code of a task that ends in `error`.
    fails: Option<String>,
    /// Status and error code of a call that is refused at once.
    refused: Option<(u16, String)>,
    /// A call whose task never ends.
    #[serde(default)]
    endless: bool,
    /// A part of the message in `errors` of a GraphQL answer.
    errors: Option<String>,
    /// Names for parts of the answer: a JSON pointer, `header:NAME`, or `query:NAME` of the
    /// address in `location`.
    #[serde(default)]
    keep: BTreeMap<String, String>,
}

/// A case in the doing.
struct Doing<'a> {
    door: &'a mut dyn Door,
    known: BTreeMap<String, String>,
}

impl Case {
    /// Does it; why it does not hold.
    pub fn run(&self, door: &mut dyn Door) -> Result<(), String> {
        let fixed = [
            ("client", CLIENT_ID),
            ("secret", CLIENT_SECRET),
            ("refresh", REFRESH),
            ("key", KEY),
            ("other-key", OTHER_KEY),
        ];
        let places = ["consonance", "images", "smintio", "files"];
        let known = fixed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let origins = places.map(|place| (place.to_owned(), door.origin(place)));
        let known = known.chain(origins).collect();
        let mut doing = Doing { door, known };
        for (place, step) in self.steps.iter().enumerate() {
            doing.step(step).map_err(|why| format!("step {}: {why}", place + 1))?;
        }
        Ok(())
    }
}

impl Doing<'_> {
    fn step(&mut self, step: &Step) -> Result<(), String> {
        if let Some(ms) = step.wait_ms {
            self.door.advance(ms);
        } else if step.settle {
            self.door.settle();
        } else if let Some(what) = &step.send {
            return self.send(what, step);
        } else if let Some(what) = &step.call {
            return self.call(what, step);
        } else if let Some(document) = &step.query {
            return self.query(document, step);
        } else {
            return Err("a step that does nothing".to_owned());
        }
        Ok(())
    }

    fn send(&mut self, what: &str, step: &Step) -> Result<(), String> {
        let what = self.fill(what);
        let (method, url) = what.split_once(' ').ok_or("`send` is METHOD ADDRESS")?;
        let before = self.door.clock();
        let mut answer = None;
        for _ in 0..step.times.unwrap_or(1) {
            answer = self.request(method, url, step)?;
        }
        let took = self.door.clock().zip(before).map(|(now, then)| now - then);
        let seen = seen(answer.as_ref());
        self.keep(step, seen.get("json").unwrap_or(&Value::Null), answer.as_ref())?;
        let Some(expected) = &step.expect else { return Ok(()) };
        let mut expected = self.fill_all(expected);
        let fields = expected.as_object_mut().ok_or("`expect` of `send` is an object")?;
        let wanted = fields.remove("took-ms").and_then(|ms| ms.as_u64());
        if let (Some(wanted), Some(took)) = (wanted, took)
            && took < wanted
        {
            return Err(format!("{what} took {took} ms instead of {wanted}"));
        }
        let least = fields.remove("bytes-over").and_then(|n| n.as_u64()).unwrap_or_default();
        let length = answer.as_ref().map_or(0, |answer| answer.body.len() as u64);
        if length < least {
            return Err(format!("{what} brought {length} bytes, not more than {least}"));
        }
        differs(&expected, &seen).map_or(Ok(()), |why| Err(format!("{what}: {why}")))
    }

    fn request(
        &mut self,
        method: &str,
        url: &str,
        step: &Step,
    ) -> Result<Option<Response>, String> {
        let (origin, target) = split(url).ok_or_else(|| format!("{url} is no address"))?;
        let mut headers: Vec<(String, String)> = Vec::new();
        for (name, value) in &step.headers {
            headers.push((name.clone(), self.fill(value)));
        }
        let body = match (&step.form, &step.json, &step.text) {
            (Some(form), _, _) => {
                let kind = "application/x-www-form-urlencoded".to_owned();
                headers.push(("content-type".to_owned(), kind));
                self.fill(form)
            }
            (_, Some(body), _) => {
                headers.push(("content-type".to_owned(), "application/json".to_owned()));
                self.fill_all(body).to_string()
            }
            (_, _, text) => self.fill(text.as_deref().unwrap_or_default()),
        };
        if let Some(value) = self.authorization(step.r#as.as_deref())? {
            headers.push(("authorization".to_owned(), value));
        }
        let method = method.to_owned();
        Ok(self.door.send(&Request { method, origin, target, headers, body: body.into() }))
    }

    fn authorization(&mut self, who: Option<&str>) -> Result<Option<String>, String> {
        let value = match who {
            None => return Ok(None),
            Some("key") => KEY.to_owned(),
            Some("other") => OTHER_KEY.to_owned(),
            Some("token") => self.token()?,
            Some(other) => return Err(format!("nobody is called {other}")),
        };
        Ok(Some(format!("Bearer {value}")))
    }

    /// An access token, asked for when it is first needed.
    fn token(&mut self) -> Result<String, String> {
        if let Some(token) = self.known.get("token") {
            return Ok(token.clone());
        }
        let form = format!(
            "grant_type=refresh_token&refresh_token={REFRESH}&client_id={CLIENT_ID}\
             &client_secret={CLIENT_SECRET}"
        );
        let kind = "application/x-www-form-urlencoded".to_owned();
        let request = Request {
            method: "POST".to_owned(),
            origin: self.door.origin("smintio"),
            target: "/connect/token".to_owned(),
            headers: vec![("content-type".to_owned(), kind)],
            body: form.into(),
        };
        let answer = seen(self.door.send(&request).as_ref());
        let token = answer["json"]["access_token"].as_str().ok_or("no access token")?.to_owned();
        self.known.insert("token".to_owned(), token.clone());
        Ok(token)
    }

    fn call(&mut self, what: &str, step: &Step) -> Result<(), String> {
        let (interface, method) = what.split_once('.').ok_or("`call` is INTERFACE.METHOD")?;
        let params = self.fill_all(step.with.as_ref().unwrap_or(&json!({}))).to_string();
        let target = format!("{PORTAL}/{interface}/execute/{method}");
        let answer = self.portals("POST", &target, &json!([params]).to_string())?;
        let found = seen(answer.as_ref());
        if let Some((status, code)) = &step.refused {
            let expected = json!({"status": status, "json": {"error_code": code}});
            return differs(&expected, &found).map_or(Ok(()), |why| Err(format!("{what}: {why}")));
        }
        let task = self.finish(&found["json"])?;
        let state = task["state"].as_str().unwrap_or("nothing");
        let ended = state == "completed" || state == "error";
        if step.endless {
            return if ended || state == "nothing" { Err(format!("{what} ended")) } else { Ok(()) };
        }
        let result = result(&task);
        if let Some(code) = &step.fails {
            let expected = json!({"error_code": code});
            let as_told = state == "error" && differs(&expected, &result).is_none();
            return if as_told { Ok(()) } else { Err(format!("{what}: {state} {result}")) };
        }
        if state != "completed" {
            return Err(format!("{what} answered {found}, and the task is {task}"));
        }
        self.keep(step, &result, None)?;
        let expected = self.fill_all(step.expect.as_ref().unwrap_or(&json!({})));
        differs(&expected, &result).map_or(Ok(()), |why| Err(format!("{what}: {why}")))
    }

    fn finish(&mut self, task: &Value) -> Result<Value, String> {
        let mut task = task.clone();
        for _ in 0..POLLS_MAX {
            if task["state"] != "created" && task["state"] != "in_progress" {
                break;
            }
            self.door.advance(1_000);
            let uuid = task["uuid"].as_str().unwrap_or_default();
            let answer =
                self.portals("GET", &format!("/frontend/v1/backgroundTasks/{uuid}"), "")?;
            task = seen(answer.as_ref())["json"].clone();
        }
        Ok(task)
    }

    fn portals(
        &mut self,
        method: &str,
        target: &str,
        body: &str,
    ) -> Result<Option<Response>, String> {
        let token = format!("Bearer {}", self.token()?);
        let request = Request {
            method: method.to_owned(),
            origin: self.door.origin("smintio"),
            target: target.to_owned(),
            headers: vec![("authorization".to_owned(), token)],
            body: body.as_bytes().to_vec(),
        };
        Ok(self.door.send(&request))
    }

    fn query(&mut self, document: &str, step: &Step) -> Result<(), String> {
        let document = self.fill(document);
        let variables = self.fill_all(step.with.as_ref().unwrap_or(&json!({})));
        let body = json!({"query": document, "variables": variables}).to_string();
        let who = step.r#as.as_deref().unwrap_or("key");
        let authorization = self.authorization(Some(who))?.unwrap_or_default();
        let request = Request {
            method: "POST".to_owned(),
            origin: self.door.origin("consonance"),
            target: "/graphql".to_owned(),
            headers: vec![
                ("authorization".to_owned(), authorization),
                ("content-type".to_owned(), "application/json".to_owned()),
            ],
            body: body.into(),
        };
        let answer = self.door.send(&request);
        let found = seen(answer.as_ref());
        if found["status"] != 200 {
            return Err(format!("{document} answered {found}"));
        }
        let errors = &found["json"]["errors"];
        match &step.errors {
            None if !errors.is_null() => return Err(format!("{document}: {errors}")),
            Some(part) if !errors.to_string().contains(part.as_str()) => {
                return Err(format!("{document}: no error says {part:?}: {}", found["json"]));
            }
            _ => {}
        }
        let data = &found["json"]["data"];
        self.keep(step, data, None)?;
        let expected = self.fill_all(step.expect.as_ref().unwrap_or(&json!({})));
        let nothing_expected = expected.as_object().is_some_and(Map::is_empty);
        if nothing_expected {
            return Ok(());
        }
        differs(&expected, data).map_or(Ok(()), |why| Err(format!("{document}: {why}")))
    }

    fn keep(&mut self, step: &Step, body: &Value, answer: Option<&Response>) -> Result<(), String> {
        for (name, place) in &step.keep {
            let header = |name: &str| header(answer, name);
            let found = if let Some(own) = place.strip_prefix("header:") {
                header(own)
            } else if let Some(own) = place.strip_prefix("query:") {
                header("location").and_then(|address| parameter(&address, own))
            } else {
                body.pointer(place).map(|value| match value {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                })
            };
            let found =
                found.ok_or_else(|| format!("there is nothing at {place} to keep: {body}"))?;
            self.known.insert(name.clone(), found);
        }
        Ok(())
    }

    fn fill(&self, text: &str) -> String {
        let known = self.known.iter();
        known.fold(text.to_owned(), |text, (name, value)| {
            text.replace(&format!("${{{name}}}"), value)
        })
    }

    /// Fills every text; `${#name}`, where the name begins so, becomes a number.
    fn fill_all(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => {
                let filled = self.fill(text);
                let number = filled.parse::<i64>().ok().filter(|_| text.starts_with("${#"));
                number.map_or(Value::String(filled), Value::from)
            }
            Value::Array(items) => items.iter().map(|item| self.fill_all(item)).collect(),
            Value::Object(fields) => {
                let filled =
                    fields.iter().map(|(name, value)| (name.clone(), self.fill_all(value)));
                Value::Object(filled.collect())
            }
            other => other.clone(),
        }
    }
}

/// An answer as a case sees it.
fn seen(answer: Option<&Response>) -> Value {
    let Some(answer) = answer else { return json!({"lost": true}) };
    let headers: Map<String, Value> =
        answer.headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    json!({
        "lost": false,
        "status": answer.status,
        "headers": headers,
        "json": serde_json::from_slice::<Value>(&answer.body).unwrap_or_default(),
        "text": String::from_utf8_lossy(&answer.body[..answer.body.len().min(100_000)]),
        "bytes": answer.body.len(),
    })
}

/// `result_string`, read; stray single quotes around it are taken away, as a client must.
fn result(task: &Value) -> Value {
    let text = task["result_string"].as_str().unwrap_or_default();
    serde_json::from_str(text.trim_matches('\'')).unwrap_or_default()
}

fn header(answer: Option<&Response>, name: &str) -> Option<String> {
    let headers = &answer?.headers;
    headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone())
}

fn parameter(address: &str, name: &str) -> Option<String> {
    let pairs = address.split_once('?')?.1.split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(own, _)| *own == name)
        .map(|(_, v)| v.to_owned())
}
