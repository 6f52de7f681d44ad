//! The generated bindings of world `integration`. Nothing is written by hand here, so that what
//! the component imports and exports is exactly what `wit/` says.

#![allow(unsafe_code, reason = "the canonical ABI is raw memory; generated code speaks it")]
#![allow(clippy::all, reason = "generated code")]

wit_bindgen::generate!({
    path: "wit",
    world: "integration",
    generate_all,
});

export!(Component with_types_in self);

use super::exports::Component;
