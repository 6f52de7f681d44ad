//! Builds the component from the root package and tells `engine.rs` where it is.
//!
//! Invariant: the component does not depend on how the harness itself is being built. It has its
//! own target folder, its own profile, and none of the flags and wrappers that the outer cargo
//! (or clippy) sets.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the component is compiled for.
const TARGET: &str = "wasm32-wasip2";

/// What the component is made of, seen from this package.
const SOURCES: [&str; 6] =
    ["../src", "../wit", "../.cargo", "../Cargo.toml", "../Cargo.lock", "../rust-toolchain.toml"];

fn main() {
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    println!("cargo::rerun-if-env-changed=CONNECTOR_COMPONENT_FILE");
    let component = match env::var_os("CONNECTOR_COMPONENT_FILE") {
        Some(ready_made) => PathBuf::from(ready_made),
        None => build(),
    };
    println!("cargo::rustc-env=CONNECTOR_COMPONENT={}", component.display());
}

/// Where the standard library of the component's target must lie; asked of the compiler.
fn standard_library() -> Option<PathBuf> {
    let compiler = env::var_os("RUSTC").expect("cargo sets RUSTC");
    let asked =
        Command::new(compiler).args(["--print", "target-libdir", "--target", TARGET]).output();
    Some(PathBuf::from(String::from_utf8(asked.ok()?.stdout).ok()?.trim()))
}

/// rustup fetches the targets of `rust-toolchain.toml` only together with a toolchain; one that
/// was there already stays without them, so the target is asked for here.
fn fetch_target() {
    if standard_library().is_some_and(|folder| folder.exists()) {
        return;
    }
    let added = Command::new("rustup").args(["target", "add", TARGET]).current_dir("..").status();
    if !added.is_ok_and(|status| status.success()) {
        println!("cargo::warning=the target {TARGET} is missing and rustup could not add it");
    }
}

/// Runs the inner cargo and returns the component's path.
fn build() -> PathBuf {
    fetch_target();
    let target = target_folder();
    let mut cargo = Command::new(env::var_os("CARGO").expect("cargo sets CARGO"));
    cargo.args(["build", "--profile", "component", "--target", TARGET, "--lib"]);
    cargo.args(["-p", "consonance-smintio", "--locked", "--target-dir"]).arg(&target);
    cargo.current_dir("..");
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_inherited) {
            cargo.env_remove(name);
        }
    }
    let status = cargo.status().expect("cargo can be started");
    assert!(
        status.success(),
        "the component could not be built; if the target is missing: rustup target add {TARGET}"
    );
    target.join(TARGET).join("component/consonance_smintio.wasm")
}

/// `target/component` beside the outer build's own folders, so that profiles share it.
fn target_folder() -> PathBuf {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    out.ancestors().nth(4).unwrap_or(Path::new("../target")).join("component")
}

/// Whether a variable is about the outer build and would leak into the inner one.
fn is_inherited(name: &str) -> bool {
    const FLAGS: [&str; 9] = [
        "RUSTFLAGS",
        "RUSTDOCFLAGS",
        "RUSTC",
        "RUSTC_WRAPPER",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTDOC",
        "TARGET",
        "HOST",
        "OPT_LEVEL",
    ];
    const PREFIXES: [&str; 8] = [
        "CARGO_ENCODED_",
        "CARGO_BUILD_",
        "CARGO_CFG_",
        "CARGO_FEATURE_",
        "CARGO_MANIFEST_",
        "CARGO_PKG_",
        "CARGO_PROFILE_",
        "CARGO_TARGET_",
    ];
    FLAGS.contains(&name)
        || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || name == "CARGO_MAKEFLAGS"
        || name == "MAKEFLAGS"
        || name.starts_with("CLIPPY_")
}
