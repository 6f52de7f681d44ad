//! The host's side of the WIT world, generated. Nothing else lives here.

#![allow(missing_docs, reason = "generated from wit/, where every item is documented")]

wasmtime::component::bindgen!({
    path: "../wit",
    inline: "
        package consonance-smintio:host-harness;

        world harness {
            import wasi:http/outgoing-handler@0.2.4;
            import wasi:clocks/wall-clock@0.2.4;
            import wasi:clocks/monotonic-clock@0.2.4;
            import wasi:random/random@0.2.4;
            import consonance-smintio:connector/state@0.1.0;
            import consonance-smintio:connector/credentials@0.1.0;
            import consonance-smintio:connector/telemetry@0.1.0;

            export consonance-smintio:connector/connector@0.1.0;
            export consonance-smintio:connector/assets@0.1.0;
            export consonance-smintio:connector/rights@0.1.0;
            export consonance-smintio:connector/reports@0.1.0;
            export consonance-smintio:connector/inbox@0.1.0;
        }
    ",
    imports: {
        "consonance-smintio:connector/state": async | trappable,
        "consonance-smintio:connector/credentials": async | trappable,
        "consonance-smintio:connector/telemetry": trappable,
    },
    exports: { default: async },
    additional_derives: [PartialEq, serde::Serialize],
    require_store_data_send: true,
    with: {
        "wasi:io": wasmtime_wasi::p2::bindings::io,
        "wasi:clocks": wasmtime_wasi::p2::bindings::clocks,
        "wasi:random": wasmtime_wasi::p2::bindings::random,
        "wasi:http": wasmtime_wasi_http::p2::bindings::http,
    },
});
