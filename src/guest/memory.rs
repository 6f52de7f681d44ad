//! What the standard library of `wasm32-wasip2` does slowly: giving memory out, and comparing
//! bytes. Together they took two fifths of the component's time (docs/PERFORMANCE.md).
//!
//! The C library keeps an allocator of its own, and would free with it what a host hands over as
//! environment variables: a host gives the component none (README, embedding).

#[cfg(any(target_family = "wasm", test))]
mod compare;
#[cfg(any(target_family = "wasm", test))]
mod pieces;

/// In place of the C library's allocator: small pieces from lists of our own, all else from talc.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: pieces::Pieces<talc::wasm::WasmDynamicTalc> =
    pieces::Pieces::new(talc::wasm::new_wasm_dynamic_allocator());

/// In place of the C library's, which compares one byte at a time. Every comparison of texts and
/// every lookup in a map of texts ends here.
///
/// # Safety
///
/// As C says: both pointers are good for reads of `length` bytes.
#[cfg(target_family = "wasm")]
#[allow(unsafe_code, reason = "C's memcmp has raw pointers")]
#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(left: *const u8, right: *const u8, length: usize) -> i32 {
    // SAFETY: the caller's.
    unsafe { compare::compare(left, right, length) }
}
