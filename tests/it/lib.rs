//! Test support: the seeded in-process world, in which the connector's own code runs against the
//! vendors' cores without sockets, clocks or chance of its own.

pub mod world;
