//! JSON text to typed values. `serde_json` makes its reader anew for each kind of input, once
//! more for trees, and for each struct a second time for lists; here all that is read goes through
//! one reader, which takes structs from objects only. It also says where a complaint belongs.

mod place;
mod read;
mod scan;

use serde::de::DeserializeOwned;
use serde_json::Value;

use scan::Error;

/// The typed value of a text; the reason names the place, what is there and what was expected.
pub fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, String> {
    let text = std::str::from_utf8(text).map_err(|error| error.to_string())?;
    let mut scan = scan::Scan::new(text);
    let read = T::deserialize(&mut scan).and_then(|value| scan.end().map(|()| value));
    read.map_err(|error| complaint(text, scan.at(), &error))
}

/// The typed value of a tree, by way of its text.
pub fn read_tree<T: DeserializeOwned>(json: Value) -> Result<T, String> {
    let text = json.to_string();
    drop(json);
    read(text.as_bytes())
}

#[cold]
fn complaint(text: &str, at: usize, error: &Error) -> String {
    let place = place::of(text, at);
    if place.is_empty() { error.to_string() } else { format!("{place}: {error}") }
}

#[cfg(test)]
mod tests;
