//! The component: bindings and exports.
