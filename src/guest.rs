//! The component: bindings and exports. The only place that names bindings, so that everything
//! below it is plain Rust which also runs natively. `fate` and `address` are plain tables and are
//! tested natively.

mod address;
mod fate;
mod memory;

#[cfg(target_family = "wasm")]
mod bindings;
#[cfg(target_family = "wasm")]
mod exchange;
#[cfg(target_family = "wasm")]
mod exports;
#[cfg(target_family = "wasm")]
mod panic;
#[cfg(target_family = "wasm")]
mod platform;
